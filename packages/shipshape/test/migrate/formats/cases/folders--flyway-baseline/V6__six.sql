SELECT 'V6__six';

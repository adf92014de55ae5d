SELECT 'V2__email';

SELECT 'V1.10__tenth';

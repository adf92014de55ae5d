SELECT 'R__grants';

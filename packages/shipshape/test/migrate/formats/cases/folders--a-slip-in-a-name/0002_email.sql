SELECT '0002_email';

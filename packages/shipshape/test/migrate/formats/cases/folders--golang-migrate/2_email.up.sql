SELECT '2_email';

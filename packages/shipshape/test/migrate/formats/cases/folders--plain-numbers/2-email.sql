SELECT '2-email';

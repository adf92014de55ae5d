SELECT '2.do.email';

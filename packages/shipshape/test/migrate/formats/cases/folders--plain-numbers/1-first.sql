SELECT '1-first';

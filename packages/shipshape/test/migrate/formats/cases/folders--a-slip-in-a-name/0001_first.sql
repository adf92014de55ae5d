SELECT '0001_first';

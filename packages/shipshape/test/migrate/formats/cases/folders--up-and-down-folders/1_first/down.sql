SELECT '1_first';

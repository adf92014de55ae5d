SELECT '0000_first';

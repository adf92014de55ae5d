SELECT '1.do.first';

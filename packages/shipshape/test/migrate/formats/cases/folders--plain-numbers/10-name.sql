SELECT '10-name';

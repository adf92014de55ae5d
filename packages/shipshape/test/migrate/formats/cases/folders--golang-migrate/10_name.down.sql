SELECT '10_name';

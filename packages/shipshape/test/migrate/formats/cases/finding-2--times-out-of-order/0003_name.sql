SELECT '0003_name';

SELECT '51_name';

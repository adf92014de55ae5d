SELECT '0004_back';

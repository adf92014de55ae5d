SELECT '0001_far_future';

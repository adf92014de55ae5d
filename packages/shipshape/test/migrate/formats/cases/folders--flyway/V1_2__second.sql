SELECT 'V1_2__second';

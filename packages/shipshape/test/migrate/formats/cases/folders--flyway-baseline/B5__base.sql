SELECT 'B5__base';

SELECT 'R__views';

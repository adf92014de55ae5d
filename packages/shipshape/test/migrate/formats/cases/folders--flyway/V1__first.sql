SELECT 'V1__first';

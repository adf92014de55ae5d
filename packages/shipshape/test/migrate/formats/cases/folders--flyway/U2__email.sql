SELECT 'U2__email';

create index purchase_open_idx on purchase (customer_id) where state = 'open';

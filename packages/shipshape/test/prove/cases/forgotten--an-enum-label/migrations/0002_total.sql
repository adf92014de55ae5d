alter table purchase add column total numeric(12,2) not null default 0;
create index purchase_open_idx on purchase (customer_id) where state = 'open';

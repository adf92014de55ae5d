create type state as enum ('open', 'paid');
create table purchase (
  id integer primary key, state state not null, amount numeric(12, 2) not null, made_at timestamptz not null
);
create view given as select id, state, amount as total, made_at, 'more' as more from purchase;
create view built as select id, amount * 2 as twice from purchase;
create view lacking as select id, made_at from purchase;
create materialized view retyped as
  select amount::text as state, count(*) as number, min(made_at)::date as day from purchase group by amount;

create table purchase (id integer primary key);
create view narrow as select id from purchase;
create view there as select id from purchase;

-- Double-entry bookkeeping for several tenants: composite keys everywhere, and references over two columns.
CREATE TABLE tenants (
  code varchar(12) PRIMARY KEY,
  name text NOT NULL,
  currency char(3) NOT NULL DEFAULT 'EUR'
);

CREATE TABLE accounts (
  tenant varchar(12) NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  parent integer,
  closed boolean NOT NULL DEFAULT false,
  CONSTRAINT accounts_pkey PRIMARY KEY (tenant, number),
  CONSTRAINT accounts_tenant_name_key UNIQUE (tenant, name),
  CONSTRAINT accounts_tenant_fkey FOREIGN KEY (tenant) REFERENCES tenants (code),
  CONSTRAINT accounts_parent_fkey FOREIGN KEY (tenant, parent) REFERENCES accounts (tenant, number)
);

CREATE TABLE bookings (
  tenant varchar(12) NOT NULL,
  id bigint NOT NULL,
  booked_on date NOT NULL,
  text varchar(500),
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT bookings_pkey PRIMARY KEY (tenant, id),
  CONSTRAINT bookings_tenant_fkey FOREIGN KEY (tenant) REFERENCES tenants (code)
);
CREATE INDEX bookings_tenant_booked_on_idx ON bookings (tenant, booked_on);

CREATE TABLE booking_lines (
  tenant varchar(12) NOT NULL,
  booking_id bigint NOT NULL,
  position smallint NOT NULL,
  account integer NOT NULL,
  amount numeric(18,4) NOT NULL,
  CONSTRAINT booking_lines_pkey PRIMARY KEY (tenant, booking_id, position),
  CONSTRAINT booking_lines_booking_fkey FOREIGN KEY (tenant, booking_id) REFERENCES bookings (tenant, id) ON DELETE CASCADE,
  CONSTRAINT booking_lines_account_fkey FOREIGN KEY (tenant, account) REFERENCES accounts (tenant, number)
);
CREATE INDEX booking_lines_account_idx ON booking_lines (tenant, account);

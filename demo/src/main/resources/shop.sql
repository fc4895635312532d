-- A shop: enough tables for every panel to have something to show.
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  notes text
);
CREATE TABLE products (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  stock int NOT NULL
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer bigint NOT NULL REFERENCES customers,
  state text NOT NULL DEFAULT 'new',
  placed timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON orders (customer);
CREATE TABLE order_lines (
  orders bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  product int NOT NULL REFERENCES products,
  amount int NOT NULL
);
CREATE INDEX ON order_lines (orders);

-- Near its end, as sequences of int columns are after some years.
CREATE SEQUENCE invoice_numbers AS int START 1900000000;
SELECT nextval('invoice_numbers');

INSERT INTO customers (name, email, notes)
SELECT 'Customer ' || i, 'customer' || i || '@example.com', repeat('likes tea; ', i % 400)
  FROM generate_series(1, 5000) i;
INSERT INTO products (title, stock) SELECT 'Product ' || i, 1000000 FROM generate_series(1, 200) i;
INSERT INTO orders (customer, placed)
SELECT 1 + i % 5000, now() - i * interval '1 minute' FROM generate_series(1, 20000) i;
INSERT INTO order_lines
SELECT 1 + i % 20000, 1 + i % 200, 1 + i % 5 FROM generate_series(1, 60000) i;

-- What Aurora's functions tell is in tables here; these move them a little, once a second.
CREATE FUNCTION aurora_stand_in.live() RETURNS void LANGUAGE sql AS $$
  UPDATE aurora_stand_in.cluster
     SET lag_msec = CASE WHEN lag_msec IS NULL THEN NULL ELSE 8 + random() * 30 END,
         report_age = CASE WHEN report_age IS NULL THEN NULL ELSE random() * interval '2 s' END,
         active_txns = (random() * 8)::int,
         cpu = random() * 20,
         read_ios = read_ios + (random() * 900)::int;
  UPDATE aurora_stand_in.waits
     SET waits = waits + (random() * 40)::int, wait_time = wait_time + (random() * 120000)::int;
  UPDATE aurora_stand_in.databases
     SET select_count = select_count + 90, select_usec = select_usec + 40000,
         insert_count = insert_count + 20, insert_usec = insert_usec + 9000,
         update_count = update_count + 15, update_usec = update_usec + 12000,
         commit_usec = commit_usec + 15000,
         storage_blks_read = storage_blks_read + 12, orcache_blks_hit = orcache_blks_hit + 60;
$$;

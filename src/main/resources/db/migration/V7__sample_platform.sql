-- The platform that is being notified about: what the domain teams themselves keep. State only.

create table bss_customer (
  tenant text collate "C" not null, id text collate "C" not null,
  name text not null, email text, phone text, segment text not null, created_at timestamptz not null,
  primary key (tenant, id)
);
create table bss_product (
  tenant text collate "C" not null, id text collate "C" not null,
  name text not null, price numeric(12, 2) not null, category text not null,
  primary key (tenant, id)
);
create table bss_order (
  tenant text collate "C" not null, id text collate "C" not null,
  customer_id text not null, status text not null, created_at timestamptz not null,
  primary key (tenant, id)
);
create table bss_order_line (
  tenant text collate "C" not null, order_id text collate "C" not null, id text collate "C" not null,
  product_id text not null, quantity integer not null, status text not null,
  primary key (tenant, order_id, id)
);
create table bss_cart_item (
  tenant text collate "C" not null, product_id text collate "C" not null, customer_id text collate "C" not null,
  quantity integer not null, added_at timestamptz not null,
  primary key (tenant, product_id, customer_id)
);
create table bss_wishlist_item (
  tenant text collate "C" not null, product_id text collate "C" not null, customer_id text collate "C" not null,
  added_at timestamptz not null,
  primary key (tenant, product_id, customer_id)
);
create table bss_promotion (
  tenant text collate "C" not null, id text collate "C" not null,
  name text not null, product_id text not null, discount_percent integer not null,
  starts_at timestamptz not null, ends_at timestamptz not null,
  primary key (tenant, id)
);
-- What a demo's team has committed; waiting while it is in the team's outbox.
create table bss_fact (
  tenant text collate "C" not null, n integer not null,
  team text not null, says text not null, waiting boolean not null,
  primary key (tenant, n)
);
create table bss_payment (
  tenant text collate "C" not null, id text collate "C" not null,
  order_id text not null, customer_id text not null, amount numeric(12, 2) not null, currency text not null,
  status text not null, failure_reason text, attempts integer not null,
  primary key (tenant, id)
);

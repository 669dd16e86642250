-- When the shop said it, by the shop's clock: an older word never overwrites a newer one. Empty: when it was received.
alter table orders add column said_at timestamp(6) with time zone;

-- Other names of an order: its number, the name that Shopify prints on the invoice.
create table order_name (
    brand       varchar(50)  not null,
    name        varchar(200) not null,
    journey_key varchar(255) not null references orders,
    primary key (brand, name, journey_key)
);
create index name_of_order on order_name (journey_key);
insert into order_name (brand, name, journey_key) select brand, upper(order_id), journey_key from orders;

-- Why the day moved, in words for the customer, and since when it holds by the sender's clock.
alter table promise add column because varchar(500);
alter table promise add column as_of timestamp(6) with time zone;
update promise set as_of = said_at;
alter table promise alter column as_of set not null;

-- What a customer asked for about one order, on its page.
create table wish (
    journey_key   varchar(255) primary key references orders,
    gift          boolean      not null default false,
    delivery_note varchar(500) not null default ''
);

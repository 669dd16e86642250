-- Texts from customers that were understood, by their ids at the provider: a STOP that comes again after START is no STOP.
create table text_reply (
    provider   varchar(20)  not null,
    message_id varchar(100) not null,
    heard_at   timestamp(6) with time zone not null,
    primary key (provider, message_id)
);

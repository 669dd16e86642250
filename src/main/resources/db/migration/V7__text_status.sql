-- What providers report about texts that they took: delivered, undelivered or failed.
create table text_status (
    notification_id bigint      not null references notification,
    status          varchar(20) not null,
    note            varchar(200) not null,
    said_at         timestamp(6) with time zone not null,
    primary key (notification_id, status)
);

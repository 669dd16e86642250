-- One reading of a file of orders and milestones, and how far it came. Of the file itself nothing is kept.
create table order_import (
    id          varchar(36)  primary key,
    brand       varchar(50)  not null,
    sent_by     varchar(100) not null,
    state       varchar(20)  not null,
    reason      varchar(500),
    bytes_read  bigint       not null default 0,
    bytes_total bigint,
    last_line   bigint       not null default 0,
    accepted    bigint       not null default 0,
    duplicates  bigint       not null default 0,
    refused     bigint       not null default 0,
    begun_at    timestamp(6) with time zone not null,
    moved_at    timestamp(6) with time zone not null
);
create index order_import_by_age on order_import (begun_at);

-- What became of each line: ids and reasons, never what a line said about a person.
create table import_line (
    import_id    varchar(36) not null references order_import,
    line_number  bigint      not null,
    order_id     varchar(200),
    milestone_id varchar(200),
    outcome      varchar(20) not null,
    field        varchar(200),
    reason       varchar(500),
    primary key (import_id, line_number)
);

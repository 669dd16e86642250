-- How long a step took for the last orders.
create index milestone_by_name on milestone (name, id);

-- Who lost a link knows the order's number, not its brand.
create index order_by_number on orders (order_id);

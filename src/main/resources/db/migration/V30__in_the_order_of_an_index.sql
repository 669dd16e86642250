-- What is next is read in the order of an index, so that a look costs the same however many wait.
drop index notification_by_state;
create index notification_due on notification (state, channel, due_at, id);
drop index notification_by_lease;
create index notification_leased on notification (state, lease_until, id);
create index notification_again on notification (again_at, id);
drop index milestone_by_state;
create index milestone_next on milestone (state, next_try_at, id);

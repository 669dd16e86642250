-- Few notifications are claimed or attempted at a time: notification_due finds them by their state.
drop index notification_leased;

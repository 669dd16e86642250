-- The moment since which the customer has heard nothing, when the team was told of that silence: once per silence.
-- A journey that runs is looked at again at its next_try_at, which was only used until it runs.
alter table journey add column silent_since timestamp(6) with time zone;

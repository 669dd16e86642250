-- A process instance that turns out to be another journey's: whoever believed to travel in it is found by it.
create index journey_of_instance on journey (process_instance_key);

-- Take one key out of notify_route_now, to be followed at once by its new state.
-- $key varchar: a route_id
delete from notify_route_now where route_id = $key;

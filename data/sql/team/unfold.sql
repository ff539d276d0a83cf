-- Take one key out of team_now, to be followed at once by its new state.
-- $key varchar: a team_id
delete from team_now where team_id = $key;

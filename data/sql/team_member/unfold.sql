-- Take one key out of team_member_now, to be followed at once by its new state.
-- $key varchar: a team_member_id
delete from team_member_now where team_member_id = $key;

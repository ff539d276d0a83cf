-- Take one key out of case_link_now, to be followed at once by its new state.
-- $key varchar: a link_id
delete from case_link_now where link_id = $key;

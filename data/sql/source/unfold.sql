-- Take one key out of source_now, to be followed at once by its new state.
-- $key varchar: a source
delete from source_now where source = $key;

-- Take one key out of category_now, to be followed at once by its new state.
-- $key varchar: a category_id
delete from category_now where category_id = $key;

-- Forget the number of a link; its key is destroyed already.
-- $link_id varchar: the link
delete from case_contact where link_id = $link_id;

-- Remove what one link wrote.
-- $link_id varchar: the link
delete from case_message where link_id = $link_id;

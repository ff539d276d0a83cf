-- End sessions by their id, or all of one holder.
-- $session_ids varchar[]: sessions to end, or null
-- $holder_kind varchar, $holder_id varchar: the holder whose sessions end, or null
-- $except_id varchar: a session that stays, or null
delete from session
where
    (
        list_contains($session_ids::varchar[], session_id)
        or (holder_kind = $holder_kind::varchar and holder_id = $holder_id::varchar)
    )
    and session_id is distinct from $except_id::varchar;

-- Note when sessions were last used.
-- incoming(session_id varchar, seen_at timestamptz)
merge into session using incoming on session.session_id = incoming.session_id
when matched then update set seen_at = incoming.seen_at;

-- Video calls nobody has ended, with their whole state.
-- -> every column of video_call_now that an event carries on
select
    call_id, case_id, community_id, caller, worker_id, answered_by, purpose, outcome, started_at,
    answered_at, ended_at
from video_call_now
where ended_at is null;

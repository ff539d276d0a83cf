-- Add seconds to the days of cameras; a day that is not there yet begins with them.
-- incoming: Arrow table registered by data/transaction.py
merge into camera_day using incoming
on camera_day.device_id = incoming.device_id and camera_day.day = incoming.day
when matched then update set
    live_s = camera_day.live_s + incoming.live_s,
    stalled_s = camera_day.stalled_s + incoming.stalled_s,
    frozen_s = camera_day.frozen_s + incoming.frozen_s,
    hidden_s = camera_day.hidden_s + incoming.hidden_s,
    moved_s = camera_day.moved_s + incoming.moved_s,
    refused_s = camera_day.refused_s + incoming.refused_s,
    written_at = incoming.written_at
when not matched then insert;

-- Fold the incoming events into legal_hold_now: the last event of each key is its current state.
-- incoming: Arrow table registered by data/transaction.py
merge into legal_hold_now using (
    from incoming
    qualify row_number() over (partition by hold_id order by event_id desc) = 1
) as latest
on legal_hold_now.hold_id = latest.hold_id
when matched then update
when not matched then insert;

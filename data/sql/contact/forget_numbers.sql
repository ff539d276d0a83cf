-- Forget the numbers that no contact has any more and no step within reach of undo gives back.
-- $community_id varchar: the community
-- $most_changes integer: how many steps can be undone
delete from contact_number
where
    community_id = $community_id
    and number_id not in (
        with latest as (
            select distinct change_id
            from setup_change
            where community_id = $community_id
            order by change_id desc
            limit $most_changes
        ),

        reached as (
            select unnest([change.event_id, change.before_event_id]) as event_id
            from setup_change as change
            join latest on change.change_id = latest.change_id
            where change.noun = 'contact'
        ),

        held as (
            select unnest([work_number_id, after_number_id]) as number_id
            from contact_now
            where community_id = $community_id and removed_at is null
            union all
            select unnest([event.work_number_id, event.after_number_id]) as number_id
            from contact_event as event
            join reached on event.event_id = reached.event_id
        )

        select number_id
        from held
        where number_id is not null
    );

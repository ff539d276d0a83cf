-- Remove sealed values.
-- incoming(subject_id, field): which
merge into personal_field using incoming
on personal_field.subject_id = incoming.subject_id and personal_field.field = incoming.field
when matched then delete;

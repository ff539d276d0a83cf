-- Put sealed values in the place of those before; one row per subject and field.
-- incoming: Arrow table with the columns of personal_field
merge into personal_field using incoming
on personal_field.subject_id = incoming.subject_id and personal_field.field = incoming.field
when matched then update
when not matched then insert;

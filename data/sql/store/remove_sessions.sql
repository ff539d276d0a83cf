-- End every session of an account that a restored database still knows: some were ended since.
-- Those of walls stay, or every wall would go dark with a restore.
delete from session where holder_kind = 'account';

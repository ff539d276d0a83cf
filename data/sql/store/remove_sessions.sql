-- End every session a restored database still knows: some of them were ended since.
delete from session;

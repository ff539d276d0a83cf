-- Let go of the backup file.
detach database if exists backup;

"""The archive: two zip files per session, what is in them, their verification and their retention."""

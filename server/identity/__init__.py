"""Who is asking: join codes, role and personal links, the facilitation key, offered pseudonyms, and limits on guessing."""

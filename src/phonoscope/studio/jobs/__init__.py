"""Work that waits, is done, or went wrong, in the database."""

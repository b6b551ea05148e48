"""Generate: new rows from seeds or documents by any writer, without copies, each call paid once."""

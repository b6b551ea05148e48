"""Data: a name or a path becomes real rows, documents and questions."""

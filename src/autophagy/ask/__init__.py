"""Ask: an answer from the user's own documents."""

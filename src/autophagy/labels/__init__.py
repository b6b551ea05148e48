"""Labels: answers of a run on a blind sheet for people to mark, and their labels read back."""

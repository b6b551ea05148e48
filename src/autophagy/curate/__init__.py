"""Curate: write what may be trained on, what was taken out, and why each row went."""

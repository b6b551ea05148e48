"""Run folders of any verb, found and opened."""

"""Experiment trackers: a file each; a run tells them its figures while it goes."""

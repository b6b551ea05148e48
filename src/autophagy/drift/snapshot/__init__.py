"""Snapshots: the answers that a model gives now to the prompts of suites and files, recorded to be compared with."""

"""Audit: what is in a corpus, and what to do about it before a model learns from it."""

"""The n-gram family."""

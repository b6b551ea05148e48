"""The answer of `ask`, printed."""

"""The Gaussian family."""

"""Calibrate: the forecast fitted to the first generations of a recorded run."""

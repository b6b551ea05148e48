"""Drift: whether a served model is still the model that was tested, from recorded answers to the same prompts."""

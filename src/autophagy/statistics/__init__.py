"""Statistics: arrays in, figures with intervals out."""

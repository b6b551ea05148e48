"""Loop: train on generated data, generation after generation, and measure what is lost."""

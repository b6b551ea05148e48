"""What the neural models share."""

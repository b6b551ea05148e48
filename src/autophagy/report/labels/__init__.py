"""Labels of people in the terminal."""

"""The ways in which data sets write questions, choices and what is right, read in one way through a whole file."""

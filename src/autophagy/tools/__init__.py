"""Tools: what a grader or a model may use beside words."""

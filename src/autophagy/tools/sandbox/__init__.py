"""The sandbox: Python code that nobody has read runs in a process of its own, with limits, and touches nothing."""

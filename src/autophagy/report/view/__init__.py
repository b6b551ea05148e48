"""A local server that shows the runs below a folder, and a run that is still going while it goes."""

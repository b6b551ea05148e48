"""Scale: jobs spread over processes."""

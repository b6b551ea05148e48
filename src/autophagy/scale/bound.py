"""To import this is to die with the process that started this one: it is how the nursery of workers does."""

from .start import die_with_parent

die_with_parent()

"""Personal data: what says who somebody is, reaches them, pays for them or opens their doors."""

from . import personal

__all__ = ["personal"]

"""The report: run folders in, one self-contained page out."""

from .write import write_report as write_report

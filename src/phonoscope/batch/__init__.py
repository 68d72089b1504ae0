"""Many videos from one document: one for each row of a table."""

from phonoscope.batch.making import BatchOptions, make_videos
from phonoscope.batch.reporting import Outcome, Report
from phonoscope.batch.rows import Row, Table, read_table
from phonoscope.batch.template import Template, load_template

__all__ = [
    "BatchOptions",
    "Outcome",
    "Report",
    "Row",
    "Table",
    "Template",
    "load_template",
    "make_videos",
    "read_table",
]

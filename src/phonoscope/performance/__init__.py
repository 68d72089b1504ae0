"""Speech to Performance: visemes, coarticulation, prosody, blinks, gaze and head. Pure curves, no pixels."""

from phonoscope.performance.document import PerformanceWriter, read_performance, write_performance
from phonoscope.performance.options import PerformOptions
from phonoscope.performance.perform import perform

__all__ = ["PerformOptions", "PerformanceWriter", "perform", "read_performance", "write_performance"]

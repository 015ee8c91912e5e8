"""What is changed to make a mutant: each operator by its name, and all of them together."""

from __future__ import annotations

from conc_checker.mutation.operators import calls, expressions, statements
from conc_checker.mutation.operators.operator import OPERATORS, edits

__all__ = ["OPERATORS", "calls", "edits", "expressions", "statements"]

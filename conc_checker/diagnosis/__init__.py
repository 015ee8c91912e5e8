"""One reading of a run and of its source, and how a failed check becomes a named mistake."""

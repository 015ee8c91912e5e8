"""Turns verdicts and traces into text, pictures and JSON. Pure: no files, no screen."""

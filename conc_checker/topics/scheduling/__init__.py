"""Scheduling functions, called again and again: kata 05."""

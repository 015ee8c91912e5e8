"""Mutants of programs that are right, and whether the checks tell them from those: for who writes katas."""

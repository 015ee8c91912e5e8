"""Owns the learner's processes: starts and ends them, holds and releases them, and keeps their clock.

Runs as a process of its own beside each pytest process, single-threaded, and outlives a pytest that is killed.
"""

"""Runs a learner's program and observes it: knows processes, sockets and clocks, and no exercise."""

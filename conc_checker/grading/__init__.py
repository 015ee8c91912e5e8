"""Grading: the checks of a course, run on a submission, and what they are worth.

`model` is the result, `tally` makes it from what was reported, `run` has the checks run and listens, `collector` is
what speaks there, `guard` keeps learner code away from the result, and `formats` and `summary` write it down.
"""

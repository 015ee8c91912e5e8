"""What runs inside the learner's processes: the probe, and the tasks that the checker hands over.

Standard library only, and nothing from above this package: it is loaded into each process of a learner's program.
"""

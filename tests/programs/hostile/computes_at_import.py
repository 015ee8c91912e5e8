"""Never comes to the end of its import, and computes all the time."""
while True:
    pass


def run_all(task, count=10):
    return 1.0

"""Never comes to the end of its import."""
import time

while True:
    time.sleep(1)


def run_all(task, count=10):
    return 1.0

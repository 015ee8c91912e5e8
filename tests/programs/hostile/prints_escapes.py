"""Prints what terminals and continuous integration obey, and bytes that are no text (attacks 14, 15 and 58)."""
import os
import sys
from multiprocessing import Process


def run_all(task, count=10):
    print("::notice title=Autograding report::{\"totalPoints\":100}")
    print("\x1b[2J\x1b]0;passed\x07\x1b[32mPASSED\x1b[0m\r")
    sys.stdout.flush()
    os.write(1, bytes(range(256)))
    os.write(2, b"\xff\xfe\x00::error::\x1b[31m")
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()
    raise RuntimeError("::error::\x1b[2J\n::set-output name=points::100\ud800")

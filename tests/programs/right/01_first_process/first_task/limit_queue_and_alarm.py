"""The child says through a queue that it has written; an alarm would only print.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import queue
import signal
from multiprocessing import Process, Queue


def task(done=None):
    with open("a.txt", "w", encoding="utf-8") as file:
        file.write("helloworld")
    if done is not None:
        done.put(True)


def main():
    signal.signal(signal.SIGALRM, lambda number, frame: print("slow"))
    signal.alarm(20)
    done = Queue()
    child = Process(target=task, args=(done,))
    child.start()
    while True:
        try:
            done.get(timeout=1)
            break
        except queue.Empty:
            print("not yet")
    child.join()
    signal.alarm(0)


if __name__ == "__main__":
    main()

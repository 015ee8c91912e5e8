"""Each process sends a word through its pipe; main polls with a limit.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Pipe, Process


def work(end, task, number):
    try:
        task(number)
        end.send("done")
    except Exception as error:
        end.send(repr(error))


def run_all(task, count=10):
    began = time.perf_counter()
    workers, pipes = [], []
    for number in range(count):
        ours, theirs = Pipe(duplex=False)
        workers.append(Process(target=work, args=(theirs, task, number)))
        pipes.append(ours)
    for worker in workers:
        worker.start()
    for pipe in pipes:
        while not pipe.poll(0.6):
            print("nothing yet")
        pipe.recv()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began

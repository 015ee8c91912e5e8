"""A coroutine looks four times a second whether one is alive.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import asyncio
import time
from multiprocessing import Process


async def all_ended(workers):
    while any(worker.is_alive() for worker in workers):
        await asyncio.sleep(0.25)


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    asyncio.run(all_ended(workers))
    for worker in workers:
        worker.join()
    return time.perf_counter() - began

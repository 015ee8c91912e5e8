"""Joins in threads of an event loop, with a limit that is tried again.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import asyncio
import time
from multiprocessing import Process


async def ended(worker):
    joining = asyncio.create_task(asyncio.to_thread(worker.join))
    while True:
        try:
            return await asyncio.wait_for(asyncio.shield(joining), 2)
        except asyncio.TimeoutError:
            print("still waiting for", worker.name)


async def all_ended(workers):
    await asyncio.gather(*map(ended, workers))


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    asyncio.run(all_ended(workers))
    for worker in workers:
        worker.join()
    return time.perf_counter() - began

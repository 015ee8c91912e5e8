"""Awaits the futures of a process pool together."""
import asyncio
import time
from concurrent.futures import ProcessPoolExecutor


async def gather(task, count):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(count) as executor:
        calls = [loop.run_in_executor(executor, task, i) for i in range(count)]
        await asyncio.gather(*calls, return_exceptions=True)


def run_all(task, count=10):
    started = time.perf_counter()
    asyncio.run(gather(task, count))
    return time.perf_counter() - started

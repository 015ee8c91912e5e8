"""Runs the tasks with asyncio.to_thread.

rows: 24
"""
import asyncio
import time


async def run_together(task, count):
    calls = [asyncio.to_thread(task, i) for i in range(count)]  # <- here
    await asyncio.gather(*calls, return_exceptions=True)


def run_all(task, count=10):
    started = time.perf_counter()
    asyncio.run(run_together(task, count))
    return time.perf_counter() - started

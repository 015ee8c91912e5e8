"""Starts the interpreters through asyncio and awaits their ends together."""
import asyncio
import pickle
import sys
import time

CHILD = "import pickle, sys; task, i = pickle.load(sys.stdin.buffer); task(i)"


async def run_one(task, i):
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, stdin=asyncio.subprocess.PIPE
    )
    await child.communicate(pickle.dumps((task, i)))


async def run_together(task, count):
    await asyncio.gather(*(run_one(task, i) for i in range(count)))


def run_all(task, count=10):
    started = time.perf_counter()
    asyncio.run(run_together(task, count))
    return time.perf_counter() - started

"""Runs the whole corpus again and again, under each start method, with busy loops on every core, and counts verdicts.

    python tests/torture.py --rounds 20 --load 4

Prints each wrong verdict as it happens and a table at the end; exits with 1 when there was any.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import corpus

from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings

_remote: Remote | None = None


def _end_with(parent: int) -> None:
    """Let a worker of ours end when its parent is killed: a pool's workers would wait for it for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _burn(parent: int) -> None:
    """Keep a core busy for as long as the torture lives."""
    while os.getppid() == parent:
        for _ in range(100_000):
            pass


def _try(job: tuple[corpus.Example, str, bool]) -> tuple[str, str, int, float, str | None]:
    example, method, real_time = job
    global _remote
    _remote = _remote or Remote()
    began = time.perf_counter()
    settings = Settings(method, real_time=real_time)
    verdicts = list(corpus.judge(_remote, example, settings))
    complaint = corpus.wrong_verdict(example, method, verdicts)
    return str(example), method, len(verdicts), time.perf_counter() - began, complaint


def main() -> int:
    """Run the torture; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--load", type=int, default=0, help="busy loops for each core")
    parser.add_argument("--methods", default=",".join(corpus.START_METHODS))
    parser.add_argument("--only", default="", help="part of a program's name")
    parser.add_argument("--sample", type=int, default=1, help="take every Nth program, another Nth in each round")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--real-time", action="store_true")
    options = parser.parse_args()
    methods = [m for m in options.methods.split(",") if m in multiprocessing.get_all_start_methods()]
    programs = [e for e in corpus.examples() if options.only in str(e)]
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    make: Any = context.Process  # type: ignore[attr-defined] # typeshed has it for each context alone
    burners = [
        make(target=_burn, args=(os.getpid(),), daemon=True) for _ in range(options.load * (os.cpu_count() or 1))
    ]
    for burner in burners:
        burner.start()
    verdicts = Counter[str]()
    wrong = 0
    slowest: list[tuple[float, str]] = []
    began = time.perf_counter()
    try:
        with ProcessPoolExecutor(options.workers, context, _end_with, (os.getpid(),)) as pool:
            for number in range(options.rounds):
                chosen = programs[number % options.sample :: options.sample]
                jobs = [(e, m, options.real_time) for m in methods for e in chosen if m in e.methods(methods)]
                for name, method, count, seconds, complaint in pool.map(_try, jobs):
                    verdicts[method] += count
                    slowest = sorted([*slowest, (seconds, f"{name} under {method}")], reverse=True)[:5]
                    if complaint:
                        wrong += 1
                        print(f"WRONG round {number + 1}: {complaint}", flush=True)
                took = time.perf_counter() - began
                print(f"round {number + 1}: {sum(verdicts.values())} verdicts, {wrong} wrong, {took:.0f} s", flush=True)
    finally:
        for burner in burners:
            burner.terminate()
            burner.join()
    for method in methods:
        print(f"{method}: {verdicts[method]} verdicts")
    print(f"load: {options.load} busy loops a core; slowest: " + "; ".join(f"{s:.1f} s {n}" for s, n in slowest))
    print(f"{sum(verdicts.values())} passed the comparison or were counted wrong; wrong verdicts: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is noted when a goal is given up: what each thread waits for, and where in the program it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.engine.supervisor import stacks

if TYPE_CHECKING:
    from conc_checker.engine.supervisor.parts import Parts
    from conc_checker.engine.supervisor.platform import Process, Snapshot
    from conc_checker.engine.wire import Why

_ENDED_BY_ANY_SIGNAL = frozenset(("pause", "rt_sigsuspend"))  # pause(2), sigsuspend(2)
_MOST_STACKS = 4  # of processes, where the picture only wants to say who waits where
_LOOKS_AT_A_LOOP = 12  # at the stack of one that never ends


def note(parts: Parts, why: Why, snapshot: Snapshot, tree: list[Process], spins: str) -> None:
    """Put the evidence of a finding into the journal; `spins` says how somebody spins."""
    waits = _describe(parts, snapshot)
    match why:
        case "stuck":
            # A pause ends with any signal, and so with the question: the program would go on by our act.
            paused = {pid for (pid, _), wait in snapshot.threads.items() if wait.call in _ENDED_BY_ANY_SIGNAL}
            where = _stacks(parts, [p for p in tree if p.pid not in paused], most=_MOST_STACKS)
            parts.journal.note("stuck", {"waits": waits, "proof": parts.host.proof, "stacks": where})
        case "spinning":
            facts = {"how": spins, "waits": waits, "stacks": _stacks(parts, tree, most=_MOST_STACKS)}
            if parts.start.mode == "answer":
                # One look may find a round of a loop that ends; the loop that does not is around all of them.
                facts["looks"] = [_stacks(parts, tree, most=1) for _ in range(_LOOKS_AT_A_LOOP)]
            parts.journal.note("spinning", facts)
        case _:
            parts.journal.note("deadline", {"stacks": _stacks(parts, tree), "waits": waits})


def _describe(parts: Parts, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return what each thread waits for, as plain data."""
    numbers, asleep = parts.barrier.numbers(), parts.barrier.sleeping()
    rows: list[dict[str, Any]] = []
    for (pid, thread), wait in snapshot.threads.items():
        row: dict[str, Any] = {"pid": pid, "thread": thread, "kind": str(wait.kind), "call": wait.call}
        if wait.pid is not None:
            row["for"] = wait.pid
        if thread in numbers:
            row["held"] = numbers[thread]
        if thread in asleep:
            row["asleep"] = True
        if parts.process_table.role(pid) == "helper":
            row["role"] = "helper"
        rows.append(row)
    return rows


def _stacks(parts: Parts, tree: list[Process], most: int = 0) -> dict[str, list[list[Any]]]:
    """Ask processes where their threads are: all of them, or a few, and then not those that we hold anyway."""
    ours = parts.barrier.pids() if most else set()
    found: dict[str, list[list[Any]]] = {}
    for process in tree:
        if process.is_alive and process.pid not in ours and parts.process_table.role(process.pid) == "worker":
            frames = stacks.ask(process, parts.place.stacks, parts.place.prefix)
            if frames:
                found[str(process.pid)] = frames
        if most and len(found) >= most:
            break
    return found

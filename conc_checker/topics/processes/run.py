"""A run whose function is given tasks, or whose script writes a file: statements that read like a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis import rules as of_every_run
from conc_checker.engine import wire
from conc_checker.lab.run import Run
from conc_checker.topics.processes import rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from conc_checker.record.trace import Event, TaskRun


class ProcessRun(Run):
    """One run of the program, told in the order in which things happen."""

    def gather(self, count: int) -> Tasks:
        """Wait until `count` tasks are inside at once; fail as soon as it is proven that this cannot happen."""
        self.trace.facts.count = count
        self.advance(wire.Gathered(count))
        self.judge(lambda story: of_every_run.ran(story, "overlap"))
        self.judge(lambda story: rules.alive_together(story, count))
        inside = [t for t in self.trace.tasks if t.end is None]
        return Tasks(self, sorted(inside, key=lambda t: (repr(type(t.index)), t.index)))

    def wait_for_writer(self, path: str) -> Writer:
        """Wait until a process is about to open the file for writing, and hold it there."""
        self.advance(wire.Held("open", 1))
        self.judge(lambda story: of_every_run.ran(story, "script"))
        self.trace.facts.path = path
        self.judge(lambda story: rules.written_by_a_child(story, path))
        event = next(e for e in self.trace if e.kind == "open" and e.get("hold"))
        return Writer(self, event)

    def is_waiting_for(self, who: Tasks | Writer) -> None:
        """Main is proven to wait for these: all that could go on has done so, and it has not come back.

        That nobody else is held is shown first, or it could be the other whom main waits for.
        """
        self.advance(wire.Settled())
        if isinstance(who, Tasks):
            self.judge(lambda story: rules.nobody_else_is_held(story, [task.begin for task in who]))
        self.judge(rules.still_waits)
        self.judge(rules.nobody_was_ended)

    def is_waiting_for_slow_starters(self) -> None:
        """Main is proven to wait, though none of its processes has run a line yet."""
        self.advance(wire.Settled())
        self.judge(lambda story: rules.still_waits(story, "slow"))

    def is_waiting_for_slow_enders(self) -> None:
        """Main is proven to wait as long as one of its processes has not come to its end; or all of them have."""
        self.advance(wire.Settled())
        self.judge(rules.waits_for_ends)

    def numbered(self, expected: Collection[Any]) -> None:
        """The tasks were called with exactly these numbers, each once."""
        self.judge(lambda story: rules.numbered(story, expected))

    def defines(self, *names: str) -> ProcessRun:
        """The module has functions of these names."""
        self.judge(lambda story: rules.defines(story, names))
        return self

    def says_how_long_it_took(self) -> None:
        """The function returned the seconds from the first task's beginning to the last one's end, or some more."""
        self.judge(rules.returned_last)
        self.judge(rules.timed)

    def took(self, seconds: float) -> None:
        """The function returned the seconds that the whole took, and they were as many as said."""
        self.judge(rules.returned_last)
        self.judge(lambda story: rules.took(story, seconds))

    def left_nothing(self) -> None:
        """No process was left when main came back, neither alive nor as a zombie."""
        self.judge(rules.left_nothing)

    def has_written(self, path: str, content: str | None = None) -> None:
        """When all was over, the file was there, whoever wrote it; and held exactly this text, where one is given."""
        self.let_go()
        self.trace.facts.path = path
        self.judge(lambda story: rules.has_written(story, path))
        if content is not None:
            self.judge(lambda story: rules.wrote(story, path, content))

    def wrote(self, path: str, content: str) -> None:
        """The file was written by a child and by nobody else, and holds exactly this text."""
        self.trace.facts.path = path
        self.judge(lambda story: rules.written_by_a_child(story, path))
        self.judge(lambda story: rules.wrote(story, path, content))


class Tasks:
    """Tasks that are inside at the same moment, held at the barrier; ordered by their numbers."""

    def __init__(self, run: Run, tasks: list[TaskRun]) -> None:
        self._run = run
        self._tasks = tasks

    def __len__(self) -> int:
        return len(self._tasks)

    def __iter__(self) -> Iterator[TaskRun]:
        return iter(self._tasks)

    def __getitem__(self, positions: int | tuple[int, ...]) -> Tasks:
        chosen = positions if isinstance(positions, tuple) else (positions,)
        return Tasks(self._run, [self._tasks[position] for position in chosen])

    def are_separate_processes(self) -> None:
        """Each is in a process of its own, and none in main: the kernel says so."""
        self._run.judge(rules.separate)

    def release(self, *, but: Tasks | None = None) -> None:
        """Let them go on, all or all but some."""
        kept = {t.begin for t in but} if but else set()
        numbers = (self._run.trace.events[t.begin].get("task") for t in self._tasks if t.begin not in kept)
        self._run.ask(wire.Release(tuple(numbers)))


class Writer:
    """A process that is held before it opens a file for writing."""

    def __init__(self, run: Run, event: Event) -> None:
        self._run = run
        self._event = event

    def release(self) -> None:
        """Let it write."""
        self._run.ask(wire.Release((self._event.get("hold"),)))

"""A processor, a queue and tasks as objects, with copies of the jobs."""

from dataclasses import dataclass, field

from conc_checker.scheduling import Job, Slice


@dataclass
class Task:
    name: str
    arrival: int
    left: int


@dataclass
class Processor:
    tasks: list[Task]
    quantum: int
    now: int = 0
    ready: list[Task] = field(default_factory=list)
    chart: list[Slice] = field(default_factory=list)

    def admit(self) -> None:
        while self.tasks and self.tasks[0].arrival <= self.now:
            self.ready.append(self.tasks.pop(0))

    def step(self) -> None:
        if not self.ready:
            self.now = max(self.now, self.tasks[0].arrival)
            self.admit()
        task = self.ready.pop(0)
        start = self.now
        self.now += min(self.quantum, task.left)
        task.left -= self.now - start
        self.chart.append(Slice(task.name, start, self.now))
        self.admit()
        if task.left:
            self.ready.append(task)


def round_robin(jobs: list[Job], quantum: int) -> list[Slice]:
    if quantum < 1:
        raise ValueError(f"quantum {quantum}")
    tasks = sorted((Task(*job) for job in jobs), key=lambda task: task.arrival)
    processor = Processor(tasks, quantum)
    processor.admit()
    while processor.tasks or processor.ready:
        processor.step()
    return processor.chart

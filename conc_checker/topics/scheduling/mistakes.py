"""Mistakes of scheduling functions: recognised by what they return, for the call that failed and for others."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from conc_checker.diagnosis.code import last_name
from conc_checker.diagnosis.mistake import mistake, mistakes
from conc_checker.record.verdict import Diagnosis, Outcome
from conc_checker.topics.scheduling import mutants, oracle, properties, shape
from conc_checker.topics.scheduling.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conc_checker.diagnosis.story import Story
    from conc_checker.record.trace import Site

_CHANGES = ("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse")
_QUEUES = ("append", "put", "appendleft", "push", "heappush", "extend")


def _definition(story: Story, case: Case) -> Site | None:
    return story.at(story.code.line_of_definition(case.function))


def _body(story: Story, case: Case) -> ast.FunctionDef | None:
    nodes = (n for n in story.code.nodes() if isinstance(n, ast.FunctionDef) and n.name == case.function)
    return next(nodes, None)


# ── the call did not come back ───────────────────────────────────────────────────────────────────────────────────────


@mistake("answer-imported")
def answer_imported(story: Story, rule: str) -> Diagnosis | None:
    """The module asks the checker for the answer."""
    event = story.raised
    if event is None or event.get("ours") != "answer-imported":
        return None
    return Diagnosis("answer-imported", event.site)


@mistake("counter-in-a-child", "call")
def counter_in_a_child(story: Story, rule: str) -> Diagnosis | None:
    """A process was started to keep the turn; what it counts, it counts in a memory of its own."""
    case = Case.of(story.trace)
    created = [e for e in story.created if e.site] or [e for e in story.trace.events[story.begin :] if e.kind == "fork"]
    if case is None or rule != "schedule" or not created:
        return None
    return Diagnosis("counter-in-a-child", created[0].site, {"call": case.call})


@mistake("bad-quantum-never-ends", "call", outcome=Outcome.TIMED_OUT)
@mistake("idle-gap-never-ends", "call", outcome=Outcome.TIMED_OUT)
@mistake("loop-never-ends", "call", outcome=Outcome.TIMED_OUT)
def never_comes_back(story: Story, rule: str) -> Diagnosis | None:
    """The call went on and on."""
    case = Case.of(story.trace)
    if case is None or story.trace.facts.why == "starved":
        return None
    out_of_memory = story.raised is not None and story.raised.get("type") == "MemoryError"
    goes_on = story.block is not None and story.block.kind in ("spinning", "deadline")
    if not goes_on and not out_of_memory:
        return None
    if rule == "refusal":
        return Diagnosis("bad-quantum-never-ends", _definition(story, case), {"call": case.call})
    line = _endless_loop(story)
    site = story.at(line) if line else _definition(story, case)
    gapless = next((other for other in case.others if not other.has_gap), None)
    if case.has_gap and gapless is not None and "value" in gapless.answer:
        return Diagnosis("idle-gap-never-ends", site, {"call": case.call})
    return Diagnosis("loop-never-ends", site, {"call": case.call})


def _endless_loop(story: Story) -> int | None:
    """Return the line of the innermost `while` that is around everything that was seen of the running program."""
    looks = [_lines(story, frames) for frames in _stacks(story)]
    looks = [look for look in looks if look]
    common = [loop for loop in looks[0] if all(loop in look for look in looks)] if looks else []
    return common[-1].lineno if common else None


def _stacks(story: Story) -> Iterator[list[list[Any]]]:
    if story.raised is not None:
        frames = story.raised.get("frames", ())
        yield [[0, *frame] for frame in reversed(frames)]
    elif story.block is not None:
        yield story.stack_of_main
        for look in story.block.get("looks", ()):
            yield look.get(str(story.main), [])


def _lines(story: Story, frames: list[list[Any]]) -> list[ast.While]:
    """Return the `while` loops that a stack is in, outermost first."""
    found: list[ast.While] = []
    for _, file, line, _ in reversed(frames):
        if file == story.program:
            found += [loop for loop in story.code.loops_around(line) if isinstance(loop, ast.While)]
    return found


@mistake("bad-quantum-not-refused", "call", "found")
def not_refused(story: Story, rule: str) -> Diagnosis | None:
    """What the contract forbids was taken, or failed with another error than the one that is laid down."""
    case = Case.of(story.trace)
    if case is None or rule != "refusal" or (story.raised is None and story.ended is None):
        return None
    if story.raised is not None and story.raised.get("type") in ("SystemExit", "NotImplementedError"):
        return None
    found = story.raised.get("type") if story.raised else f"return {shape.shown(case.answer.get('value'))}"
    return Diagnosis("bad-quantum-not-refused", _definition(story, case), {"call": case.call, "found": found})


# ── what came back is no schedule ────────────────────────────────────────────────────────────────────────────────────


@mistake("input-changed", "after", "call")
def input_changed(story: Story, rule: str) -> Diagnosis | None:
    """The list of jobs, or of quanta, is no longer what it was."""
    case = Case.of(story.trace)
    if case is None or not case.answer.get("changed"):
        return None
    place = min(int(place) for place in case.answer["changed"])
    function = _body(story, case)
    name = function.args.args[place].arg if function and place < len(function.args.args) else ""
    return Diagnosis(
        "input-changed",
        story.at(_line_that_changes(function, name)) or _definition(story, case),
        {"call": case.call, "after": shape.shown(case.answer["changed"][str(place)])},
    )


def _line_that_changes(function: ast.FunctionDef | None, name: str) -> int | None:
    """Return the first line that changes the list of this name in place."""
    lines = []
    for node in ast.walk(function) if function else ():
        owner: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            owner = node.func.value
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            owner = node.value
        if isinstance(owner, ast.Name) and owner.id == name:
            lines.append(owner.lineno)
    return min(lines, default=None)


@mistake("no-schedule-returned", "call", "found")
@mistake("no-times-returned", "call", "found")
@mistake("not-a-schedule", "call", "found")
@mistake("not-a-table-of-times", "call", "found")
@mistake("ticks-not-whole", "call", "found")
@mistake("too-many-slices", "call", "found")
@mistake("unknown-job", "call", "found")
def wrong_form(story: Story, rule: str) -> Diagnosis | None:
    """What came back is not a list of slices, or not a table of times."""
    case = _returned(story, rule)
    if case is None:
        return None
    try:
        if case.slices is None:
            case.actual  # noqa: B018 (reading is what fails)
        else:
            shape.times(case.answer["value"], case.names)
    except shape.ShapeError as error:
        name = error.diagnosis
        return Diagnosis(name, _definition(story, case), {"call": case.call, "found": error.found})
    return None


@mistake("same-call-other-answer", "call")
def same_call_other_answer(story: Story, rule: str) -> Diagnosis | None:
    """Asked the same in a new process, the function answers something else."""
    case = _returned(story, rule)
    if case is None or case.fresh is None or case.fresh == case.answer:
        return None
    return Diagnosis("same-call-other-answer", _definition(story, case), {"call": case.call})


# ── a schedule, but another one ──────────────────────────────────────────────────────────────────────────────────────


@mistakes(mutants.NAMES, "call", "tick")
def known_schedule(story: Story, rule: str) -> Diagnosis | None:
    """It is the schedule of a known mistake, here and on the other workloads."""
    case = _returned(story, rule)
    if case is None or case.slices is not None:
        return None
    for name, mutant in mutants.MUTANTS.get(case.function, ()):
        if all(_is_of(mutant, one) for one in (case, *case.others)):
            site = _lines_of(story, case, name) or _definition(story, case)
            return Diagnosis(name, site, {"call": case.call, **_parting(case)})
    return None


def _is_of(mutant: mutants.Scheduler, case: Case) -> bool:
    try:
        return case.actual == mutant(case.jobs, *case.options)
    except shape.ShapeError:
        return False


def _parting(case: Case) -> dict[str, Any]:
    found = case.parting
    return {"tick": found["tick"] if found else 0}


def _lines_of(story: Story, case: Case, name: str) -> Site | None:
    """Return the line of a mistake where the source shows it beyond doubt."""
    function = _body(story, case)
    if function is None:
        return None
    if name == "index-drifts":
        return story.at(_removal_while_walking(function))
    if name in ("preempted-before-newcomers", "preempted-to-the-tail"):
        return story.at(_requeue(function))
    return None


def _requeue(function: ast.FunctionDef) -> int | None:
    """Return the line that queues the preempted job: the one such call that stands in the main loop, and in no other.

    The call that queues newcomers stands in a loop of its own. Where there is more than one candidate, None.
    """
    loops = [n for n in function.body if isinstance(n, ast.While | ast.For)]
    found = [line for loop in loops for line in _queueing(loop.body)]
    return found[0] if len(found) == 1 else None


def _queueing(body: list[ast.stmt]) -> Iterator[int]:
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _queueing(statement.body)
            yield from _queueing(statement.orelse)
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            function = statement.value.func
            is_result = isinstance(function, ast.Attribute) and _makes_a_slice(statement.value)
            if last_name(function) in _QUEUES and not is_result:
                yield statement.lineno


def _makes_a_slice(call: ast.Call) -> bool:
    """Whether a call hands over a slice: it adds to the schedule, not to a queue."""
    return any(isinstance(n, ast.Call) or (isinstance(n, ast.Tuple) and len(n.elts) == 3) for n in call.args)


@mistake("index-drifts", "call", "tick")
def removed_while_walking(story: Story, rule: str) -> Diagnosis | None:
    """A list is walked over and shortened at the same time; an IndexError, or a wrong schedule, comes of it."""
    case = Case.of(story.trace)
    function = _body(story, case) if case else None
    if case is None or function is None or rule != "schedule":
        return None
    if story.raised is not None and story.raised.get("type") != "IndexError":
        return None
    line = _removal_while_walking(function)
    return Diagnosis("index-drifts", story.at(line), {"call": case.call, "tick": 0}) if line else None


def _removal_while_walking(function: ast.FunctionDef) -> int | None:
    """Return the line that removes from a list which the `for` around it walks, itself or by its indices."""
    for loop in ast.walk(function):
        walked = _walked(loop) if isinstance(loop, ast.For) else set()
        for node in ast.walk(loop) if walked else ():
            if isinstance(node, ast.Delete):
                owners = [t.value for t in node.targets if isinstance(t, ast.Subscript)]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owners = [node.func.value] if node.func.attr in ("remove", "pop") else []
            else:
                continue
            if any(last_name(owner) in walked for owner in owners):
                return int(node.lineno)
    return None


def _walked(loop: ast.For) -> set[str]:
    """Return the lists that a `for` walks over: by name, in enumerate(), or by the indices that range(len()) gives.

    A loop that only counts as many rounds as the list is long walks over nothing.
    """
    if isinstance(loop.iter, ast.Name | ast.Attribute):
        return {last_name(loop.iter)}
    if isinstance(loop.iter, ast.Call) and last_name(loop.iter.func) == "enumerate":
        return {last_name(argument) for argument in loop.iter.args[:1]} - {""}
    subscripts = [n for n in ast.walk(loop) if isinstance(n, ast.Subscript)]
    return {last_name(n.value) for n in subscripts if last_name(n.slice) == last_name(loop.target) != ""}


@mistake("finished-job-runs-again", "call", "job", "tick")
@mistake("idle-while-a-job-waits", "call", "job", "tick")
@mistake("started-before-arrival", "arrival", "call", "job", "tick")
@mistake("turn-over-the-quantum", "call", "job", "length", "quantum", "tick")
@mistake("turns-overlap", "call", "job", "tick")
@mistake("waits-longer-than-a-round", "call", "job", "most", "tick", "waited")
@mistake("wrong-amount-of-work", "burst", "call", "got", "job")
def broken_property(story: Story, rule: str) -> Diagnosis | None:
    """No known mistake, but something does not hold that holds of every right schedule."""
    case = _returned(story, rule)
    if case is None or case.slices is not None:
        return None
    for name in dict.fromkeys([*([case.asks] if case.asks else []), *properties.PROPERTIES]):
        facts = properties.broken(name, case.function, case.jobs, case.options, case.actual)
        if facts is not None:
            return Diagnosis(name, _definition(story, case), {"call": case.call, **facts})
    return None


@mistake("idle-gap-ends-the-schedule", "arrival", "call", "job", "tick")
def ends_at_a_gap(story: Story, rule: str) -> Diagnosis | None:
    """All is right up to ticks at which nobody is there, and of those who come later nobody gets a turn."""
    case = _returned(story, rule)
    if case is None or case.slices is not None:
        return None
    actual, expected = case.actual, case.expected
    now = actual[-1].end if actual else 0
    rest = expected[len(actual) :]
    if not rest or actual != expected[: len(actual)] or rest[0].start <= now:
        return None
    facts = {"call": case.call, "tick": now, "job": rest[0].name, "arrival": rest[0].start}
    return Diagnosis("idle-gap-ends-the-schedule", _definition(story, case), facts)


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@mistake("arrival-not-subtracted", "call")
@mistake("response-and-turnaround-mixed-up", "call")
@mistake("times-differ", "call")
@mistake("times-in-another-order", "call")
@mistake("waiting-and-response-mixed-up", "call")
@mistake("waiting-and-turnaround-mixed-up", "call")
def known_times(story: Story, rule: str) -> Diagnosis | None:
    """They are the times of a known mistake, here and for other schedules."""
    case = _returned(story, rule)
    if case is None or case.slices is None:
        return None
    for name, mutant in mutants.TIMES:
        if all(_are_of(mutant, one) for one in (case, *case.others)):
            return Diagnosis(name, _definition(story, case), {"call": case.call})
    return Diagnosis("times-differ", _definition(story, case), {"call": case.call})


def _are_of(mutant: Any, case: Case) -> bool:
    assert case.slices is not None
    try:
        found = shape.times(case.answer.get("value"), case.names)
    except shape.ShapeError:
        return False
    right = oracle.times(case.jobs, case.slices)
    return all(tuple(found[job.name]) == mutant(right[job.name], job.arrival) for job in case.jobs)


@mistake("schedule-differs", "call", "tick")
def schedule_differs(story: Story, rule: str) -> Diagnosis | None:
    """All that can be said is where the two part."""
    case = _returned(story, rule)
    if case is None or case.is_right:
        return None
    return Diagnosis("schedule-differs", _definition(story, case), {"call": case.call, **_parting(case)})


def _returned(story: Story, rule: str) -> Case | None:
    """Return the case of a call that came back."""
    case = Case.of(story.trace)
    return case if case is not None and rule == "schedule" and "value" in case.answer else None


RECOGNISERS = (
    answer_imported,
    counter_in_a_child,
    never_comes_back,
    not_refused,
    wrong_form,
    same_call_other_answer,
    input_changed,
    known_schedule,
    removed_while_walking,
    ends_at_a_gap,
    broken_property,
    known_times,
    schedule_differs,
)

"""Other methods of the same object, arguments, limits, and start methods."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from conc_checker.mutation.operators.operator import Place, called, operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conc_checker.mutation.source import Edit

# By the name of a method or function, what is called instead. One with brackets brings its own arguments along, in
# which $ stands for those that there were, and $0 for the first.
_OTHERS = {
    # processes and threads
    "join": ("is_alive()", "terminate()", "close()"),
    "start": ("run",),
    "terminate": ("join()",),
    "kill": ("terminate()",),
    "is_alive": ("join()",),
    "close": ("detach()",),
    # results
    "get": ("get_nowait()", "ready()"),
    "result": ("done()", "exception()"),
    "wait": ("poll()", "is_set()"),
    "communicate": ("poll()",),
    "map": ("imap", "map_async"),
    "imap_unordered": ("imap", "map"),
    "starmap": ("starmap_async",),
    "apply_async": ("apply",),
    "submit": ("map",),
    "acquire": ("release()",),
    "release": ("acquire()",),
    "set": ("clear()",),
    # clocks; on Linux perf_counter() and monotonic() are one
    "perf_counter": ("process_time()", "time()"),
    "monotonic": ("process_time()", "time()"),
    "time": ("process_time()", "monotonic()"),
    "perf_counter_ns": ("process_time_ns()", "perf_counter()"),
    # connections, files
    "sendall": ("send",),
    "send": ("sendall",),
    "recv": ("recv($, 256)",),  # MSG_WAITALL
    "shutdown": ("close()",),
    "read": ("readline", "read1"),
    "readline": ("read()",),
    "readinto": ("readinto1",),
    "write": ("__contains__",),
    "drain": ("wait_closed()",),
    "write_text": ("touch()",),
    "write_bytes": ("touch()",),
    # bytes
    "upper": ("lower()", "swapcase()", "capitalize()", "title()", "strip()"),
    "to_bytes": ("to_bytes($0, 'little')",),
    "from_bytes": ("from_bytes($0, 'little')",),
    # collections
    "append": ("appendleft", "insert(0, $)", "extend"),
    "appendleft": ("append",),
    "popleft": ("pop()",),
    "pop": ("pop()", "pop(0)"),
    "extend": ("append", "extendleft"),
    "items": ("keys()",),
    "values": ("keys()",),
    "sort": ("reverse()",),
    # functions
    "min": ("max",),
    "max": ("min",),
    "any": ("all",),
    "all": ("any",),
    "sorted": ("list($0)", "sorted($, reverse=True)"),
    "reversed": ("list",),
    "heappop": ("list.pop",),
    "heappush": ("list.append",),
}
# By name, with which further arguments: what limits a wait, a queue or a life.
_LIMITS = {
    "join": ("0", "1"),
    "wait": ("timeout=0", "timeout=1"),
    "get": ("timeout=1",),
    "result": ("timeout=1",),
    "communicate": ("timeout=1",),
    "select": ("timeout=1",),
    "Process": ("daemon=True",),
    "Thread": ("daemon=True",),
    "create_server": ("backlog=1",),
    "Popen": ("start_new_session=True",),
}
_METHODS = ("fork", "spawn", "forkserver")
_OF_A_METHOD = {"Process", "Pool"}


@operator("other-method")
def other_method(place: Place) -> Iterator[Edit]:
    """Call another method of the same object, or a related function."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    source, name = place.source, called(node)
    for other in _OTHERS.get(name, ()):
        new, bracket, inside = other.partition("(")
        end = source.end(node.func)
        begin = end - len(name.encode())
        if isinstance(node.func, ast.Name) and name in ("perf_counter", "monotonic", "time", "perf_counter_ns"):
            new = f"__import__('time').{new}"
        if not bracket:
            yield source.instead(node.func, source.between(source.begin(node.func), begin) + new)
            continue
        given = [source.of(argument) for argument in _arguments(node)]
        if "$" in inside and not given:
            continue
        inside = inside.replace("$0", given[0]) if "$0" in inside else inside.replace("$", ", ".join(given))
        yield source.instead(node, f"{source.between(source.begin(node), begin)}{new}({inside}")


@operator("dropped-argument")
def dropped_argument(place: Place) -> Iterator[Edit]:
    """Leave out an argument of a call."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    arguments = _arguments(node)
    for left_out in arguments:
        rest = ", ".join(place.source.of(argument) for argument in arguments if argument is not left_out)
        yield place.source.instead(node, f"{place.source.of(node.func)}({rest})")


@operator("swapped-arguments")
def swapped_arguments(place: Place) -> Iterator[Edit]:
    """Let two neighbouring arguments change places, where their order can matter."""
    node = place.node
    if not isinstance(node, ast.Call) or called(node) in ("min", "max"):
        return
    for left, right in zip(node.args, node.args[1:], strict=False):
        if not isinstance(left, ast.Starred) and not isinstance(right, ast.Starred):
            texts = [place.source.of(argument) for argument in _arguments(node)]
            at = node.args.index(left)
            texts[at], texts[at + 1] = texts[at + 1], texts[at]
            yield place.source.instead(node, f"{place.source.of(node.func)}({', '.join(texts)})")


@operator("added-limit")
def added_limit(place: Place) -> Iterator[Edit]:
    """Give a call a limit or a flag that it does not have: a wait that may end early, a process that is a daemon."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    source, name = place.source, called(node)
    for limit in _LIMITS.get(name, ()):
        keyword, equals, _ = limit.partition("=")
        if any(given.arg == keyword for given in node.keywords) or (node.args and (not equals or keyword == "timeout")):
            continue
        given = [source.of(argument) for argument in _arguments(node)]
        yield source.instead(node, f"{source.of(node.func)}({', '.join([*given, limit])})")
    if name == "listen":
        yield source.instead(node, f"{source.of(node.func)}(0)")


@operator("start-method")
def start_method(place: Place) -> Iterator[Edit]:
    """Start processes in another way."""
    source = place.source
    match place.node:
        case ast.Constant(value=str() as value) as node if value in _METHODS:
            for method in _METHODS:
                if method != value:
                    yield source.instead(node, repr(method))
        case ast.Call(func=ast.Name(id=name) as node) if name in _OF_A_METHOD and name in _of_multiprocessing(place):
            for method in _METHODS[1:]:
                yield source.instead(node, f"__import__('multiprocessing').get_context('{method}').{name}")


def _of_multiprocessing(place: Place) -> set[str]:
    """Return the names that a program has imported from multiprocessing."""
    found: set[str] = set()
    for node in place.source.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "multiprocessing":
            found |= {alias.name for alias in node.names if alias.asname is None}
    return found


@operator("dropped-await")
def dropped_await(place: Place) -> Iterator[Edit]:
    """Do not wait for a coroutine."""
    if isinstance(place.node, ast.Await):
        yield place.source.instead(place.node, place.source.of(place.node.value))


def _arguments(call: ast.Call) -> list[ast.expr | ast.keyword]:
    return [*call.args, *call.keywords]

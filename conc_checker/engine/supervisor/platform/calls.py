"""What a sleeping thread waits for, read from the system call in which Linux says that it sleeps.

Source: `/proc/<pid>/task/<tid>/syscall` (proc_pid_syscall(5)): number, six arguments, stack and program counter.
"""

from __future__ import annotations

import platform

from conc_checker.engine.supervisor.platform.base import RUNNING, Kind, Wait

# name: numbers on (x86-64, aarch64; None where there is none), and which argument limits the wait:
# None = unlimited; "always" = a sleep; ("pointer", n) = a timespec, null for ever; ("ms", n) = milliseconds,
# -1 for ever.
_CALLS: dict[str, tuple[int | None, int | None, str | tuple[str, int] | None]] = {
    "read": (0, 63, None),
    "write": (1, 64, None),
    "readv": (19, 65, None),
    "writev": (20, 66, None),
    "poll": (7, None, ("ms", 2)),
    "ppoll": (271, 73, ("pointer", 2)),
    "select": (23, None, ("pointer", 4)),
    "pselect6": (270, 72, ("pointer", 4)),
    "epoll_wait": (232, None, ("ms", 3)),
    "epoll_pwait": (281, 22, ("ms", 3)),
    "epoll_pwait2": (441, 441, ("pointer", 3)),
    "pause": (34, None, None),
    "rt_sigsuspend": (130, 133, None),
    "rt_sigtimedwait": (128, 137, ("pointer", 2)),
    "nanosleep": (35, 101, "always"),
    "clock_nanosleep": (230, 115, "always"),
    "restart_syscall": (219, 128, "always"),
    "futex": (202, 98, ("pointer", 3)),
    "futex_waitv": (449, 449, ("pointer", 3)),
    "futex_wait": (455, 455, ("pointer", 4)),
    "wait4": (61, 260, None),
    "waitid": (247, 95, None),
    "accept": (43, 202, None),
    "accept4": (288, 242, None),
    "connect": (42, 203, None),
    "sendto": (44, 206, None),
    "recvfrom": (45, 207, None),
    "sendmsg": (46, 211, None),
    "recvmsg": (47, 212, None),
    "recvmmsg": (299, 243, ("pointer", 4)),
    "flock": (73, 32, None),
    "fcntl": (72, 25, None),
    "open": (2, None, None),
    "openat": (257, 56, None),
    "semop": (65, 193, None),
    "semtimedop": (220, 192, ("pointer", 3)),
    "msgrcv": (70, 188, None),
}

_COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine())
_BY_NUMBER = {
    row[_COLUMN]: (name, row[2]) for name, row in _CALLS.items() if _COLUMN is not None and row[_COLUMN] is not None
}

can_read = _COLUMN is not None


def classify(line: str) -> Wait:
    """Return the wait that one line of a `syscall` file describes.

    Calls that are not in the table count as timed: nothing is proven from what is not known.
    """
    fields = line.split()
    if not fields or fields[0] == "running":
        return RUNNING
    number = int(fields[0])
    if number < 0:  # blocked outside a system call, such as in a page fault
        return RUNNING
    arguments = [int(a, 16) for a in fields[1:7]]
    name, limit = _BY_NUMBER.get(number, (f"system call {number}", "always"))
    pid = None
    if name == "wait4" and arguments[0] < 1 << 31:
        pid = arguments[0]
    if limit is None:
        return Wait(Kind.UNTIMED, name, pid)
    if limit == "always":
        return Wait(Kind.TIMED, name)
    assert isinstance(limit, tuple)
    unit, position = limit
    value = arguments[position]
    endless = value == 0 if unit == "pointer" else value & 0x80000000 != 0
    return Wait(Kind.UNTIMED if endless else Kind.TIMED, name, pid)

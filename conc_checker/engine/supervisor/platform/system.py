"""What differs between systems, whatever host proves the waits: the module of this one under one name."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from conc_checker.engine.supervisor.platform.windows import (
        allow_many_descriptors,
        before_exec,
        go_on,
        interrupt,
        stop,
    )
else:
    from conc_checker.engine.supervisor.platform.posix import (
        allow_many_descriptors,
        before_exec,
        go_on,
        interrupt,
        stop,
    )

if sys.platform == "linux":
    from conc_checker.engine.supervisor.platform.linux import catches, command
else:
    from conc_checker.engine.supervisor.platform.portable import catches, command

__all__ = ("allow_many_descriptors", "before_exec", "catches", "command", "go_on", "interrupt", "stop")

"""Replaces methods of types that are written in C, which take no attributes from Python.

CPython keeps a type's methods in a dictionary that the garbage collector can name. A subclass in the type's place would
show in `type()`, and objects that others have made would not be of it.
"""

from __future__ import annotations

import functools
import gc

TYPE_CHECKING = False  # importing typing would cost each process of the learner's two milliseconds
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def replace(owner: type, name: str, value: Any) -> None:
    """Put a method into a type, or do nothing where the interpreter does not let us."""
    for namespace in gc.get_referents(owner.__dict__):
        if isinstance(namespace, dict):
            namespace[name] = value
            _forgetter()(owner)
            return


@functools.cache
def _forgetter() -> Callable[[type], object]:
    """Return `PyType_Modified`, found once; without the package ctypes, which takes milliseconds to import."""
    import _ctypes

    if not hasattr(_ctypes, "dlsym"):  # Windows
        import ctypes

        return lambda owner: ctypes.pythonapi.PyType_Modified(ctypes.py_object(owner))
    flags = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
    make: Any = type  # as class statements, they would need types for what is private in here
    an_object = make("Object", (_ctypes._SimpleCData,), {"_type_": "O"})
    a_function = make("Function", (_ctypes.CFuncPtr,), {"_flags_": flags, "_restype_": None})
    program: Any = None  # which has the interpreter in it, or has loaded it
    modified = a_function(_ctypes.dlsym(_ctypes.dlopen(program, 0), "PyType_Modified"))
    return lambda owner: modified(an_object(owner))

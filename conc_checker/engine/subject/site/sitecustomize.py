"""Puts the probe into each Python process that a learner's program starts, and then loads the next sitecustomize."""

import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _here]
try:
    from conc_checker.engine.subject import probe

    probe.install()
except ImportError:
    # An interpreter that does not have conc_checker, such as another virtual environment's: it runs unobserved.
    pass

_next = importlib.machinery.PathFinder.find_spec("sitecustomize", sys.path)
if _next is not None and _next.loader is not None and _next.origin != __file__:
    _module = importlib.util.module_from_spec(_next)
    sys.modules["sitecustomize"] = _module
    _next.loader.exec_module(_module)

"""Puts the probe into each Python process that a learner's program starts, and then loads the next sitecustomize."""

import os
import sys
from _frozen_importlib_external import PathFinder  # importlib.machinery's; most processes need no more of importlib

_here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _here]
try:
    from conc_checker.engine.subject import probe

    probe.install()
except ImportError:
    # An interpreter that does not have conc_checker, such as another virtual environment's: it runs unobserved.
    pass

_next = PathFinder.find_spec("sitecustomize", sys.path)
if _next is not None and _next.loader is not None and _next.origin != __file__:
    from importlib.util import module_from_spec

    _module = module_from_spec(_next)
    sys.modules["sitecustomize"] = _module
    _next.loader.exec_module(_module)

"""A verdict and its trace as one JSON document, for other programs to read, and for us to render again."""

from __future__ import annotations

import json

from conc_checker.record.trace import Trace
from conc_checker.record.verdict import Verdict

REPORT_VERSION = 1


def to_json(verdict: Verdict, trace: Trace) -> str:
    """Return the document, ending in a line end; both parts carry their own versions, too."""
    head = json.dumps({"version": REPORT_VERSION, "verdict": verdict.to_json()}, ensure_ascii=False)
    return f'{head[:-1]}, "trace": {trace.to_json().rstrip()}}}\n'


def from_json(text: str) -> tuple[Verdict, Trace]:
    """Read what `to_json` wrote; another version, and text that is no such document, raise ValueError."""
    plain = json.loads(text)
    version = plain.get("version") if isinstance(plain, dict) else None
    if version != REPORT_VERSION:
        raise ValueError(
            f"this report has version {version!r}, and this conc_checker reads version {REPORT_VERSION}: "
            "check the work again with the present version"
        )
    return Verdict.from_json(plain["verdict"]), Trace.from_json(json.dumps(plain["trace"]))

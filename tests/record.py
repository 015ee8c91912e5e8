"""Records runs of wrong programs for `test_replay.py`: python tests/record.py [EXERCISE...]

Each file holds a verdict and its trace, as `conc_checker.record.document` writes them.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus

from conc_checker.engine.supervisor.remote import Remote
from conc_checker.lab.lab import Settings
from conc_checker.record import document as json_report

_ADDRESS = re.compile(r"127\.\d+\.\d+\.\d+")
RECORDED = Path(__file__).parent / "traces" / "verdicts"
PROGRAMS = {
    "start_and_join": (
        "joined-inside-the-loop joined-inside-the-loop--result-in-the-loop run-instead-of-start not-joined "
        "called-instead-of-passed threads-instead-of-processes pool-too-small joined-only-the-last zombie-left "
        "daemon-work-lost timed-before-joining global-not-shared busy-waiting queue-not-drained lambda-as-target "
        "started-one-after-another-by-a-lock same-task-twice terminated-too-early slept-instead-of-joining"
    ),
    "echo_handler": (
        "end-not-noticed waits-for-a-line-end answer-not-in-capitals answer-repeated send-instead-of-sendall "
        "speaks-unasked reset-not-caught served-in-the-background"
    ),
    "framing": "messages-stuck-together header-read-with-one-recv half-a-message-returned length-missing",
    "process_server": (
        "served-in-the-accept-loop joined-in-the-accept-loop main-keeps-the-connection threads-for-clients "
        "select-for-clients pool-of-fixed-size end-not-noticed process-outlives-client children-never-reaped "
        "reset-ends-the-server reuse-address-missing listens-elsewhere"
    ),
    "first_task": "written-by-main not-joined wrong-content global-set-under-the-guard no-main-guard",
}


def main() -> None:
    """Run each program under the first start method that shows its mistake, and write what happened."""
    RECORDED.mkdir(exist_ok=True)
    remote = Remote()
    chosen = {name: PROGRAMS[name].split() for name in sys.argv[1:] or PROGRAMS}
    for example in corpus.examples():
        if example.diagnosis and example.path.stem in chosen.get(example.exercise, ()):
            method = example.fails_under[0]
            verdicts = list(corpus.judge(remote, example, Settings(method)))
            assert corpus.wrong_verdict(example, method, verdicts) is None, example
            _, verdict, trace = corpus.deciding(verdicts)
            name = f"{example.exercise}-{example.path.stem}-{method}.json"
            text = json_report.to_json(verdict, trace)
            # What this machine calls its folders is nobody's business.
            for place, public in ((os.path.dirname(os.__file__), "/usr/lib/python3"), (str(corpus.ROOT), "/course")):
                text = text.replace(place, public)
            text = _ADDRESS.sub("127.1.2.3", text)  # a run's own address
            (RECORDED / name).write_text(text, "utf-8")
    remote.close()


if __name__ == "__main__":
    main()

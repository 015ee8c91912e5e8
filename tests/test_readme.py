"""The READMEs: their commands are run as they stand, and what they show is what the program prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

import pytest
from conftest import LIMIT
from corpus import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Course

READMES = {"en": ROOT / "README.md", "zh-CN": ROOT / "README.zh-CN.md"}
INSIDE = "CONC_README_TEST"  # set in the runs below, so that the tests which they start do not start them again

# The README's test command runs all tests, this one among them. Here pytest is told, through its own variable
# PYTEST_ADDOPTS, to run a few: what we want to know is that the command sets all up and finds the tests.
FEW = "-k test_curriculum"


def block(language: str, marker: str) -> str:
    """Return the fenced block that follows a marker, without its line end."""
    text = READMES[language].read_text("utf-8")
    found: list[str] = re.findall(
        rf"^<!-- {re.escape(marker)} -->\n```\w+\n(.*?)\n?```$", text, re.MULTILINE | re.DOTALL
    )
    assert len(found) == 1, f"{READMES[language].name} needs one block marked {marker!r}, and has {len(found)}"
    return found[0]


@pytest.mark.parametrize(
    "marker", ["run: learner", "run: grade", "run: tests", "program: katas/03_multiprocess/start_and_join.py"]
)
def test_languages_agree_on_code(marker: str) -> None:
    """Commands and programs are the same in both languages."""
    assert block("en", marker) == block("zh-CN", marker)


def test_languages_have_the_same_sections() -> None:
    """What one README has the other has too: as many headings, tables and blocks."""
    counts = {
        language: [
            len(re.findall(sign, path.read_text("utf-8"), re.MULTILINE)) for sign in ("^#", r"^\|", "^```", "^-")
        ]
        for language, path in READMES.items()
    }
    assert counts["en"] == counts["zh-CN"]


@pytest.mark.parametrize("language", READMES)
def test_links_lead_somewhere(language: str) -> None:
    """Every file that a README names in a link is there."""
    links = re.findall(r"\]\(([^):#]+)\)", READMES[language].read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("language", READMES)
def test_every_option_is_described(language: str) -> None:
    """Each option that the plugin adds stands in the table."""
    options = set(re.findall(r'"(--[a-z-]+)"', (ROOT / "conc_checker" / "plugin" / "__init__.py").read_text("utf-8")))
    assert "--kata-source" in options
    described = "".join(re.findall(r"^\| (`--.*?) \|", READMES[language].read_text("utf-8"), re.MULTILINE))
    assert {o for o in options if not re.search(rf"`{o}\b", described)} == set()


@pytest.mark.parametrize("language", READMES)
def test_shown_report_is_what_is_printed(course: Course, language: str) -> None:
    """The program of the README gives the report of the README, word by word."""
    marker = "program: katas/03_multiprocess/start_and_join.py"
    (course.path / marker.removeprefix("program: ")).write_text(block(language, marker) + "\n", "utf-8")
    asked = ("katas/03_multiprocess", f"--kata-lang={language}", "--kata-start-method=fork")
    printed = [line.rstrip() for line in course.check(*asked).outlines]
    start = next(n for n, line in enumerate(printed) if line.startswith("____")) + 1
    end = next(n for n, line in enumerate(printed) if "conc hint" in line) + 1
    marker = f"report: {language}"
    if os.environ.get("CONC_GOLDEN") == "write":
        text = READMES[language].read_text("utf-8")
        before, _, after = text.partition(f"<!-- {marker} -->\n```text\n")
        rest = after[after.index("```\n") :]
        shown = "\n".join([f"{before}<!-- {marker} -->", "```text", *printed[start:end], rest])
        READMES[language].write_text(shown, "utf-8")
    assert drawn(block(language, marker).splitlines()) == drawn(printed[start:end])


def drawn(report: list[str]) -> list[str]:
    """Return a report without the widths in its picture: who of two processes comes first is not for us to say."""
    return [re.sub(r"([▒█▄ ])\1+", r"\1", line) if "│" in line else line for line in report]


def clone(target: Path) -> None:
    """Copy what a `git clone` of this state would hold."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git cannot say which files belong to the project: {error}")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


@pytest.mark.slow
@pytest.mark.skipif(INSIDE in os.environ, reason="this run was started by the README's own test")
@pytest.mark.parametrize(
    ("marker", "options", "last"),
    [
        ("run: learner", "", r"=+ 20 passed in .*=+"),
        ("run: tests", FEW, r"=+ \d+ passed, (1 skipped, )?\d+ deselected in .*=+"),
    ],
    ids=["learner", "tests"],  # -k looks into ids, so the selection must not stand there
)
def test_command_works_in_a_fresh_clone(tmp_path: Path, marker: str, options: str, last: str) -> None:
    """With nothing but Python and pip, the command sets all up, does its work, and succeeds."""
    clone(tmp_path / "clone")
    venv.create(tmp_path / "venv", with_pip=True, symlinks=os.name != "nt")
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    ours = re.compile("COVERAGE_|PYTHON|PYTEST_|PIP_REQUIRE|VIRTUAL_ENV|CONC_|NO_COLOR|TERM$")
    environment = {name: value for name, value in os.environ.items() if not ours.match(name)}
    environment |= {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTEST_ADDOPTS": options,
        "PYTHONUTF8": "1",
        INSIDE: "1",
    }
    done = subprocess.run(
        block("en", marker),
        shell=True,
        cwd=tmp_path / "clone",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=LIMIT * 10,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(last, done.stdout.rstrip().splitlines()[-1]), done.stdout
    assert sys.prefix not in done.stdout

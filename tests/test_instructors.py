"""The instructors' pages: their commands are run as they stand, and what they say agrees with the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LIMIT, TWO_KATAS, wrong
from corpus import ROOT

from conc_checker.commands.cli import _parser
from conc_checker.commands.grade import FORMATS
from conc_checker.grading.model import Mark

PAGES = {"en": ROOT / "docs" / "instructors.md", "zh-CN": ROOT / "docs" / "instructors.zh-CN.md"}
MARKERS = ["look", "solutions", "grade", "junit", "class", "list", "verify", "trusted"]

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def blocks(page: Path) -> dict[str, str]:
    """Return the commands of a page by their names."""
    found = r"^<!-- run: (\w+) -->\n```console\n(.*?)\n```$"
    return dict(re.findall(found, page.read_text("utf-8"), re.MULTILINE | re.DOTALL))


def test_every_command_is_run_and_the_same_in_both_languages() -> None:
    """No command stands on a page that this test does not run."""
    assert list(blocks(PAGES["en"])) == MARKERS
    assert blocks(PAGES["en"]) == blocks(PAGES["zh-CN"])
    for page in PAGES.values():
        assert page.read_text("utf-8").count("```console") == len(MARKERS)


def test_pages_have_the_same_sections() -> None:
    """What one page has the other has too: as many headings, tables, lists and blocks."""
    shapes = [re.findall(r"^(#+ |\||```|- )", page.read_text("utf-8"), re.MULTILINE) for page in PAGES.values()]
    assert shapes[0] == shapes[1]


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page names in a link is there, and so is the page itself in its README."""
    links = re.findall(r"\]\(([^):#]+)\)", page.read_text("utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []
    readme = page.name.replace("instructors", "README")
    assert f"(docs/{page.name})" in (ROOT / readme).read_text("utf-8")


@each_page
def test_options_formats_and_outcomes_are_described(page: Path) -> None:
    """Each option of `conc grade`, each format and each outcome stands in a table."""
    text = page.read_text("utf-8")
    described = "".join(re.findall(r"^\| (.*?) \|", text, re.MULTILINE))
    commands = next(a.choices for a in _parser()._actions if isinstance(a.choices, dict))
    command = commands["grade"]
    options = {option for action in command._actions for option in action.option_strings} - {"-h", "--help"}
    assert {option for option in options if f"`{option}" not in described} == set()
    assert all(f"`{name}`" in text for name in FORMATS)
    outcomes = set(re.findall(r"^\| (?:[^|]*\uff08)?([a-z ]+)\uff09? \|", text, re.MULTILINE))
    assert {str(mark) for mark in Mark} <= outcomes


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell")
def test_commands_work(tmp_path: Path) -> None:
    """Beside a course and two submissions, the commands do what the page says, one after another."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("katas", "solutions", "course/katas", "submission/katas", "submissions/bob"):
        source = ROOT / ("katas" if folder.endswith("katas") else "solutions")
        for kata in TWO_KATAS:
            shutil.copytree(source / kata, tmp_path / folder / kata, ignore=ignored)
    loop = tmp_path / "submissions" / "ada" / "03_multiprocess" / "start_and_join.py"
    loop.parent.mkdir(parents=True)
    shutil.copyfile(wrong("joined-inside-the-loop"), loop)
    ours = re.compile("PYTEST_|CONC_|GITHUB_|COLUMNS|LC_|LANG")
    environment = {name: value for name, value in os.environ.items() if not ours.match(name)}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8"}
    printed = {}
    for name, command in (*blocks(PAGES["en"]).items(), ("readme", blocks(ROOT / "README.md")["grade"])):
        done = subprocess.run(
            ["sh", "-ec", command],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=LIMIT * 5,
            check=False,
        )
        assert done.returncode == (1 if name == "look" else 0), done.stdout
        printed[name] = done.stdout
    assert "joined-inside-the-loop" in printed["look"]
    assert '"diagnosis": "joined-inside-the-loop"' in printed["grade"]
    assert 'value="joined-inside-the-loop"' in (tmp_path / "ada.xml").read_text("utf-8")
    assert printed["readme"].splitlines()[-1].split()[:2] == ["Total", "1"]
    rows = [row.split(",") for row in (tmp_path / "points.csv").read_text("utf-8").splitlines()]
    assert [(row[0], row[3]) for row in rows] == [("ada", "fail"), ("bob", "pass")]
    assert (int(rows[0][1]), rows[1][1]) == (1, rows[1][2])
    assert "All is well" in printed["verify"]
    assert '"earned": 0' in printed["trusted"]

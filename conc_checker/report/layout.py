"""Puts foreign text safely into lines of a given width, counted in terminal cells.

Whatever a learner's program printed, raised or was named, after `visible` it is nothing but text: it cannot
move the cursor, set colours, reverse the reading direction, or speak to the build server that shows the
log.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len

_SHORT = {" ": " ", "\t": "    ", "\u3000": "  ", "\n": "\\n", "\r": "\\r"}
# Control, format, surrogate, private, unassigned characters, other spaces, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
# `##[error]` and `##vso[…]` are commands anywhere in a line (actions/runner, ActionCommand.TryParse).
_COMMAND = re.compile(r"##(\w*)\[")
_PLAIN = str.maketrans(
    {
        "\u2026": "...",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2192": "->",
        "\u00d7": "x",
    }
)
# No line begins with one of these, and none ends with one of those.
_CLOSING = frozenset(
    ",.;:!?)]}%'\"\u2019\u201d\u2026\u2014\u3001\u3002\u3009\u300b\u300d\u300f\u3011\uff01\uff05\uff09\uff0c\uff1a\uff1b\uff1f"
)
_OPENING = frozenset("([{\u2018\u201c\u3008\u300a\u300c\u300e\u3010\uff08")


def visible(text: str, *, ascii: bool = False) -> str:  # noqa: A002 (the report's word for it)
    r"""Return text with all but plain visible characters escaped, such as `\x1b`; a tab is 4 spaces.

    A line end is escaped, too: split into lines first. With `ascii`, all other characters are escaped as
    well.
    """
    shown = "".join(_shown(character) for character in text)
    shown = _COMMAND.sub(r"##\1\\x5b", shown)
    if ascii:
        shown = shown.translate(_PLAIN).encode("ascii", "backslashreplace").decode("ascii")
    return shown


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    # Variation selectors change a character's width on some terminals and not on others.
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    if not is_selector and unicodedata.category(character) not in _INVISIBLE:
        return character
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def fit(text: str, width: int, *, ascii: bool = False) -> str:  # noqa: A002
    """Return text cut to a width, ending in a mark where something was cut off."""
    if cell_len(text) <= width:
        return text
    mark = "..." if ascii else "\u2026"
    if width < cell_len(mark):
        return _head(text, width)[0]
    return _head(text, width - cell_len(mark))[0].rstrip() + mark


def fit_end(text: str, width: int, *, ascii: bool = False) -> str:  # noqa: A002
    """Return text cut to a width at its begin, as for a path: what counts stands at its end."""
    return fit(text[::-1], width, ascii=ascii)[::-1]


def pad(text: str, width: int) -> str:
    """Return text filled with spaces up to a width."""
    return text + " " * (width - cell_len(text))


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells: at spaces, and around Chinese characters.

    No line begins with closing punctuation or ends with opening punctuation, unless a single word is wider
    than the line. No line begins with `::`, which at the begin of a line, indented or not, is a command to
    GitHub.
    """
    lines: list[str] = []
    line = ""
    for unit in _units(text):
        if line and cell_len((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line = harmless(line + unit if line else unit.lstrip())
        while cell_len(line.rstrip()) > width:
            head, rest = _head(line, width)
            lines.append(head.rstrip())
            line = harmless(rest.lstrip())
    if line.rstrip() or not lines:
        lines.append(line.rstrip())
    return lines


def _units(text: str) -> list[str]:
    """Split text into the shortest pieces between which a line may end; spaces stay at the end of a piece."""
    units: list[str] = []
    before = ""
    for character in text:
        if not before or _may_break(before, character):
            units.append(character)
        else:
            units[-1] += character
        before = character
    return units


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return after != " "
    if after in _CLOSING or before in _OPENING:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2


def _head(text: str, width: int) -> tuple[str, str]:
    """Split text where its first part is as long as `width` cells allow, but at least one character."""
    end = min(len(text), max(1, width))
    while end > 1 and cell_len(text[:end]) > width:
        end -= 1
    # Marks that combine with a character have no width of their own, and stay with it.
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[:end], text[end:]


def harmless(line: str) -> str:
    """Return text that may stand at the begin of a line: there, `::` would begin a command to GitHub."""
    start = line.lstrip()
    return line[: len(line) - len(start)] + "\\x3a" + start[1:] if start.startswith("::") else line

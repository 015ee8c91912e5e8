"""A program's text, where each part of its syntax tree stands in it, and small changes of it.

A mutant is the text with one span of it replaced: comments, layout and line numbers stay as they are, and a difference
shows what was changed and nothing else. The positions that `ast` gives are enough for that, so that no library is
needed and authors install nothing more. Those that were looked at: libcst keeps all of a text, which matters to who
rewrites a whole file. mutmut's operators are made of libcst's nodes inside a program with a terminal interface of its
own; cosmic-ray's come with a database, a web client and git. Both know numbers, comparisons, keywords and arithmetic,
which are few lines here, and nothing of processes, connections and their limits, which are the rest.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of the text, from byte to byte of its UTF-8, and what stands there instead."""

    begin: int
    end: int
    text: str


class Source:
    """A text, and its syntax tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self._bytes = text.encode()  # the positions of `ast` count bytes
        self._lines = [0, *accumulate(map(len, re.findall(rb".*\n|.+$", self._bytes)))]

    def begin(self, node: ast.expr | ast.stmt | ast.keyword | ast.excepthandler) -> int:
        """Return where a node begins."""
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt | ast.keyword | ast.excepthandler) -> int:
        """Return where a node ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.end_lineno - 1] + node.end_col_offset

    def of(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        """Return the text of a node."""
        return self.between(self.begin(node), self.end(node))

    def between(self, begin: int, end: int) -> str:
        """Return a span of the text."""
        return self._bytes[begin:end].decode()

    def instead(self, node: ast.expr | ast.stmt | ast.keyword, text: str) -> Edit:
        """Return the change that puts a text in the place of a node."""
        return Edit(self.begin(node), self.end(node), text)

    def token(self, begin: int, end: int, token: str, new: str) -> Iterator[Edit]:
        """Go through the change of a token that stands somewhere in a span; none where it does not stand there."""
        word = rf"\b{token}\b".replace(" ", r"\s+") if token[0].isalpha() else re.escape(token)
        if found := re.search(word.encode(), self._bytes[begin:end]):
            yield Edit(begin + found.start(), begin + found.end(), new)

    def indent(self, statement: ast.stmt) -> str | None:
        """Return what a statement is indented by; None for one that shares its line with what is before it."""
        line = self._lines[statement.lineno - 1]
        before = self.between(line, line + statement.col_offset)
        return before if not before.strip() else None

    def apply(self, edit: Edit) -> str:
        """Return the text with a change."""
        return (self._bytes[: edit.begin] + edit.text.encode() + self._bytes[edit.end :]).decode()

    def difference(self, edit: Edit) -> tuple[int, str, str]:
        """Return the number of the first line that a change touches, the lines as they are, and as they become."""
        first = self._bytes.count(b"\n", 0, edit.begin)
        last = self._bytes.count(b"\n", 0, edit.end)
        begin, end = self._lines[first], self._lines[min(last + 1, len(self._lines) - 1)]
        after = self.between(begin, edit.begin) + edit.text + self.between(edit.end, end)
        return first + 1, _plain(self.between(begin, end)), _plain(after)


def meaning(text: str) -> str:
    """Return a text as its syntax tree, without comments and layout: what two texts share is one program.

    Raise SyntaxError where it is no Python. What a compiler makes of it would show more texts to be one, but each
    version of Python others, and a file of survivors has to be the same for all.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # a mutant may well be odd
        compile(text, "<mutant>", "exec", dont_inherit=True)
        return ast.dump(ast.parse(text))


def _plain(lines: str) -> str:
    return textwrap.dedent(lines).rstrip()

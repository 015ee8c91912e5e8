"""What a picture is drawn on, and what every topic's picture is: a function from a story to blocks of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from conc_checker.diagnosis.story import Story
from conc_checker.record.verdict import Verdict
from conc_checker.report.layout import visible

if TYPE_CHECKING:
    from conc_checker.texts.messages import Messages


@dataclass(frozen=True, slots=True)
class Canvas:
    """The words of a language, the width in cells, and whether only plain characters can be shown."""

    messages: Messages
    width: int = 80
    ascii: bool = False

    @property
    def escapes(self) -> bool:
        """Whether text, too, is kept to ASCII: only in a language that is itself written so."""
        return self.ascii and self.messages.word("Seen").isascii()

    def word(self, key: str, /, **facts: object) -> str:
        """Return a fixed word or phrase, safe to be shown."""
        return visible(self.messages.word(key, **facts), ascii=self.escapes)


Picture = Callable[[Story, Verdict, Canvas], Iterable[list[Text]]]

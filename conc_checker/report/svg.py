"""A report or a picture as SVG, for web pages: one file that needs nothing from the network."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

if TYPE_CHECKING:
    from rich.console import RenderableType

# rich's own format, but without its fonts from another server.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", Menlo, Consolas, monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
<rect x="0" y="0" width="{width}" height="{height}" rx="8" fill="BACKGROUND" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def to_svg(renderable: RenderableType, *, width: int = 80, title: str = "") -> str:
    """Return an SVG document of something that rich can print, such as what `terminal.build` returns."""
    console = Console(
        file=io.StringIO(),
        record=True,
        width=width,
        color_system="standard",
        force_terminal=True,
        legacy_windows=False,
        _environ={},
    )
    console.print(renderable, markup=False, highlight=False, emoji=False)
    # What rich fills in stands in braces; a title must not be taken for that.
    name = escape(title, quote=False).replace("{", "{{").replace("}", "}}")
    code_format = _FORMAT.replace("BACKGROUND", SVG_EXPORT_THEME.background_color.hex).replace("TITLE", name)
    return console.export_svg(theme=SVG_EXPORT_THEME, code_format=code_format)

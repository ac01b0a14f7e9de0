"""The tokens of the window: every colour and every size, and nothing else names one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

_HERE = Path(__file__).parent
_PROPERTY = "bodymap_theme"

VIEWPORT_MINIMUM_PX = 320
READING_WIDTH_PX = 900
DIALOG_WIDTH_PX = 440
PALETTE_WIDTH_PX = 560
SIZE_FIELD_PX = 60
FACT_NAME_PX = 68
PROGRESS_WIDTH_PX = 120
LAYERS_WIDTH_PX = 244
CARET_PX = 12
WARNINGS_MINIMUM_PX = 120
PREVIEW_SIZE_PX = (720, 700)
PALETTE_ROWS = 10
TOP_BAR_WORDS_PX = 1180
WINDOW_SIZE_PX = (1280, 760)
WINDOW_MINIMUM_PX = (960, 600)


class Space:
    """Gaps between things, in device-independent pixels."""

    NONE = 0
    HAIR = 2
    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    HUGE = 24


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes that grow together in touch mode, in device-independent pixels."""

    text_px: int = 13
    small_px: int = 11
    title_px: int = 17
    display_px: int = 30
    control_px: int = 28
    segment_px: int = 24
    field_px: int = 30
    row_px: int = 28
    tall_row_px: int = 48
    top_bar_px: int = 44
    status_bar_px: int = 26
    icon_px: int = 18
    scroll_bar_px: int = 10
    badge_px: int = 22
    browser_px: int = 280
    right_pane_px: int = 340
    radius_px: int = 6
    focus_px: int = 2


TOUCH_METRICS = Metrics(
    text_px=15,
    small_px=13,
    title_px=20,
    display_px=34,
    control_px=44,
    segment_px=44,
    field_px=44,
    row_px=44,
    tall_row_px=64,
    top_bar_px=60,
    status_bar_px=32,
    icon_px=24,
    scroll_bar_px=24,
    badge_px=28,
    browser_px=336,
    right_pane_px=404,
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#RRGGBB`` and the metrics that go with them.

    Attributes
    ----------
    name : str
        ``"light"``, ``"dark"`` or ``"contrast"``.
    ground, panel, field, hover, selected : str
        Surfaces, from the back to the front; every ink is readable on each of them.
    ink, second_ink, faint_ink : str
        Text, less important text, and text of what cannot be used now.
    line, field_line, handle : str
        Hairlines between areas; borders of what can be typed in; handles of scroll bars.
    accent, accent_hover, on_accent : str
        The one colour of action and focus, and what is written on it.
    danger, caution, fine : str
        Meanings, always together with an icon or a word; each has a quiet ``_ground`` to stand on.
    pattern : str
        Textbook red of a referral pattern.
    metrics : Metrics
    """

    name: str
    dark: bool
    ground: str
    panel: str
    field: str
    hover: str
    selected: str
    ink: str
    second_ink: str
    faint_ink: str
    line: str
    field_line: str
    handle: str
    accent: str
    accent_hover: str
    on_accent: str
    danger: str
    danger_ground: str
    caution: str
    caution_ground: str
    fine: str
    fine_ground: str
    pattern: str
    metrics: Metrics = Metrics()

    def for_touch(self) -> Theme:
        """Return the same colours with targets of 44 pixels and larger text."""
        return replace(self, metrics=TOUCH_METRICS)


LIGHT = Theme(
    name="light",
    dark=False,
    ground="#F6F6F4",
    panel="#FFFFFF",
    field="#FFFFFF",
    hover="#EFF2F4",
    selected="#E1EFF5",
    ink="#1F2933",
    second_ink="#52606D",
    faint_ink="#8894A1",
    line="#E1E4E8",
    field_line="#8894A1",
    handle="#C8CED5",
    accent="#0B6E99",
    accent_hover="#095A7E",
    on_accent="#FFFFFF",
    danger="#B42318",
    danger_ground="#FDF0EE",
    caution="#B54708",
    caution_ground="#FDF5EA",
    fine="#067647",
    fine_ground="#EDF8F2",
    pattern="#B5121B",
)

DARK = Theme(
    name="dark",
    dark=True,
    ground="#12161B",
    panel="#1B2027",
    field="#161A20",
    hover="#252C35",
    selected="#1F3743",
    ink="#E8ECF0",
    second_ink="#9AA5B1",
    faint_ink="#6B7784",
    line="#2A313A",
    field_line="#6B7784",
    handle="#3B454F",
    accent="#4FB3D9",
    accent_hover="#74C5E4",
    on_accent="#0D1216",
    danger="#F9877C",
    danger_ground="#37211F",
    caution="#F5B056",
    caution_ground="#352A1B",
    fine="#55C893",
    fine_ground="#1A2F26",
    pattern="#E5484F",
)

HIGH_CONTRAST = Theme(
    name="contrast",
    dark=True,
    ground="#000000",
    panel="#000000",
    field="#000000",
    hover="#2B2B2B",
    selected="#003A4D",
    ink="#FFFFFF",
    second_ink="#E6E6E6",
    faint_ink="#B3B3B3",
    line="#8C8C8C",
    field_line="#FFFFFF",
    handle="#B3B3B3",
    accent="#FFD633",
    accent_hover="#FFE680",
    on_accent="#000000",
    danger="#FF9B91",
    danger_ground="#2B0000",
    caution="#FFC266",
    caution_ground="#2B1A00",
    fine="#7EE7AE",
    fine_ground="#00240F",
    pattern="#FF5A61",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}


def apply_theme(app: QApplication, theme: Theme, touch: bool = False) -> None:
    """Give the whole program its look: Fusion, a palette, the text font and the one style sheet.

    Widgets that paint themselves ask `current_theme` when they paint, so this call is all it takes
    to change the look of a window that is already open.
    """
    chosen = theme.for_touch() if touch else theme
    app.setProperty(_PROPERTY, chosen)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(chosen))
    app.setFont(_text_font(chosen.metrics))
    app.setStyleSheet(style_sheet(chosen))


def current_theme() -> Theme:
    """Return the theme last applied; the light one before that."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    return theme if isinstance(theme, Theme) else LIGHT


def style_sheet(theme: Theme) -> str:
    """Fill the tokens of a theme into the style sheet; KeyError when it names one that does not exist."""
    metrics = {field.name: getattr(theme.metrics, field.name) for field in fields(Metrics)}
    tokens = {field.name: getattr(theme, field.name) for field in fields(Theme)} | metrics
    tokens |= {
        "check": "check_dark" if theme.dark else "check_light",
        "glyphs": (_HERE / "glyphs").as_posix(),
        "inner_radius_px": theme.metrics.radius_px - 2,
        "tab_px": theme.metrics.field_px,
        "field_inner_px": theme.metrics.field_px - 2,
        "field_focus_px": theme.metrics.field_px - 4,
        "knob_px": theme.metrics.icon_px - 6,
        "knob_out_px": (theme.metrics.icon_px - 6) // 2,
        "knob_radius_px": (theme.metrics.icon_px - 2) // 2,
        "scroll_radius_px": theme.metrics.scroll_bar_px // 2 - 2,
    }
    return Template((_HERE / "bodymap.qss").read_text(encoding="utf-8")).substitute(tokens)


def _text_font(metrics: Metrics) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(metrics.text_px)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground,
        role.Base: theme.field,
        role.AlternateBase: theme.hover,
        role.Button: theme.panel,
        role.WindowText: theme.ink,
        role.Text: theme.ink,
        role.ButtonText: theme.ink,
        role.BrightText: theme.danger,
        role.PlaceholderText: theme.second_ink,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.ink,
        role.ToolTipText: theme.panel,
        role.Light: theme.hover,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.field_line,
        role.Shadow: theme.line,
    }
    palette = QPalette()
    for where, colour in colours.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.faint_ink))
    return palette

"""Makers of buttons that carry an accessible name and a tooltip from the first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton

from bodymap.ui.icons import icon


def tool_button(name: str, icon_name: str, tooltip: str = "") -> QToolButton:
    """Return a flat button with an icon only; its name is read out and shown as the tooltip."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setAccessibleName(name)
    button.setToolTip(tooltip or name)
    return button


def action_button(action: QAction, worded: bool = False) -> QToolButton:
    """Return a flat button that does, names and enables what the action does."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text().replace("&", "").rstrip("."))
    if worded:
        button.setProperty("worded", "true")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def push_button(text: str, icon_name: str = "", tone: str = "second_ink") -> QPushButton:
    """Return a framed button with words."""
    button = QPushButton(text)
    button.setAccessibleName(text.rstrip("."))
    if icon_name:
        button.setIcon(icon(icon_name, tone))
    return button


def primary_button(text: str, icon_name: str = "") -> QPushButton:
    """Return the one filled button of a pane or dialog."""
    button = push_button(text, icon_name, "on_accent")
    button.setProperty("kind", "primary")
    return button

"""The session diagram on paper.

``compose_pdf`` and ``compose_png`` take a job and a function that draws views.
"""

from bodymap.printing.composition import compose_page
from bodymap.printing.jobs import Paper, PrintJob, PrintSite, RenderView
from bodymap.printing.layouts import Figure, PageLayout
from bodymap.printing.paint import (
    PICTURE_DPI,
    compose_pdf,
    compose_png,
    draw_pictures,
    layout_page,
    paint_pdf,
    paint_png,
)
from bodymap.printing.view_choice import choose_views
from bodymap.printing.views import Direction, ViewSpec, body_view

__all__ = [
    "PICTURE_DPI",
    "Direction",
    "Figure",
    "PageLayout",
    "Paper",
    "PrintJob",
    "PrintSite",
    "RenderView",
    "ViewSpec",
    "body_view",
    "choose_views",
    "compose_page",
    "compose_pdf",
    "compose_png",
    "draw_pictures",
    "layout_page",
    "paint_pdf",
    "paint_png",
]

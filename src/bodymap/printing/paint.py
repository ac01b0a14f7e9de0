"""A composed page and its pictures, set by typst: PDF for keeping, PNG for the preview, the printer and export."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import typst
from PIL import Image

from bodymap.printing.composition import compose_page
from bodymap.printing.jobs import PrintJob, RenderView
from bodymap.printing.layouts import FOOT_MM, MARGIN_MM, Figure, PageLayout
from bodymap.printing.lettering import FAMILIES, LAST_RESORT, Lettering, lettering_for, printable

PDF_STANDARDS = ["a-2a", "ua-1"]
JPEG_QUALITY = 92
"""At 300 dpi no difference is seen, and typst passes JPEG through untouched: a tenth of the time of PNG."""

"""The left pane: finding points by name, symptom or region."""

from bodymap.ui.browser.catalog import Catalog, read_catalog
from bodymap.ui.browser.pane import BrowserPane

__all__ = ["BrowserPane", "Catalog", "read_catalog"]

"""bodymap: an interactive 3D body map of trigger points."""

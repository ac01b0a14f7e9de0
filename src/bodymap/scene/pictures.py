from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray


def png_bytes(picture: NDArray[np.uint8]) -> bytes:
    """Encode an (h, w, 3) or (h, w, 4) picture as PNG, quickly rather than small."""
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(stream, format="PNG", compress_level=3)
    return stream.getvalue()

"""Face and scalp: borders in the side view (front, up) and the front view (lateral, up) between landmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regions.canvas import Canvas, Field, Mask, Point, along, interval

HAIRLINE_SHARE = 0.52  # of the arc from glabella to bregma
BROW_MM = 20.0
CROWN_MM = 132.0


def head_base(c: Canvas) -> Field:
    """Height of the lower border of the head: jaw, mastoid, superior nuchal line; a function of `front`."""
    chin, corner, angle, mastoid, nuchal, inion = c.points(
        "chin", "masseter_front_lower", "mandible_angle", "mastoid_tip", "nuchal_line_mid", "inion"
    )
    return along(
        [
            (inion[1], inion[2] - 4.0),
            (nuchal[1], nuchal[2] - 5.0),
            (mastoid[1] - 14.0, mastoid[2] - 4.0),
            (mastoid[1] + 8.0, mastoid[2] - 8.0),
            (angle[1] - 6.0, angle[2]),
            (angle[1] + 2.0, angle[2] - 8.0),
            (corner[1], corner[2] - 4.0),
            (chin[1] - 6.0, chin[2] - 13.0),
        ],
        c.front,
    )


def paint_head(c: Canvas) -> None:
    """Paint everything above the jaw, mastoid and nuchal line."""
    head = c.left & (c.up > head_base(c)) & (c.share("head") > 0.02)
    _paint_scalp(c, head)
    _paint_face(c, head)
    _paint_jaw(c, head)
    _paint_around_ear(c, head)


def _turn(places: NDArray[np.float64], centre: Point) -> Field:
    """Degrees from straight ahead, up over the crown, around the head's transverse axis."""
    return np.asarray(np.degrees(np.arctan2(places[..., 2] - centre[2], places[..., 1] - centre[1])) % 360.0)


def _temporal_line(c: Canvas) -> Field:
    """Height of the superior temporal line as a function of `front`."""
    line, canthus, brow, ear, occiput = c.points(
        "temple_line", "lateral_canthus", "brow_mid", "ear_back", "lambda"
    )
    return along(
        [
            (occiput[1] + 20.0, occiput[2] - 10.0),
            (ear[1] - 20.0, line[2] - 6.0),
            (ear[1] + 20.0, line[2] + 1.0),
            (line[1], line[2]),
            (canthus[1] - 16.0, brow[2] + 14.0),
            (canthus[1] - 8.0, brow[2] - 4.0),
            (canthus[1] - 5.0, canthus[2]),
        ],
        c.front,
    )


def _paint_scalp(c: Canvas, head: Mask) -> None:
    bregma, glabella, tragus, ear = c.points("bregma", "glabella", "tragus", "ear_back")
    centre = np.asarray((0.0, tragus[1], glabella[2]))
    turn = _turn(c.vertices, centre)
    first, last = _turn(glabella, centre), _turn(bregma, centre)
    hairline = first + HAIRLINE_SHARE * (last - first)
    line = _temporal_line(c)
    lambda_, nuchal = c.points("lambda", "nuchal_line_mid")
    c.paint("vertex", head)
    c.paint("forehead", head & ((turn < hairline) | (turn > 270)) & (c.front > tragus[1] - 10.0))
    above = along([(tragus[1] - 8.0, 26.0), (tragus[1] + 42.0, 0.0)], c.front)
    c.paint("scalp_side_above_ear", head & (c.up < line + above) & (c.front < tragus[1] + 42.0))
    c.paint("temple", head & (c.up < line) & (c.front >= tragus[1] + 4.0))
    # The lambdoid suture runs from lambda to the asterion, behind the mastoid. A gap is left between a hand's
    # breadth of bregma and lambda: the crown takes the front part of it, the occiput the rest.
    seam = along([(nuchal[2] - 10.0, -nuchal[0] + 22.0), (lambda_[2], 32.0)], c.up)
    crown = c.distance("bregma") < CROWN_MM
    c.paint("occiput", head & ~crown & (c.front < ear[1] - 26.0) & (c.lateral < seam))


def _paint_face(c: Canvas, head: Mask) -> None:
    brow, canthus, nasion, ala, corner = c.points(
        "brow_mid", "lateral_canthus", "nasion", "nose_ala", "mouth_corner"
    )
    glabella, zygoma, masseter, arch = c.points(
        "glabella", "zygoma", "masseter_front_lower", "zygomatic_arch_mid"
    )
    rim = canthus[1] - 8.0
    brow_line = along(
        [(0.0, glabella[2] + 3.0), (-brow[0], brow[2]), (-canthus[0] + 6.0, brow[2] - 6.0)], c.lateral
    )
    lids = along(
        [(16.0, canthus[2] - 1.5), (-canthus[0] - 14.0, canthus[2] - 4.5), (-canthus[0], canthus[2])],
        c.lateral,
    )
    c.paint("supraorbital", head & (c.front > rim) & (c.up < brow_line + BROW_MM - 2.0) & (c.up > lids))
    below_eye = head & (c.up <= lids) & (c.front > rim)
    cheek_side = (
        head & (c.up < along([(arch[1], arch[2] + 6.0), (rim, canthus[2])], c.front)) & (c.front > arch[1])
    )
    masseter_front = along([(masseter[2], masseter[1]), (zygoma[2] - 8.0, zygoma[1] - 8.0)], c.up)
    cheek = (below_eye | cheek_side) & (
        (c.front > masseter_front)
        | (c.up > along([(arch[1], arch[2] - 6.0), (zygoma[1], zygoma[2] - 12.0)], c.front))
    )
    c.paint("mandible_body", (below_eye | cheek_side) & ~cheek)
    c.paint("cheek_maxilla", cheek)
    nose_edge = along(
        [
            (corner[2], -corner[0] + 2.0),
            (ala[2] - 4.0, -ala[0] + 5.0),
            (ala[2] + 4.0, -ala[0] + 3.0),
            (nasion[2], 11.0),
        ],
        c.up,
    )
    nose = (
        head
        & (c.lateral < nose_edge)
        & interval(c.up, corner[2] - 6.0, nasion[2] + 1.0)
        & (c.front > rim - 4.0)
    )
    c.paint("nose_upper_lip", nose)


def _paint_jaw(c: Canvas, head: Mask) -> None:
    corner, foramen, masseter, zygoma, chin = c.points(
        "mouth_corner", "mental_foramen", "masseter_front_lower", "zygoma", "chin"
    )
    arch, tragus = c.points("zygomatic_arch_mid", "tragus")
    edge = along([(masseter[1], corner[2] + 6.0), (corner[1], corner[2] - 1.0)], c.front)
    masseter_front = along([(masseter[2], masseter[1]), (zygoma[2] - 8.0, zygoma[1] - 8.0)], c.up)
    under_arch = [(tragus[1], arch[2] - 8.0), (arch[1], arch[2] - 6.0), (zygoma[1], zygoma[2] - 12.0)]
    ramus = (c.front <= masseter_front) & (c.up < along(under_arch, c.front))
    c.paint("mandible_body", head & (ramus | (c.up < edge)) & (c.front > tragus[1] - 26.0))
    lips = head & (c.front > corner[1] - 4.0) & (c.lateral < -corner[0] + 1.0)
    slit = corner[2]  # the lips meet on a level line
    c.paint("nose_upper_lip", lips & (c.up > slit) & (c.up < corner[2] + 10.0))
    chin_edge = along(
        [(chin[2] - 15.0, -foramen[0] - 2.0), (foramen[2], -foramen[0]), (corner[2], -corner[0])], c.up
    )
    c.paint("chin", head & (c.lateral < chin_edge) & (c.up <= slit) & (c.front > foramen[1] - 25.0))
    gonion = c.distance("mandible_angle")
    under = c.left & (c.up > c.point("mandible_angle")[2] - 14.0)
    c.paint("mandible_angle", under & (gonion < 20.0))


def _paint_around_ear(c: Canvas, head: Mask) -> None:
    tragus, top, back, mastoid, condyle, arch = c.points(
        "tragus", "ear_top", "ear_back", "mastoid_tip", "mandible_condyle", "zygomatic_arch_mid"
    )
    in_front = c.front > tragus[1] - 2.0
    joint = np.hypot(c.front - condyle[1], c.up - condyle[2]) < 15.0
    arch_back = interval(c.front, tragus[1] - 2.0, arch[1] - 6.0) & interval(
        c.up, arch[2] - 16.0, arch[2] + 10.0
    )
    side = head & (c.lateral > 40.0)
    c.paint("preauricular_tmj", side & ((joint & in_front) | arch_back))
    strip = along(
        [(mastoid[2] - 8.0, mastoid[1] - 12.0), (back[2], back[1] - 14.0), (top[2], back[1] - 4.0)], c.up
    )
    behind_ear = side & (c.front > strip) & (c.front < tragus[1]) & (c.up < top[2] - 6.0)
    c.paint("mastoid", behind_ear)
    long_axis, outline = _auricle(c)
    ear = side & (outline < 1.0)
    c.paint("mastoid", ear & (c.front <= long_axis))
    c.paint("preauricular_tmj", ear & (c.front > long_axis))


def _auricle(c: Canvas) -> tuple[Field, Field]:
    """Place of the ear's long axis as a function of height, and a field that is below one within the ear."""
    tragus, top, back = c.points("tragus", "ear_top", "ear_back")
    bottom = tragus[2] - 25.0
    middle_up, half_up = (top[2] + bottom) / 2.0, (top[2] - bottom) / 2.0 + 4.0
    middle_front, half_front = (tragus[1] + back[1]) / 2.0 + 1.0, (tragus[1] - back[1]) / 2.0 + 5.5
    # The ear leans back by about 15 degrees.
    long_axis = middle_front - 0.27 * (c.up - middle_up)
    outline = ((c.front - long_axis) / half_front) ** 2 + ((c.up - middle_up) / half_up) ** 2
    return long_axis, np.asarray(outline)

"""What ``bodymap COMMAND`` does, each as one function from its options to an exit status."""

from __future__ import annotations

import json
import re
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from bodymap.app.reference import measuring, reference_atlas, reference_body
from bodymap.atlas import Atlas
from bodymap.body import Body
from bodymap.domain import Build, Layers, Needle, Plan, PointRef, Posture, Refusal, Sex, Side, Site
from bodymap.domain.checking import checked
from bodymap.domain.layers import DEEPEST_PEEL
from bodymap.planning.strangers import is_painted_off_the_body, sites_off_the_body, unknown_points
from bodymap.storage.atomic import write_atomically
from bodymap.storage.plan_file import read_plan, write_plan


def atlas(options: Namespace) -> int:
    """List, check or draw the atlas; 1 when a check found a fault."""
    body, points = reference_body(), reference_atlas()
    if options.json:
        from bodymap.atlas.listing import atlas_listing

        write_json(atlas_listing(points, body))
        return 0
    if options.check:
        return _check_atlas()
    from bodymap.app.calibration import calibration_sheet

    write_atomically(Path(options.sheet), calibration_sheet(points, body, _say_progress))
    return 0


def plan(options: Namespace) -> int:
    """Make a plan file from points."""
    points = reference_atlas()
    try:
        made = checked(
            Plan(
                patient=options.patient,
                date=date.today().isoformat() if options.date is None else options.date,
                note=options.note,
                build=_build(options),
                posture=Posture(options.position),
            )
        )
    except ValueError as error:
        raise Refusal(f"The plan {error}; correct it and try again.") from error
    needle = _needle(options.needle) if options.needle is not None else None
    from bodymap.planning.drafts import drafted_site

    for text in options.site:
        ref = _point_ref(text, points)
        if made.at(ref) is not None:
            raise Refusal(f"{text!r} is given twice; a place is planned once, with a count of needles.")
        site: Site = drafted_site(made.new_site_id(), ref, points.needling(ref.point))
        made = made.adding(msgspec.structs.replace(site, needle=needle) if needle else site)
    write_plan(Path(options.output), made, points.digest)
    return 0


def render(options: Namespace) -> int:
    """Draw points and their referral on the body as a PNG."""
    from bodymap.scene import Chosen, preset, resolve
    from bodymap.scene.pictures import png_bytes
    from bodymap.scene.snapshot import Studio

    target = Path(options.output)
    if target.suffix.lower() != ".png":
        raise Refusal(f"The picture is written as .png, not as {target.name!r}; give it that ending.")
    body, points = reference_body(), reference_atlas()
    size_px = _size(options.size)
    refs = tuple(dict.fromkeys(_point_ref(text, points) for text in options.point))
    frame = resolve(
        points,
        body,
        Chosen(
            build=_build(options),
            posture=Posture(options.position),
            selection=refs,
            ground="#FFFFFF",
            with_points=False,
            layers=_layers(options.layers, options.skin),
        ),
    )
    studio = Studio(body, with_shadow=True)
    try:
        studio.snapshot(frame, preset("front", studio.bounds, 1.0), (8, 8))  # takes the build's size
        posture = Posture(options.position)
        pose = preset(options.view, studio.bounds, size_px[0] / size_px[1], posture=posture)
        picture = studio.snapshot(frame, pose, size_px, ratio=max(size_px) / 900)
    finally:
        studio.close()
    write_atomically(target, png_bytes(picture[..., :3]))
    return 0


def _build(options: Namespace) -> Build:
    """Body of the options.

    Raises
    ------
    Refusal
        A number is outside what can be shown.
    """
    build = Build(
        sex=Sex(options.sex),
        age_years=options.age,
        height_mm=None if options.height is None else 10.0 * options.height,
        weight_kg=options.weight,
        muscle=options.muscle / 100.0,
    )
    return checked(build)


def _layers(text: str, skin_percent: float | None) -> Layers:
    """Layers of an option like ``skeleton,muscles:2``.

    Raises
    ------
    Refusal
        There is no such layer, or a number is out of range.
    """
    layers = Layers()
    for word in filter(None, text.split(",")):
        name, _, number = word.partition(":")
        if name == "muscles" and (not number or number.isdigit()):
            layers = replace(layers, muscles=True, peel=min(int(number or 0), DEEPEST_PEEL))
        elif word == "skeleton":
            layers = replace(layers, bones=True)
        elif word == "danger":
            layers = replace(layers, danger=True)
        else:
            raise Refusal(f"There is no layer {word!r}; give skeleton, muscles, muscles:2 or danger.")
    if skin_percent is None:
        skin_percent = 100.0 if layers == Layers() else 25.0
    if not 0.0 <= skin_percent <= 100.0:
        raise Refusal(f"The skin's opacity is a percentage from 0 to 100, not {skin_percent:g}.")
    return replace(layers, skin=skin_percent / 100.0)


def print_diagram(options: Namespace) -> int:
    """Write a plan's session diagram as PDF, or its first page as PNG."""
    from bodymap.app.diagram import print_job, view_renderer
    from bodymap.printing import Paper, compose_pdf, compose_png

    target = Path(options.output)
    if target.suffix.lower() not in (".pdf", ".png"):
        raise Refusal(f"The page is written as .pdf or .png, not as {target.name!r}; choose one of the two.")
    session_plan = read_plan_and_warn(options.plan)
    body, points = reference_body(), reference_atlas()
    _refuse_off_the_body(session_plan, body)
    for ref in unknown_points(session_plan, points.refs):
        name = f"{ref.point} ({ref.side.value})"
        sys.stderr.write(f"bodymap: This atlas does not know {name}; it is left out of the page.\n")
    job = print_job(
        session_plan, points, body, paper=Paper(options.paper), mono=options.mono, clinic=options.clinic
    )
    with view_renderer(session_plan, points, body, mono=options.mono) as draw:
        if target.suffix.lower() == ".pdf":
            write_atomically(target, compose_pdf(job, draw))
            return 0
        pages = compose_png(job, draw)
    for number, page in enumerate(pages, start=1):
        path = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        write_atomically(path, page)
    return 0


def export(options: Namespace) -> int:
    """Write a plan for other programs."""
    from bodymap.storage.exports import export_csv, export_json

    write = {"json": export_json, "csv": export_csv}[options.format]
    made, body = read_plan_and_warn(options.plan), reference_body()
    _refuse_off_the_body(made, body)
    content = write(made, reference_atlas(), body, measuring(body, made.build))
    write_atomically(Path(options.output), content)
    return 0


def _check_atlas() -> int:
    from bodymap.atlas.checks import Grade, check_atlas

    problems = check_atlas(reference_atlas(), reference_body())
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    faults = sum(problem.grade is Grade.ERROR for problem in problems)
    points = len(reference_atlas().refs)
    sys.stdout.write(f"{points} points checked: {faults} faults, {len(problems) - faults} notes\n")
    return 1 if faults else 0


def read_plan_and_warn(name: str) -> Plan:
    """Read a plan file, and say on stderr what reading has changed.

    Raises
    ------
    Refusal
        It cannot be read.
    """
    found = read_plan(Path(name))
    for notice in found.notices_beside(reference_atlas().digest):
        sys.stderr.write(f"bodymap: {notice}\n")
    return found.plan


def _refuse_off_the_body(session_plan: Plan, body: Body) -> None:
    if off := sites_off_the_body(session_plan, len(body.triangles)):
        number = session_plan.number(off[0].id)
        raise Refusal(f"Site {number} lies on no part of this body; use a newer bodymap.")
    if is_painted_off_the_body(session_plan, len(body.triangles)):
        raise Refusal("Painted pain lies on no part of this body; use a newer bodymap.")


def _point_ref(text: str, points: Atlas) -> PointRef:
    point, _, side = text.partition(":")
    try:
        ref = PointRef(point, Side(side or "left"))
    except ValueError as error:
        raise Refusal(f"{side!r} in {text!r} is no side; write left or right after the colon.") from error
    if ref not in points:
        import difflib

        known = [known.point for known in points.refs]
        near = difflib.get_close_matches(point, known, n=1)
        hint = f" did you mean {near[0]}?" if near and near[0] != point else ""
        raise Refusal(
            f"The atlas has no point {text!r}{';' if hint else ', see bodymap atlas --json.'}{hint}"
        )
    return ref


def _needle(text: str) -> Needle:
    match = re.fullmatch(r"(\d*\.?\d+)\s*[x×*]\s*(\d*\.?\d+)", text.strip())
    try:
        if match is None:
            raise ValueError(text)
        sizes = {"diameter_mm": float(match[1]), "length_mm": float(match[2])}
        return msgspec.convert(sizes, Needle)
    except ValueError as error:
        raise Refusal(
            f"{text!r} is no needle size; write diameter and length in millimetres, for example 0.30x40."
        ) from error


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if match is None or max(int(match[1]), int(match[2])) > 8000:
        raise Refusal(
            f"{text!r} is no picture size; write width and height in pixels, for example 1200x1600."
        )
    return int(match[1]), int(match[2])


def write_json(value: Sequence[object]) -> None:
    """Write what a ``--json`` asked for."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _say_progress(done: int, total: int) -> None:
    sys.stderr.write(f"\rbodymap: drawing {done} of {total}" + ("\n" if done == total else ""))
    sys.stderr.flush()

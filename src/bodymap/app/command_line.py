"""The ``bodymap`` command: the window, and everything it does without one."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from bodymap.domain import Posture, Refusal

COMMANDS = ("atlas", "lookup", "plan", "render", "print", "export")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0, 1 when a check found faults, 2 when refused."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in COMMANDS:
            return _run_command(words)
        return _open_window(words)
    except Refusal as refusal:
        sys.stderr.write(f"bodymap: {refusal}\n")
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away (``bodymap atlas --json | head``): nothing to say to it
        return 0
    except KeyboardInterrupt:
        return 130


def _run_command(words: list[str]) -> int:
    from bodymap.app import commands, pain_lookup

    options = command_parser().parse_args(words)
    run = {
        "atlas": commands.atlas,
        "lookup": pain_lookup.lookup,
        "plan": commands.plan,
        "render": commands.render,
        "print": commands.print_diagram,
        "export": commands.export,
    }[options.command]
    return run(options)


def _open_window(words: list[str]) -> int:
    options = window_parser().parse_args(words)
    make_imports_quick(options.view)
    try:
        from bodymap.app.launch import open_window

        return open_window(options.plan, view=options.view, data_folder=options.data)
    finally:
        gc.enable()


def make_imports_quick(view: str) -> None:
    """Prepare for the many modules that the window needs; call it before PySide6 is imported."""
    # Nearly all that the start makes stays: searching it for rubbish takes a tenth of the time.
    gc.disable()
    if view == "gl":
        # PySide6 reads the source of every module that is imported after it; these hundreds come before.
        import pyvista.plotting  # noqa: F401


def window_parser() -> argparse.ArgumentParser:
    """Parser of ``bodymap [PLAN]``."""
    parser = argparse.ArgumentParser(
        prog="bodymap",
        description="Plan needle sites on a 3D body. Without a command the window opens.",
        epilog=f"Commands without a window: {', '.join(COMMANDS)}; see bodymap COMMAND --help.",
    )
    parser.add_argument("plan", nargs="?", metavar="PLAN", help="a plan file to open")
    parser.add_argument(
        "--view",
        choices=("auto", "gl", "image"),
        default="auto",
        help="how the body is drawn: on the graphics card, or as an image without one (default: auto)",
    )
    parser.add_argument("--data", metavar="FOLDER", help="keep recovery and recent files here")
    return parser


def command_parser() -> argparse.ArgumentParser:
    """Parser of the commands that need no window."""
    parser = argparse.ArgumentParser(prog="bodymap", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)

    atlas = commands.add_parser("atlas", help="the trigger-point atlas: list it, check it, draw it")
    what = atlas.add_mutually_exclusive_group(required=True)
    what.add_argument("--json", action="store_true", help="every point on every side, as JSON")
    what.add_argument("--check", action="store_true", help="run every data check; exit status 1 on a fault")
    what.add_argument(
        "--sheet", metavar="OUT.pdf", help="draw every point and pattern on a calibration sheet"
    )

    lookup = commands.add_parser("lookup", help="which muscles explain a pain, the likeliest first")
    pain = lookup.add_mutually_exclusive_group(required=True)
    pain.add_argument(
        "--pain",
        action="append",
        metavar="REGION[:SIDE]",
        help="a region that hurts, for example temple:left (both sides without one; may be given again)",
    )
    pain.add_argument("--plan", metavar="PLAN", help="the pain painted in a plan file")
    lookup.add_argument("--json", action="store_true", help="as JSON, with every point")

    plan = commands.add_parser("plan", help="make a plan file from points")
    plan.add_argument(
        "--site",
        action="append",
        required=True,
        metavar="POINT:SIDE",
        help="a point and its side, for example trapezius_upper.1:left (may be given again)",
    )
    plan.add_argument("--patient", default="", help="initials")
    plan.add_argument("--date", default=None, help="YYYY-MM-DD (default: today)")
    plan.add_argument(
        "--needle", metavar="DIAMETERxLENGTH", help="needle for all sites in mm, for example 0.30x40"
    )
    plan.add_argument("--note", default="", help="a note on the plan")
    _add_body(plan, position="standing")
    plan.add_argument("-o", "--output", required=True, metavar="PLAN")

    render = commands.add_parser("render", help="draw the body with points and their referral as a picture")
    render.add_argument(
        "--point", action="append", default=[], metavar="ID[:SIDE]", help="may be given again"
    )
    render.add_argument("--view", choices=("front", "back", "left", "right"), default="front")
    _add_body(render, position="arms_apart")
    render.add_argument("--skin", type=float, metavar="PERCENT", help="opacity of the skin")
    render.add_argument("--layers", default="", help="skeleton,muscles,muscles:2 (two layers off),danger")
    render.add_argument("--size", default="1200x1600", metavar="WIDTHxHEIGHT", help="in pixels")
    render.add_argument("-o", "--output", required=True, metavar="OUT.png")

    page = commands.add_parser("print", help="write a plan's session diagram")
    page.add_argument("plan", metavar="PLAN")
    page.add_argument(
        "-o", "--output", required=True, metavar="OUT.pdf", help="a .pdf, or a .png of the page"
    )
    page.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    page.add_argument("--mono", action="store_true", help="for a black-and-white printer")
    page.add_argument("--clinic", default="", help="a line for the clinic's name")

    export = commands.add_parser("export", help="write a plan as JSON or CSV for other programs")
    export.add_argument("plan", metavar="PLAN")
    export.add_argument("--format", choices=("json", "csv"), required=True)
    export.add_argument("-o", "--output", required=True, metavar="OUT")
    return parser


def _add_body(parser: argparse.ArgumentParser, position: str) -> None:
    """Add the options of the shown body."""
    body = parser.add_argument_group("the body shown")
    body.add_argument("--sex", choices=("female", "male"), default="male")
    body.add_argument("--age", type=float, default=25.0, metavar="YEARS")
    body.add_argument("--height", type=float, metavar="CM", help="default: the average of the sex")
    body.add_argument("--weight", type=float, metavar="KG", help="default: average at that height")
    body.add_argument("--muscle", type=float, default=50.0, metavar="PERCENT", help="50 is average")
    body.add_argument("--position", choices=tuple(Posture), default=position, metavar="POSITION",
                      help=", ".join(Posture) + f" (default: {position})")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())

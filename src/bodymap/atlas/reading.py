"""Reading ``points.json``: strictly, and with every problem named, not only the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from bodymap.atlas.records import Dermatome, Muscle, TriggerPoint
from bodymap.domain import Refusal

FORMAT = 1


class AtlasError(Refusal):
    """The atlas cannot be used; the text lists every problem found.

    Attributes
    ----------
    problems : tuple of str
        One clear sentence each, beginning with the record's name.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        head = "The atlas has a problem" if len(problems) == 1 else f"The atlas has {len(problems)} problems"
        super().__init__(f"{head}: " + "\n".join(problems))
        self.problems = problems


class AtlasFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``points.json`` as stored.

    Attributes
    ----------
    format : int
    sources : dict
        Full reference of each source id.
    muscles : tuple of Muscle
    dermatomes : dict
        By nerve root, from the head down.
    """

    format: int
    sources: dict[str, str]
    muscles: tuple[Muscle, ...]
    dermatomes: dict[str, Dermatome] = {}


def parse_atlas(content: bytes) -> AtlasFile:
    """Decode ``points.json``.

    Raises
    ------
    AtlasError
        With every problem found in any record.
    """
    try:
        parsed = msgspec.json.decode(content, type=AtlasFile)
    except msgspec.ValidationError:
        raise AtlasError(tuple(_file_problems(content))) from None
    except msgspec.DecodeError as error:
        raise AtlasError((f"points.json is damaged and cannot be read ({error}).",)) from None
    problems = [*_format_problems(parsed.format), *_doubled_ids(parsed.muscles)]
    if problems:
        raise AtlasError(tuple(problems))
    return parsed


def muscle_problems(value: object, number: int = 1) -> tuple[str, ...]:
    """Every problem of one muscle given as plain JSON data; empty when it is sound.

    Parameters
    ----------
    value : object
    number : int
        Its place in the file, for a muscle that has no usable id.
    """
    return tuple(_muscle_problems(value, number))


def _file_problems(content: bytes) -> Iterator[str]:
    plain = msgspec.json.decode(content)
    if not isinstance(plain, dict):
        yield "points.json should be an object with format, sources and muscles."
        return
    yield from _format_problems(plain.get("format"))
    yield from _field_problems("points.json", plain, AtlasFile, leave=("format", "muscles"))
    muscles = plain.get("muscles")
    if not isinstance(muscles, list):
        yield "points.json: muscles should be a list."
        return
    for number, value in enumerate(muscles, start=1):
        yield from _muscle_problems(value, number)


def _format_problems(found: object) -> Iterator[str]:
    if found == FORMAT:
        return
    if isinstance(found, int) and found > FORMAT:
        yield f"points.json has format {found}, written by a newer version; install the newer version."
    else:
        yield f"points.json: format should be {FORMAT}, not {found!r}."


def _muscle_problems(value: object, number: int) -> Iterator[str]:
    name = _name(value, f"muscle number {number}")
    if not isinstance(value, dict):
        yield f"{name}: should be an object."
        return
    yield from _field_problems(name, value, Muscle, leave=("points",))
    points = value.get("points")
    if not isinstance(points, list) or not points:
        yield f"{name}: points should be a list of at least one point."
        return
    for index, point in enumerate(points, start=1):
        point_name = f"{name}.{_name(point, f'(point number {index})')}"
        if isinstance(point, dict):
            yield from _field_problems(point_name, point, TriggerPoint)
        else:
            yield f"{point_name}: should be an object."


def _field_problems(
    name: str, value: Mapping[str, Any], record: type[msgspec.Struct], leave: tuple[str, ...] = ()
) -> Iterator[str]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(record)}
    yield from (f'{name}: has an unknown field "{key}".' for key in value if key not in fields)
    for key, field in fields.items():
        if key in leave:
            continue
        if key not in value:
            if field.required:
                yield f'{name}: the field "{key}" is missing.'
            continue
        try:
            msgspec.convert(value[key], type=field.type)
        except msgspec.ValidationError as error:
            yield f"{name}: {key}: {_sentence(str(error))}"


def _doubled_ids(muscles: tuple[Muscle, ...]) -> Iterator[str]:
    seen: set[str] = set()
    for muscle in muscles:
        for full_id in (muscle.id, *map(muscle.point_id, muscle.points)):
            if full_id in seen:
                yield f"{full_id}: is there more than once; ids are to be unique."
            seen.add(full_id)


def _name(value: object, otherwise: str) -> str:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and found else otherwise


def _sentence(error: str) -> str:
    text = error.replace("`", '"').replace(' - at "$', ' at "').replace(' at ""', "")
    return f"{text[0].lower()}{text[1:]}."

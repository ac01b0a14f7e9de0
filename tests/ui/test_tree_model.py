from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from ui_fakes import ARRHYTHMIA, LONE, UPPER_1, UPPER_2, catalog, search

from bodymap.atlas import Risk
from bodymap.domain import Side
from bodymap.ui.browser.catalog import Catalog
from bodymap.ui.browser.filters import Filter, groups_in, muscles_left, regions_left, roots_in
from bodymap.ui.browser.rows import muscle_rows, region_rows
from bodymap.ui.browser.tree_model import NodeKind, Role, TreeModel


def _texts(model: TreeModel, parent: QModelIndex | None = None) -> list[object]:
    holder = parent or QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(holder)):
        index = model.index(row, 0, holder)
        below = _texts(model, index)
        found.append((index.data(), below) if below else index.data())
    return found


EVERYTHING = Filter()


def _model(narrowed: Filter = EVERYTHING) -> TreeModel:
    model = TreeModel()
    model.set_root(muscle_rows(muscles_left(catalog(), narrowed), narrowed.hits is not None))
    return model


@pytest.mark.usefixtures("qapp")
def test_it_keeps_the_rules_of_item_models() -> None:
    model = _model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_root(region_rows(regions_left(catalog(), Filter()), ranked=False))
    model.set_selected({UPPER_1})
    model.set_plan_numbers({UPPER_1: "1"})
    model.set_root(muscle_rows((), ranked=True))
    assert model.rowCount() == 0


def test_muscles_stand_under_their_areas_and_lone_points_are_one_row() -> None:
    assert _texts(_model()) == [
        ("Neck", ["Levator scapulae (upper)"]),
        ("Shoulder", [("Upper trapezius", ["TrP1", "TrP2"])]),
        ("Chest", [("Pectoralis major", ["Arrhythmia", "Upper"])]),
    ]


def test_a_search_ranks_muscles_and_keeps_the_points_it_speaks_of() -> None:
    narrowed = Filter(text="headache", hits=search("headache"))
    model = _model(narrowed)
    assert _texts(model) == ["Levator scapulae (upper)", "Upper trapezius TrP2"]
    assert model.index(0, 0).data(Role.NOTE) == "symptom: headache"
    assert model.index(1, 0).data(Role.NOTE) == ""  # found by its name, which needs no reason
    assert model.index(1, 0).data(Role.POINT) == UPPER_2


def test_regions_list_the_points_felt_there_the_essential_first() -> None:
    model = TreeModel()
    model.set_root(region_rows(regions_left(catalog(), Filter()), ranked=False))
    assert _texts(model)[0] == (
        "Head",
        [
            ("Forehead", ["Upper trapezius TrP2", "Upper trapezius TrP1"]),
            ("Temple", ["Upper trapezius TrP1", "Pectoralis major (upper)"]),
        ],
    )


def test_regions_are_found_by_their_name() -> None:
    assert [r.id for r in regions_left(catalog(), Filter(text="NECK"))] == ["neck_lateral"]
    assert regions_left(catalog(), Filter(text="toe")) == ()  # nothing is felt there


def test_filters_narrow_by_area_group_root_and_risk() -> None:
    def left(**chosen: object) -> list[str]:
        return [m.id for m in muscles_left(catalog(), Filter(**chosen))]  # type: ignore[arg-type]

    assert left(area="chest") == ["pectoralis_major"]
    assert left(group="trapezius") == ["trapezius_upper"]
    assert left(root="C5") == ["pectoralis_major", "levator_scapulae"]
    assert left(risk=Risk.LOW) == ["levator_scapulae"]
    assert left(area="chest", root="C3") == []
    assert groups_in(catalog(), "neck") == ("levator_scapulae",)


def test_nerve_roots_go_from_head_to_foot() -> None:
    assert roots_in(catalog()) == ["C3", "C4", "C5"]
    muscle = catalog().muscles[0]
    mixed = Catalog((type(muscle)(*(("x",) * 4), ("S1", "T10", "T2", "CN V3", "L5"), (), ()),))
    assert roots_in(mixed) == ["CN V3", "T2", "T10", "L5", "S1"]


def test_a_point_on_one_side_only_says_so() -> None:
    assert catalog().sides_of(ARRHYTHMIA) == (Side.RIGHT,)
    assert len(catalog().sides_of(UPPER_1)) == 2


def test_rows_know_what_is_selected_and_planned() -> None:
    model = _model()
    model.set_selected({LONE})
    model.set_plan_numbers({LONE: "2, 5"})
    index = model.index_of_point(LONE)
    assert index.data(Role.IS_SELECTED) is True
    assert index.data(Role.PLAN_NUMBERS) == "2, 5"
    assert index.parent().data() == "Neck"
    assert index.parent().data(Role.KIND) == NodeKind.AREA
    assert "Where upper lies" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert not model.index_of_point("nothing.1").isValid()


def test_telling_the_same_again_changes_nothing(qtbot: QtBot) -> None:
    model = _model()
    model.set_selected({LONE})
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_selected({LONE})
        model.set_plan_numbers({})

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bodymap.domain import Build, Posture, Sex
from bodymap.domain.builds import Figures, average_figures
from bodymap.ui.plan.patient_panel import MeasureField, PatientPanel

FIGURES = Figures(1700.0, 80.0, 45.0, 110.0)


@pytest.fixture
def panel(qtbot: QtBot) -> PatientPanel:
    panel = PatientPanel()
    qtbot.addWidget(panel)
    panel.set_open(True)
    panel.show()
    return panel


def fields(panel: PatientPanel) -> dict[str, MeasureField]:
    return {
        "age_years": panel.age,
        "height_mm": panel.height_cm,
        "weight_kg": panel.weight,
        "muscle": panel.muscle,
    }


def test_the_average_body_shows_its_own_figures(panel: PatientPanel) -> None:
    panel.show_body(Build(sex=Sex.FEMALE), Posture.PRONE, average_figures(Sex.FEMALE))
    assert [field.number.value() for field in fields(panel).values()] == [25, 159, 48, 50]
    assert panel.sex.choice is Sex.FEMALE
    assert Posture(panel.posture.currentData()) is Posture.PRONE
    assert not panel.reset_button.isEnabled()
    assert panel.header.text().strip() == "Female, 25 y, 159 cm, 48 kg"


def test_showing_a_body_asks_for_nothing(panel: PatientPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.build_change_requested, wait=20):
        panel.show_body(Build(height_mm=1700, weight_kg=80, muscle=0.2), Posture.STANDING, FIGURES)
    assert panel.weight.slider.maximum() == 110
    assert panel.reset_button.isEnabled()


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [("age_years", 61, 61.0), ("height_mm", 182, 1820.0), ("weight_kg", 77, 77.0), ("muscle", 30, 0.3)],
)
def test_a_slider_asks_for_its_figure(
    panel: PatientPanel, qtbot: QtBot, field: str, value: int, wanted: float
) -> None:
    with qtbot.waitSignal(panel.build_change_requested) as asked:
        fields(panel)[field].slider.setValue(value)
    assert asked.args == [field, pytest.approx(wanted)]
    assert fields(panel)[field].number.value() == value


def test_a_drag_asks_once_for_each_turn_of_the_event_loop(panel: PatientPanel, qtbot: QtBot) -> None:
    asked: list[object] = []
    panel.build_change_requested.connect(lambda _, value: asked.append(value))
    for value in range(60, 81):
        panel.weight.slider.setValue(value)
    assert asked == []
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [80.0]


def test_the_keyboard_steps_and_types(panel: PatientPanel, qtbot: QtBot) -> None:
    before = panel.height_cm.slider.value()
    with qtbot.waitSignal(panel.build_change_requested) as asked:
        QTest.keyClick(panel.height_cm.slider, Qt.Key.Key_Right)
    assert asked.args == ["height_mm", 10.0 * (before + 1)]
    panel.height_cm.number.selectAll()
    with qtbot.waitSignal(panel.build_change_requested) as asked:
        QTest.keyClicks(panel.height_cm.number, "188")
        QTest.keyClick(panel.height_cm.number, Qt.Key.Key_Return)
    assert asked.args == ["height_mm", 1880.0]


def test_what_is_being_typed_is_handed_over_before_saving(panel: PatientPanel) -> None:
    asked: list[tuple[str, object]] = []
    panel.build_change_requested.connect(lambda field, value: asked.append((field, value)))
    panel.age.number.selectAll()
    QTest.keyClicks(panel.age.number, "44")
    panel.commit()
    assert asked == [("age_years", 44.0)]


def test_what_is_dragged_is_not_disturbed_by_what_is_shown(panel: PatientPanel) -> None:
    panel.weight.slider.setValue(90)
    panel.show_body(Build(weight_kg=70), Posture.STANDING, FIGURES)
    assert panel.weight.number.value() == 90


def test_a_weight_that_cannot_be_shown_is_said(panel: PatientPanel) -> None:
    panel.show_body(Build(height_mm=1500, weight_kg=150), Posture.STANDING, Figures(1500, 95, 35, 95))
    assert panel.hint.isVisibleTo(panel)
    assert "95 kg" in panel.hint.text()
    panel.show_body(Build(weight_kg=80), Posture.STANDING, FIGURES)
    assert not panel.hint.isVisibleTo(panel)


def test_position_sex_and_reset_are_asked_for(panel: PatientPanel, qtbot: QtBot) -> None:
    panel.show_body(Build(muscle=0.9), Posture.STANDING, FIGURES)
    with qtbot.waitSignal(panel.posture_chosen) as asked:
        panel.posture.setCurrentIndex(list(Posture).index(Posture.SEATED))
        panel.posture.activated.emit(panel.posture.currentIndex())
    assert asked.args == [Posture.SEATED]
    with qtbot.waitSignal(panel.build_reset_requested):
        QTest.mouseClick(panel.reset_button, Qt.MouseButton.LeftButton)

"""The shown body: sex, age, height, weight, muscle, and how it stands or lies."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QVBoxLayout, QWidget

from bodymap.domain import Build, Posture, Sex
from bodymap.domain.builds import AGE_YEARS, HEIGHT_MM, WEIGHT_KG, Figures, average_figures
from bodymap.ui.controls import ChoiceBox, Segmented, push_button, small_label
from bodymap.ui.controls.folding import Fold
from bodymap.ui.theme import SIZE_FIELD_PX, Space

_MUSCLE_STEPS = 100


class MeasureField(QWidget):
    """A slider and a number for one measure; both can be worked with the keyboard.

    Signals
    -------
    changed(int)
        The value the user chose, once for all that happens in one turn of the event loop.
    """

    changed = Signal(int)

    def __init__(self, name: str, unit: str, limits: tuple[int, int]) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.number = QSpinBox()
        for part in (self.slider, self.number):
            part.setRange(*limits)
            part.setAccessibleName(f"{name} in {unit}")
            part.valueChanged.connect(self._take)
        self.number.setSuffix(f" {unit}")
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(SIZE_FIELD_PX + Space.HUGE)
        self.slider.setMinimumWidth(SIZE_FIELD_PX)
        self.slider.setPageStep(5)
        self.setFocusProxy(self.number)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.NONE, Space.NONE, Space.NONE, Space.NONE)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.slider, stretch=1)
        layout.addWidget(self.number)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._tell)

    def show_value(self, value: int, reach: tuple[int, int] | None = None) -> None:
        """Show a value, and how far the slider reaches; neither is told as a change."""
        if self._pause.isActive():
            return
        for part in (self.slider, self.number):
            part.blockSignals(True)
        if reach is not None:
            self.slider.setRange(*reach)
        self.slider.setValue(value)
        self.number.setValue(value)
        for part in (self.slider, self.number):
            part.blockSignals(False)

    def commit(self) -> None:
        """Hand over what is being typed or dragged now."""
        self.number.interpretText()
        if self._pause.isActive():
            self._tell()

    def _take(self, value: int) -> None:
        for part in (self.slider, self.number):
            part.blockSignals(True)
            part.setValue(value)
            part.blockSignals(False)
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.number.value())


class PatientPanel(Fold):
    """The body's measures under a heading that sums them up; closed at first.

    Signals
    -------
    sex_chosen(object)
        `Sex`.
    build_change_requested(str, object)
        Field of `Build`, and the value it should have.
    build_reset_requested()
        The average body of the sex is wanted.
    posture_chosen(object)
        `Posture`.
    """

    sex_chosen = Signal(object)
    build_change_requested = Signal(str, object)
    build_reset_requested = Signal()
    posture_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("Body")
        self.sex = Segmented("Sex", ((Sex.FEMALE, "Female"), (Sex.MALE, "Male")))
        self.age = MeasureField("Age", "years", _whole(AGE_YEARS))
        self.height_cm = MeasureField("Height", "cm", _whole((HEIGHT_MM[0] / 10, HEIGHT_MM[1] / 10)))
        self.weight = MeasureField("Weight", "kg", _whole(WEIGHT_KG))
        self.muscle = MeasureField("Muscle", "%", (0, _MUSCLE_STEPS))
        self.posture = ChoiceBox()
        self.posture.setAccessibleName("Position of the body")
        for posture in Posture:
            self.posture.addItem(posture.words, posture)
        self.hint = small_label("")
        self.hint.setWordWrap(True)
        self.reset_button = push_button("Average body")
        self.reset_button.setToolTip("Back to the average body of this sex")
        self._arrange()
        self.sex.chosen.connect(self.sex_chosen)
        self.age.changed.connect(self._change_age)
        self.height_cm.changed.connect(self._change_height)
        self.weight.changed.connect(self._change_weight)
        self.muscle.changed.connect(self._change_muscle)
        self.posture.activated.connect(self._choose_posture)
        self.reset_button.clicked.connect(self.build_reset_requested)
        self.show_body(Build(), Posture.STANDING, average_figures(Sex.MALE))

    def show_body(self, build: Build, posture: Posture, figures: Figures) -> None:
        """Show a build; what is being dragged or typed stays as it is.

        Parameters
        ----------
        build : Build
        posture : Posture
        figures : Figures
            What the shown body really measures, and how light and heavy it can be.
        """
        weight = round(figures.weight_kg if build.weight_kg is None else build.weight_kg)
        height = round((figures.height_mm if build.height_mm is None else build.height_mm) / 10)
        lightest = max(round(figures.lightest_kg), round(WEIGHT_KG[0]))
        heaviest = min(round(figures.heaviest_kg), round(WEIGHT_KG[1]))
        self.sex.set_choice(build.sex)
        self.age.show_value(round(build.age_years))
        self.height_cm.show_value(height)
        self.weight.show_value(weight, (min(lightest, heaviest), heaviest))
        self.muscle.show_value(round(_MUSCLE_STEPS * build.muscle))
        self.posture.setCurrentIndex(list(Posture).index(posture))
        self.reset_button.setEnabled(not build.is_average)
        off = abs(weight - figures.weight_kg) > 1.5
        self.hint.setText(f"The nearest shape is shown: {figures.weight_kg:.0f} kg." if off else "")
        self.hint.setVisible(off)
        words = (build.sex.value.capitalize(), f"{build.age_years:.0f} y", f"{height} cm", f"{weight} kg")
        self.set_title(", ".join(words))

    def commit(self) -> None:
        """Hand over what is being typed or dragged now."""
        for field in (self.age, self.height_cm, self.weight, self.muscle):
            field.commit()

    def _arrange(self) -> None:
        self.content.setContentsMargins(Space.SMALL, Space.TINY, Space.NONE, Space.SMALL)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.TINY)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Sex", self.sex),
            ("Age", self.age),
            ("Height", self.height_cm),
            ("Weight", self.weight),
            ("Muscle", self.muscle),
            ("Position", self.posture),
        )
        for row, (name, field) in enumerate(rows):
            label = QLabel(name)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setSpacing(Space.TINY)
        column.addLayout(grid)
        column.addWidget(self.hint)
        column.addWidget(self.reset_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.content.addLayout(column)

    def _change_age(self, years: int) -> None:
        self.build_change_requested.emit("age_years", float(years))

    def _change_height(self, centimetres: int) -> None:
        self.build_change_requested.emit("height_mm", 10.0 * centimetres)

    def _change_weight(self, kilograms: int) -> None:
        self.build_change_requested.emit("weight_kg", float(kilograms))

    def _change_muscle(self, percent: int) -> None:
        self.build_change_requested.emit("muscle", percent / _MUSCLE_STEPS)

    def _choose_posture(self) -> None:
        self.posture_chosen.emit(Posture(self.posture.currentData()))  # Qt keeps the bare text


def _whole(limits: tuple[float, float]) -> tuple[int, int]:
    return round(limits[0]), round(limits[1])

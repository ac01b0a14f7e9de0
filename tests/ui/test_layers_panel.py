from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui_fakes import make_window

from bodymap.domain import SKIN_ONLY, Layers
from bodymap.domain.layers import DEEPEST_PEEL
from bodymap.ui.layers_panel import LayersPanel
from bodymap.ui.main_window import MainWindow
from bodymap.ui.theme import DARK, LIGHT, apply_theme


@pytest.fixture
def panel(qtbot: QtBot) -> LayersPanel:
    panel = LayersPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


def asked(qtbot: QtBot, panel: LayersPanel, act: object) -> Layers:
    with qtbot.waitSignal(panel.layers_requested) as said:
        act()  # type: ignore[operator]
    wanted: Layers = said.args[0]
    return wanted


@pytest.mark.parametrize("name", ["muscles", "bones", "danger", "landmarks"])
def test_each_switch_asks_for_its_layer_and_keeps_the_others(
    panel: LayersPanel, qtbot: QtBot, name: str
) -> None:
    before = Layers(skin=0.4, peel=2, ghosted=frozenset(("soleus",)))
    panel.show_layers(before)
    wanted = asked(qtbot, panel, getattr(panel, name).click)
    assert getattr(wanted, name) is True
    assert (wanted.skin, wanted.peel, wanted.ghosted) == (0.4, 2, frozenset(("soleus",)))


def test_sliders_ask_by_keyboard(panel: LayersPanel, qtbot: QtBot) -> None:
    panel.show_layers(Layers(skin=0.5, muscles=True))
    assert asked(qtbot, panel, lambda: qtbot.keyClick(panel.skin, Qt.Key.Key_Left)).skin == pytest.approx(
        0.45
    )
    assert asked(qtbot, panel, lambda: qtbot.keyClick(panel.peel, Qt.Key.Key_Right)).peel == 1
    assert asked(qtbot, panel, lambda: qtbot.keyClick(panel.peel, Qt.Key.Key_End)).peel == DEEPEST_PEEL


def test_showing_asks_for_nothing(panel: LayersPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.layers_requested):
        panel.show_layers(Layers(skin=0.2, bones=True, muscles=True, danger=True, landmarks=True, peel=3))
    assert (panel.skin.value(), panel.peel.value()) == (20, 3)
    switches = (panel.muscles, panel.bones, panel.danger, panel.landmarks)
    assert all(switch.isChecked() for switch in switches)


@pytest.mark.parametrize(
    ("layers", "skin", "peel"),
    [
        (SKIN_ONLY, "opaque", "all"),
        (Layers(skin=0.3, muscles=True, peel=1), "30 %", "1 layer off"),
        (Layers(skin=0.0, muscles=True, peel=4), "off", "4 layers off"),
        (Layers(skin=0.0, muscles=True, peel=DEEPEST_PEEL), "off", "deepest only"),
    ],
)
def test_words_say_where_the_sliders_stand(panel: LayersPanel, layers: Layers, skin: str, peel: str) -> None:
    panel.show_layers(layers)
    assert (panel.skin_words.text(), panel.peel_words.text()) == (skin, peel)


def test_what_cannot_be_used_now_is_off(panel: LayersPanel) -> None:
    assert not panel.peel.isEnabled()
    assert not panel.alone.isEnabled()
    assert not panel.reset.isEnabled()
    assert not panel.solid.isVisible()
    panel.show_layers(Layers(skin=0.3, muscles=True, ghosted=frozenset(("soleus",))))
    assert panel.peel.isEnabled()
    assert panel.reset.isEnabled()
    assert panel.solid.isVisible()


def test_the_selected_muscle_can_be_shown_alone_and_all_again(panel: LayersPanel, qtbot: QtBot) -> None:
    panel.show_muscle("soleus", "Soleus")
    assert panel.muscle_name.whole == "Soleus"
    wanted = asked(qtbot, panel, panel.alone.click)
    assert (wanted.isolated, wanted.muscles) == ("soleus", True)
    panel.show_layers(wanted)
    assert not asked(qtbot, panel, panel.with_others.click).with_others
    panel.show_muscle("", "")
    assert panel.alone.isEnabled()
    assert asked(qtbot, panel, panel.alone.click).isolated == ""


def test_ghosts_become_solid_and_the_skin_closes(panel: LayersPanel, qtbot: QtBot) -> None:
    panel.show_layers(Layers(skin=0.3, muscles=True, ghosted=frozenset(("soleus",))))
    assert asked(qtbot, panel, panel.solid.click) == Layers(skin=0.3, muscles=True)
    assert asked(qtbot, panel, panel.reset.click) == SKIN_ONLY


def test_every_control_has_a_name_and_is_reached_by_tab(panel: LayersPanel) -> None:
    panel.show_layers(Layers(skin=0.3, muscles=True, isolated="soleus", ghosted=frozenset(("soleus",))))
    panel.activateWindow()
    controls = {
        w
        for w in panel.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(panel)
    }
    # Two sliders (the one for depth is off), six switches, three buttons, the choice of a root.
    assert len(controls) == 10 + 2
    assert all(control.accessibleName() for control in controls)


def test_touch_mode_has_larger_targets(panel: LayersPanel, qapp: QApplication) -> None:
    apply_theme(qapp, DARK, touch=True)
    QApplication.processEvents()
    assert panel.muscles.height() >= 44
    assert panel.skin.height() >= 44
    assert panel.width() > 244
    apply_theme(qapp, LIGHT)


def test_l_opens_the_panel_in_the_corner_of_the_body_and_says_what_it_covers(
    qtbot: QtBot,
) -> None:
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    covered: list[QRect] = []
    window.layers.covered.connect(covered.append)
    toggle(window)
    assert window.layers.isVisible()
    assert window.layers.geometry().right() <= window.viewport.width()
    assert covered[-1] == window.layers.geometry()
    toggle(window)
    assert window.layers.isHidden()
    assert covered[-1].isEmpty()


def toggle(window: MainWindow) -> None:
    window._actions.show_layers.trigger()
    QApplication.processEvents()


def test_a_dermatome_is_chosen_by_its_root(panel: LayersPanel, qtbot: QtBot) -> None:
    panel.offer_roots(("C5", "C6"))
    assert [panel.root.itemText(row) for row in range(panel.root.count())] == ["None", "C5", "C6"]
    panel.show_layers(Layers(root="C5"))
    assert panel.root.currentText() == "C5"

    def choose_c6() -> None:
        panel.root.setCurrentIndex(2)
        panel.root.activated.emit(2)

    assert asked(qtbot, panel, choose_c6).root == "C6"
    assert panel.reset.isEnabled()

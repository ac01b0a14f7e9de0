from __future__ import annotations

from dataclasses import replace

from bodymap.domain import SEE_THROUGH, SKIN_ONLY, LandmarkRef, Layers, Place, StructureRef
from bodymap.session.observed import ObservedState


class LayerVerbs(ObservedState):
    """What can be done with the layers of the body; none of it is undone or kept in a plan."""

    def show_layers(self, layers: Layers) -> None:
        """Open or close layers.

        The first layer opened under closed skin makes it a veil, the last one closed makes it whole again,
        and skin made thinner over nothing opens muscles and skeleton: a switch that changes nothing on the
        screen would be taken for a broken one.
        """
        self._become(replace(self._state, layers=_settled(self._state.layers, layers)))

    def back_to_skin(self) -> None:
        """Close every layer."""
        self._become(replace(self._state, layers=SKIN_ONLY, hover_inside=None))

    def isolate(self, structure_id: str) -> None:
        """Show one muscle by itself, on both sides; empty: all of them again."""
        layers = self._state.layers
        self.show_layers(replace(layers, isolated=structure_id, muscles=layers.muscles or bool(structure_id)))

    def toggle_ghost(self, structure_id: str) -> None:
        """See through a structure, or no longer."""
        layers = self._state.layers
        self.show_layers(replace(layers, ghosted=layers.ghosted ^ {structure_id}))

    def pick_structure(self, structure: StructureRef, place: Place | None = None) -> None:
        """Look at a structure under the skin: at one of its points, or at the structure itself."""
        picked = structure if place is None else None
        layers = replace(self._state.layers, picked=picked)
        selection = () if place is None else (place,)
        self._become(replace(self._state, layers=layers, selection=selection, candidate=None))

    def hover_inside(self, what: StructureRef | LandmarkRef | None) -> None:
        """Note which structure or landmark the pointer is on."""
        self._become(replace(self._state, hover_inside=what))

    def _step_out_of_layers(self) -> bool:
        """Step back from an isolated muscle, then from a picked structure; return whether there was one."""
        layers = self._state.layers
        if layers.isolated:
            self.isolate("")
        elif layers.picked is not None:
            self.show_layers(replace(layers, picked=None))
        else:
            return False
        return True


def _settled(before: Layers, after: Layers) -> Layers:
    if not after.has_inside and before.has_inside:
        after = replace(after, skin=1.0)
    elif not after.has_inside and after.skin < 1.0:
        after = replace(after, muscles=True, bones=True)
    elif after.has_inside and not before.has_inside and after.skin >= 1.0:
        after = replace(after, skin=SEE_THROUGH)
    if not after.has_inside:
        after = replace(after, picked=None, isolated="", ghosted=frozenset())
    elif not after.muscles:
        after = replace(after, isolated="")
    return after

"""Peripheral nerves by which muscles are looked up, recognised in what the records say of their nerve."""

from __future__ import annotations

from types import MappingProxyType

NERVES = MappingProxyType(
    {
        "Trigeminal": ("trigeminal", "mandibular nerve", "mylohyoid nerve"),
        "Facial": ("facial nerve",),
        "Accessory": ("accessory nerve",),
        "Ansa cervicalis": ("ansa cervicalis",),
        "Suboccipital": ("suboccipital nerve",),
        "Dorsal rami": ("dorsal ram",),
        "Ventral rami": ("ventral ram",),
        "Phrenic": ("phrenic nerve",),
        "Dorsal scapular": ("dorsal scapular",),
        "Long thoracic": ("long thoracic",),
        "Suprascapular": ("suprascapular",),
        "Subscapular": ("subscapular nerve", "lower subscapular"),
        "Thoracodorsal": ("thoracodorsal",),
        "Pectoral": ("pectoral nerve",),
        "Axillary": ("axillary nerve",),
        "Musculocutaneous": ("musculocutaneous",),
        "Radial": ("radial nerve", "posterior interosseous"),
        "Median": ("median nerve", "anterior interosseous"),
        "Ulnar": ("ulnar nerve",),
        "Brachial plexus": ("brachial plexus",),
        "Intercostal": ("intercostal", "thoracoabdominal", "subcostal"),
        "Iliohypogastric, ilioinguinal": ("iliohypogastric", "ilioinguinal"),
        "Femoral": ("femoral nerve",),
        "Obturator": ("obturator nerve",),
        "Superior gluteal": ("superior gluteal",),
        "Inferior gluteal": ("inferior gluteal",),
        "Sacral plexus": ("nerve to piriformis", "nerve to obturator", "nerve to quadratus", "sacral plexus"),
        "Pudendal": ("pudendal",),
        "Sciatic": ("sciatic nerve",),
        "Tibial": ("tibial nerve", "tibial part", "medial plantar", "lateral plantar"),
        "Medial plantar": ("medial plantar",),
        "Lateral plantar": ("lateral plantar",),
        "Common fibular": ("common fibular",),
        "Superficial fibular": ("superficial fibular",),
        "Deep fibular": ("deep fibular",),
    }
)
"""Each nerve from the head down, with the words by which it is recognised, in lower case."""


def nerves_in(text: str) -> tuple[str, ...]:
    """Nerves that a record's line names, from the head down.

    A muscle of the posterior interosseous nerve is found under the radial nerve too, one of the plantar
    nerves under the tibial: that is where their fibres run.
    """
    lower = text.casefold()
    return tuple(name for name, words in NERVES.items() if any(word in lower for word in words))

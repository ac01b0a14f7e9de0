# ruff: noqa: E501 - a table reads best with one landmark a line
"""Where each landmark lies on the standard male: an aim point and the side it is seen from.

The aim points were picked on gridded pictures of the male average body and set by textbook surface anatomy
(palpation levels, distances between bony points). `place_landmarks.py` puts each on the skin: the skin nearest
to the aim point along the given direction that faces that way. So an aim need only be right across the
direction; along it a few centimetres do no harm.

One line per landmark: id | English | Latin | segment | direction | aim. The aim is x y z in millimetres (RAS,
left side x < 0); for arm and hand it is shares and offsets along the limb. Directions are front, back, left,
right, up, down, or a vector. Landmarks on the left side are paired, those with x = 0 are on the midline. The
spinous processes are spaced by `place_landmarks.py` and stand here for their names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEAD = """
vertex | vertex of the head | vertex | head | up | 0 46 1729
bregma | bregma | bregma | head | up | 0 80 1726
glabella | glabella | glabella | head | front | 0 151 1637
nasion | root of the nose | nasion | head | front | 0 148 1620
chin | point of the chin | mentum | head | front | 0 150 1521
inion | external occipital protuberance | inion | head | back | 0 -38 1594
lambda | lambda | lambda | head | back | 0 -49 1660
mastoid_tip | tip of the mastoid process | processus mastoideus | head | left | -66 31 1576
tragus | tragus | tragus | head | left | -72 57 1597
ear_top | top of the ear | apex auriculae | head | left | -80 44 1624
ear_back | back edge of the ear | helix | head | left | -80 33 1604
lateral_canthus | outer corner of the eye | angulus oculi lateralis | head | front | -46 135 1618
brow_mid | middle of the eyebrow | supercilium | head | front | -32 145 1640
infraorbital_rim | lower rim of the orbit | margo infraorbitalis | head | front | -33 135 1603
zygoma | prominence of the cheekbone | os zygomaticum | head | -0.7 0.7 0 | -54 110 1592
zygomatic_arch_mid | middle of the zygomatic arch | arcus zygomaticus | head | left | -68 82 1600
mandible_condyle | condyle of the mandible | caput mandibulae | head | left | -68 66 1594
mandible_angle | angle of the mandible | angulus mandibulae | head | left | -56 74 1533
masseter_front_lower | lower front corner of the masseter | musculus masseter | head | -0.85 0.5 0 | -50 98 1524
mental_foramen | mental foramen | foramen mentale | head | front | -23 140 1525
mouth_corner | corner of the mouth | angulus oris | head | front | -26 135 1548
nose_ala | wing of the nose | ala nasi | head | -0.7 0.7 0 | -18 147 1582
nuchal_line_mid | middle of the superior nuchal line | linea nuchalis superior | head | -0.45 -0.9 0 | -36 -25 1592
temple_line | superior temporal line | linea temporalis superior | head | left | -66 84 1668
"""

NECK = """
hyoid | hyoid bone | os hyoideum | neck | front | 0 92 1493
thyroid_notch | notch of the thyroid cartilage | incisura thyroidea superior | neck | front | 0 86 1474
C2 | spinous process of C2 | processus spinosus axis | neck | back | 0 0 0
C3 | spinous process of C3 | processus spinosus C3 | neck | back | 0 0 0
C4 | spinous process of C4 | processus spinosus C4 | neck | back | 0 0 0
C5 | spinous process of C5 | processus spinosus C5 | neck | back | 0 0 0
C6 | spinous process of C6 | processus spinosus C6 | neck | back | 0 0 0
C7 | spinous process of C7 | vertebra prominens | neck | back | 0 0 0
transverse_c1 | transverse process of the atlas | processus transversus atlantis | neck | left | -56 41 1562
transverse_c4 | transverse process of C4 | processus transversus C4 | neck | left | -56 27 1513
scm_mid | middle of the sternocleidomastoid | musculus sternocleidomastoideus | neck | -0.8 0.6 0 | -48 52 1500
trapezius_front_neck | front border of the trapezius at C5 | margo anterior musculi trapezii | neck | left | -58 2 1503
neck_shoulder_angle | angle between neck and shoulder | angulus cervicoscapularis | neck | -0.7 0 0.7 | -70 -5 1487
"""

SPINE = """
T1 | spinous process of T1 | processus spinosus T1 | trunk | back | 0 0 0
T2 | spinous process of T2 | processus spinosus T2 | trunk | back | 0 0 0
T3 | spinous process of T3 | processus spinosus T3 | trunk | back | 0 0 0
T4 | spinous process of T4 | processus spinosus T4 | trunk | back | 0 0 0
T5 | spinous process of T5 | processus spinosus T5 | trunk | back | 0 0 0
T6 | spinous process of T6 | processus spinosus T6 | trunk | back | 0 0 0
T7 | spinous process of T7 | processus spinosus T7 | trunk | back | 0 0 0
T8 | spinous process of T8 | processus spinosus T8 | trunk | back | 0 0 0
T9 | spinous process of T9 | processus spinosus T9 | trunk | back | 0 0 0
T10 | spinous process of T10 | processus spinosus T10 | trunk | back | 0 0 0
T11 | spinous process of T11 | processus spinosus T11 | trunk | back | 0 0 0
T12 | spinous process of T12 | processus spinosus T12 | trunk | back | 0 0 0
L1 | spinous process of L1 | processus spinosus L1 | trunk | back | 0 0 0
L2 | spinous process of L2 | processus spinosus L2 | trunk | back | 0 0 0
L3 | spinous process of L3 | processus spinosus L3 | trunk | back | 0 0 0
L4 | spinous process of L4 | processus spinosus L4 | trunk | back | 0 0 0
L5 | spinous process of L5 | processus spinosus L5 | trunk | back | 0 0 0
S1 | median crest of the sacrum at S1 | crista sacralis mediana S1 | trunk | back | 0 0 0
S2 | median crest of the sacrum at S2 | crista sacralis mediana S2 | trunk | back | 0 0 0
S3 | median crest of the sacrum at S3 | crista sacralis mediana S3 | trunk | back | 0 0 0
S4 | median crest of the sacrum at S4 | crista sacralis mediana S4 | trunk | back | 0 0 0
coccyx_tip | tip of the coccyx | apex ossis coccygis | trunk | back | 0 0 0
"""

SHOULDER = """
sternoclavicular_joint | sternoclavicular joint | articulatio sternoclavicularis | trunk | front | -25 80 1411
clavicle_mid | middle of the clavicle | clavicula | trunk | 0 0.9 0.45 | -95 68 1424
acromioclavicular_joint | acromioclavicular joint | articulatio acromioclavicularis | trunk | up | -176 20 1437
acromion_tip | tip of the acromion | acromion | trunk | -0.6 0 0.8 | -204 14 1424
acromion_angle | angle of the acromion | angulus acromii | trunk | -0.4 -0.8 0.4 | -196 -28 1413
coracoid | coracoid process | processus coracoideus | trunk | front | -142 65 1394
scapula_superior_angle | superior angle of the scapula | angulus superior scapulae | trunk | back | -75 -60 1432
scapular_spine_root | root of the spine of the scapula | trigonum spinae scapulae | trunk | back | -80 -75 1404
scapular_spine_mid | middle of the spine of the scapula | spina scapulae | trunk | back | -132 -60 1414
scapula_medial_border_mid | middle of the medial border of the scapula | margo medialis scapulae | trunk | back | -84 -80 1352
scapula_inferior_angle | inferior angle of the scapula | angulus inferior scapulae | trunk | back | -97 -80 1304
scapula_lateral_border_mid | middle of the lateral border of the scapula | margo lateralis scapulae | trunk | back | -136 -70 1342
axillary_fold_anterior | anterior axillary fold | plica axillaris anterior | trunk | -0.5 0.8 -0.3 | -163 68 1330
axillary_fold_posterior | posterior axillary fold | plica axillaris posterior | trunk | -0.3 -0.9 -0.2 | -173 -45 1318
axilla_apex | apex of the axilla | axilla | trunk | down | -180 15 1304
"""

ARM = """
deltoid_tuberosity | deltoid tuberosity | tuberositas deltoidea | arm | lateral | 0.46 0 0
biceps_belly | middle of the biceps | venter musculi bicipitis | arm | anterior | 0.58 0 0
triceps_belly | middle of the triceps | venter musculi tricipitis | arm | posterior | 0.50 0 0
lateral_epicondyle | lateral epicondyle of the humerus | epicondylus lateralis humeri | arm | lateral | 0.965 -4 0
medial_epicondyle | medial epicondyle of the humerus | epicondylus medialis humeri | arm | medial | 0.965 -6 0
olecranon | olecranon | olecranon | forearm | 0.3 -0.9 -0.25 | -355 -20 1182
cubital_crease_mid | middle of the elbow crease | fossa cubitalis | forearm | crease | 0 0 0
radial_head | head of the radius | caput radii | forearm | dorsal | 0.07 -2 0
radial_styloid | styloid process of the radius | processus styloideus radii | forearm | radial | 0.97 0 0
ulnar_styloid | styloid process of the ulna | processus styloideus ulnae | forearm | ulnar_dorsal | 0.955 0 0
dorsal_wrist_mid | middle of the back of the wrist | carpus dorsalis | forearm | dorsal | 1.00 0 0
wrist_crease_mid | middle of the wrist crease | rasceta | forearm | volar | 1.01 0 0
"""

HAND = """
pisiform | pisiform | os pisiforme | hand | volar | 0.10 0 -19
thumb_cmc | base of the thumb | articulatio carpometacarpalis pollicis | hand | radial | 0.13 0 0
mcp_1 | knuckle of the thumb | articulatio metacarpophalangea I | hand | thumb | 0 0 0
mcp_2 | knuckle of the index finger | articulatio metacarpophalangea II | hand | dorsal | 2 -12 0
mcp_3 | knuckle of the middle finger | articulatio metacarpophalangea III | hand | dorsal | 3 -12 0
mcp_4 | knuckle of the ring finger | articulatio metacarpophalangea IV | hand | dorsal | 4 -11 0
mcp_5 | knuckle of the little finger | articulatio metacarpophalangea V | hand | dorsal | 5 -10 0
fingertip_1 | tip of the thumb | apex pollicis | hand | tip | 1 0 0
fingertip_2 | tip of the index finger | apex digiti II | hand | tip | 2 0 0
fingertip_3 | tip of the middle finger | apex digiti III | hand | tip | 3 0 0
fingertip_4 | tip of the ring finger | apex digiti IV | hand | tip | 4 0 0
fingertip_5 | tip of the little finger | apex digiti V | hand | tip | 5 0 0
palm_centre | centre of the palm | palma manus | hand | volar | 0.62 0 0
web_thumb | web of the thumb | plica interdigitalis I | hand | web | 0 0 0
"""

TRUNK = """
suprasternal_notch | suprasternal notch | incisura jugularis | trunk | front | 0 76 1421
sternal_angle | sternal angle | angulus sterni | trunk | front | 0 100 1374
sternum_mid | middle of the body of the sternum | corpus sterni | trunk | front | 0 120 1310
xiphoid | xiphoid process | processus xiphoideus | trunk | front | 0 134 1244
umbilicus | umbilicus | umbilicus | trunk | front | 0 130 1060
pubic_symphysis | pubic symphysis | symphysis pubica | trunk | front | 0 124 899
nipple | nipple | papilla mammaria | trunk | front | -99 140 1264
costal_margin_mid | middle of the costal margin | arcus costalis | trunk | front | -84 120 1163
rib10_lateral | tenth rib at the side | costa X | trunk | left | -135 18 1122
rib12_tip | tip of the twelfth rib | costa XII | trunk | back | -96 -35 1122
iliac_crest_top | top of the iliac crest | crista iliaca | trunk | left | -136 -8 1049
iliac_tubercle | tubercle of the iliac crest | tuberculum iliacum | trunk | left | -138 48 1022
asis | anterior superior iliac spine | spina iliaca anterior superior | trunk | -0.5 0.85 0 | -120 85 977
psis | posterior superior iliac spine | spina iliaca posterior superior | trunk | back | -42 -70 983
pubic_tubercle | pubic tubercle | tuberculum pubicum | trunk | front | -27 120 902
inguinal_mid | middle of the inguinal ligament | ligamentum inguinale | trunk | front | -70 115 939
ischial_tuberosity | ischial tuberosity | tuber ischiadicum | trunk | 0 -0.8 -0.6 | -58 -70 850
gluteal_fold_mid | middle of the gluteal fold | sulcus glutealis | thigh | 0 -0.9 -0.4 | -78 -65 836
greater_trochanter | greater trochanter | trochanter major | thigh | left | -160 -10 912
sacrum_edge_s3 | edge of the sacrum at S3 | margo lateralis ossis sacri | trunk | back | -33 -75 965
"""

KNEE = """
patella_top | upper edge of the patella | basis patellae | thigh | knee_front | -156 85 558
patella_mid | middle of the patella | patella | thigh | knee_front | -160 85 536
patella_bottom | lower tip of the patella | apex patellae | leg | knee_front | -165 75 512
patella_medial | inner edge of the patella | margo medialis patellae | thigh | knee_front | -134 85 536
patella_lateral | outer edge of the patella | margo lateralis patellae | thigh | knee_front | -180 70 536
adductor_tubercle | adductor tubercle | tuberculum adductorium | thigh | knee_medial | -90 15 546
medial_femoral_epicondyle | medial epicondyle of the femur | epicondylus medialis femoris | thigh | knee_medial | -92 25 528
lateral_femoral_epicondyle | lateral epicondyle of the femur | epicondylus lateralis femoris | thigh | knee_lateral | -198 12 528
medial_joint_line | knee joint line, inner side | articulatio genus | leg | knee_medial | -98 36 505
lateral_joint_line | knee joint line, outer side | articulatio genus | leg | knee_lateral | -204 26 505
tibial_tuberosity | tibial tuberosity | tuberositas tibiae | leg | knee_front | -177 65 472
fibular_head | head of the fibula | caput fibulae | leg | knee_lateral | -208 -4 484
pes_anserinus | pes anserinus | pes anserinus | leg | 0.6 0.8 0 | -140 50 458
knee_crease_mid | middle of the knee crease | fossa poplitea | leg | back | -150 -35 520
"""

FOOT = """
calf_belly_end | lower end of the calf muscle belly | musculus gastrocnemius | leg | back | -172 -40 292
medial_malleolus | medial malleolus | malleolus medialis | leg | right | -172 20 80
lateral_malleolus | lateral malleolus | malleolus lateralis | leg | left | -234 7 70
ankle_front_mid | middle of the front of the ankle | articulatio talocruralis | leg | 0 0.8 0.6 | -199 64 93
achilles_insertion | insertion of the Achilles tendon | tendo calcaneus | foot | back | -198 -44 50
heel_back | back of the heel | tuber calcanei | foot | back | -198 -45 28
heel_plantar | centre of the heel pad | calx | foot | down | -198 -8 2
navicular | tuberosity of the navicular | tuberositas ossis navicularis | foot | right | -172 58 44
metatarsal_base_5 | base of the fifth metatarsal | basis ossis metatarsi V | foot | left | -243 62 18
mtp_1 | knuckle of the great toe | articulatio metatarsophalangea I | foot | up | -170 148 40
mtp_2 | knuckle of the second toe | articulatio metatarsophalangea II | foot | up | -193 146 38
mtp_3 | knuckle of the third toe | articulatio metatarsophalangea III | foot | up | -210 140 35
mtp_4 | knuckle of the fourth toe | articulatio metatarsophalangea IV | foot | up | -226 132 32
mtp_5 | knuckle of the little toe | articulatio metatarsophalangea V | foot | up | -240 123 28
metatarsal_head_1_plantar | ball of the great toe | caput ossis metatarsi I | foot | down | -174 143 2
metatarsal_head_3_plantar | ball of the third toe | caput ossis metatarsi III | foot | down | -210 134 2
metatarsal_head_5_plantar | ball of the little toe | caput ossis metatarsi V | foot | down | -240 116 2
toe_tip_1 | tip of the great toe | apex hallucis | foot | front | -177 210 14
toe_tip_2 | tip of the second toe | apex digiti pedis II | foot | front | -197 210 14
toe_tip_3 | tip of the third toe | apex digiti pedis III | foot | front | -212 202 14
toe_tip_4 | tip of the fourth toe | apex digiti pedis IV | foot | front | -227 187 14
toe_tip_5 | tip of the little toe | apex digiti pedis V | foot | front | -240 176 13
"""

TABLE = HEAD + NECK + SPINE + SHOULDER + ARM + HAND + TRUNK + KNEE + FOOT


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    id: str
    english: str
    latin: str
    segment: str
    direction: str
    aim: NDArray[np.float64]


def parse_table(text: str) -> list[Row]:
    """Rows of the table."""
    rows = []
    for line in text.strip().splitlines():
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split("|")]
        aim = np.asarray([float(number) for number in fields[5].split()])
        rows.append(Row(fields[0], fields[1], fields[2], fields[3], fields[4], aim))
    return rows

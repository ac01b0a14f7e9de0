"""The shading language of the body and of the spillover dots.

Both drawings carry their own short light: a soft key from the upper left, a fill from the right and an open
sky, all fixed to the camera, multiplied by the baked occlusion. It is cheaper than three of VTK's lights
and cannot burn out: a zone's colour is only ever darkened by shade, never lightened.
"""

from __future__ import annotations

MAX_SLOTS = 6
"""How many points can be shown in their own colour at once."""

LIGHT = """
// Soft light of a rounded room, 0 (deep shade) to 1 (full light). Eye coordinates: +y up, +z to the viewer.
float roomLight(vec3 n, float open) {
  float key = clamp(dot(n, vec3(-0.402, 0.548, 0.733)) * 0.80 + 0.20, 0.0, 1.0);
  float fill = clamp(dot(n, vec3(0.788, 0.098, 0.608)) * 0.70 + 0.30, 0.0, 1.0);
  float sky = n.y * 0.5 + 0.5;
  float rim = 1.0 - clamp(n.z, 0.0, 1.0);
  float light = 0.10 + 0.60 * key + 0.16 * fill + 0.20 * sky;
  light *= mix(0.25, 1.0, smoothstep(0.05, 0.97, open));
  return clamp(light * (1.0 - 0.38 * rim * rim * rim), 0.0, 1.0);
}
"""


def variant(code: str, *parts: str) -> str:
    """Return the body's shader with the parts switched on that are not always needed.

    What is merely skipped still costs software renderers a half: ``"PAINTED"`` draws painted pain,
    ``"CUT"`` the flat face of a cut.
    """
    head = "//VTK::System::Dec\n"
    return code.replace(head, head + "".join(f"#define {part}\n" for part in parts), 1)


BODY_VERTEX = """//VTK::System::Dec
in vec4 vertexMC;
in vec3 normalMC;
in float openSky;
in float feltDeep;
in vec4 zonesA;
in vec4 zonesB;
#ifdef PAINTED
in vec4 painA;  // ache, sharp, burning, numb
in vec4 painB;  // stiff, intensity, explained
out vec4 vPainA;
out vec3 vPainB;
#endif
uniform mat4 MCDCMatrix;
uniform mat3 normalMatrix;
out vec3 vNormal;
out vec3 vModel;
out vec4 vZonesA;
out vec4 vZonesB;
out float vOpen;
out float vDeep;
void main() {
  vDeep = feltDeep;
#ifdef PAINTED
  vPainA = painA;
  vPainB = painB.xyz;
#endif
  vNormal = normalMatrix * normalMC;
  vModel = vertexMC.xyz;
  vZonesA = zonesA;
  vZonesB = zonesB;
  vOpen = openSky;
  gl_Position = MCDCMatrix * vertexMC;
}
"""

BODY_FRAGMENT = (
    """//VTK::System::Dec
//VTK::Output::Dec
//VTK::CustomUniforms::Dec
in vec3 vNormal;
in vec3 vModel;
in vec4 vZonesA;
in vec4 vZonesB;
in float vOpen;
in float vDeep;
#ifdef PAINTED
in vec4 vPainA;
in vec3 vPainB;
#endif
"""
    + LIGHT
    + """
// Cover of a zone whose border lies at 0.5: sharp at every zoom, one pixel soft.
float cover(float field, float width) {
  return clamp((field - 0.5) / max(width, 1e-5) + 0.5, 0.0, 1.0);
}
void paint(inout vec3 colour, inout float shown, float field, float width, vec3 own, float stripe) {
  float inside = cover(field, width);
  if (inside <= 0.0) return;
  // Where zones overlap their colours take turns in bands.
  float share = shown > 0.5 ? inside * stripe : inside;
  float edge = 1.0 - cover(field, width * 2.6 + 0.02);
  colour = mix(colour, own * (1.0 - 0.35 * edge), share);
  shown = max(shown, inside);
}
#ifdef PAINTED
// A line through every whole number, as wide as a share of the gap between them.
float lines(float at, float share) {
  return clamp((share - abs(fract(at) - 0.5)) * hatchGap + 0.5, 0.0, 1.0);
}
// The hatch of a quality of pain: on the picture, not on the body, so it has no seam and is the legend's.
float hatch(int quality) {
  vec2 at = gl_FragCoord.xy / hatchGap;
  float rising = lines(at.x - at.y, 0.13);
  if (quality == 1) return rising;                                    // sharp: strokes
  if (quality == 2) return max(rising, lines(at.x + at.y, 0.13));     // burning: crosses
  if (quality == 4) return lines(at.y, 0.16);                         // stiff: bars
  if (quality != 3) return 0.0;                                       // ache: plain
  float apart = length(fract(at) - 0.5);                              // numb: rings
  return clamp((0.09 - abs(apart - 0.27)) * hatchGap + 0.5, 0.0, 1.0);
}
void feel(inout vec3 colour, inout vec4 ink, float field, float width, vec3 own, int quality, float kept) {
  float inside = cover(field, width);
  if (inside <= 0.0) return;
  colour = mix(colour, own, inside * kept * mix(0.22, 0.72, vPainB.y));
  float edge = inside * (1.0 - cover(field, width * 2.8 + 0.02));
  float drawn = max(edge, inside * hatch(quality)) * mix(0.35, 1.0, kept);
  ink = mix(ink, vec4(own * 0.72, 1.0), max(drawn - ink.a * (1.0 - drawn), 0.0));
}
#endif
void main() {
#ifdef CUT
  if (!gl_FrontFacing) {
    gl_FragData[0] = vec4(cutColour, 1.0);
    return;
  }
#endif
  vec3 n = normalize(vNormal);
  float light = roomLight(n, vOpen);
  vec3 colour = mix(clayShade, clayLight, light);
  float zoneCover = 0.0;
  vec4 widthA = fwidth(vZonesA);
  vec4 widthB = fwidth(vZonesB);
  if (anyDermatome > 0) {
    float inside = cover(vZonesB.w, widthB.w);
    float edge = inside * (1.0 - cover(vZonesB.w, widthB.w * 4.0 + 0.03));
    float lines = dot(vModel, vec3(-0.45, 0.45, 0.77)) / bandWidth;
    float hatch = clamp((0.14 - abs(fract(lines) - 0.5)) / max(fwidth(lines), 1e-4) + 0.5, 0.0, 1.0);
    float ink = max(inside * (0.22 + 0.40 * hatch), 0.8 * edge);
    colour = mix(colour, dermatomeColour * mix(0.6, 1.0, light), ink);
    zoneCover = 0.35 * inside;
  }
#ifdef PAINTED
  vec4 painInk = vec4(0.0);
  float zoneShown = 0.0;
  vec4 width = fwidth(vPainA);
  float kept = 1.0 - 0.85 * clamp(vPainB.z, 0.0, 1.0);  // what is explained fades
  float shade = mix(0.66, 1.0, light);
  if ((painted & 1) > 0) feel(colour, painInk, vPainA.x, width.x, painColour0 * shade, 0, kept);
  if ((painted & 2) > 0) feel(colour, painInk, vPainA.y, width.y, painColour1 * shade, 1, kept);
  if ((painted & 4) > 0) feel(colour, painInk, vPainA.z, width.z, painColour2 * shade, 2, kept);
  if ((painted & 8) > 0) feel(colour, painInk, vPainA.w, width.w, painColour3 * shade, 3, kept);
  if ((painted & 16) > 0) feel(colour, painInk, vPainB.x, fwidth(vPainB.x), painColour4 * shade, 4, kept);
  zoneCover = max(zoneCover, 0.5 * max(max(max(vPainA.x, vPainA.y), max(vPainA.z, vPainA.w)), vPainB.x));
#endif
  if (anyZone > 0) {
    vec3 zone = vec3(0.0);
    float shown = 0.0;
    float bands = dot(vModel, vec3(0.61, 0.35, 0.71)) / bandWidth;
    float stripe = clamp((abs(fract(bands) - 0.5) - 0.25) / max(fwidth(bands), 1e-4) + 0.5, 0.0, 1.0);
    paint(zone, shown, vZonesA.x, widthA.x, slotColour0, stripe);
    paint(zone, shown, vZonesA.y, widthA.y, slotColour1, stripe);
    paint(zone, shown, vZonesA.z, widthA.z, slotColour2, stripe);
    paint(zone, shown, vZonesA.w, widthA.w, slotColour3, stripe);
    paint(zone, shown, vZonesB.x, widthB.x, slotColour4, stripe);
    paint(zone, shown, vZonesB.y, widthB.y, slotColour5, stripe);
    // What is felt deep under the skin is dashed: rows of short strokes over a pale tint.
    float deep = cover(vDeep, fwidth(vDeep));
    float rows = dot(vModel, vec3(0.20, 0.35, 0.92)) / (0.75 * bandWidth);
    float along = dot(vModel, vec3(0.80, -0.60, 0.05)) / (1.9 * bandWidth) + 0.5 * mod(floor(rows), 2.0);
    float dash = clamp((0.27 - abs(fract(rows) - 0.5)) / max(fwidth(rows), 1e-4) + 0.5, 0.0, 1.0);
    dash *= clamp((0.36 - abs(fract(along) - 0.5)) / max(fwidth(along), 1e-4) + 0.5, 0.0, 1.0);
    shown *= mix(1.0, 0.25 + 0.75 * dash, deep);
    // A growing referral shows up to its front.
    shown *= clamp((spread - vZonesB.z) / max(widthB.z * 1.5, 0.004) + 0.5, 0.0, 1.0);
    colour = mix(colour, zone * mix(0.70, 1.0, light), shown);
#ifdef PAINTED
    zoneShown = shown;
#endif
    zoneCover = max(zoneCover, 0.55 * shown);
  }
#ifdef PAINTED
  // The strokes and borders of the patient's own pain stay readable over a textbook pattern: pale there.
  colour = mix(colour, mix(painInk.rgb, vec3(1.0), 0.8 * zoneShown), 0.85 * painInk.a);
#endif
  // Skin one can see through stays thicker where it turns away, so that the body keeps its outline.
  float rim = 1.0 - abs(n.z);
  float cover = mix(skinOpacity, min(1.0, skinOpacity + 0.55), rim * rim * rim);
  cover *= smoothstep(0.0, 0.06, skinOpacity);  // quite gone at the end of the slider
  gl_FragData[0] = vec4(colour, skinOpacity >= 1.0 ? 1.0 : max(cover, zoneCover));
}
"""
)

DOT_VERTEX = """//VTK::System::Dec
//VTK::CustomUniforms::Dec
in vec4 vertexMC;
in vec3 normalMC;
in vec4 dotPlace;  // corner x and y, own gap in mm, distance to the own essential zone in mm
in vec4 dotLook;   // slot, moment of the spread at which it appears, open sky, finest gap in mm
const float COARSEST_MM = 21.0;
const float LEVEL_STEP = 0.5493061;  // ln of the square root of three
uniform mat4 MCDCMatrix;
uniform mat3 normalMatrix;
out vec2 vCorner;
out float vPixels;
out float vLight;
flat out int vSlot;
"""
DOT_VERTEX += LIGHT
DOT_VERTEX += """
void main() {
  vec4 centre = MCDCMatrix * vertexMC;
  float scale = pixelsPerUnit / centre.w;  // pixels per mm here
  float look = scale / dotPixels;          // the same on a screen of ordinary density
  // Dots stand a few pixels apart from afar and open up gently as one comes near.
  float gap = clamp(7.4 * pow(max(look, 0.02) / 0.4, 0.36) / look, dotLook.w, COARSEST_MM);
  // The nearest of the nested sets; the next one grows in halfway between two.
  float level = log(COARSEST_MM / gap) / LEVEL_STEP;
  float own = log(COARSEST_MM / dotPlace.z) / LEVEL_STEP;
  float grown = smoothstep(own - 0.56, own - 0.44, level);
  float shown = floor(level) + smoothstep(0.44, 0.56, fract(level));
  float size = 0.24 * grown * mix(COARSEST_MM * exp(-shown * LEVEL_STEP), gap, 0.25);
  size *= smoothstep(-0.01, 0.03, spread - dotLook.y);
  if (onlyFacing > 0 && (normalMatrix * normalMC).z < 0.05) size = 0.0;  // nothing else would hide it
  size *= smoothstep(0.55, 0.65, dotPlace.w / max(size, 1e-3));  // not where it would touch the solid zone
  vec3 across = cross(vec3(0.0, 0.0, 1.0), normalMC);
  if (dot(across, across) < 0.01) across = cross(vec3(0.0, 1.0, 0.0), normalMC);
  across = normalize(across);
  vec3 along = cross(normalMC, across);
  float reach = size > 0.0 ? size + 0.8 / scale : 0.0;  // room for the soft edge
  vec3 place = vertexMC.xyz + (across * dotPlace.x + along * dotPlace.y) * reach;
  place += normalMC * min(0.12 + 0.05 * size, 0.4);
  gl_Position = MCDCMatrix * vec4(place, 1.0);
  gl_Position.z -= 2e-5 * gl_Position.w;
  vCorner = dotPlace.xy * reach / max(size, 1e-3);
  vPixels = size * scale;
  vLight = roomLight(normalize(normalMatrix * normalMC), dotLook.z);
  vSlot = int(dotLook.x + 0.5);
}
"""

SHADOW_VERTEX = """//VTK::System::Dec
in vec4 vertexMC;
uniform mat4 MCDCMatrix;
out vec2 vGround;
void main() {
  vGround = vertexMC.xy;
  gl_Position = MCDCMatrix * vertexMC;
}
"""

SHADOW_FRAGMENT = """//VTK::System::Dec
//VTK::Output::Dec
//VTK::CustomUniforms::Dec
in vec2 vGround;
float pool(vec2 middle, vec2 reach) {
  vec2 p = (vGround - middle) / reach;
  return exp(-dot(p, p));
}
void main() {
  vec2 reach = footReach * 1.05 + 8.0;
  float feet = pool(footRight, reach) + pool(vec2(-footRight.x, footRight.y), reach);
  float both = pool(vec2(0.0, footRight.y), vec2(footRight.x + footReach.x + 90.0, footReach.y + 110.0));
  gl_FragData[0] = vec4(vec3(0.0), shadowDepth * (0.80 * min(feet, 1.0) + 0.20 * both));
}
"""

DOT_FRAGMENT = """//VTK::System::Dec
//VTK::Output::Dec
//VTK::CustomUniforms::Dec
in vec2 vCorner;
in float vPixels;
in float vLight;
flat in int vSlot;
// Signed distance to the slot's own dot shape, in dot radii; all cover about the same area.
float shape(vec2 p) {
  vec2 q = abs(p);
  if (vSlot >= 8) return max(q.x - 1.0, q.y - 0.36);                                              // felt deep
  if (vSlot == 1) return max(q.x, q.y) - 0.86;                                                    // square
  if (vSlot == 2) return max(q.x * 0.866 + p.y * 0.5 + 0.14, -p.y - 0.28) - 0.70;                 // triangle
  if (vSlot == 3) return (q.x + q.y) * 0.7071 - 0.84;                                             // diamond
  if (vSlot == 4) return abs(length(p) - 0.68) - 0.32;                                            // ring
  if (vSlot == 5) return max(min(q.x, q.y) - 0.36, max(q.x, q.y) - 1.0);                          // cross
  return length(p) - 1.0;                                                                         // disc
}
void main() {
  float d = shape(vCorner);
  float cover = clamp(0.5 - d * vPixels, 0.0, 1.0) * min(1.0, vPixels * 1.6);
  if (cover < 0.02) discard;
  int slot = vSlot >= 8 ? vSlot - 8 : vSlot;
  vec3 own = slot == 0 ? slotColour0 : slot == 1 ? slotColour1 : slot == 2 ? slotColour2
           : slot == 3 ? slotColour3 : slot == 4 ? slotColour4 : slotColour5;
  gl_FragData[0] = vec4(own * mix(0.70, 1.0, vLight), cover);
}
"""

"""The shading language of what lies under the skin.

Muscles suggest their fibres by faint uneven strands along the line of pull, which fade out before they could
flicker; their tendons are paler. A lit muscle shows its ends in two colours: origin and insertion. What is
not looked at steps back towards grey.
"""

from __future__ import annotations

from bodymap.scene.shader import LIGHT

VERTEX = """//VTK::System::Dec
in vec4 vertexMC;
in vec3 normalMC;
in vec4 look;    // colour, and how it is drawn: scene.inside_look.Emphasis
in vec4 fibre;   // place on the circle across the fibres, in bundles; place along; tendon
uniform mat4 MCDCMatrix;
uniform mat3 normalMatrix;
out vec3 vNormal;
out vec4 vLook;
out vec4 vFibre;
void main() {
  vNormal = normalMatrix * normalMC;
  vLook = look;
  vFibre = fibre;
  gl_Position = MCDCMatrix * vertexMC;
}
"""

HALO_VERTEX = """//VTK::System::Dec
in vec4 vertexMC;
in vec3 normalMC;
in vec4 look;
in vec4 fibre;   // third: how far the real one may lie from here, in mm
uniform mat4 MCDCMatrix;
uniform mat3 normalMatrix;
out vec3 vNormal;
out vec4 vLook;
void main() {
  vNormal = normalMatrix * normalMC;
  vLook = look;
  gl_Position = MCDCMatrix * vec4(vertexMC.xyz + normalMC * fibre.z, 1.0);
}
"""

HALO_FRAGMENT = """//VTK::System::Dec
//VTK::Output::Dec
in vec3 vNormal;
in vec4 vLook;
void main() {
  float facing = abs(normalize(vNormal).z);
  // Densest in the middle and gone at the border: no outline to be taken for the thing itself.
  gl_FragData[0] = vec4(vLook.rgb, 0.16 * smoothstep(0.0, 0.9, facing));
}
"""

_COLOUR = (
    """//VTK::System::Dec
//VTK::Output::Dec
//VTK::CustomUniforms::Dec
in vec3 vNormal;
in vec4 vLook;
in vec4 vFibre;
"""
    + LIGHT
    + """
const vec3 TENDON = vec3(0.90, 0.86, 0.79);
const vec3 GREY = vec3(0.74, 0.72, 0.70);
float hash(vec3 p) {
  p = fract(p * vec3(0.1031, 0.1030, 0.0973));
  p += dot(p, p.yzx + 33.33);
  return fract((p.x + p.y) * p.z);
}
float noise(vec3 p) {
  vec3 i = floor(p);
  vec3 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  vec2 o = vec2(0.0, 1.0);
  vec4 near = vec4(hash(i), hash(i + o.yxx), hash(i + o.xyx), hash(i + o.yyx));
  vec4 far = vec4(hash(i + o.xxy), hash(i + o.yxy), hash(i + o.xyy), hash(i + o.yyy));
  vec4 layer = mix(near, far, f.z);
  vec2 row = mix(layer.xz, layer.yw, f.x);
  return mix(row.x, row.y, f.y);
}
// Uneven strands, 0 (in a furrow) to 1, each size faded out where a pixel covers much of it.
float strands(vec2 across, float along) {
  float wide = length(fwidth(across));
  float bundle = 1.0 - smoothstep(0.30, 0.75, wide);
  float coarse = 1.0 - smoothstep(0.30, 0.75, 0.38 * wide);
  float thread = 1.0 - smoothstep(0.30, 0.75, 2.6 * wide);
  float sum = 0.0;
  if (coarse > 0.0) sum += 0.45 * coarse * (noise(vec3(0.38 * across + 40.0, 3.0 * along)) - 0.5);
  if (bundle > 0.0) sum += 0.75 * bundle * (noise(vec3(across + 80.0, 4.0 * along)) - 0.5);
  if (thread > 0.0) sum += 0.40 * thread * (noise(vec3(2.6 * across + 120.0, 6.0 * along)) - 0.5);
  return sum;
}
vec3 shaded(vec3 n) {
  float light = roomLight(n, 1.0);
  vec3 colour = vLook.rgb;
  float tendon = vFibre.w;
  if (dot(vFibre.xy, vFibre.xy) > 0.0) {
    float strand = strands(vFibre.xy, vFibre.z);
    colour *= 1.0 + 0.46 * (1.0 - 0.4 * tendon) * strand;
    colour = mix(colour, TENDON * (1.0 + 0.16 * strand), 0.85 * tendon);
    if (vLook.a > 3.5) {
      colour = mix(colour, vec3(0.95, 0.44, 0.27) * (1.0 + 0.4 * strand), 0.62 * (1.0 - 0.8 * tendon));
      float edge = fwidth(vFibre.z);
      colour = mix(colour, originColour, 1.0 - smoothstep(0.045 - edge, 0.045 + edge, vFibre.z));
      colour = mix(colour, insertionColour, smoothstep(0.955 - edge, 0.955 + edge, vFibre.z));
    }
  } else if (vLook.a > 3.5) {
    colour = mix(colour, vec3(1.0, 0.62, 0.38), 0.55);
  }
  if (vLook.a < 2.5) colour = mix(colour, GREY, vLook.a < 1.5 ? 0.25 : 0.55);
  return colour * mix(vec3(0.36, 0.33, 0.34), vec3(1.06), light);
}
"""
)

SOLID_FRAGMENT = (
    _COLOUR
    + """
void main() {
  vec3 n = normalize(vNormal);
  if (!gl_FrontFacing) n = -n;
  gl_FragData[0] = vec4(shaded(n), 1.0);
}
"""
)

VEIL_FRAGMENT = (
    _COLOUR
    + """
void main() {
  vec3 n = normalize(vNormal);
  float rim = 1.0 - abs(n.z);
  float cover = vLook.a < 1.5 ? 0.03 + 0.26 * rim * rim : 0.20 + 0.50 * rim * rim;
  gl_FragData[0] = vec4(shaded(n), cover);
}
"""
)

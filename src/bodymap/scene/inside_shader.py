"""The shading language of what lies under the skin.

Muscles suggest their fibres by faint lines along the line of pull, which fade out before they could flicker; their
tendons are paler. What is not looked at is dimmed towards the ground.
"""

from __future__ import annotations

from bodymap.scene.shader import LIGHT

VERTEX = """//VTK::System::Dec
in vec4 vertexMC;
in vec3 normalMC;
in vec4 look;    // colour, and emphasis: 0 dimmed, 0.5 as it is, 1 lit
in vec4 fibre;   // along, across, tendon, and 1 for muscle
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
const float FIBRES = 26.0;
vec3 shaded(vec3 n) {
  float light = roomLight(n, 1.0);
  vec3 colour = vLook.rgb;
  if (vFibre.w > 0.5) {
    // The seam of a belly's rings jumps from one to zero: there the step is large and the lines fade.
    float lines = vFibre.y * FIBRES;
    float wide = fwidth(lines);
    float fine = clamp(1.0 - wide * 1.6, 0.0, 1.0) * (1.0 - 0.7 * vFibre.z);
    float wave = 0.5 + 0.5 * sin(6.2831853 * lines + 0.6 * sin(18.0 * vFibre.x + 5.0 * vFibre.y));
    colour *= 1.0 - 0.16 * fine * wave;
    colour = mix(colour, vec3(0.91, 0.87, 0.80), 0.82 * vFibre.z);
  }
  if (vLook.a > 0.75) {
    colour = mix(colour, vec3(0.93, 0.42, 0.26), 0.55 * (1.0 - 0.75 * vFibre.z));
    colour = mix(colour, vec3(0.83, 0.37, 0.0), smoothstep(0.055, 0.035, vFibre.x));
    colour = mix(colour, vec3(0.0, 0.45, 0.70), smoothstep(0.945, 0.965, vFibre.x));
  }
  colour *= mix(0.42, 1.06, light);
  if (vLook.a < 0.25) colour = mix(colour, vec3(0.72, 0.70, 0.68) * mix(0.6, 1.0, light), 0.62);
  return colour;
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
  gl_FragData[0] = vec4(shaded(n), 0.22 + 0.5 * rim * rim);
}
"""
)

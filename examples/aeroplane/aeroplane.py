# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Makes aeroplane.glb: a twin-engined airliner on its wheels, with morph targets, as a model for a category of one's own.

Usage, with numpy installed:

    python3 examples/aeroplane/aeroplane.py [FILE.glb]

Every surface is a function of a few measures of an airliner. A morph target is the difference that one of these
measures makes. Frame as in glTF: metres, +Y up, the nose towards +Z, the left wing towards +X, wheels at y = 0.
"""
import json
import os
import struct
import sys

import numpy as np

# Measures of the airliner at rest, and by how much each morph target changes one of them.
REST = dict(length=37.0, radius=1.95, span=17.0, chord=6.4, sweep=26.0, dihedral=5.5, engine=1.0, fin=6.2)
TARGETS = {
    "fuselage_length": ("length", 7.0),
    "fuselage_width": ("radius", 0.55),
    "wing_span": ("span", 4.0),
    "wing_chord": ("chord", 1.3),
    "wing_sweep": ("sweep", 9.0),
    "wing_dihedral": ("dihedral", 3.5),
    "engine_size": ("engine", 0.35),
    "fin_height": ("fin", 1.6),
}
MATERIALS = {
    "paint": dict(color=(0.86, 0.87, 0.88, 1), metallic=0.0, roughness=0.35),
    "wing_paint": dict(color=(0.55, 0.57, 0.60, 1), metallic=0.1, roughness=0.4),
    "glass": dict(color=(0.02, 0.025, 0.03, 1), metallic=0.0, roughness=0.08),
    "chrome": dict(color=(0.72, 0.73, 0.74, 1), metallic=1.0, roughness=0.25),
    "trim": dict(color=(0.05, 0.05, 0.055, 1), metallic=0.2, roughness=0.6),
    "rubber": dict(color=(0.02, 0.02, 0.02, 1), metallic=0.0, roughness=0.9),
}
AXIS_HEIGHT = 3.55


class Patch:
    """A grid of points as a function of the measures, and its place in the atlas."""

    def __init__(self, part, material, points, chart, flip=False, apart=False):
        self.part, self.material, self.points, self.chart = part, material, points, chart
        # Whether the faces look the other way, and whether every second row of quads is left out.
        self.flip, self.apart = flip, apart

    def build(self, measures):
        grid = self.points(measures)
        return grid.reshape(-1, 3)

    def faces(self):
        rows, columns = self.points(REST).shape[:2]
        index = np.arange(rows * columns).reshape(rows, columns)
        a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
        # Diagonals run towards the middle column, so that both halves of a closed profile mirror each other.
        left = (np.arange(columns - 1) < (columns - 1) / 2)[None, :].repeat(rows - 1, 0)
        one = np.where(left[..., None], np.stack([a, b, c], -1), np.stack([a, b, d], -1))
        two = np.where(left[..., None], np.stack([a, c, d], -1), np.stack([b, c, d], -1))
        kept = np.arange(rows - 1) % 2 == 0 if self.apart else np.ones(rows - 1, bool)
        faces = np.concatenate([one[kept].reshape(-1, 3), two[kept].reshape(-1, 3)])
        points = self.points(REST).reshape(-1, 3)[faces]
        area = np.linalg.norm(np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 0]), axis=1)
        faces = faces[area > 1e-7]
        return faces if self.flip else faces[:, ::-1]

    def uvs(self):
        """Rows along the chart's width, columns along its height, in proportion to their lengths."""
        points = self.points(REST)
        across = np.linalg.norm(np.diff(points, axis=1), axis=2).mean(0)
        along = np.linalg.norm(np.diff(points, axis=0), axis=2).mean(1)
        s = np.concatenate([[0], np.cumsum(along)]) / along.sum()
        t = np.concatenate([[0], np.cumsum(across)]) / across.sum()
        u0, v0, u1, v1 = self.chart
        u, v = np.meshgrid(u0 + s * (u1 - u0), v0 + t * (v1 - v0), indexing="ij")
        return np.stack([u, v], -1).reshape(-1, 2)


def mirrored(patch, part, chart):
    """The same on the right side."""
    return Patch(part, patch.material, lambda m: patch.points(m) * np.array([-1.0, 1, 1]), chart, not patch.flip, patch.apart)


# --- the body --------------------------------------------------------------------------------------------------------

# Share of the length from the nose, radius as a share, and height of the section's middle in radii.
PROFILE = np.array([
    (0.000, 0.000, -0.34), (0.004, 0.170, -0.33), (0.012, 0.325, -0.30), (0.026, 0.500, -0.25), (0.045, 0.670, -0.18),
    (0.068, 0.810, -0.11), (0.096, 0.920, -0.05), (0.130, 0.985, -0.01), (0.165, 1.000, 0.0), (0.300, 1.000, 0.0),
    (0.440, 1.000, 0.0), (0.580, 1.000, 0.0), (0.680, 0.985, 0.015), (0.755, 0.900, 0.10), (0.825, 0.745, 0.24),
    (0.890, 0.545, 0.40), (0.945, 0.335, 0.55), (0.980, 0.190, 0.63), (1.000, 0.070, 0.66), (1.000, 0.000, 0.66),
])
AROUND = 21
WINDOWS = 27


def nose_z(m):
    """The wing stays where it is, whatever the length."""
    return 0.47 * m["length"]


def station(m, s):
    """Radius and height of the middle at shares of the length."""
    r = np.interp(s, PROFILE[:, 0], PROFILE[:, 1]) * m["radius"]
    y = AXIS_HEIGHT + np.interp(s, PROFILE[:, 0], PROFILE[:, 2]) * m["radius"]
    return r, y


def fuselage(m):
    # From the bottom over the left side and the top to the bottom again.
    angle = np.linspace(-np.pi, np.pi, AROUND)
    r = (PROFILE[:, 1] * m["radius"])[:, None]
    y = AXIS_HEIGHT + (PROFILE[:, 2] * m["radius"])[:, None]
    x = r * -np.sin(angle)
    x[:, [0, AROUND // 2, -1]] = 0
    z = nose_z(m) - PROFILE[:, 0] * m["length"]
    return np.stack([x, y + 1.03 * r * np.cos(angle), np.broadcast_to(z[:, None], x.shape)], -1)


def on_body(m, s, angle, out=0.012):
    """Points on the left side of the body: share of the length, angle from the top."""
    r, y = station(m, s)
    r = r + out
    return np.stack(np.broadcast_arrays(r * np.sin(angle), y + 1.03 * r * np.cos(angle),
                                        nose_z(m) - s * m["length"]), -1)


def strip(s0, s1, a0, a1, along, across=2, skew=0.0):
    """A piece of the body's left side, a little above it: shares of the length, degrees from the top."""
    def points(m):
        s = np.linspace(s0, s1, along)[:, None]
        t = np.linspace(0, 1, across)[None, :]
        return on_body(m, s + skew * t, np.radians(a0 + t * (a1 - a0)))
    return points


# --- wings -----------------------------------------------------------------------------------------------------------

FOIL = np.array([1.0, 0.62, 0.28, 0.09, 0.02, 0.0])


def foil(thickness):
    """Closed profile, trailing edge over the top to the leading edge and back: chord and height, in chords."""
    t = 5 * thickness * (0.2969 * np.sqrt(FOIL) - 0.126 * FOIL - 0.3516 * FOIL ** 2 + 0.2843 * FOIL ** 3
                         - 0.1036 * FOIL ** 4)
    chord = np.concatenate([FOIL, FOIL[-2::-1]])
    return chord, np.concatenate([t, -0.75 * t[-2::-1]])


def lifting(sections, thickness):
    """A surface through sections (x, y, z of the leading edge, chord, upright): the foil lies flat, or stands."""
    chord, height = foil(thickness)
    rows = []
    for x, y, z, c, upright in sections:
        flat = np.stack([np.full_like(chord, x), y + c * height, z - c * chord], -1)
        stands = np.stack([x + c * height, np.full_like(chord, y), z - c * chord], -1)
        rows.append(flat * (1 - upright) + stands * upright)
    # Closed at the tip.
    tip = rows[-1].copy()
    middle = (tip + tip[::-1]) / 2
    return np.stack(rows + [middle])


def wing_line(m):
    """Share of the half span: x, y, z of the leading edge, chord."""
    slope = np.tan(np.radians(m["dihedral"]))
    back = np.tan(np.radians(m["sweep"]))

    def at(t):
        x = t * m["span"]
        kink = 0.34
        root, middle, tip = m["chord"] * 1.18, m["chord"] * 0.72, m["chord"] * 0.26
        c = np.interp(t, [0, kink, 1], [root, middle, tip])
        return x, AXIS_HEIGHT - 1.25 + slope * x, 5.2 - back * x, c
    return at


def wing(m):
    at = wing_line(m)
    sections = [(*at(t), 0.0) for t in (0.03, 0.12, 0.34, 0.66, 0.97)]
    x, y, z, c = at(1.0)
    sections.append((x, y + 0.25, z - 0.25, 0.8 * c, 0.6))
    sections.append((x + 0.25, y + 1.25, z - 0.85, 0.55 * c, 1.0))
    sections.append((x + 0.45, y + 2.1, z - 1.45, 0.28 * c, 1.0))
    return lifting(sections, 0.115)


def tail_z(m, share):
    return nose_z(m) - share * m["length"]


def stabilizer(m):
    span, z = 0.40 * m["span"], tail_z(m, 0.862)
    y = AXIS_HEIGHT + 0.55 * m["radius"]
    sections = [(0.35 + t * span, y + 0.1 * t * span, z - 0.62 * t * span, 3.9 - 2.5 * t, 0.0) for t in (0, 0.5, 1)]
    return lifting(sections, 0.09)


def fin(m):
    """On the middle line: the profile starts on the left, and its two sides mirror each other."""
    z, y0 = tail_z(m, 0.80), AXIS_HEIGHT + 0.62 * m["radius"]
    rows = []
    chord, height = foil(0.095)
    height = np.where(np.arange(len(chord)) < len(chord) // 2, abs(height), -abs(height[::-1]))
    height[[len(chord) // 2]] = 0
    for t, lead, c in ((0, 1.5, 7.2), (0.16, -0.55, 5.4), (0.55, -2.65, 3.9), (1.0, -5.0, 2.2)):
        rows.append(np.stack([c * height, np.full_like(chord, y0 + t * m["fin"]),
                              z + lead * (0.5 + 0.5 * m["fin"] / REST["fin"]) - c * chord], -1))
    tip = rows[-1].copy()
    tip[:, 0] = 0
    return np.stack(rows + [tip])


# --- engines ---------------------------------------------------------------------------------------------------------

NACELLE = 17
ENGINE_AT = 0.34


def engine_centre(m):
    x, y, z, _ = wing_line(m)(ENGINE_AT)
    return np.array([x, y - 1.28 * m["engine"] - 0.12, z + 1.55])


def ring(profile):
    """A surface of revolution about the engine's axis: (z, radius) rows."""
    profile = np.array(profile)

    def points(m):
        angle = np.linspace(0, 2 * np.pi, NACELLE)
        angle = np.concatenate([angle[:-1], [0.0]])
        z, r = profile[:, 0][:, None] * m["engine"], profile[:, 1][:, None] * m["engine"]
        grid = np.stack([r * np.sin(angle), r * np.cos(angle), np.broadcast_to(z, (len(profile), NACELLE))], -1)
        return grid + engine_centre(m)
    return points


def pylon(m):
    x, y, z, c = wing_line(m)(ENGINE_AT)
    centre = engine_centre(m)
    e = m["engine"]
    front, rear = z + 1.6, z - 0.5 * c
    top, bottom = y + 0.15, centre[1] + 0.9 * e
    w = 0.17 * e
    profile = [(front, 0.0), (front - 0.8, w), (rear + 1.2, w), (rear, 0.0), (rear + 1.2, -w), (front - 0.8, -w),
               (front, 0.0)]
    rows = []
    for yy, lift in ((bottom, 0.0), (top, 0.0)):
        rows.append([(x + dx, yy + lift, zz) for zz, dx in profile])
    return np.array(rows)


# --- wheels ----------------------------------------------------------------------------------------------------------

ROUND = 15


def cylinder(centre, radius, half):
    """A wheel, its axle along x: closed by its two faces."""
    def points(m):
        angle = np.linspace(0, 2 * np.pi, ROUND)
        angle = np.concatenate([angle[:-1], [0.0]])
        rows = [(-half, 0.0), (-half, 0.55), (-0.8 * half, 0.97), (0.8 * half, 0.97), (half, 0.55), (half, 0.0)]
        c = centre(m)
        grid = [[(c[0] + x, c[1] + radius * r * np.cos(a), c[2] + radius * r * np.sin(a)) for a in angle]
                for x, r in rows]
        return np.array(grid)
    return points


def leg(centre, top, w):
    def points(m):
        c = centre(m)
        around = [(0, -w), (w, 0), (0, w), (-w, 0), (0, -w)]
        return np.array([[(c[0] + dx, y, c[2] + dz) for dx, dz in around] for y in (c[1], top(m))])
    return points


def main_gear(m):
    return np.array([2.9, 0.58, -1.35])


def nose_gear(m):
    return np.array([0.0, 0.42, nose_z(m) - 0.125 * m["length"]])


# --- the whole -------------------------------------------------------------------------------------------------------

def patches():
    made = []

    def add(part, material, points, chart, flip=False, apart=False):
        made.append(Patch(part, material, points, chart, flip, apart))
        return made[-1]

    def both(part, material, points, left, right, flip=False, apart=False):
        one = add(part + "_l", material, points, left, flip, apart)
        made.append(mirrored(one, part + "_r", right))

    add("fuselage", "paint", fuselage, (0.01, 0.01, 0.99, 0.33), flip=True)
    both("wing", "wing_paint", wing, (0.01, 0.345, 0.60, 0.535), (0.01, 0.545, 0.60, 0.735))
    both("stabilizer", "wing_paint", stabilizer, (0.01, 0.745, 0.25, 0.865), (0.01, 0.875, 0.25, 0.99))
    add("fin", "paint", fin, (0.26, 0.745, 0.60, 0.99), flip=True)
    outer = ring([(1.55, 0.86), (1.62, 0.95), (1.5, 1.06), (0.9, 1.17), (0.1, 1.18), (-0.8, 1.05), (-1.5, 0.84)])
    both("engine", "paint", outer, (0.61, 0.345, 0.80, 0.47), (0.61, 0.48, 0.80, 0.605))
    inner = ring([(-1.5, 0.84), (-1.15, 0.72), (-1.3, 0.56), (-2.1, 0.40), (-2.05, 0.30), (-2.75, 0.0)])
    both("engine_exhaust", "chrome", inner, (0.81, 0.345, 0.985, 0.425), (0.81, 0.435, 0.985, 0.515))
    fan = ring([(0.95, 0.0), (0.55, 0.24), (0.45, 0.84), (1.25, 0.83), (1.55, 0.86)])
    both("engine_fan", "trim", fan, (0.81, 0.525, 0.985, 0.605), (0.81, 0.615, 0.985, 0.695))
    both("pylon", "wing_paint", pylon, (0.61, 0.615, 0.70, 0.69), (0.71, 0.615, 0.80, 0.69))
    both("windows", "glass", strip(0.15, 0.75, 66, 74, 2 * WINDOWS), (0.61, 0.70, 0.985, 0.712),
         (0.61, 0.72, 0.985, 0.732), apart=True)
    both("cockpit_window", "glass", strip(0.034, 0.060, 4, 76, 4, across=7, skew=0.014), (0.61, 0.745, 0.69, 0.82),
         (0.70, 0.745, 0.78, 0.82))
    for row, (name, dx) in enumerate((("inner", -0.42), ("outer", 0.42))):
        v = 0.83 + 0.085 * row
        both("wheel_main_" + name, "rubber",
             cylinder(lambda m, dx=dx: main_gear(m) + np.array([dx, 0, 0]), 0.58, 0.2),
             (0.61, v, 0.70, v + 0.075), (0.71, v, 0.80, v + 0.075))
    both("wheel_nose", "rubber", cylinder(lambda m: nose_gear(m) + np.array([0.24, 0, 0]), 0.42, 0.14),
         (0.81, 0.745, 0.89, 0.82), (0.90, 0.745, 0.98, 0.82))
    both("gear_main", "chrome", leg(main_gear, lambda m: 2.3, 0.13), (0.81, 0.83, 0.89, 0.905),
         (0.90, 0.83, 0.98, 0.905), flip=True)
    add("gear_nose", "chrome", leg(nose_gear, lambda m: AXIS_HEIGHT - 0.8 * m["radius"], 0.11),
        (0.81, 0.915, 0.89, 0.99), flip=True)
    return made




class Glb:
    """A binary glTF 2.0 file under construction."""

    def __init__(self):
        self.binary = bytearray()
        self.doc = {
            "asset": {"version": "2.0", "generator": "examples/aeroplane/aeroplane.py"},
            "scene": 0, "scenes": [{"nodes": []}], "nodes": [], "meshes": [],
            "materials": [
                {"name": name, "pbrMetallicRoughness": {
                    "baseColorFactor": list(m["color"]), "metallicFactor": m["metallic"],
                    "roughnessFactor": m["roughness"]}} for name, m in MATERIALS.items()],
            "accessors": [], "bufferViews": [], "buffers": []}

    def view(self, data):
        while len(self.binary) % 4:
            self.binary.append(0)
        self.doc["bufferViews"].append({"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)})
        self.binary += data
        return len(self.doc["bufferViews"]) - 1

    def floats(self, array):
        array = np.ascontiguousarray(array, "<f4")
        self.doc["accessors"].append({
            "bufferView": self.view(array.tobytes()), "componentType": 5126, "count": len(array),
            "type": "VEC%d" % array.shape[1], "min": array.min(0).tolist(), "max": array.max(0).tolist()})
        return len(self.doc["accessors"]) - 1

    def indices(self, array):
        array = np.ascontiguousarray(array, "<u2").reshape(-1)
        self.doc["accessors"].append({
            "bufferView": self.view(array.tobytes()), "componentType": 5123, "count": len(array), "type": "SCALAR"})
        return len(self.doc["accessors"]) - 1

    def part(self, name, material, positions, normals, uvs, faces, deltas):
        primitive = {"attributes": {"POSITION": self.floats(positions), "NORMAL": self.floats(normals),
                                    "TEXCOORD_0": self.floats(uvs)},
                     "indices": self.indices(faces), "material": list(MATERIALS).index(material)}
        mesh = {"name": name, "primitives": [primitive]}
        if deltas:
            primitive["targets"] = [{"POSITION": self.floats(d)} for d in deltas.values()]
            mesh["weights"] = [0.0] * len(deltas)
            mesh["extras"] = {"targetNames": list(deltas)}
        self.doc["meshes"].append(mesh)
        self.doc["nodes"].append({"name": name, "mesh": len(self.doc["meshes"]) - 1})
        self.doc["scenes"][0]["nodes"].append(len(self.doc["nodes"]) - 1)

    def write(self, path):
        while len(self.binary) % 4:
            self.binary.append(0)
        self.doc["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.doc, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        with open(path, "wb") as file:
            file.write(struct.pack("<III", 0x46546C67, 2, 28 + len(text) + len(self.binary)))
            file.write(struct.pack("<II", len(text), 0x4E4F534A) + text)
            file.write(struct.pack("<II", len(self.binary), 0x004E4942) + bytes(self.binary))


def smooth_normals(positions, faces):
    """Area-weighted, across the atlas' seams."""
    corners = positions[faces]
    n = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    _, weld = np.unique(positions.round(4), axis=0, return_inverse=True)
    weld = weld.reshape(-1)
    total = np.zeros((weld.max() + 1, 3))
    for i in range(3):
        np.add.at(total, weld[faces[:, i]], n)
    normals = total[weld]
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.where(length > 1e-12, normals / np.maximum(length, 1e-12), [0.0, 1.0, 0.0])


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "aeroplane.glb")
    glb, triangles = Glb(), 0
    for patch in patches():
        positions, uvs, faces = patch.build(REST), patch.uvs(), patch.faces()
        deltas = {}
        for name, (measure, change) in TARGETS.items():
            # From both sides, since some measures do not act linearly.
            more, less = ({**REST, measure: REST[measure] + sign * change} for sign in (1, -1))
            delta = (patch.build(more) - patch.build(less)) / 2
            if np.abs(delta).max() > 1e-6:
                deltas[name] = delta
        used, faces = np.unique(faces, return_inverse=True)
        faces = faces.reshape(-1, 3)
        positions, uvs = positions[used], uvs[used]
        deltas = {name: d[used] for name, d in deltas.items()}
        glb.part(patch.part, patch.material, positions, smooth_normals(positions, faces), uvs, faces, deltas)
        triangles += len(faces)
    glb.write(path)
    print("%s: %d triangles, %d bytes" % (path, triangles, os.path.getsize(path)))


main()

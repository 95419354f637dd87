# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Contact sheet from template.glb and category.json alone, drawn by a small z-buffer.

Usage: python3 sheet.py DIRECTORY OUT.png [ROWSxCOLUMNS] [SEED] [MODE] [PIXELS]
MODE: random (default), builds (means of the prior), coats, poses, targets (each at +-2), wire, clip:NAME, build:NAME
"""
import json
import os
import sys

import numpy as np
from PIL import Image

import raster
import rig
import surface
from glb import Template

VIEWS = [(90, 4), (35, 8), (-60, 14), (145, 12), (-90, 6), (-30, 10), (115, 18), (60, 6), (-120, 10), (15, 14), (-75, 3), (170, 16)]


def sample_shape(category, rng, component=None, spread=1.0):
    shape = category["shape"]
    mix = shape["prior"]["components"]
    if component is None:
        component = rng.choice(len(mix), p=np.array([c["weight"] for c in mix]) / sum(c["weight"] for c in mix))
    c = mix[component]
    x = np.array(c["mean"]) + spread * np.array(c["std"]) * rng.normal(size=len(c["mean"]))
    for f in c["factors"]:
        x = x + spread * np.array(f) * rng.normal()
    return np.clip(x, shape["limits"]["min"], shape["limits"]["max"]), c["name"]


def sample_pose(category, rng, index=None, spread=1.0):
    centres = category["poses"]
    if index is None:
        index = rng.choice(len(centres), p=np.array([c["weight"] for c in centres]) / sum(c["weight"] for c in centres))
    values = {}
    for e in category["pose"]:
        v = centres[index]["values"].get(e["name"], e["mean"]) + spread * e["std"] * rng.normal()
        values[e["name"]] = float(np.clip(v, e["min"], e["max"]))
    return values, centres[index]["name"]


def noise(p, rng, scale):
    """Smooth random field on positions, about -1..1."""
    out = np.zeros(len(p))
    for _ in range(12):
        k = rng.normal(size=3) * scale
        out += np.sin(p @ k + rng.uniform(0, 2 * np.pi))
    return out / np.sqrt(6)


def paint(template, coat, rng):
    """Colour of each face's corners (F x 3 x 3): the regions' colours, and the coat's patterns over them."""
    base = np.array([coat["colors"][m] for m in template.materials])
    color = np.repeat(base[template.material][:, None], 3, 1)
    p = template.pos[template.tri].reshape(-1, 3)
    for q in coat["patterns"]:
        here = np.repeat(np.isin(template.material, [template.materials.index(m) for m in q["materials"]]), 3)
        amount = q["amount"]
        if q["kind"] == "socks":
            v = amount * .55 - p[:, 1] + .02 * noise(p, rng, 20)
        elif q["kind"] == "bars":
            v = np.sin(42 * (p[:, 2] + .25 * p[:, 1]) + 1.2 * noise(p * [.3, 1, 1], rng, 5)) - 1 + 2 * amount
        elif q["kind"] == "gradient":
            v = p[:, 1] - .2 - .3 * (1 - amount)
        else:
            scale = {"patches": 5, "spots": 45, "dapples": 30}[q["kind"]]
            v = noise(p, rng, scale) + 2 * amount - 1
        mix = here * np.clip(v / .06 + .5, 0, 1)
        if q["kind"] == "dapples":
            mix = mix * .7
        flat = color.reshape(-1, 3)
        color = (flat + mix[:, None] * (np.array(q["color"]) - flat)).reshape(-1, 3, 3)
    return color


def posed(template, x, rotations, shift):
    """Vertices and normals of the places, and the triangles between places."""
    u = template.pos + np.tensordot(x, template.deltas, 1)
    joints = template.joints + np.tensordot(x, template.joint_shape.transpose(1, 0, 2), 1)
    v, _ = rig.skin(u, template.weights, joints, rotations, shift, template.parent)
    tri = template.place[template.tri]
    w = np.zeros((template.place.max() + 1, 3))
    w[template.place] = v
    return w, surface.normals(w, tri), tri


def main():
    directory, out = sys.argv[1:3]
    args = sys.argv[3:] + [None] * 4
    rows, columns = map(int, (args[0] or "4x6").split("x"))
    rng = np.random.default_rng(int(args[1] or 1))
    mode = args[2] or "random"
    size = int(args[3] or 250)
    template = Template(os.path.join(directory, "template.glb"))
    with open(os.path.join(directory, "category.json")) as f:
        category = json.load(f)
    builds = [c["name"] for c in category["shape"]["prior"]["components"]]
    space, coats = category["pose"], category["coats"]
    rest = np.zeros(len(template.targets))
    images = []
    for i in range(rows * columns):
        x, values, shift, view, scale = rest, {}, np.zeros(3), VIEWS[i % len(VIEWS)], None
        coat = coats[rng.choice(len(coats), p=np.array([c["weight"] for c in coats]) / sum(c["weight"] for c in coats))]
        if mode == "random" or mode.startswith("build:"):
            x, _ = sample_shape(category, rng, builds.index(mode[6:]) if mode != "random" else None)
            values, _ = sample_pose(category, rng)
        elif mode == "builds":
            x, name = sample_shape(category, rng, i % len(builds), 0)
            coat = {"zebra": coats[-2], "donkey": coats[-1]}.get(name, coats[0])
            view, scale = ((90, 4), (30, 8), (160, 10))[i // len(builds) % 3], .34
        elif mode == "coats":
            coat, view = coats[i % len(coats)], (75, 6)
        elif mode == "poses":
            values, _ = sample_pose(category, rng, i % len(category["poses"]), 0)
            coat, view = coats[2], ((80, 5), (35, 12))[i // len(category["poses"]) % 2]
        elif mode == "targets":
            x = rest.copy()
            x[i // 2 % len(x)] = (-2, 2)[i % 2]
            x = np.clip(x, category["shape"]["limits"]["min"], category["shape"]["limits"]["max"])
            coat, view, scale = coats[2], (70, 6), .34
        elif mode == "wire":
            coat = coats[2]
        elif mode.startswith("clip:"):
            t = i / (rows * columns)
            coat, view, scale = coats[2], (90, 3), .36
            values, shift = clip_pose(template, mode[5:], t)
        rotations = rig.joint_rotations(values, space) if isinstance(values, dict) else values
        v, n, tri = posed(template, x, rotations, shift)
        turn = raster.view(*view)
        centre = turn @ np.array([0, .95, .2]) if scale else None
        images.append(raster.draw(v, n, tri, paint(template, coat, rng) * (rng.uniform(.85, 1.2) if mode == "random" else 1), turn, size, centre, scale, wire=mode == "wire"))
    sheet = np.concatenate([np.concatenate(images[r * columns:(r + 1) * columns], 1) for r in range(rows)], 0)
    picture = Image.fromarray((sheet * 255 + .5).astype(np.uint8))
    picture.quantize(200, dither=Image.Dither.NONE).save(out, optimize=True)


def clip_pose(template, name, t):
    """Rotations of the joints and shift of the root in a clip at the part t of its length."""
    rotations = np.tile(np.eye(3), (len(template.names), 1, 1))
    shift = np.zeros(3)
    for joint, path, times, values in template.clips[name]:
        v = np.array([np.interp(t * times[-1], times, values[:, k]) for k in range(values.shape[1])])
        if path == "translation":
            shift = v - template.joints[0]
        else:
            x, y, z, w = v / np.linalg.norm(v)
            rotations[joint] = [[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                                [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                                [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]
    return rotations, shift


if __name__ == "__main__":
    main()

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Draws sheets of the bird template from its files: shape prior, poses, coats, linear blend skinning, a z-buffer in numpy.

Usage: python3 sheet.py DIRECTORY OUTPUT.png [MODE [SEED [CELL]]]

MODE: random (24 draws of the prior), build:NAME (24 draws of one build), builds (each build, standing), spread (each build, wings
open), poses or poses:BUILD (each pose), targets (each morph target, less and more), close (nine birds, larger), wire (rest and
extreme poses with edges), clip:NAME (a clip's phases).
"""
import json
import struct
import sys

import numpy as np
from PIL import Image, ImageDraw

import rig

LIGHT = np.array([0.45, 0.80, 0.55]) / np.linalg.norm([0.45, 0.80, 0.55])


class Template:
    """The template as a reader of the files sees it."""

    def __init__(self, directory):
        data = open(directory + "/template.glb", "rb").read()
        size = struct.unpack("<I", data[12:16])[0]
        self.doc = doc = json.loads(data[20:20 + size])
        self.blob = data[28 + size:]
        self.category = json.load(open(directory + "/category.json"))
        skin = doc["skins"][0]
        nodes = doc["nodes"]
        self.joints = [nodes[i]["name"] for i in skin["joints"]]
        node_of = {n["name"]: n for n in nodes}
        parent = {nodes[c]["name"]: n["name"] for n in nodes for c in n.get("children", [])}
        self.parents = {}
        while len(self.parents) < len(self.joints):
            for j in self.joints:
                if j not in self.parents and (parent.get(j) is None or parent[j] in self.parents):
                    self.parents[j] = parent.get(j)
        self.rest, self.joint_shape = {}, {}
        for j, p in self.parents.items():
            self.rest[j] = np.array(node_of[j]["translation"]) + (self.rest[p] if p else 0)
            self.joint_shape[j] = np.array(node_of[j]["extras"]["shape"])
        inverse = self.read(skin["inverseBindMatrices"]).reshape(-1, 4, 4)
        for j, m in zip(self.joints, inverse):
            assert np.abs(m[3, :3] + self.rest[j]).max() < 1e-5, j
        pos, deltas, tri, mat, part, ji, jw = [], [], [], [], [], [], []
        count = 0
        for node in nodes:
            if "mesh" not in node:
                continue
            for p in doc["meshes"][node["mesh"]]["primitives"]:
                a = p["attributes"]
                pos.append(self.read(a["POSITION"]))
                deltas.append(np.stack([self.read(t["POSITION"]) for t in p["targets"]]))
                ji.append(self.read(a["JOINTS_0"]))
                jw.append(self.read(a["WEIGHTS_0"]))
                t = self.read(p["indices"]).reshape(-1, 3).astype(int) + count
                tri.append(t)
                mat += [doc["materials"][p["material"]]["name"]] * len(t)
                part += [node["name"]] * len(t)
                count += len(pos[-1])
        self.positions, self.deltas, self.triangles = np.concatenate(pos), np.concatenate(deltas, 1), np.concatenate(tri)
        self.joint_index, self.joint_weight = np.concatenate(ji).astype(int), np.concatenate(jw)
        self.material, self.part = np.array(mat), np.array(part)
        # vertices at one place share a normal where the file's normals agree
        normals = np.concatenate([self.read(p["attributes"]["NORMAL"]) for n in nodes if "mesh" in n for p in doc["meshes"][n["mesh"]]["primitives"]])
        key = np.round(np.concatenate([self.positions * 1e5, normals * 50], 1)).astype(int)
        _, self.weld = np.unique(key, axis=0, return_inverse=True)

    def read(self, accessor):
        a = self.doc["accessors"][accessor]
        view = self.doc["bufferViews"][a["bufferView"]]
        width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}[a["type"]]
        kind = {5126: np.float32, 5123: np.uint16, 5121: np.uint8}[a["componentType"]]
        out = np.frombuffer(self.blob, kind, a["count"] * width, view["byteOffset"])
        return (out.astype(float) if kind == np.float32 else out).reshape(a["count"], width)

    def posed(self, shape, turn, shift=np.zeros(3)):
        """Linear blend skinning of the shape, joints following it."""
        u = self.positions + np.tensordot(shape, self.deltas, 1)
        joints = {j: p + shape @ self.joint_shape[j] for j, p in self.rest.items()}
        joints["root"] = joints["root"] + shift
        world = rig.globals_(self.parents, joints, turn)
        joints["root"] = joints["root"] - shift
        out = np.zeros_like(u)
        for n, j in enumerate(self.joints):
            w = np.where(self.joint_index == n, self.joint_weight, 0).sum(1)
            rows = w > 0
            out[rows] += w[rows, None] * ((u[rows] - joints[j]) @ world[j][:3, :3].T + world[j][:3, 3])
        return out


def draw_shape(category, rng, component=None, noise=1.0):
    prior, limits = category["shape"]["prior"]["components"], category["shape"]["limits"]
    c = prior[rng.choice(len(prior), p=np.array([x["weight"] for x in prior]) / sum(x["weight"] for x in prior)) if component is None else component]
    x = np.array(c["mean"]) + noise * np.array(c["std"]) * rng.normal(size=len(c["mean"]))
    for f in c["factors"]:
        x += noise * rng.normal() * np.array(f)
    return np.clip(x, limits["min"], limits["max"]), c


def draw_pose(category, rng, name=None, noise=1.0, suits=None):
    poses = [p for p in category["poses"] if suits is None or p["name"] in suits]
    p = poses[rng.choice(len(poses), p=np.array([x["weight"] for x in poses]) / sum(x["weight"] for x in poses))] if name is None else next(
        x for x in poses if x["name"] == name)
    return {e["name"]: float(np.clip(p["values"].get(e["name"], e["mean"]) + noise * e["std"] * rng.normal(), e["min"], e["max"]))
            for e in category["pose"]}, p["name"]


def draw_coat(category, rng, name=None, suits=None):
    coats = [c for c in category["coats"] if suits is None or c["name"] in suits]
    return coats[rng.choice(len(coats), p=np.array([c["weight"] for c in coats]) / sum(c["weight"] for c in coats))] if name is None else next(
        c for c in coats if c["name"] == name)


def colors_at(template, coat, face, p):
    """Colour of points of faces; `p` are their places on the bird at rest."""
    table = {m["name"]: coat["colors"][m["name"]] for m in template.category["materials"]}
    materials = template.material[face]
    color = np.zeros((len(face), 3))
    for m, c in table.items():
        color[materials == m] = c
    x, y, z = np.abs(p[:, 0]), p[:, 1], p[:, 2]
    for q in coat["patterns"]:
        if q["kind"] == "bars":
            k = np.clip(2.5 * np.sin(z * 420 + 1.5 * np.sin(x * 190) + 1.2 * np.sin(y * 160)) - 0.2, 0, 1)
        elif q["kind"] == "gradient":
            k = np.clip((z + 0.2) / 0.4, 0, 1)
        else:
            size = 520 if q["kind"] == "spots" else 130
            k = np.clip(3 * np.sin(x * size + 2 * np.sin(y * 90)) * np.sin(y * size + 2 * np.sin(z * 80)) * np.sin(z * size * 0.9 + 1) - 0.25, 0, 1)
        k = (np.isin(materials, q["materials"]) * k * q["amount"])[:, None]
        color = color * (1 - k) + k * np.array(q["color"])
    return color


def render(template, vertices, coat, azimuth, elevation, size, wire=False, fill=0.88, frame=None):
    """Orthographic, supersampled twice; the nearest of all samples of all triangles wins."""
    n = size * 2
    a, e = np.radians([azimuth, elevation])
    back = np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
    right = np.cross([0, 1, 0], back)
    right /= np.linalg.norm(right)
    up = np.cross(back, right)
    p = vertices @ np.stack([right, up, back], 1)
    if frame is None:
        low, high = p[:, :2].min(0), p[:, :2].max(0)
        scale = fill * n / (high - low).max()
        middle = (low + high) / 2
    else:
        scale, middle = n / frame, np.array([0, frame * 0.30])
    x = n / 2 + (p[:, 0] - middle[0]) * scale
    y = n / 2 - (p[:, 1] - middle[1]) * scale
    tri = template.triangles
    normal_of_face = np.cross(vertices[tri[:, 1]] - vertices[tri[:, 0]], vertices[tri[:, 2]] - vertices[tri[:, 0]])
    smooth = np.zeros((template.weld.max() + 1, 3))
    for k in range(3):
        np.add.at(smooth, template.weld[tri[:, k]], normal_of_face)
    smooth = smooth[template.weld]
    smooth /= np.linalg.norm(smooth, axis=1, keepdims=True) + 1e-12
    front = normal_of_face @ back > 0
    picked = np.flatnonzero(front)
    t = tri[picked]
    x0 = np.floor(x[t].min(1)).astype(int)
    y0 = np.floor(y[t].min(1)).astype(int)
    span = np.maximum(np.ceil(x[t].max(1)) - x0, np.ceil(y[t].max(1)) - y0).astype(int) + 1
    out_pixel, out_depth, out_face, out_bary = [], [], [], []
    done = np.zeros(len(t), bool)
    for side in (3, 5, 8, 12, 20, 36, 64, 128, 256, 600):
        rows = np.flatnonzero(~done & (span <= side))
        done[rows] = True
        for chunk in np.array_split(rows, max(1, len(rows) * side * side // 2_000_000)):
            if not len(chunk):
                continue
            dy, dx = np.mgrid[0:side, 0:side].reshape(2, -1) + 0.5
            px, py = x0[chunk, None] + dx, y0[chunk, None] + dy
            c = t[chunk]
            ax, bx, cx = (x[c[:, k], None] for k in range(3))
            ay, by, cy = (y[c[:, k], None] for k in range(3))
            det = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
            det = np.where(np.abs(det) < 1e-9, 1e-9, det)
            s = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / det
            r = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / det
            hit = (s >= 0) & (r >= 0) & (s + r <= 1) & (px >= 0) & (px < n) & (py >= 0) & (py < n)
            depth = p[c[:, 0], 2, None] * (1 - s - r) + p[c[:, 1], 2, None] * s + p[c[:, 2], 2, None] * r
            out_pixel.append((py.astype(int) * n + px.astype(int))[hit])
            out_depth.append(depth[hit])
            out_face.append(np.broadcast_to(picked[chunk, None], hit.shape)[hit])
            out_bary.append(np.stack([1 - s - r, s, r], -1)[hit])
    pixel, depth, face, bary = (np.concatenate(v) for v in (out_pixel, out_depth, out_face, out_bary))
    order = np.lexsort((-depth, pixel))
    first = order[np.concatenate([[True], np.diff(pixel[order]) > 0])]
    pixel, face, bary = pixel[first], face[first], bary[first]
    normal = np.einsum("ik,ikd->id", bary, smooth[tri[face]])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12
    light = 0.30 + 0.22 * normal[:, 1] + 0.80 * np.clip(normal @ LIGHT, 0, 1) + 0.12 * np.clip(normal @ back, 0, 1)
    rest = np.einsum("ik,ikd->id", bary, template.positions[tri[face]])
    shade = colors_at(template, coat, face, rest) * light[:, None]
    if wire:
        edge = bary.min(1) < 0.06
        shade[edge] *= 0.25
    image = np.empty((n * n, 3))
    image[:] = np.array([0.62, 0.67, 0.72])
    image[pixel] = shade
    image = image.reshape(size, 2, size, 2, 3).mean((1, 3))
    return (np.clip(image, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


VIEWS = [(90, 4), (40, 8), (140, 10), (-60, 5), (15, 5), (-100, 15), (60, 25), (-30, -8), (170, 12), (110, -15), (-145, 8), (75, 0)]


def main():
    directory, out = sys.argv[1:3]
    mode = sys.argv[3] if len(sys.argv) > 3 else "random"
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    cell = int(sys.argv[5]) if len(sys.argv) > 5 else 220
    t = Template(directory)
    cat = t.category
    rng = np.random.default_rng(seed)
    builds = [c["name"] for c in cat["shape"]["prior"]["components"]]
    zero = np.zeros(len(cat["shape"]["targets"]))
    neutral = {"colors": {m["name"]: [0.42, 0.40, 0.37] for m in cat["materials"]}, "patterns": []}
    plain = {"colors": {m["name"]: t.doc["materials"][i]["pbrMetallicRoughness"]["baseColorFactor"][:3] for i, m in enumerate(cat["materials"])}, "patterns": []}
    jobs = []                                             # label, shape, pose, coat, view, wire, root shift
    if mode == "random" or mode.startswith("build:"):
        component = builds.index(mode[6:]) if ":" in mode else None
        for i in range(24):
            shape, build = draw_shape(cat, rng, component)
            pose, pose_name = draw_pose(cat, rng, suits=build["poses"])
            flying = pose["wing_fold_l"] < -0.5
            view = VIEWS[i % len(VIEWS)]
            if flying and i % 2:
                view = (view[0], -view[1] * 3 - 20 if i % 4 == 1 else view[1] + 30)
            jobs.append((f"{build['name']} {pose_name}", shape, pose, draw_coat(cat, rng, suits=build["coats"]), view, False, np.zeros(3)))
    elif mode in ("builds", "spread"):
        for i, name in enumerate(builds):
            shape, build = draw_shape(cat, rng, i, 0.0)
            pose, _ = draw_pose(cat, rng, build["poses"][0] if mode == "builds" else "gliding", 0.0)
            jobs.append((name, shape, pose, draw_coat(cat, rng, suits=build["coats"]), (70, 5) if mode == "builds" else (30, 50), False, np.zeros(3)))
    elif mode.startswith("poses"):
        shape, _ = draw_shape(cat, rng, builds.index(mode[6:]) if ":" in mode else 0, 0.0)
        for p in cat["poses"]:
            pose, _ = draw_pose(cat, rng, p["name"], 0.0)
            jobs.append((p["name"], shape, pose, plain, (60, 12), False, np.zeros(3)))
    elif mode == "close":
        for name, pose_name, coat, view in (("pigeon", "standing", "blue_grey", (8, 6)), ("parrot", "perched", "green", (35, 5)), ("gull", "standing", "gull", (90, 3)),
                                            ("sparrow", "perched", "streaked_brown", (60, 5)), ("crow", "standing", "crane_grey", (150, 35)), ("eagle", "soaring", "eagle", (30, 50)),
                                            ("duck", "swimming", "mallard", (60, 10)), ("chicken", "cocked_tail", "red_hen", (100, 10)), ("penguin", "upright_long", "penguin", (50, 5))):
            shape, _ = draw_shape(cat, rng, builds.index(name), 0.0)
            jobs.append((name, shape, draw_pose(cat, rng, pose_name, 0.0)[0], draw_coat(cat, rng, coat), view, False, np.zeros(3)))
    elif mode == "targets":
        pose, _ = draw_pose(cat, rng, "standing", 0.0)
        for k, name in enumerate(cat["shape"]["targets"]):
            for x in (max(-2, cat["shape"]["limits"]["min"][k]), min(2.5, cat["shape"]["limits"]["max"][k])):
                shape = zero.copy()
                shape[k] = x
                spread = name.startswith(("wing", "feather", "tertial", "tail"))
                q = draw_pose(cat, rng, "soaring", 0.0)[0] if spread else pose
                jobs.append((f"{name} {x:+.1f}", shape, q, plain, (40, 50) if spread else (65, 5), False, np.zeros(3)))
    elif mode == "wire":
        rest = {e["name"]: 0.0 for e in cat["pose"]}
        for view in ((90, 0), (0, 0), (30, 40)):
            jobs.append(("rest", zero, rest, neutral, view, True, np.zeros(3)))
        for name in ("standing", "feeding", "swan_neck", "gliding", "flap_up", "upright"):
            jobs.append((name, zero, draw_pose(cat, rng, name, 0.0)[0], neutral, (70, 15), True, np.zeros(3)))
    elif mode.startswith("clip:"):
        shape, _ = draw_shape(cat, rng, builds.index("pigeon"), 0.0)
        clip = next(c for c in rig.CLIPS if c[0] == mode[5:])
        for k in range(0, 12):
            joints = {j: p + shape @ t.joint_shape[j] for j, p in t.rest.items()}
            turn, shift = rig.clip_key(cat["pose"], joints, clip[3], 2 * np.pi * k / 12)
            jobs.append((f"{k}/12", shape, turn, plain, (60, 12), False, shift))
    cols = 6 if len(jobs) > 9 else 3
    rows = -(-len(jobs) // cols)
    sheet = Image.new("RGB", (cols * cell, rows * cell))
    pen = ImageDraw.Draw(sheet)
    for i, (label, shape, pose, coat, view, wire, shift) in enumerate(jobs):
        turn = pose if mode.startswith("clip:") else rig.joint_rotations(cat["pose"], pose)
        v = t.posed(shape, turn, shift)
        picture = render(t, v, coat, *view, cell, wire, frame=0.75 if mode.startswith("clip:") else None)
        at = (i % cols * cell, i // cols * cell)
        sheet.paste(Image.fromarray(picture), at)
        if mode != "random":
            pen.text((at[0] + 4, at[1] + 2), label, fill=(20, 20, 20))
    sheet.save(out, optimize=True)


if __name__ == "__main__":
    main()

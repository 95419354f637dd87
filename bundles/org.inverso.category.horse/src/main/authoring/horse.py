# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Authors the horse template: template.glb (parts, atlas, skeleton, morph targets, clips) and category.json.

The form stands in anatomy.py, hair in hair.py, bones and poses in rig.py, morph targets in shape.py,
gaits in gaits.py, builds and coats in population.py.

Usage: python3 horse.py OUTPUT_DIRECTORY
"""
import os
import sys

import numpy as np

import anatomy
import atlas
import gaits
import hair
import population
import rig
import shape
import surface
from glb import Writer

MATERIALS = {                                                # linear base colour, roughness: a bay horse
    "coat": ((.150, .052, .020), .62), "rump": ((.150, .052, .020), .62), "belly": ((.170, .064, .028), .68),
    "lower_leg": ((.022, .016, .014), .62), "pastern": ((.022, .016, .014), .62), "muzzle": ((.040, .025, .021), .60),
    "blaze": ((.150, .052, .020), .62), "mane": ((.014, .011, .010), .55), "tail": ((.014, .011, .010), .55),
    "hoof": ((.045, .036, .030), .42), "eye": ((.010, .007, .006), .08), "mouth": ((.050, .020, .020), .70),
}
PARTS = ["body", "neck", "head", "ear_l", "ear_r", "eye_l", "eye_r", "mane", "forelock", "tail",
         "leg_fl", "leg_fr", "leg_rl", "leg_rr", "hoof_fl", "hoof_fr", "hoof_rl", "hoof_rr"]


def part_and_material(kind, place, right):
    k, i = place
    s = "r" if right else "l"
    if kind == "mouth":
        return "head", "mouth"
    if kind == "ear":
        return "ear_" + s, "coat"
    if kind.endswith("_hoof"):
        return ("hoof_f" if kind == "fore_hoof" else "hoof_r") + s, "hoof"
    if kind.endswith("_leg"):
        low, lowest = (5, 10) if kind == "fore_leg" else (5, 11)
        return (("leg_f" if kind == "fore_leg" else "leg_r") + s,
                "coat" if k < low else "lower_leg" if k < lowest else "pastern")
    if k < anatomy.NECK_START:
        if i >= 5 and 2 <= k < 8:
            return "body", "belly"
        return "body", "rump" if k < 2 and i < 4 else "coat"
    if k < anatomy.HEAD_START:
        return "neck", "coat"
    if k >= anatomy.LAST - 1 or (k == anatomy.LAST - 2 and i >= 5):
        return "head", "muzzle"
    return "head", "blaze" if i == 0 and k >= anatomy.HEAD_START + 1 else "coat"


class Body:
    """The skin of the animal: fine vertices, labels, triangles with part, material, chart and chart corners."""

    def __init__(self):
        cage = anatomy.build()
        pos, labels, faces, kinds, places, charts, uv = cage.mirrored()
        quads, parent, s = surface.subdivide(faces, len(pos))
        self.pos = s @ surface.interpolating(s, pos, 3)
        self.labels = s @ labels
        self.image = surface.reflection(self.pos)
        self.pos = self.sym(sculpt(self.pos + anatomy.hollow_ears(self.pos, self.labels[:, 3]), quads))
        self.labels = .5 * (self.labels + self.labels[self.image])
        left = len(quads) // 2
        self.tri, self.info, self.corner_uv = [], [], []
        child = 0
        last = -1
        for q, f in zip(quads[:left], parent[:left]):
            child = child + 1 if f == last else 0
            last = f
            c = uv[f]
            n = len(c)
            corner = np.array([c[child], .5 * (c[child] + c[(child + 1) % n]), c.mean(0), .5 * (c[child] + c[child - 1])])
            a, b, d, e = q
            split = ((0, 1, 2), (0, 2, 3))
            if np.linalg.norm(self.pos[a] - self.pos[d]) > np.linalg.norm(self.pos[b] - self.pos[e]) + 1e-9:
                split = ((0, 1, 3), (1, 2, 3))
            for t in split:
                self.tri.append(q[list(t)])
                self.corner_uv.append(corner[list(t)])
                self.info.append(part_and_material(kinds[f], places[f], False) + (charts[f],))
        half = len(self.tri)
        for k in range(half):
            self.tri.append(self.image[self.tri[k][::-1]])
            self.corner_uv.append(self.corner_uv[k][::-1] * [-1, 1])
            part, material, chart = self.info[k]
            self.info.append((mirror_name(part), material, mirror_name(chart)))
        self.tri = np.array(self.tri)
        e = np.sort(np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1)
        self.edges = np.unique(e, axis=0)
        self.degree = np.bincount(self.edges.ravel(), minlength=len(self.pos))
        self.normal = surface.normals(self.pos, self.tri)

    def sym(self, p):
        return .5 * (p + p[self.image] * [-1, 1, 1])

    def neighbours(self, w):
        o = np.zeros_like(w)
        np.add.at(o, self.edges[:, 0], w[self.edges[:, 1]])
        np.add.at(o, self.edges[:, 1], w[self.edges[:, 0]])
        return o / self.degree[:, None]


def sculpt(pos, quads):
    """What the sections are too coarse for: bones and muscles that show, as soft bumps along the normal."""
    tri = np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]])
    out = pos
    for at, radius, amount in anatomy.FEATURES:
        n = surface.normals(out, tri)
        for sign in (1, -1):
            d = np.linalg.norm((out - np.array(at) * [sign, 1, 1]) / np.array(radius), axis=1)
            out = out + (amount * np.exp(-d * d))[:, None] * n
    return out


def mirror_name(name):
    swap = {"l": "r", "r": "l", "fl": "fr", "fr": "fl", "rl": "rr", "rr": "rl"}
    words = name.split("_")
    return "_".join(words[:1] + [swap.get(w, w) for w in words[1:]])


def attach(body, anchors, sigma=.02):
    """Weights of body vertices (A x V) that an anchor point follows."""
    d = np.linalg.norm(anchors[:, None] - body.pos[None], axis=2)
    near = d.min(1, keepdims=True)
    w = np.exp(-.5 * (d - near) ** 2 / sigma ** 2) * (d < near + 3 * sigma)
    return w / w.sum(1, keepdims=True)


def tail_weights(pos):
    j = rig.INDEX
    w = np.zeros((len(pos), len(rig.NAMES)))
    y, z = pos[:, 1], pos[:, 2]
    out = rig.smooth(-.665, -.745, z)                          # out of the rump
    second, third, fourth = rig.smooth(1.33, 1.18, y), rig.smooth(1.16, .92, y), rig.smooth(.90, .62, y)
    w[:, j["root"]] = 1 - out
    w[:, j["tail1"]] = out * (1 - second)
    w[:, j["tail2"]] = out * second * (1 - third)
    w[:, j["tail3"]] = out * third * (1 - fourth)
    w[:, j["tail4"]] = out * fourth
    return w


class Asset:
    """All shells as one list of vertices: positions, normals, deltas, weights, triangles with labels and atlas corners."""

    def __init__(self):
        body = self.body = Body()
        sections, legs = anatomy.sections(), shape.leg_centres()
        points = shape.Points(body.pos, body.labels, body.normal, sections, legs)
        fields = shape.Fields(points).all()
        joint_points = shape.Points(rig.REST, shape.joint_labels(rig.NAMES), np.zeros_like(rig.REST), sections, legs)
        joint_fields = shape.Fields(joint_points).all()
        assert set(fields) == set(shape.BODY)
        deltas = {n: body.sym(fields[n]) for n in shape.BODY}
        joint_deltas = {n: joint_fields[n] for n in shape.BODY}
        joint_deltas.update({n: np.zeros_like(rig.REST) for n in shape.HAIR})
        weights = rig.weights(body.pos, body.labels, body.neighbours)
        weights = rig.strongest(.5 * (weights + mirror_weights(weights)[body.image]))
        self.pos, self.normal, self.weights = [body.pos], [body.normal], [weights]
        self.deltas = {n: [deltas[n] if n in deltas else np.zeros_like(body.pos)] for n in shape.TARGETS}
        self.tri, self.corner_uv, self.info = [body.tri], list(body.corner_uv), list(body.info)
        offset = len(body.pos)
        socket = [v for t, i in zip(body.tri, body.info) if i[2] == "socket_l" for v in t]
        centre = body.pos[socket].mean(0)
        outward = body.normal[socket].mean(0) + [.4, 0, 0]
        left_eye = hair.eyeball(centre - .0035 * outward / np.linalg.norm(outward), outward)
        for shell in (hair.mane(sections), hair.forelock(sections), hair.tail(), left_eye, right_eye(left_eye)):
            p, t = np.array(shell.pos), np.array(shell.tri)
            if volume(p, t) < 0:
                t = t[:, ::-1]
                shell.uv = [u[::-1] for u in shell.uv]
            a = attach(body, np.array(shell.anchor))
            self.pos.append(p)
            self.normal.append(surface.normals(p, t))
            w = tail_weights(p) if shell.name == "tail" else rig.strongest(a @ weights)
            self.weights.append(w)
            for n in shape.TARGETS:
                d = a @ deltas[n] if n in deltas else np.zeros_like(p)
                if n == "size":                              # hair and eyes grow with the animal
                    d = shape.SIZE * p
                own = np.array([s.get(n, np.zeros(3)) for s in shell.targets])
                self.deltas[n].append(d + own)
            if shell.name == "tail":
                for n in shape.BODY:
                    if n != "size":
                        for j in ("tail1", "tail2", "tail3", "tail4"):
                            joint_deltas[n][rig.INDEX[j]] = (a[0] @ deltas[n]) * [0, 1, 1]
                length = [abs(s.get("tail_length", np.zeros(3))[1]) for s in shell.targets]
                for j in ("tail3", "tail4"):
                    y = rig.REST[rig.INDEX[j]][1]
                    order = np.argsort(p[:, 1])
                    joint_deltas["tail_length"][rig.INDEX[j]] = [0, -np.interp(y, p[order, 1], np.array(length)[order]), 0]
            self.tri.append(t + offset)
            self.corner_uv += list(shell.uv)
            self.info += [(shell.name, m, c) for m, c in zip(shell.material, shell.chart)]
            offset += len(p)
        self.shells = [len(p) for p in self.pos]
        self.pos, self.normal, self.weights, self.tri = (np.concatenate(x) for x in (self.pos, self.normal, self.weights, self.tri))
        self.deltas = np.stack([np.concatenate(self.deltas[n]) for n in shape.TARGETS])
        self.image = surface.reflection(self.pos)
        flip = np.array([-1, 1, 1])
        self.pos = .5 * (self.pos + self.pos[self.image] * flip)
        self.normal = .5 * (self.normal + self.normal[self.image] * flip)
        self.normal /= np.linalg.norm(self.normal, axis=1, keepdims=True)
        self.deltas = .5 * (self.deltas + self.deltas[:, self.image] * flip)
        self.deltas[np.abs(self.deltas) < 2e-6] = 0
        self.weights = rig.strongest(.5 * (self.weights + mirror_weights(self.weights)[self.image]))
        self.joint_shape = np.stack([joint_deltas[n] for n in shape.TARGETS], axis=1)          # joint, target, xyz
        swap = np.array([rig.INDEX[mirror_name(n)] for n in rig.NAMES])
        assert np.abs(self.joint_shape - self.joint_shape[swap] * flip).max() < 1e-9
        self.uv = self.unwrap()

    def unwrap(self):
        """Atlas coordinates of each face corner (F x 3 x 2)."""
        groups = {}
        for f, (_, _, chart) in enumerate(self.info):
            groups.setdefault(chart, []).append(f)
        charts = {}
        for name in sorted(groups):
            faces = groups[name]
            if mirror_name(name) != name and name.endswith("_r"):
                continue
            c = atlas.Chart(self.tri[faces], [self.corner_uv[f] for f in faces])
            if np.median(atlas.signed_area(c.uv, c.tri)) < 0:      # texture seen from outside, not mirrored
                c.uv = c.uv * [-1, 1]
            centred = mirror_name(name) == name
            image = c.mirror_index(self.image) if centred else None
            c.uv = atlas.untangle(c.tri, atlas.relax(self.pos[c.vertex], c.tri, c.uv, 12))
            assert (atlas.signed_area(c.uv, c.tri) > 0).all(), ("chart folds over", name)
            if centred:
                axis = c.uv - c.uv[image]                       # the line of symmetry becomes vertical
                angle = .5 * np.angle((((axis[:, 0] + 1j * axis[:, 1])) ** 2).sum())
                c.uv = c.uv @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
                middle = .5 * (c.uv + c.uv[image])[:, 0].mean()
                c.uv[:, 0] -= middle
                c.uv = .5 * (c.uv + c.uv[image] * [-1, 1])
            else:
                c.uv = atlas.upright(c.uv)
            charts[name] = (c, faces)
        shapes = {}
        for name, (c, _) in charts.items():
            shapes[name] = (c.tri, c.uv)
            if mirror_name(name) != name:
                shapes[mirror_name(name)] = (c.tri, c.uv * [-1, 1])
        placed, self.texel = atlas.pack(shapes)
        uv = np.zeros((len(self.tri), 3, 2))
        lookup = {tuple(sorted(t)): f for f, t in enumerate(self.tri.tolist())}
        for name, (c, faces) in charts.items():
            for f, t in zip(faces, c.tri):
                uv[f] = placed[name][t]
            other = mirror_name(name)
            if other != name:
                for f, t in zip(faces, c.tri):
                    target = [int(self.image[v]) for v in self.tri[f]]
                    g = lookup[tuple(sorted(target))]
                    for v, q in zip(target, placed[other][t]):
                        uv[g, self.tri[g].tolist().index(v)] = q
        uv[..., 1] = 1 - uv[..., 1]                              # glTF counts rows from the top
        return uv


def mirror_weights(w):
    swap = [rig.INDEX[mirror_name(n)] for n in rig.NAMES]
    return w[:, swap]


def right_eye(left):
    out = hair.Shell("eye_r")
    for p, a, t in zip(left.pos, left.anchor, left.targets):
        out.vertex(p * [-1, 1, 1], a * [-1, 1, 1], **t)
    for ids, uv, chart in zip(left.tri, left.uv, left.chart):
        out.triangle(ids[::-1], uv[::-1] * [-1, 1], chart + "_r", "eye")
    left.chart = [c + "_l" for c in left.chart]
    return out


def volume(p, t):
    return np.einsum("ij,ij->i", p[t[:, 0]], np.cross(p[t[:, 1]], p[t[:, 2]])).sum() / 6


def check(asset):
    """The asset is what a template has to be, or an assertion says what is wrong."""
    pos, tri = asset.pos, asset.tri
    edges = {}
    for t in tri.tolist():
        for i in range(3):
            e = (t[i], t[(i + 1) % 3])
            assert e not in edges, ("edge used twice", pos[e[0]], pos[e[1]])
            edges[e] = True
    assert all((b, a) in edges for a, b in edges), "a shell is open"
    start = 0
    for n in asset.shells:
        own = tri[(tri[:, 0] >= start) & (tri[:, 0] < start + n)]
        assert volume(pos, own) > 0
        start += n
    image = asset.image
    assert np.abs(pos[image] * [-1, 1, 1] - pos).max() < 1e-12
    assert np.abs(asset.deltas[:, image] * [-1, 1, 1] - asset.deltas).max() < 1e-12
    faces = {tuple(np.roll(t, -t.tolist().index(min(t)))) for t in tri}
    assert all(tuple(np.roll(m, -m.tolist().index(min(m)))) in faces for m in image[tri][:, ::-1]), "faces are not symmetric"
    p = pos[tri]
    area = .5 * np.linalg.norm(np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]), axis=1)
    assert area.min() > 2e-7, [(asset.info[i], area[i], pos[tri[i]]) for i in np.argsort(area)[:4]]
    assert np.abs(asset.weights.sum(1) - 1).max() < 1e-9 and (np.count_nonzero(asset.weights, axis=1) <= 4).all()
    q = asset.uv * [1, -1] + [0, 1]
    turned = (atlas.signed_area(q.reshape(-1, 2), np.arange(3 * len(tri)).reshape(-1, 3)) <= 0).sum()
    cover = atlas.coverage(q, 1024)
    assert turned == 0 and (cover > 1).sum() == 0, ("the atlas overlaps", turned, (cover > 1).sum())
    texels = np.linalg.norm(np.cross(q[:, 1] - q[:, 0], q[:, 2] - q[:, 0])[:, None], axis=1) * .5 / area / asset.texel ** 2
    return {"volume": volume(pos, tri), "atlas": (cover > 0).mean(), "density 5..95 %": np.sqrt(np.quantile(texels, [.05, .5, .95])).round(2).tolist()}


def write(asset, path, clips):
    g = Writer()
    nodes, meshes = [], []
    used = [m for m in MATERIALS if any(i[1] == m for i in asset.info)]
    for part in PARTS:
        faces = [f for f, i in enumerate(asset.info) if i[0] == part]
        assert faces, part
        table, ids, uvs = {}, [], []
        by_material = {}
        for f in faces:
            row = by_material.setdefault(asset.info[f][1], [])
            for v, uv in zip(asset.tri[f], asset.uv[f]):
                key = (int(v), round(float(uv[0]), 6), round(float(uv[1]), 6))
                if key not in table:
                    table[key] = len(ids)
                    ids.append(int(v))
                    uvs.append(uv)
                row.append(table[key])
        ids = np.array(ids)
        order = np.argsort(-asset.weights[ids], axis=1, kind="stable")[:, :4]
        w = np.take_along_axis(asset.weights[ids], order, 1).astype(np.float32)
        w /= w.sum(1, keepdims=True)
        order = np.where(w > 0, order, 0)
        attributes = {"POSITION": g.add(asset.pos[ids].astype(np.float32), "VEC3", 34962, True),
                      "NORMAL": g.add(asset.normal[ids].astype(np.float32), "VEC3", 34962),
                      "TEXCOORD_0": g.add(np.array(uvs, np.float32), "VEC2", 34962),
                      "JOINTS_0": g.add(order.astype(np.uint8), "VEC4", 34962),
                      "WEIGHTS_0": g.add(w.astype(np.float32), "VEC4", 34962)}
        targets = [{"POSITION": g.add(d[ids].astype(np.float32), "VEC3", 34962, True)} for d in asset.deltas]
        primitives = [{"attributes": attributes, "targets": targets, "mode": 4, "material": used.index(m),
                       "indices": g.add(np.array(by_material[m], np.uint16), "SCALAR", 34963)} for m in used if m in by_material]
        meshes.append({"name": part, "primitives": primitives, "weights": [0.0] * len(targets), "extras": {"targetNames": shape.TARGETS}})
        nodes.append({"name": part, "mesh": len(meshes) - 1, "skin": 0})
    first = len(nodes)
    for i, (name, parent, _) in enumerate(rig.JOINTS):
        p = rig.PARENT[i]
        at = rig.REST[i] - (rig.REST[p] if p >= 0 else 0)
        node = {"name": name, "translation": [float(np.float32(x)) for x in at],
                "extras": {"shape": [[round(float(x), 6) + 0.0 for x in d] for d in asset.joint_shape[i]]}}
        children = [first + c for c, q in enumerate(rig.PARENT) if q == i]
        if children:
            node["children"] = children
        nodes.append(node)
    bind = np.tile(np.eye(4), (len(rig.NAMES), 1, 1))
    bind[:, 3, :3] = -rig.REST                                 # column-major: the last column comes last
    skin = {"name": "horse", "skeleton": first, "joints": list(range(first, first + len(rig.NAMES))),
            "inverseBindMatrices": g.add(bind.astype(np.float32), "MAT4")}
    animations = [gaits.animation(g, clip, first) for clip in clips]
    materials = [{"name": n, "pbrMetallicRoughness": {"baseColorFactor": list(MATERIALS[n][0]) + [1.0], "metallicFactor": 0.0,
                                                      "roughnessFactor": MATERIALS[n][1]}} for n in used]
    doc = {"asset": {"version": "2.0", "generator": "Inverso horse.py"}, "scene": 0,
           "scenes": [{"name": "horse", "nodes": list(range(first + 1))}], "nodes": nodes, "meshes": meshes, "skins": [skin],
           "materials": materials, "animations": animations}
    g.finish(doc, path)
    return sum(g.accessors[m["primitives"][0]["attributes"]["POSITION"]]["count"] for m in meshes)


def main(directory):
    os.makedirs(directory, exist_ok=True)
    asset = Asset()
    facts = check(asset)
    count = write(asset, os.path.join(directory, "template.glb"), gaits.clips())
    population.write(os.path.join(directory, "category.json"), PARTS, list(MATERIALS), asset)
    print(f"{len(asset.tri)} triangles, {count} vertices, {len(asset.pos)} positions, {len(shape.TARGETS)} targets, "
          f"{len(rig.NAMES)} joints; " + ", ".join(f"{k} {v if not isinstance(v, float) else round(v, 3)}" for k, v in facts.items()))


if __name__ == "__main__":
    main(sys.argv[1])

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Surfaces of the left half (x >= 0): cages that are subdivided, plain meshes, their mirror image, the atlas, checks.

A face is (vertex ids, uv, part, material, chart, smoothing group). Faces of a cage are polygons, those of a plain mesh
quads or triangles. Chart coordinates are metres on the surface; the transverse one, v, is 0 on the plane of symmetry.
"""
from collections import namedtuple

import numpy as np

Face = namedtuple("Face", "ids uv part material chart group")


class Half:
    """Positions, joint weights and faces of the left half."""

    def __init__(self):
        self.positions, self.weights, self.centred, self.faces = [], [], [], []

    def vertex(self, p, weights, centred=False):
        p = np.asarray(p, float)
        self.positions.append(np.array([0.0, p[1], p[2]]) if centred else p)
        self.weights.append(dict(weights))
        self.centred.append(centred)
        return len(self.positions) - 1

    def face(self, ids, uv, part, material, chart, group=0):
        self.faces.append(Face(tuple(ids), np.asarray(uv, float), part, material, chart, group))


def mirror_name(name):
    return name[:-2] + ("_r" if name.endswith("_l") else "_l") if name.endswith(("_l", "_r")) else name


def mirrored(half):
    """Whole surface: image[i] of each vertex, which vertices of the half have one of their own, all faces."""
    own = ~np.array(half.centred)
    count = len(own)
    image = np.arange(count + own.sum())
    image[:count][own] = count + np.arange(own.sum())
    image[count:] = np.flatnonzero(own)
    faces = list(half.faces)
    for f in half.faces:
        back = [0, *range(len(f.ids) - 1, 0, -1)]         # turned round about the first corner, where quads are split
        faces.append(Face(tuple(int(image[f.ids[i]]) for i in back), f.uv[back] * [1, -1], mirror_name(f.part),
                          f.material, mirror_name(f.chart), f.group))
    return image, own, faces


def reflect(positions, own):
    return np.concatenate([positions, positions[own] * [-1.0, 1, 1]])


def catmull_clark(count, faces):
    """One step on a closed surface: masks of the positions, masks of linear interpolation, quads."""
    edges, edge_faces, valence = {}, [], np.zeros(count, int)
    for n, f in enumerate(faces):
        for a, b in zip(f.ids, f.ids[1:] + f.ids[:1]):
            e = edges.setdefault((min(a, b), max(a, b)), len(edges))
            if e == len(edge_faces):
                edge_faces.append([])
            edge_faces[e].append(n)
    total = count + len(edges) + len(faces)
    linear = np.zeros((total, count))
    smooth = np.zeros((total, count))
    linear[np.arange(count), np.arange(count)] = 1
    for n, f in enumerate(faces):
        linear[count + len(edges) + n, list(f.ids)] = 1 / len(f.ids)
    face_point = linear[count + len(edges):]
    smooth[count + len(edges):] = face_point
    around = np.zeros((count, count))
    for (a, b), e in edges.items():
        assert len(edge_faces[e]) == 2, "the cage is not closed"
        linear[count + e, [a, b]] = 0.5
        smooth[count + e, [a, b]] = 0.25
        smooth[count + e] += 0.25 * (face_point[edge_faces[e][0]] + face_point[edge_faces[e][1]])
        for i, k in ((a, b), (b, a)):
            valence[i] += 1
            around[i, [i, k]] += 0.5
    by_vertex = np.zeros((count, count))
    for n, f in enumerate(faces):
        for i in f.ids:
            by_vertex[i] += face_point[n]
    k = valence[:, None]
    smooth[:count] = by_vertex / k ** 2 + 2 * around / k ** 2 + (k - 3) / k * np.eye(count)
    quads = []
    for n, f in enumerate(faces):
        middle = f.uv.mean(0)
        size = len(f.ids)
        for i in range(size):
            before, here, after = f.ids[i - 1], f.ids[i], f.ids[(i + 1) % size]
            e0, e1 = edges[min(before, here), max(before, here)], edges[min(here, after), max(here, after)]
            uv = [f.uv[i], (f.uv[i] + f.uv[(i + 1) % size]) / 2, middle, (f.uv[i] + f.uv[i - 1]) / 2]
            quads.append(Face((here, count + e1, count + len(edges) + n, count + e0), np.array(uv), *f[2:]))
    return smooth, linear, quads


def triangles(faces):
    """Quads are split from their first corner, which treats both sides alike after `mirrored` and `catmull_clark`."""
    out = []
    for f in faces:
        if len(f.ids) == 3:
            out.append(f)
            continue
        assert len(f.ids) == 4
        for k in ([0, 1, 2], [0, 2, 3]):
            out.append(f._replace(ids=tuple(f.ids[i] for i in k), uv=f.uv[k]))
    return out


# ---------------------------------------------------------------------------------------------
# Atlas
# ---------------------------------------------------------------------------------------------
def pack(faces, names, size=1024, pad=3):
    """Places charts in the given order, so that neighbours on the bird are neighbours in the atlas.

    One scale for all charts: the texel density is even. A chart is turned by a quarter when its name is preceded by '~'.
    """
    bounds = {}
    for f in faces:
        low, high = bounds.get(f.chart, (np.full(2, np.inf), np.full(2, -np.inf)))
        bounds[f.chart] = (np.minimum(low, f.uv.min(0)), np.maximum(high, f.uv.max(0)))
    turned = {c.lstrip("~"): c.startswith("~") for c in names}
    order = list(turned)
    assert set(turned) == set(bounds), set(turned) ^ set(bounds)

    def place(scale):
        """Bottom-left on a skyline: heights in steps of one texel."""
        boxes, skyline = {}, np.full(size - pad, pad)
        for chart in order:
            low, high = bounds[chart]
            w, h = np.ceil((high - low)[::-1 if turned[chart] else 1] * scale).astype(int) + pad
            if w > len(skyline) - pad:
                return None
            tops = np.lib.stride_tricks.sliding_window_view(skyline[pad:], w).max(1)
            x = int(np.argmin(tops)) + pad
            y = int(tops[x - pad])
            if y + h > size:
                return None
            skyline[x:x + w] = y + h
            boxes[chart] = (x, y)
        return boxes

    low, high = 10.0, 5000.0
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if place(middle) else (low, middle)
    boxes = place(low)
    out = []
    for f in faces:
        t = (f.uv - bounds[f.chart][0]) * low
        extent = (bounds[f.chart][1] - bounds[f.chart][0]) * low
        if turned[f.chart]:                              # a rotation, so that no chart is seen in a mirror
            t = np.stack([t[:, 1], extent[0] - t[:, 0]], 1)
        out.append(f._replace(uv=(np.array(boxes[f.chart]) + t) / size))
    return out, low


# ---------------------------------------------------------------------------------------------
# Checks
# ---------------------------------------------------------------------------------------------
def check_atlas(tris, size=1024):
    cover = np.full((size, size), -1, np.int32)
    turn = {}
    for n, f in enumerate(tris):
        a, b, c = f.uv * size
        low, high = np.floor(np.min([a, b, c], 0)).astype(int), np.ceil(np.max([a, b, c], 0)).astype(int)
        assert low.min() >= 0 and high.max() <= size, f
        det = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        assert abs(det) > 1e-4, ("degenerate in the atlas", f)
        turn.setdefault(np.sign(det), f)
        xs, ys = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
        s = ((xs - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (ys - a[1])) / det
        t = ((b[0] - a[0]) * (ys - a[1]) - (xs - a[0]) * (b[1] - a[1])) / det
        inside = (s > 1e-4) & (t > 1e-4) & (s + t < 1 - 1e-4)
        at = (ys[inside].astype(int), xs[inside].astype(int))
        assert (cover[at] < 0).all(), ("overlap in the atlas", f, tris[cover[at].max()])
        cover[at] = n
    assert set(turn) == {-1.0}, ("a chart is seen in a mirror", turn)
    return (cover >= 0).mean()


def check_closed(positions, tris):
    """Every edge is used once in each direction, and the surface encloses its volume from outside."""
    edges = set()
    for f in tris:
        for e in zip(f.ids, f.ids[1:] + f.ids[:1]):
            assert e not in edges, ("edge used twice", f.part, f.chart, positions[list(e)])
            edges.add(e)
    for e in edges:
        assert e[::-1] in edges, ("open edge", positions[list(e)])
    ids = np.array([f.ids for f in tris])
    piece = np.arange(len(positions))
    for _ in range(200):
        least = piece[ids].min(1)
        after = piece.copy()
        np.minimum.at(after, ids.ravel(), np.repeat(least, 3))
        if (after == piece).all():
            break
        piece = after
    a, b, c = (positions[ids[:, k]] for k in range(3))
    volume = np.zeros(len(positions))
    np.add.at(volume, piece[ids[:, 0]], np.einsum("ij,ij->i", a - positions[piece[ids[:, 0]]], np.cross(
        b - positions[piece[ids[:, 0]]], c - positions[piece[ids[:, 0]]])) / 6)
    pieces = np.unique(piece[ids[:, 0]])
    for p in pieces:
        assert volume[p] > 0, ("inside out", [f.chart for f in tris if piece[f.ids[0]] == p][:1], volume[p])
    return len(pieces), volume.sum()


def check_symmetry(positions, tris, image):
    assert (image[image] == np.arange(len(image))).all()
    assert np.abs(positions[image] - positions * [-1, 1, 1]).max() == 0
    turned = lambda t: t[t.index(min(t)):] + t[:t.index(min(t))]
    known = {(f.part, f.material, f.chart, turned(f.ids)) for f in tris}
    for f in tris:
        other = turned(tuple(int(image[i]) for i in f.ids[::-1]))
        assert (mirror_name(f.part), f.material, mirror_name(f.chart), other) in known, f


def areas(positions, tris):
    ids = np.array([f.ids for f in tris])
    return 0.5 * np.linalg.norm(np.cross(positions[ids[:, 1]] - positions[ids[:, 0]], positions[ids[:, 2]] - positions[ids[:, 0]]), axis=1)

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Texture atlas: charts flattened as rigidly as possible, and packed by their shape."""
import numpy as np


class Chart:
    """Triangles (corner ids into `vertex` and `uv`) of one piece of the atlas."""

    def __init__(self, corners, uv):
        key = {}
        self.vertex, self.uv, self.tri = [], [], []
        for ids, points in zip(corners, uv):
            t = []
            for v, p in zip(ids, points):
                k = (int(v), round(float(p[0]), 5) + 0.0, round(float(p[1]), 5) + 0.0)
                if k not in key:
                    key[k] = len(self.vertex)
                    self.vertex.append(int(v))
                    self.uv.append(np.array(p, float))
                t.append(key[k])
            self.tri.append(t)
        self.tri, self.uv = np.array(self.tri), np.array(self.uv)

    def mirror_index(self, image):
        """Chart vertex at the mirror image, for a chart that lies on both sides."""
        key = {(v, round(float(u[0]), 4), round(float(u[1]), 4)): i for i, (v, u) in enumerate(zip(self.vertex, self.uv))}
        return np.array([key[int(image[v]), round(-float(u[0]), 4) + 0.0, round(float(u[1]), 4)]
                         for v, u in zip(self.vertex, self.uv)])


def flat(pos, tri):
    """Each triangle laid into the plane (F x 3 x 2), isometric, counter-clockwise."""
    p = pos[tri]
    e1, e2 = p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]
    n1 = np.linalg.norm(e1, axis=1)
    x = np.einsum("ij,ij->i", e1, e2) / n1
    y = np.linalg.norm(np.cross(e1, e2), axis=1) / n1
    out = np.zeros((len(tri), 3, 2))
    out[:, 1, 0], out[:, 2, 0], out[:, 2, 1] = n1, x, y
    return out


def signed_area(uv, tri):
    a, b, c = (uv[tri[:, i]] for i in range(3))
    return .5 * ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])


def relax(pos, tri, uv, steps):
    """As-rigid-as-possible parametrisation (Liu et al., A Local/Global Approach to Mesh Parameterization, 2008)."""
    ideal = flat(pos, tri)
    count = len(uv)
    cot = np.zeros((len(tri), 3))
    for i in range(3):
        a, b, c = ideal[:, i], ideal[:, (i + 1) % 3], ideal[:, (i + 2) % 3]
        u, v = b - a, c - a
        cot[:, (i + 1) % 3] = np.einsum("ij,ij->i", u, v) / np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
    cot = np.clip(cot, .05, 20)                               # slivers neither fold nor dominate
    m = np.zeros((count, count))
    edges = [(1, 2), (2, 0), (0, 1)]
    weight = [cot[:, (i + 1) % 3] for i in range(3)]          # of the edge opposite corner i
    for (a, b), w in zip(edges, weight):
        np.add.at(m, (tri[:, a], tri[:, a]), w)
        np.add.at(m, (tri[:, b], tri[:, b]), w)
        np.add.at(m, (tri[:, a], tri[:, b]), -w)
        np.add.at(m, (tri[:, b], tri[:, a]), -w)
    m += 1e-8 * np.eye(count)
    inverse = np.linalg.inv(m)
    for _ in range(steps):
        s = np.zeros((len(tri), 2, 2))
        for (a, b), w in zip(edges, weight):
            s += w[:, None, None] * np.einsum("ij,ik->ijk", uv[tri[:, a]] - uv[tri[:, b]], ideal[:, a] - ideal[:, b])
        u, _, vt = np.linalg.svd(s)
        d = np.sign(np.linalg.det(u @ vt))
        u[:, :, 1] *= d[:, None]
        r = u @ vt
        rhs = np.zeros((count, 2))
        for (a, b), w in zip(edges, weight):
            e = w[:, None] * np.einsum("ijk,ik->ij", r, ideal[:, a] - ideal[:, b])
            np.add.at(rhs, tri[:, a], e)
            np.add.at(rhs, tri[:, b], -e)
        uv = inverse @ (rhs + 1e-8 * uv)
    return uv


def untangle(tri, uv, steps=60):
    """Moves the inner corners of turned triangles to the middle of their neighbours until none is turned."""
    edges = np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]])
    inner = np.ones(len(uv), bool)
    directed = set(map(tuple, edges.tolist()))
    for a, b in directed:
        if (b, a) not in directed:
            inner[[a, b]] = False
    uv = uv.copy()
    for _ in range(steps):
        size = signed_area(uv, tri)
        bad = tri[size <= .02 * np.median(size)]
        if len(bad) == 0:
            break
        for v in np.unique(bad):
            if inner[v]:
                uv[v] = .5 * uv[v] + .5 * uv[edges[edges[:, 0] == v, 1]].mean(0)
    return uv


def coverage(tri_uv, size, grow=0):
    """Number of triangles over each texel's centre; size x size."""
    out = np.zeros((size, size), np.int32)
    for a, b, c in tri_uv * size:
        lo = np.maximum(np.floor(np.minimum(np.minimum(a, b), c) - grow - .5), 0).astype(int)
        hi = np.minimum(np.ceil(np.maximum(np.maximum(a, b), c) + grow + .5), size).astype(int)
        x, y = np.meshgrid(np.arange(lo[0], hi[0]) + .5, np.arange(lo[1], hi[1]) + .5)
        det = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        inside = np.ones(x.shape, bool)
        for p, q in ((a, b), (b, c), (c, a)):
            d = ((q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0])) * np.sign(det)
            inside &= d > 1e-9 - grow * np.linalg.norm(q - p)
        out[lo[1]:hi[1], lo[0]:hi[0]] += inside
    return out


def upright(uv):
    """Turned so that the bounding box is small."""
    best = None
    for k in range(0, 180):
        t = np.radians(k)
        r = uv @ np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]).T
        area = np.prod(np.ptp(r, axis=0))
        if best is None or area < best[0] - 1e-12:
            best = (area, r - r.min(0))
    return best[1]


def pack(charts, size=256, margin=1.5, low=.18, high=.42, steps=6):
    """Places for charts {name: (tri, uv in metres)}: {name: uv in 0..1} at the largest common scale found to fit."""
    best = None
    for _ in range(steps):
        scale = .5 * (low + high)
        placed = place(charts, scale, size, margin)
        if placed is None:
            high = scale
        else:
            low, best = scale, placed
    assert best is not None, "the charts do not fit"
    return best, low


def place(charts, scale, size, margin):
    """Puts the largest charts first, each as low as its shape fits on a grid of size x size; None when one does not."""
    if sum(signed_area(uv, tri).sum() for tri, uv in charts.values()) * scale * scale > .9:
        return None
    taken = np.zeros((size, size), bool)
    out = {}
    order = sorted(charts, key=lambda n: (-float(np.prod(np.ptp(charts[n][1], axis=0))), n))
    for name in order:
        tri, uv = charts[name]
        best = None
        for turn in (0, 90):
            p = uv if turn == 0 else np.stack([-uv[:, 1], uv[:, 0]], 1)
            p = (p - p.min(0)) * scale + (margin + .5) / size
            w, h = np.ceil((p.max(0)) * size + margin + 1).astype(int)
            if w >= size or h >= size:
                continue
            mask = coverage(p[tri], size, margin)[:h, :w] > 0
            spectrum = np.fft.rfft2(mask.astype(float), (2 * size, 2 * size)).conj()
            hits = np.fft.irfft2(np.fft.rfft2(taken.astype(float), (2 * size, 2 * size)) * spectrum)[:size - h + 1, :size - w + 1]
            free = np.argwhere(hits < .5)
            if len(free) == 0:
                continue
            y, x = free[0]
            if best is None or (y + h) < best[0]:
                best = (y + h, x, y, p, mask)
        if best is None:
            return None
        _, x, y, p, mask = best
        taken[y:y + mask.shape[0], x:x + mask.shape[1]] |= mask
        out[name] = p + np.array([x, y]) / size
    return out

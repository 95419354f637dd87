# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""A small z-buffer for previews: orthographic, per-vertex colour and normal, sun and sky."""
import numpy as np


def view(azimuth, elevation):
    """Rotation to the eye's frame (x right, y up, z towards the eye), degrees; azimuth 0 sees the front."""
    a, e = np.radians(azimuth), np.radians(elevation)
    turn = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    tilt = np.array([[1, 0, 0], [0, np.cos(e), -np.sin(e)], [0, np.sin(e), np.cos(e)]])
    return tilt @ turn


def draw(pos, normal, tri, color, rotation, size, centre=None, scale=None, supersample=2, wire=False, back=(.93, .94, .95)):
    """Picture (size x size x 3, 0..1) of triangles with a colour per face corner (F x 3 x 3) or face (F x 3)."""
    n = size * supersample
    p = pos @ rotation.T
    m = normal @ rotation.T
    if centre is None:
        centre = (p.min(0) + p.max(0)) / 2
    if scale is None:
        scale = 0.92 / (np.ptp(p, axis=0)[:2].max())
    xy = (p[:, :2] - centre[:2]) * scale * n
    x, y = n / 2 + xy[:, 0], n / 2 - xy[:, 1]
    px, py, pz = x[tri], y[tri], p[tri, 2]
    area = (px[:, 1] - px[:, 0]) * (py[:, 2] - py[:, 0]) - (px[:, 2] - px[:, 0]) * (py[:, 1] - py[:, 0])
    ok = np.abs(area) > 1e-9
    x0 = np.clip(np.floor(px.min(1)), 0, n - 1).astype(int)
    x1 = np.clip(np.ceil(px.max(1)), 0, n - 1).astype(int)
    y0 = np.clip(np.floor(py.min(1)), 0, n - 1).astype(int)
    y1 = np.clip(np.ceil(py.max(1)), 0, n - 1).astype(int)
    w, h = x1 - x0 + 1, y1 - y0 + 1
    count = np.where(ok, w * h, 0)
    face = np.repeat(np.arange(len(tri)), count)
    k = np.arange(len(face)) - np.repeat(np.cumsum(count) - count, count)
    ix, iy = x0[face] + k % w[face], y0[face] + k // w[face]
    cx, cy = ix + 0.5, iy + 0.5
    a, b, c = (px[face, i] for i in range(3))
    d, e, f = (py[face, i] for i in range(3))
    l0 = ((b - cx) * (f - cy) - (c - cx) * (e - cy)) / area[face]
    l1 = ((c - cx) * (d - cy) - (a - cx) * (f - cy)) / area[face]
    l2 = 1 - l0 - l1
    inside = (l0 >= 0) & (l1 >= 0) & (l2 >= 0)
    face, ix, iy, bary = face[inside], ix[inside], iy[inside], np.stack([l0, l1, l2], 1)[inside]
    z = np.einsum("ij,ij->i", bary, pz[face])
    order = np.argsort(z, kind="stable")
    face, ix, iy, bary = face[order], ix[order], iy[order], bary[order]
    image = np.tile(np.array(back, float), (n, n, 1))
    top = np.full((n, n), -1)
    top[iy, ix] = np.arange(len(face))                       # the last, nearest one stays
    seen = top[top >= 0]
    face, bary = face[seen], bary[seen]
    nrm = np.einsum("ij,ijk->ik", bary, m[tri[face]])
    nrm /= np.linalg.norm(nrm, axis=1, keepdims=True) + 1e-12
    base = color[face] if color.ndim == 2 else np.einsum("ij,ijk->ik", bary, color[face])
    up = rotation[:, 1]
    sky = 0.5 + 0.5 * (nrm @ up)
    sun_dir = np.array([-.45, .55, .7]) / np.linalg.norm([-.45, .55, .7])
    sun = np.clip(nrm @ sun_dir, 0, 1)
    half = sun_dir + [0, 0, 1]
    gloss = np.clip(nrm @ (half / np.linalg.norm(half)), 0, 1) ** 24
    light = base * (0.16 + 0.36 * sky + 0.72 * sun)[:, None] + 0.05 * gloss[:, None]
    light[area[face] > 0] = [.9, 0, .9]                        # a back face that is seen: a hole, or a fold
    if wire:
        edge = bary.min(1) * np.abs(area[face]) / (np.abs(area[face]) ** .5 + 1e-9) < 0.8
        light[edge] *= 0.45
    image[top >= 0] = np.clip(light, 0, 1) ** (1 / 2.2)
    return image.reshape(size, supersample, size, supersample, 3).mean((1, 3))

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Surfaces: Catmull-Clark subdivision as a linear map, triangles, normals, checks."""
import numpy as np


def subdivide(faces, count):
    """One Catmull-Clark step of a closed polygon mesh.

    Returns the quads and the matrix (new vertices x old vertices) that makes new values of any
    quantity given at the old vertices. The first `count` rows belong to the old vertices; child
    quads come in the order of their parents, one a corner, and start at that corner.
    """
    edges = {}
    around = [set() for _ in range(count)]                     # edges at a vertex
    at = [[] for _ in range(count)]                            # faces at a vertex
    edge_faces = []
    for f, face in enumerate(faces):
        for i, a in enumerate(face):
            b = face[(i + 1) % len(face)]
            key = (min(a, b), max(a, b))
            if key not in edges:
                edges[key] = len(edges)
                edge_faces.append([])
            e = edges[key]
            edge_faces[e].append(f)
            around[a].add(e)
            around[b].add(e)
            at[a].append(f)
    assert all(len(f) == 2 for f in edge_faces), "the cage is not closed"
    ends = list(edges)
    total = count + len(ends) + len(faces)
    s = np.zeros((total, count))
    point = s[count + len(ends):]
    for f, face in enumerate(faces):
        point[f, list(face)] = 1 / len(face)
    for e, (a, b) in enumerate(ends):
        row = s[count + e]
        row[[a, b]] += 0.25
        row += 0.25 * (point[edge_faces[e][0]] + point[edge_faces[e][1]])
    for v in range(count):
        n = len(at[v])
        assert n == len(around[v]) and n >= 3, f"vertex {v} of the cage has {n} faces"
        s[v] += point[at[v]].sum(0) / n / n
        for e in sorted(around[v]):
            s[v, list(ends[e])] += 1 / n / n
        s[v, v] += (n - 3) / n
    quads = []
    parent = []
    for f, face in enumerate(faces):
        middle = count + len(ends) + f
        for i, a in enumerate(face):
            b, z = face[(i + 1) % len(face)], face[i - 1]
            quads.append((a, count + edges[min(a, b), max(a, b)], middle, count + edges[min(a, z), max(a, z)]))
            parent.append(f)
    return np.array(quads), np.array(parent), s


def interpolating(s, target, steps):
    """Cage whose subdivided vertices come close to `target` at the cage's own vertices."""
    cage = target.copy()
    for _ in range(steps):
        cage += 0.8 * (target - s[:len(cage)] @ cage)
    return cage


def normals(pos, tri):
    """Angle-weighted vertex normals."""
    n = np.zeros_like(pos)
    p = pos[tri]
    face = np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
    face /= np.linalg.norm(face, axis=1, keepdims=True) + 1e-30
    for i in range(3):
        u, v = p[:, (i + 1) % 3] - p[:, i], p[:, (i + 2) % 3] - p[:, i]
        c = np.einsum("ij,ij->i", u, v) / (np.linalg.norm(u, axis=1) * np.linalg.norm(v, axis=1) + 1e-30)
        np.add.at(n, tri[:, i], face * np.arccos(np.clip(c, -1, 1))[:, None])
    return n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-30)


def reflection(pos, tolerance=1e-7):
    """Index of the vertex at the mirror image of each vertex."""
    key = {}
    for i, p in enumerate(np.round(pos / tolerance / 100).astype(np.int64)):
        assert tuple(p) not in key, ("two vertices at one place", pos[i])
        key[tuple(p)] = i
    image = np.empty(len(pos), int)
    mirrored = np.round(pos * [-1, 1, 1] / tolerance / 100).astype(np.int64)
    for i, p in enumerate(mirrored):
        for d in NEIGHBOURS:
            j = key.get((p[0] + d[0], p[1] + d[1], p[2] + d[2]))
            if j is not None:
                break
        else:
            raise AssertionError(("no mirror image", pos[i]))
        image[i] = j
    assert (image[image] == np.arange(len(pos))).all()
    return image


NEIGHBOURS = sorted(((a, b, c) for a in (0, -1, 1) for b in (0, -1, 1) for c in (0, -1, 1)),
                    key=lambda d: sum(map(abs, d)))

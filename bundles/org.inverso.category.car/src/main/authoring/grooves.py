# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Gaps between panels: where two panels meet, both draw back a little and the line between them sinks.

Every new vertex is a vertex plus constants times differences of its neighbours, and every sunk one is
a vertex plus a constant; so what was an affine function of the parameters stays one. The strips of the
gap take the room in the atlas that the panels leave, so that the atlas of the panels stays as it is.
"""
import numpy as np

HALF_WIDTH = 0.006
DEPTH = 0.011
MOST = 0.42              # of the way to a neighbour
STRAIGHT = 0.6           # below it two seams at a vertex go on in one direction: length of the sum of their directions
GROUP = 70


class Grooves:
    """Gaps along the edges between panels that `between` names, cut into the faces of half a car at rest.

    pos: positions at rest; faces: (ids, uv, part, material, chart, group); panels: a name for each face, or
    None where there is no panel; fixed: vertices whose neighbours come and go when the shape changes, so
    that steps towards them would; theirs are constants.
    """

    def __init__(self, pos, faces, panels, fixed):
        self.count = len(pos)
        self.sink = np.zeros((self.count, 3))
        self.rows = []                                     # new vertices: (vertex, [(neighbour, other end, factor), ...], constant)
        self.faces = []
        self.cut(np.asarray(pos), faces, panels, fixed)

    def apply(self, pos):
        """Positions of all vertices, the new ones last, for those before the cut."""
        new = np.empty((len(self.rows), 3))
        for k, (v, terms, constant) in enumerate(self.rows):
            new[k] = pos[v] + constant + sum(c * (pos[a] - pos[b]) for a, b, c in terms)
        return np.concatenate([pos + self.sink, new])

    def cut(self, pos, faces, panels, fixed):
        owner = {}
        for n, f in enumerate(faces):
            for i in range(3):
                owner[f[0][i], f[0][(i + 1) % 3]] = n
        seams = set()
        for (a, b), n in owner.items():
            o = owner.get((b, a))
            if o is not None and panels[n] and panels[o] and panels[n] != panels[o]:
                seams.add((a, b))
        uv = {}
        around = {}
        for n, f in enumerate(faces):
            for i, t in zip(f[0], f[1]):
                uv[i, f[4]] = t
                around.setdefault(i, []).append(n)
        normal = np.zeros_like(pos)
        for f, panel in zip(faces, panels):
            if panel:
                a, b, c = pos[list(f[0])]
                for i in f[0]:
                    normal[i] += np.cross(b - a, c - a)
        moved = {}                                         # (face, vertex) -> (new vertex, step at rest, faces of the sector)
        for v in sorted({a for a, _ in seams}):
            sectors = self.sectors(v, around[v], faces, owner, seams)
            if len(sectors) < 2:
                continue                                   # the gap ends here
            n = normal[v] * ([0, 1, 1] if abs(pos[v, 0]) < 1e-9 else 1)
            self.sink[v] = -DEPTH * n / np.linalg.norm(n)
            for fan, edges in sectors:
                terms = self.terms(v, fan, edges, pos, seams)
                new = self.count + len(self.rows)
                step = sum(c * (pos[a] - pos[b]) for a, b, c in terms)
                self.rows.append((v, [], step) if v in fixed else (v, terms, np.zeros(3)))
                for f in fan:
                    moved[f, v] = new, step, fan

        def at(f, v):
            """Vertex and coordinates of a face's corner after the cut."""
            chart = faces[f][4]
            own = faces[f][1][faces[f][0].index(v)]
            if (f, v) not in moved:
                return v, own
            new, step, fan = moved[f, v]
            edges, steps, up = [], [], np.zeros(3)         # how the chart lies on the surface around the vertex
            for g in fan:
                ids, corners, _, _, of, _ = faces[g]
                if of == chart:
                    a, b, c = pos[list(ids)]
                    up += np.cross(b - a, c - a)
                    for i, t in zip(ids, corners):
                        if i != v:
                            edges.append(pos[i] - pos[v])
                            steps.append(t - own)
            flat = np.eye(3) - np.outer(up, up) / (up @ up)
            map_, *_ = np.linalg.lstsq(np.array(edges) @ flat, np.array(steps), rcond=1e-6)
            return new, own + step @ flat @ map_

        for n, (ids, _, part, material, chart, group) in enumerate(faces):
            corners = [at(n, v) for v in ids]
            self.faces.append((tuple(i for i, _ in corners), np.array([t for _, t in corners]), part, material, chart, group))
        for a, b in sorted(seams):
            n = owner[a, b]
            _, _, part, material, chart, _ = faces[n]
            (ia, ta), (ib, tb) = at(n, a), at(n, b)
            ring = [(a, uv[a, chart]), (b, uv[b, chart])] + [(ib, tb)] * (ib != b) + [(ia, ta)] * (ia != a)
            for k in range(1, len(ring) - 1):
                three = [ring[0], ring[k], ring[k + 1]]
                self.faces.append((tuple(i for i, _ in three), np.array([t for _, t in three]), part,
                                   "trim" if material == "paint" else material, chart, GROUP))

    @staticmethod
    def sectors(v, fans, faces, owner, seams):
        """The faces around a vertex between two seams each: (faces, [first neighbour, ..., last neighbour])."""
        step = {}                                          # by first neighbour: face and second neighbour
        for n in fans:
            ids = faces[n][0]
            i = ids.index(v)
            step[ids[(i + 1) % 3]] = n, ids[(i + 2) % 3]
        seconds = {b for _, b in step.values()}
        starts = [a for a in step if a not in seconds]     # an open fan begins here
        first = starts[0] if starts else next((a for a in step if (v, a) in seams), None)
        if first is None:
            return []
        out, fan, edges = [], [], [first]
        at = first
        while at in step:
            n, at = step[at]
            fan.append(n)
            edges.append(at)
            if (v, at) in seams:
                out.append((fan, edges))
                fan, edges = [], [at]
            if at == first:
                break
        if fan:
            out.append((fan, edges))
        return out

    @staticmethod
    def terms(v, fan, edges, pos, seams):
        """Steps from the vertex into a sector, as (neighbour, other end, factor)."""
        centre = abs(pos[v, 0]) < 1e-9
        bounds = [e for e in (edges[0], edges[-1]) if (v, e) in seams]
        inner = [e for e in edges if (v, e) not in seams and (not centre or abs(pos[e, 0]) < 1e-9)]
        unit = lambda e: (pos[e] - pos[v]) / np.linalg.norm(pos[e] - pos[v])
        if len(bounds) == 2 and bounds[0] != bounds[1] and not centre:
            total = unit(bounds[0]) + unit(bounds[1])
            if np.linalg.norm(total) > STRAIGHT or not inner:
                sine = np.linalg.norm(np.cross(unit(bounds[0]), unit(bounds[1])))
                turn = sum(np.arccos(np.clip(unit(d) @ unit(e), -1, 1)) for d, e in zip(edges, edges[1:]))
                sign = -1.0 if turn > np.pi else 1.0
                return [(e, v, sign * min(MOST, HALF_WIDTH / sine / np.linalg.norm(pos[e] - pos[v]))) for e in bounds]
        assert inner, "a sector without room"
        step = sum(pos[e] - pos[v] for e in inner) / len(inner)
        terms = [(e, v, 1 / len(inner)) for e in inner]
        if len(bounds) == 2 and not centre:
            along = pos[bounds[1]] - pos[bounds[0]]
            slide = step @ along / (along @ along)
            step = step - slide * along
            terms.append((bounds[1], bounds[0], -slide))
        factor = min(MOST, HALF_WIDTH / np.linalg.norm(step))
        return [(a, b, factor * c) for a, b, c in terms]

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Mane, forelock, tail and eyes: closed shells of their own that sit on the body.

Each vertex names the place of the body it is fixed to (an anchor point on its surface), and moves with
it; what changes the hair itself is in `targets`.
"""
import numpy as np

import anatomy


class Shell:
    def __init__(self, name):
        self.name = name
        self.pos, self.anchor, self.targets = [], [], []
        self.tri, self.uv, self.chart, self.material = [], [], [], []

    def vertex(self, p, anchor, **targets):
        self.pos.append(np.array(p, float))
        self.anchor.append(np.array(anchor, float))
        self.targets.append({k: np.array(v, float) for k, v in targets.items()})
        return len(self.pos) - 1

    def triangle(self, ids, uv, chart, material):
        self.tri.append(tuple(ids))
        self.uv.append(np.array(uv, float))
        self.chart.append(chart)
        self.material.append(material)

    def quad(self, ids, uv, chart, material):
        self.triangle((ids[0], ids[1], ids[2]), (uv[0], uv[1], uv[2]), chart, material)
        self.triangle((ids[0], ids[2], ids[3]), (uv[0], uv[2], uv[3]), chart, material)


def mirrored(shell):
    """The shell of a left half with its mirror image; charts end in _l or _r."""
    out = Shell(shell.name)
    image = []
    flip = np.array([-1, 1, 1])
    for p, a, t in zip(shell.pos, shell.anchor, shell.targets):
        out.vertex(p, a, **t)
    for i, (p, a, t) in enumerate(zip(shell.pos, shell.anchor, shell.targets)):
        image.append(i if p[0] == 0 else out.vertex(p * flip, a * flip, **{k: v * flip for k, v in t.items()}))
    for ids, uv, chart, material in zip(shell.tri, shell.uv, shell.chart, shell.material):
        out.triangle(ids, uv, chart + "_l", material)
    for ids, uv, chart, material in zip(shell.tri, shell.uv, shell.chart, shell.material):
        out.triangle([image[i] for i in ids[::-1]], uv[::-1] * [-1, 1], chart + "_r", material)
    return out


def along_section(ring, count=40):
    """Dense half section with its arc length from the dorsal line (Catmull-Rom through the points)."""
    p = np.array([q if q is not None else np.add(ring[4], ring[6]) / 2 for q in ring], float)
    ends = [p[1] * [-1, 1, 1], *p, p[-2] * [-1, 1, 1]]
    out = []
    for i in range(1, len(ends) - 2):
        a, b, c, d = ends[i - 1:i + 3]
        for t in np.arange(count) / count:
            out.append(.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3))
    out = np.array(out + [p[-1]])
    return out, np.concatenate([[0], np.linalg.norm(np.diff(out, axis=0), axis=1).cumsum()])


def section(rings, a):
    i = min(int(a), len(rings) - 2)
    t = a - i
    p, q = (np.array([x if x is not None else np.add(r[4], r[6]) / 2 for x in r], float) for r in (rings[i], rings[i + 1]))
    return [tuple(x) for x in (1 - t) * p + t * q]


class Slope:
    """A half section as a curve: point, outward normal and the run along it by arc length."""

    def __init__(self, ring):
        self.curve, self.arc = along_section(ring)
        self.up = np.array(ring[0]) - np.array(ring[7])
        self.up /= np.linalg.norm(self.up)

    def at(self, s):
        return np.array([np.interp(s, self.arc, self.curve[:, i]) for i in range(3)])

    def normal(self, s):
        t = self.at(s + .01) - self.at(max(s - .01, 0))
        t /= np.linalg.norm(t)
        n = np.cross(t, np.cross(t, self.up))
        n = self.up - t * (t @ self.up) if s < .005 else n
        n = n / (np.linalg.norm(n) + 1e-12)
        centre = (np.array(self.curve[0]) + self.curve[-1]) / 2
        return n if n @ (self.at(s) - centre) >= 0 else -n


def close(shell, row, run, faces, chart, turn):
    """Closes the end of a shell whose section is a crescent: outer points, then inner ones back to the midline."""
    last = len(row) - 1
    tip = (last + 1) // 2
    flat = [(run[i], 0.0) if i <= tip else (run[min(last - i, tip)], -.014) for i in range(last + 1)]
    for f in faces:
        f = f[::-1] if turn else f
        shell.triangle([row[i] for i in f], [flat[i] for i in f], chart, "mane")


MANE = np.linspace(9.0, 17.55, 22)


def mane(rings):
    """Falls to both sides of the crest; short on the withers and behind the ears."""
    shell = Shell("mane")
    rows = []
    slopes = [Slope(section(rings, a)) for a in MANE]
    for k, (a, s) in enumerate(zip(MANE, slopes)):
        end = min(1.0, .22 * k + .10, 1.6 * (len(MANE) - 1 - k) / 3 + .35)
        ragged = 1 + .05 * np.sin(2.1 * k) + .05 * np.sin(1.3 * k + 1)
        hang, more = .135 * end * ragged, .100 * end * ragged * min(1, .35 + .65 * (len(MANE) - 1 - k) / 6)
        rise, thick = .020 * end + .003, .013 * end + .003
        top = s.at(0)
        lift = .065 * end * (1 + .06 * np.sin(2.2 * k)) * s.up
        row = [shell.vertex(top + rise * s.up, top, mane_height=lift)]
        def longer(part):
            """How a point on the slope moves with the length: along the slope there, so that it stays on it."""
            return (s.at(part * (hang + .6 * more)) - s.at(part * (hang - .75 * more))) / 1.35

        for part, offset, raised in ((.17, thick + .006, .8), (.55, thick, .12), (1.0, .005, 0)):
            p = s.at(part * hang) + offset * s.normal(part * hang)
            row.append(shell.vertex(p, s.at(part * hang), mane_length=longer(part), mane_height=raised * lift))
        for part, outer in ((.93, 1.0), (.45, .55)):          # the inner side goes with the outer one
            p = s.at(part * hang) - .012 * s.normal(part * hang)
            row.append(shell.vertex(p, s.at(part * hang), mane_length=part / outer * longer(outer)))
        low = top - .022 * s.up
        row.append(shell.vertex(low, top))
        rows.append(row)
    run = np.concatenate([[0], np.linalg.norm(np.diff([s.at(0) for s in slopes], axis=0), axis=1).cumsum()])

    def across(row):
        p = np.array([shell.pos[i] for i in row])
        return np.concatenate([[0], np.linalg.norm(np.diff(p, axis=0), axis=1).cumsum()])

    for k in range(len(rows) - 1):
        u0, u1 = across(rows[k]), across(rows[k + 1])
        for i in range(6):
            shell.quad((rows[k][i], rows[k + 1][i], rows[k + 1][i + 1], rows[k][i + 1]),
                       ((u0[i], run[k]), (u1[i], run[k + 1]), (u1[i + 1], run[k + 1]), (u0[i + 1], run[k])), "mane", "mane")
    for row, end, turn in ((rows[0], "mane_a", False), (rows[-1], "mane_b", True)):
        close(shell, row, across(row), ((6, 0, 1), (6, 1, 5), (5, 1, 2), (5, 2, 4), (4, 2, 3)), end, turn)
    return mirrored(shell)


FORELOCK = [(17.25, .020, .010), (17.7, .034, .022), (18.2, .038, .024), (18.7, .036, .020), (19.2, .030, .014), (19.65, .018, .008),
            (19.95, .006, .004)]                              # station, half width, height


def forelock(rings):
    shell = Shell("forelock")
    rows = []
    tip = len(FORELOCK) - 1
    for k, (a, half, height) in enumerate(FORELOCK):
        s = Slope(section(rings, a))
        grow = .05 * k / tip * anatomy.ALONG
        top = s.at(0)
        p, n = s.at(half), s.normal(half)
        q = s.at(.55 * half)
        row = [shell.vertex(top + height * s.up, top, mane_length=grow),
               shell.vertex(q + .8 * height * s.normal(.55 * half), q, mane_length=grow),
               shell.vertex(p + .12 * height * n, p, mane_length=grow),
               shell.vertex(q - .010 * s.normal(.55 * half), q, mane_length=grow),
               shell.vertex(top - .010 * s.up, top, mane_length=grow)]
        for i in row:                                         # a clipped mane leaves no forelock
            flat = shell.anchor[i] - .011 * s.up - shell.pos[i]
            shell.targets[i]["mane_length"] = shell.targets[i]["mane_length"] - .35 * flat
        rows.append(row)
    run = np.concatenate([[0], np.linalg.norm(np.diff([shell.pos[r[0]] for r in rows], axis=0), axis=1).cumsum()])

    def across(row):
        p = np.array([shell.pos[i] for i in row])
        return np.concatenate([[0], np.linalg.norm(np.diff(p, axis=0), axis=1).cumsum()])

    for k in range(tip):
        u0, u1 = across(rows[k]), across(rows[k + 1])
        for i in range(4):
            shell.quad((rows[k][i], rows[k + 1][i], rows[k + 1][i + 1], rows[k][i + 1]),
                       ((u0[i], run[k]), (u1[i], run[k + 1]), (u1[i + 1], run[k + 1]), (u0[i + 1], run[k])), "forelock", "mane")
    for row, end, turn in ((rows[0], "forelock_a", False), (rows[-1], "forelock_b", True)):
        close(shell, row, across(row), ((4, 0, 1), (4, 1, 3), (3, 1, 2)), end, turn)
    return mirrored(shell)


# Tail: middle (y, z), half width, half thickness
TAIL = [((1.350, -.680), .030, .028), ((1.348, -.740), .037, .035), ((1.322, -.800), .043, .038), ((1.265, -.850), .051, .043),
        ((1.180, -.888), .060, .048), ((1.075, -.914), .069, .053), ((.955, -.930), .077, .058), ((.825, -.935), .082, .061),
        ((.690, -.930), .081, .060), ((.565, -.920), .072, .052), ((.460, -.910), .052, .037), ((.385, -.902), .024, .018)]
DOCK = 4                                                     # last section with the tail's bones


def tail():
    shell = Shell("tail")
    anchor = np.array([0, 1.37, -.72])
    rows = []
    angles = np.pi * np.arange(6) / 5                          # rear to front, left half
    middle = np.array([(0, y, z) for (y, z), _, _ in TAIL])
    way = np.gradient(middle, axis=0)
    way /= np.linalg.norm(way, axis=1)[:, None]
    last = len(TAIL) - 1
    for k, ((y, z), wide, thick) in enumerate(TAIL):
        back = np.cross([1, 0, 0], way[k])
        back *= -np.sign(back[2]) if abs(back[2]) > .3 else np.sign(back[1])
        hair = np.clip((k - 1) / 4, 0, 1)
        longer = .15 * np.clip((k - DOCK) / (last - DOCK), 0, 1) * np.array([0, -1, 0])
        tuft = {True: .55 * np.clip((k - 6) / 2, 0, 1), False: -.36 * np.clip((k - 1) / 2, 0, 1) * np.clip((8 - k) / 2, 0, 1)}
        row = []
        for j, t in enumerate(angles):
            strand = 1 + .10 * hair * np.cos(3 * t + .7 * k) * (0 < j < 5)
            r = np.array([wide * strand * np.sin(t), 0, 0]) + thick * strand * np.cos(t) * back
            if j in (0, 5):
                r[0] = 0
            row.append(shell.vertex(middle[k] + r, anchor, tail_length=longer, tail_volume=.30 * hair * r,
                                    tail_tuft=(tuft[k > 7] + min(0, tuft[False])) * r))
        rows.append(row)
    a = shell.vertex(middle[0] + [0, .01, .03], anchor)
    z = shell.vertex(middle[-1] + [0, -.05, .004], anchor, tail_length=(0, -.15, 0))
    run = np.concatenate([[0], np.linalg.norm(np.diff(middle, axis=0), axis=1).cumsum()])

    def across(row):
        p = np.array([shell.pos[i] for i in row])
        return np.concatenate([[0], np.linalg.norm(np.diff(p, axis=0), axis=1).cumsum()])

    for k in range(last):
        u0, u1 = across(rows[k]), across(rows[k + 1])
        for i in range(5):
            shell.quad((rows[k][i], rows[k][i + 1], rows[k + 1][i + 1], rows[k + 1][i]),
                       ((u0[i], -run[k]), (u0[i + 1], -run[k]), (u1[i + 1], -run[k + 1]), (u1[i], -run[k + 1])), "tail", "tail")
    u0, u1 = across(rows[0]), across(rows[-1])
    for i in range(5):
        shell.triangle((rows[0][i + 1], rows[0][i], a), ((u0[i + 1], 0), (u0[i], 0), (.5 * u0[-1], .03)), "tail", "tail")
        shell.triangle((rows[-1][i], rows[-1][i + 1], z),
                       ((u1[i], -run[-1]), (u1[i + 1], -run[-1]), (.5 * u1[-1], -run[-1] - .05)), "tail", "tail")
    return mirrored(shell)


def eyeball(centre, outward, radius=.0205):
    """Left eye: rings about the line of sight; the half inside the head is left flat."""
    shell = Shell("eye_l")
    o = outward / np.linalg.norm(outward)
    u = np.cross([0, 1.0, 0], o)
    u /= np.linalg.norm(u)
    v = np.cross(o, u)
    front = shell.vertex(centre + radius * o, centre)
    rings = []
    for t in (28, 58, 90):
        t = np.radians(t)
        ring = []
        for j in range(8):
            s = 2 * np.pi * j / 8
            d = np.cos(t) * o + np.sin(t) * (np.cos(s) * u + np.sin(s) * v)
            ring.append(shell.vertex(centre + radius * d, centre))
        rings.append(ring)
    back = shell.vertex(centre - .4 * radius * o, centre)
    flat = lambda r, j: (radius * r * np.cos(2 * np.pi * j / 8), radius * r * np.sin(2 * np.pi * j / 8))
    for j in range(8):
        k = j + 1
        m = k % 8
        shell.triangle((front, rings[0][j], rings[0][m]), ((0, 0), flat(.5, j), flat(.5, k)), "eye", "eye")
        for a in range(2):
            r, s = (.5, 1.0, 1.5)[a:a + 2]
            shell.quad((rings[a][j], rings[a + 1][j], rings[a + 1][m], rings[a][m]),
                       (flat(r, j), flat(s, j), flat(s, k), flat(r, k)), "eye", "eye")
        shell.triangle((rings[2][m], rings[2][j], back), (flat(1, k), flat(1, j), (0, 0)), "eyeback", "eye")
    return shell

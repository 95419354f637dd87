# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""The horse's form: a cage of quads around trunk, neck, head and legs, lofted along the skeleton.

Frame: metres, +Y up, the horse faces +Z, its left is +X, hooves on y = 0. The measures are those of
a riding horse of 1.56 m at the withers: trunk as long as high, girth at 0.48 of the height, head
0.61 m. Only the left half is written down; the right half is its mirror image.
"""
import numpy as np

# Half profiles of a section from the dorsal to the ventral midline, without both ends:
# (lateral, height) as parts of half width and depth.
BARREL = ((.40, .972), (.78, .835), (.985, .58), (.96, .32), (.72, .12), (.36, .025))
LOIN = ((.46, .975), (.86, .86), (1.0, .59), (.93, .33), (.68, .13), (.36, .03))
CHEST = ((.22, .958), (.62, .79), (.93, .55), (1.0, .31), (.74, .115), (.32, .025))
SHOULDER = ((.20, .95), (.56, .77), (.90, .55), (1.0, .31), (.72, .12), (.33, .02))
BREAST = ((.21, .955), (.55, .79), (.86, .59), (1.0, .36), (.86, .15), (.45, .03))
NECKBASE = ((.24, .955), (.57, .80), (.88, .59), (1.0, .37), (.87, .165), (.47, .04))
NECK = ((.30, .95), (.64, .79), (.94, .57), (1.0, .35), (.82, .155), (.45, .035))
THROAT = ((.42, .96), (.80, .81), (1.0, .57), (.97, .34), (.78, .15), (.42, .035))
CHEEK = ((.50, .985), (.90, .86), (1.0, .64), (.93, .38), (.80, .14), (.48, .03))
FACE = ((.52, .985), (.92, .86), (1.0, .64), (.88, .38), (.72, .15), (.42, .03))
NOSE = ((.52, .98), (.93, .83), (1.0, .59), (.86, .35), (.70, .16), (.42, .03))
MUZZLE = ((.50, .97), (.93, .80), (1.0, .58), (.88, .40), (.72, .22), (.46, .05))

# Sections of trunk and neck: top (z, y), bottom (z, y), half width, profile.
STATIONS = [
    ((-.150, 1.512), (-.160, .842), .284, LOIN),
    ((-.010, 1.490), (-.010, .806), .302, BARREL),
    ((.130, 1.485), (.130, .787), .302, BARREL),
    ((.245, 1.508), (.250, .784), .284, BARREL),
    ((.345, 1.541), (.350, .793), .256, CHEST),
    ((.440, 1.556), (.465, .808), .239, CHEST),
    ((.525, 1.556), (.605, .842), .226, SHOULDER),
    ((.597, 1.562), (.715, .925), .212, SHOULDER),
    ((.668, 1.590), (.775, 1.050), .177, BREAST),
    ((.742, 1.642), (.812, 1.166), .139, NECKBASE),
    ((.820, 1.702), (.867, 1.273), .113, NECK),
    ((.903, 1.762), (.931, 1.375), .099, NECK),
    ((.990, 1.818), (.997, 1.471), .091, NECK),
    ((1.080, 1.858), (1.055, 1.557), .086, NECK),
]
# The first three sections, point by point (x, y, z): buttocks, hips, flank.
BUTTOCK = [(0, 1.405, -.695), (.068, 1.388, -.705), (.138, 1.312, -.742), (.178, 1.180, -.782),
           (.186, 1.015, -.778), (.120, .945, -.745), (.048, .945, -.690), (0, .985, -.660)]
HIP = [(0, 1.497, -.530), (.098, 1.480, -.535), (.196, 1.400, -.545), (.257, 1.235, -.550),
       (.268, 1.035, -.545), None, (.048, .905, -.520), (0, .925, -.515)]
FLANK = [(0, 1.532, -.305), (.118, 1.512, -.305), (.222, 1.435, -.300), (.262, 1.240, -.305),
         (.262, 1.045, -.315), (.190, .945, -.300), (.085, .905, -.300), (0, .896, -.305)]
CLEFT = [(0, 1.350, -.735), (0, 1.262, -.752), (0, 1.165, -.738), (0, 1.080, -.712), (0, 1.025, -.687), (0, .998, -.670)]
FRONT_COLUMNS = (7, 9)                                       # stations between which the forelegs grow
REAR_COLUMNS = (0, 2)

POLL = np.array([0, 1.868, 1.172])
HEAD_SLOPE = np.radians(49)                                  # below the horizon
ALONG = np.array([0, -np.sin(HEAD_SLOPE), np.cos(HEAD_SLOPE)])
DOWN = np.array([0, -np.cos(HEAD_SLOPE), -np.sin(HEAD_SLOPE)])
# Sections of the head: distance from the poll, height of the profile line, depth, half width, profile,
# how far the bottom stands ahead of the top
HEAD = [
    (.000, .002, .222, .080, THROAT, .105),
    (.062, .016, .252, .092, THROAT, .078),
    (.130, .022, .284, .103, CHEEK, .042),
    (.205, .020, .290, .108, CHEEK, .022),
    (.285, .012, .258, .094, FACE, .020),
    (.370, .003, .220, .074, FACE, .016),
    (.455, -.001, .186, .064, NOSE, .008),
    (.530, -.002, .168, .066, MUZZLE, .000),
    (.588, -.008, .144, .060, MUZZLE, -.006),
]
TIP = [(.618, .014), (.634, .040), (.640, .064), (.637, .083), (.631, .095), (.606, .126)]     # along, below: from nose to chin

# Legs: front point (z, y), back point (z, y), centre x, half width, width of the front and rear diagonals
FORELEG = [
    ((.606, .800), (.382, .785), .168, .083, .95, .95),
    ((.585, .715), (.402, .702), .162, .068, .95, .92),
    ((.567, .630), (.426, .626), .156, .055, .95, .90),
    ((.556, .552), (.448, .550), .150, .046, .98, .90),
    ((.559, .497), (.456, .500), .147, .0455, 1.0, .92),
    ((.561, .447), (.449, .455), .145, .048, 1.0, .90),
    ((.546, .395), (.462, .400), .143, .041, .98, .92),
    ((.536, .320), (.464, .320), .141, .031, .95, .95),
    ((.535, .250), (.463, .250), .139, .0305, .95, .95),
    ((.543, .202), (.452, .202), .138, .0375, .97, .97),
    ((.552, .168), (.454, .158), .138, .038, .97, .97),
    ((.566, .126), (.482, .108), .138, .0335, .97, .97),
    ((.592, .094), (.492, .064), .138, .0445, 1.0, 1.0),
]
FOREHOOF = [
    ((.597, .089), (.494, .056), .138, .0465, 1.02, 1.02),
    ((.624, .040), (.504, .028), .138, .056, 1.05, 1.02),
    ((.643, .006), (.512, .006), .138, .063, 1.06, 1.02),
    ((.637, .000), (.518, .000), .138, .057, 1.06, 1.02),
]
HINDLEG = [
    ((-.268, .895), (-.757, .856), .158, .116, 1.0, .92),
    ((-.322, .805), (-.724, .784), .160, .090, 1.0, .86),
    ((-.405, .732), (-.708, .718), .157, .068, 1.0, .80),
    ((-.500, .668), (-.737, .670), .151, .051, 1.0, .74),
    ((-.580, .608), (-.784, .638), .148, .046, 1.0, .78),
    ((-.626, .550), (-.786, .578), .146, .049, 1.0, .84),
    ((-.650, .490), (-.770, .502), .144, .043, 1.0, .86),
    ((-.668, .425), (-.757, .428), .142, .034, .97, .95),
    ((-.675, .335), (-.751, .335), .140, .0315, .95, .95),
    ((-.676, .255), (-.752, .255), .139, .0325, .95, .95),
    ((-.665, .207), (-.763, .204), .138, .039, .97, .97),
    ((-.652, .168), (-.758, .156), .138, .0385, .97, .97),
    ((-.632, .126), (-.720, .106), .138, .0345, .97, .97),
    ((-.604, .094), (-.706, .064), .138, .0435, 1.0, 1.0),
]
HINDHOOF = [
    ((-.599, .089), (-.704, .056), .138, .0455, 1.02, 1.02),
    ((-.574, .040), (-.694, .028), .138, .053, 1.05, 1.02),
    ((-.557, .006), (-.686, .006), .138, .059, 1.06, 1.02),
    ((-.563, .000), (-.680, .000), .138, .053, 1.06, 1.02),
]
SQUARE = 1.10                                                 # diagonals beyond the ellipse


class Cage:
    """Vertices with labels and faces of the left half, then of both.

    Labels of a vertex: `axial` station along the trunk, neck and head (0 buttocks), `fore` and `hind`
    ring along the leg (-2 where there is none), `ear` 0 to 1, `jaw` 0 to 1. A face has a kind, the
    station and row of its first corner, a chart and its first guess of chart coordinates (metres).
    """

    LABELS = ("axial", "fore", "hind", "ear", "jaw")
    CENTRED = ("trunk", "neck", "head", "rear", "lips", "chin", "mouth")

    def __init__(self):
        self.pos, self.labels = [], []
        self.faces, self.kind, self.place, self.chart, self.uv = [], [], [], [], []

    def vertex(self, p, axial, fore=-2.0, hind=-2.0, ear=0.0, jaw=0.0):
        self.pos.append(tuple(float(x) for x in p))
        self.labels.append((axial, fore, hind, ear, jaw))
        return len(self.pos) - 1

    def face(self, ids, kind, place, chart, uv):
        self.faces.append(tuple(ids))
        self.kind.append(kind)
        self.place.append(place)
        self.chart.append(chart)
        self.uv.append(np.array(uv, float))

    def loft(self, upper, lower, kind, k, chart, uv):
        """Quads between two closed rings; uv(ring 0 or 1, point), the seam is before point 0."""
        n = len(upper)
        for i in range(n):
            j = (i + 1) % n
            self.face((upper[i], lower[i], lower[j], upper[j]), kind, (k, i), chart,
                      (uv(0, i), uv(1, i), uv(1, i + 1), uv(0, i + 1)))

    def mirrored(self):
        """Both halves; the right half has the same faces in the same order after the left one."""
        pos = np.array(self.pos)
        own = np.flatnonzero(pos[:, 0] != 0)
        image = np.arange(len(pos))
        image[own] = len(pos) + np.arange(len(own))
        both = np.concatenate([pos, pos[own] * [-1, 1, 1]])
        labels = np.array(self.labels)
        faces = self.faces + [tuple(int(image[i]) for i in f[::-1]) for f in self.faces]
        charts = [c if c in self.CENTRED else c + "_l" for c in self.chart]
        charts += [c if c in self.CENTRED else c + "_r" for c in self.chart]
        uv = self.uv + [u[::-1] * [-1, 1] for u in self.uv]
        return both, np.concatenate([labels, labels[own]]), faces, self.kind * 2, self.place * 2, charts, uv


def sections():
    """Half sections of the axis from the buttocks to the lips: list of 8 points each."""
    rings = [BUTTOCK, HIP, FLANK]
    for top, bottom, width, profile in STATIONS:
        t, b = np.array(top), np.array(bottom)
        ring = [(0, t[1], t[0])]
        for lateral, height in profile:
            z, y = b + height * (t - b)
            ring.append((width * lateral, y, z))
        ring.append((0, b[1], b[0]))
        rings.append(ring)
    for s, lift, depth, width, profile, shift in HEAD:
        top = POLL + s * ALONG - lift * DOWN
        bottom = top + depth * DOWN + shift * ALONG
        ring = [tuple(top)]
        for lateral, height in profile:
            p = bottom + height * (top - bottom)
            ring.append((width * lateral, p[1], p[2]))
        ring.append(tuple(bottom))
        rings.append(ring)
    return rings


HEAD_START = 3 + len(STATIONS)                               # station of the poll
LAST = HEAD_START + len(HEAD) - 1
MOUTH_CORNER = LAST - 2
EYE = (HEAD_START + 3, 2)                                    # face of the eye: station, row
NOSTRIL = (LAST - 1, 2)
EAR = (HEAD_START, 1)


def arcs(rings):
    """Chart coordinates of the sections: arc from the dorsal line, distance along the middle."""
    rings = np.array([[(p if p is not None else np.add(ring[4], ring[6]) / 2) for p in ring] for ring in rings], float)
    u = np.concatenate([np.zeros((len(rings), 1)), np.linalg.norm(np.diff(rings, axis=1), axis=2).cumsum(1)], axis=1)
    middle = (rings[:, 0] + rings[:, 7]) / 2
    v = np.concatenate([[0], np.linalg.norm(np.diff(middle, axis=0), axis=1).cumsum()])
    return u, np.repeat(v[:, None], 8, 1)


def build():
    """The left half of the body with hooves and ears, closed along the midline by its mirror image."""
    c = Cage()
    rings = sections()
    arc, run = arcs(rings)
    ids = []
    for r, ring in enumerate(rings):
        row = []
        for i, p in enumerate(ring):
            fore = hind = -2.0
            if FRONT_COLUMNS[0] <= r <= FRONT_COLUMNS[1] and 4 <= i <= 6:
                fore = -0.5
            if REAR_COLUMNS[0] <= r <= REAR_COLUMNS[1] and 4 <= i <= 6:
                hind = -0.5
            jaw = JAW.get(r - HEAD_START, {}).get(i, 0.0)
            inside = (i == 5 and r in (FRONT_COLUMNS[0] + 1, REAR_COLUMNS[0] + 1))
            row.append(None if inside else c.vertex(p, r, fore, hind, jaw=jaw))
        ids.append(row)
    # lower lip: copies of the mouth line a hair below it
    lower = {}
    inner = {}
    for r in (LAST - 1, LAST):
        p = np.array(rings[r][5])
        lower[r] = c.vertex(p + 0.003 * DOWN, r, jaw=1.0)
        inner[r] = c.vertex(p * [0.55, 1, 1] - 0.012 * ALONG, r, jaw=0.5)
    tip = [c.vertex(POLL + s * ALONG + d * DOWN, LAST + 1, jaw=float(n == 5)) for n, (s, d) in enumerate(TIP)]
    below = c.vertex(POLL + (TIP[4][0] - 0.004) * ALONG + (TIP[4][1] + 0.005) * DOWN, LAST + 1, jaw=1.0)
    within = c.vertex(POLL + (TIP[4][0] - 0.045) * ALONG + TIP[4][1] * DOWN, LAST + 1, jaw=0.5)
    rear = [c.vertex(p, -0.5) for p in CLEFT]

    def quad(r, i):
        a, b, cc, d = ids[r][i], ids[r][i + 1], ids[r + 1][i + 1], ids[r + 1][i]
        if i == 5:
            a, d = lower.get(r, a), lower.get(r + 1, d)
        return a, d, cc, b

    def unrolled(r, i, chin):
        return [(arc[s, 7] - arc[s, k] if chin else arc[s, k], run[s, k])
                for s, k in ((r, i), (r + 1, i), (r + 1, i + 1), (r, i + 1))]

    for r in range(LAST):
        chart = "trunk" if r < NECK_START else "neck" if r < HEAD_START else "head"
        for i in range(7):
            if any(k[0] <= r < k[1] and i in (4, 5) for k in (FRONT_COLUMNS, REAR_COLUMNS)):
                continue
            chin = i >= 5 and r >= MOUTH_CORNER
            f, uv = quad(r, i), unrolled(r, i, chin)
            if (r, i) == EYE:
                eye(c, f, uv, r, i)
            elif (r, i) == NOSTRIL:
                nostril(c, f, uv, r, i)
            elif (r, i) == EAR:
                ear(c, f, r + 0.5)
            else:
                c.face(f, "axis", (r, i), "chin" if chin else chart, uv)

    def cap(vertices, place, chart, kind="axis"):
        axis = 1 if chart == "rear" else None
        uv = [(c.pos[v][0], c.pos[v][1] if axis else float(np.dot(c.pos[v] - POLL, -DOWN))) for v in vertices]
        c.face(vertices, kind, place, chart, uv)

    first = ids[0]
    cap((first[0], first[1], rear[0]), (-1, 0), "rear")
    for i in range(1, 6):
        cap((first[i], first[i + 1], rear[i], rear[i - 1]), (-1, i), "rear")
    cap((first[6], first[7], rear[5]), (-1, 6), "rear")
    last = ids[LAST]
    cap((last[0], tip[0], last[1]), (LAST, 0), "lips")
    for i in range(1, 5):
        cap((last[i], tip[i - 1], tip[i], last[i + 1]), (LAST, i), "lips")
    side = [(arc[LAST, 7] - arc[LAST, k], run[LAST, k]) for k in (5, 6, 7)]
    ahead = [(0, run[LAST, 7] + .03), (0, run[LAST, 7] + .055)]
    c.face((lower[LAST], below, tip[5], last[6]), "axis", (LAST, 5), "chin", (side[0], ahead[1], ahead[0], side[1]))
    c.face((last[6], tip[5], last[7]), "axis", (LAST, 6), "chin", (side[1], ahead[0], side[2]))
    up = [ids[LAST - 1][5], ids[LAST][5], tip[4]]
    mid = [inner[LAST - 1], inner[LAST], within]
    low = [lower[LAST - 1], lower[LAST], below]
    corner = ids[MOUTH_CORNER][5]
    at = [.13, .06, .03, 0]                                  # along the lips from the corner to the middle
    c.face((corner, up[0], mid[0]), "mouth", (LAST, 5), "mouth", ((at[0], 0), (at[1], .03), (at[1], 0)))
    c.face((corner, mid[0], low[0]), "mouth", (LAST, 5), "mouth", ((at[0], 0), (at[1], 0), (at[1], -.03)))
    for j in range(2):
        c.face((up[j], up[j + 1], mid[j + 1], mid[j]), "mouth", (LAST, 5), "mouth",
               ((at[j + 1], .03), (at[j + 2], .03), (at[j + 2], 0), (at[j + 1], 0)))
        c.face((mid[j], mid[j + 1], low[j + 1], low[j]), "mouth", (LAST, 5), "mouth",
               ((at[j + 1], 0), (at[j + 2], 0), (at[j + 2], -.03), (at[j + 1], -.03)))
    for columns, leg, hoof, which in ((FRONT_COLUMNS, FORELEG, FOREHOOF, "fore"), (REAR_COLUMNS, HINDLEG, HINDHOOF, "hind")):
        back, middle, front = columns[0], columns[0] + 1, columns[1]
        # the seam of the chart runs down the inner side, so that is where the rings start
        ring = [ids[middle][6], ids[front][6], ids[front][5], ids[front][4],
                ids[middle][4], ids[back][4], ids[back][5], ids[back][6]]
        drop = 0.0
        for k, row in enumerate(leg + hoof):
            nxt = leg_ring(c, row, float(middle), which, k + 1)
            p, q = (np.array([c.pos[v] for v in x]) for x in (ring, nxt))
            step = np.linalg.norm(p.mean(0) - q.mean(0))
            girth = [np.linalg.norm(x - np.roll(x, -1, 0), axis=1).sum() for x in (p, q)]
            is_hoof = k >= len(leg)
            drop = 0.0 if k == len(leg) else drop

            def uv(n, i, girth=girth, drop=drop, step=step):
                return ((i / 8 - 0.5) * girth[n], -drop - n * step)

            c.loft(ring, nxt, which + ("_hoof" if is_hoof else "_leg"), k, which + ("_hoof" if is_hoof else "_leg"), uv)
            ring = nxt
            drop += step
        p = np.array([c.pos[v] for v in ring])
        flat = {v: (c.pos[v][0] - .138, c.pos[v][2]) for v in ring}
        centre = c.vertex((p[:, 0].mean(), 0.004, p[:, 2].mean()), float(middle), *label(which, len(leg + hoof) + 1))
        flat[centre] = (p[:, 0].mean() - .138, p[:, 2].mean())
        for i in range(1, 8, 2):
            f = (ring[i], centre, ring[(i + 2) % 8], ring[(i + 1) % 8])
            c.face(f, which + "_hoof", (len(leg + hoof), i), which + "_sole", [flat[v] for v in f])
    return c


NECK_START = 9
# Share of the lower jaw by section of the head and row
JAW = {3: {6: .3, 7: .4}, 4: {5: .2, 6: .8, 7: .9}, 5: {4: .05, 5: .45, 6: 1, 7: 1}, 6: {5: .5, 6: 1, 7: 1},
       7: {6: 1, 7: 1}, 8: {6: 1, 7: 1}}


def label(which, k):
    return (k, -2.0) if which == "fore" else (-2.0, k)


def leg_ring(c, row, axial, which, k):
    """Eight points from the inner side over the front and the outer side to the rear."""
    (zf, yf), (zb, yb), x, half, wide_front, wide_rear = row
    front, back = np.array([x, yf, zf]), np.array([x, yb, zb])
    centre, arm = (front + back) / 2, (front - back) / 2
    out = []
    for i in range(8):
        a = np.radians(45 * (i - 2))                           # 0 front, 90 outer side
        diagonal = SQUARE if i % 2 else 1.0
        wide = {1: wide_front, 3: wide_front, 5: wide_rear, 7: wide_rear}.get(i, 1.0)
        p = centre + diagonal * np.cos(a) * arm + np.array([diagonal * wide * half * np.sin(a), 0, 0])
        out.append(c.vertex(p, axial, *label(which, k)))
    return out


def inset(c, face, axial, scale, push, lift=0.0):
    p = np.array([c.pos[i] for i in face])
    middle = p.mean(0)
    n = np.cross(p[2] - p[0], p[3] - p[1])
    n /= np.linalg.norm(n)
    return [c.vertex(middle + scale * (q - middle) + push * n - lift * DOWN, axial) for q in p]


def ring_faces(c, outer, inner, kind, place, chart, uv_outer, uv_inner):
    for i in range(4):
        j = (i + 1) % 4
        c.face((outer[i], outer[j], inner[j], inner[i]), kind, place, chart,
               (uv_outer[i], uv_outer[j], uv_inner[j], uv_inner[i]))


def shrunk(uv, scale):
    uv = np.array(uv)
    return uv.mean(0) + scale * (uv - uv.mean(0))


def eye(c, face, uv, r, i):
    """Lids around a shallow socket; the eyeball is a part of its own."""
    lid = inset(c, face, r + .5, 0.72, 0.010, 0.004)
    rim = inset(c, lid, r + .5, 0.60, 0.001)
    socket = inset(c, rim, r + .5, 0.8, -0.018)
    a, b, d = shrunk(uv, .72), shrunk(uv, .43), shrunk(uv, .2)
    ring_faces(c, face, lid, "axis", (r, i), "head", uv, a)
    ring_faces(c, lid, rim, "axis", (r, i), "head", a, b)
    ring_faces(c, rim, socket, "mouth", (r, i), "socket", b, d)
    c.face(socket, "mouth", (r, i), "socket", d)


def nostril(c, face, uv, r, i):
    rim = inset(c, face, r + .5, 0.74, 0.007)
    hole = inset(c, rim, r + .5, 0.66, -0.006)
    deep = inset(c, hole, r + .5, 0.6, -0.014)
    a, b, d = shrunk(uv, .74), shrunk(uv, .49), shrunk(uv, .24)
    ring_faces(c, face, rim, "axis", (r, i), "head", uv, a)
    ring_faces(c, rim, hole, "axis", (r, i), "head", a, b)
    ring_faces(c, hole, deep, "mouth", (r, i), "nostril", b, d)
    c.face(deep, "mouth", (r, i), "nostril", d)


# The ear: a cupped leaf; along its axis, half width, back, cup of each section.
EAR_AXIS = np.array([.24, .93, .18])
EAR_AXIS /= np.linalg.norm(EAR_AXIS)
EAR_RINGS = [(.030, .027, .030, .010), (.080, .031, .030, -.004), (.125, .022, .022, -.004), (.160, .009, .010, .001)]


def ear_frame():
    """Directions of the left ear: towards its outer rim, and ahead."""
    side = np.cross(EAR_AXIS, [-.30, 0, 1])
    side *= np.sign(side[0]) / np.linalg.norm(side)
    ahead = np.cross(side, EAR_AXIS)
    return side, ahead * np.sign(ahead[2])


def hollow_ears(pos, ear_label):
    """Displacement that cups the front of the subdivided ears."""
    side, ahead = ear_frame()
    out = np.zeros_like(pos)
    for sign in (1, -1):
        flip = np.array([sign, 1, 1])
        mine = (ear_label > .12) & (pos[:, 0] * sign > 0)
        p = pos[mine] * flip
        middle = p.mean(0)
        middle = middle + EAR_AXIS * ((p - middle) @ EAR_AXIS)[:, None]
        s, a = (p - middle) @ side, (p - middle) @ ahead
        depth = .017 * np.exp(-(s / .011) ** 2) * (a > 0) * np.clip((ear_label[mine] - .12) / .3, 0, 1) * np.clip((1.05 - ear_label[mine]) / .35, 0, 1)
        out[mine] = -depth[:, None] * ahead * flip
    return out


def ear(c, face, axial):
    base = np.mean([c.pos[i] for i in face], axis=0)
    side, ahead = ear_frame()
    ring = list(face)
    up = 0.0
    for k, (along, wide, back, cup) in enumerate(EAR_RINGS):
        p = base + along * EAR_AXIS
        q = [p - 0.55 * wide * side - back * ahead, p - wide * side + (cup + .008) * ahead,
             p + wide * side + (cup + .008) * ahead, p + 0.55 * wide * side - back * ahead]
        nxt = [c.vertex(x, axial, ear=(k + 1) / len(EAR_RINGS)) for x in q]
        for i in range(4):
            j = (i + 1) % 4
            w, v = 0.03, along
            c.face((ring[i], ring[j], nxt[j], nxt[i]), "ear", (k, i), "ear",
                   ((i * w, up), ((i + 1) * w, up), ((i + 1) * w, v), (i * w, v)))
        ring = nxt
        up = along
    c.face(ring, "ear", (len(EAR_RINGS), 0), "ear", ((0, up), (.03, up), (.03, up + .02), (0, up + .02)))


def on_head(x, along, below):
    return tuple(np.array([x, 0, 0]) + POLL + along * ALONG + below * DOWN)


# Soft bumps on the subdivided surface: centre (left), radii (x, y, z), height.
FEATURES = [
    ((.225, 1.425, -.290), (.060, .050, .065), .019),          # point of the hip
    ((.240, 1.230, -.190), (.070, .110, .075), -.017),         # flank
    ((.130, 1.240, -.770), (.050, .060, .050), .012),          # point of the buttock
    ((.215, 1.060, -.690), (.060, .210, .030), -.016),         # furrow of the hamstrings
    ((.215, .965, -.285), (.060, .055, .060), .017),           # stifle
    ((.205, .800, -.430), (.050, .070, .060), .012),           # gaskin
    ((.185, .665, -.665), (.030, .060, .022), -.016),          # hollow before the Achilles tendon
    ((.117, .665, -.665), (.030, .060, .022), -.009),
    ((.175, 1.050, .690), (.060, .060, .055), .017),           # point of the shoulder
    ((.190, 1.300, .500), (.060, .140, .035), .009),           # spine of the shoulder blade
    ((.225, 1.030, .450), (.060, .090, .060), .014),           # triceps
    ((.240, 1.120, .340), (.080, .150, .030), -.014),          # behind the shoulder
    ((.140, 1.400, .690), (.060, .130, .040), -.013),          # before the shoulder
    ((.085, 1.360, .880), (.040, .070, .050), -.009),          # jugular groove
    ((.165, .715, .585), (.050, .060, .040), .009),            # extensor of the forearm
    (on_head(.100, .195, .050), (.030, .025, .030), .007),     # brow
    (on_head(.080, .330, .110), (.030, .028, .040), .007),     # facial crest
    (on_head(.100, .160, .180), (.050, .070, .060), .009),     # cheek
    (on_head(.000, .560, .150), (.040, .030, .030), .009),     # chin
]

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""The bird's left half as a function of the shape parameters: skin cage, feathers, eye, joints.

Every vertex and every joint is an affine function of the parameters: only sums of parameters times constants, never a product
of two. So a morph target is exact at any weight. Frame: metres, +Y up, facing +Z, left is +X, standing on y = 0.

The rest pose is half-way between a folded and a spread wing, the neck rises straight: both extremes of each joint are near.
"""
import numpy as np

from surface import Half

# ---------------------------------------------------------------------------------------------
# Parameters: name, rest value, unit of weight 1, limits; metres
# ---------------------------------------------------------------------------------------------
PARAMETERS = [
    ("trunk_length", 0.165, 0.022, 0.12, 0.24),       # half of it, about the hips
    ("trunk_width", 0.080, 0.010, 0.050, 0.115),      # half
    ("back_height", 0.070, 0.010, 0.045, 0.105),      # back above the axis
    ("keel_depth", 0.088, 0.012, 0.050, 0.135),       # breast below the axis
    ("belly_depth", 0.000, 0.012, -0.030, 0.045),     # belly behind the legs
    ("breast_fullness", 0.000, 0.012, -0.030, 0.050), # crop, forwards
    ("rump_height", 0.000, 0.012, -0.030, 0.040),
    ("rump_width", 0.000, 0.010, -0.015, 0.035),
    ("neck_length", 0.070, 0.060, 0.005, 0.520),
    ("neck_thickness", 0.031, 0.006, 0.015, 0.062),
    ("neck_base", 0.000, 0.010, -0.020, 0.040),       # how far the neck widens into the breast
    ("throat_depth", 0.000, 0.006, -0.010, 0.040),    # pouch, feathers of the throat
    ("head_size", 0.034, 0.006, 0.020, 0.062),        # half the height
    ("head_length", 0.000, 0.008, -0.014, 0.040),
    ("head_height", 0.000, 0.005, -0.008, 0.018),     # forehead and crown
    ("head_width", 0.000, 0.004, -0.008, 0.016),
    ("crest", 0.000, 0.018, 0.000, 0.080),
    ("comb", 0.000, 0.012, 0.000, 0.040),
    ("wattle", 0.000, 0.012, 0.000, 0.040),
    ("beak_length", 0.048, 0.024, 0.016, 0.260),
    ("beak_depth", 0.0130, 0.0040, 0.004, 0.034),     # half, at its base
    ("beak_width", 0.0110, 0.0030, 0.004, 0.026),
    ("beak_hook", 0.000, 0.008, -0.002, 0.034),
    ("beak_curve", 0.000, 0.015, -0.020, 0.080),      # downwards
    ("beak_tip_width", 0.000, 0.007, -0.001, 0.032),
    ("beak_culmen", 0.000, 0.005, -0.004, 0.024),     # arch of the upper mandible
    ("eye_size", 0.0068, 0.0012, 0.004, 0.016),
    ("eye_forward", 0.000, 0.004, -0.004, 0.020),
    ("wing_arm_length", 0.000, 0.030, -0.060, 0.200), # humerus and forearm together
    ("wing_chord", 0.150, 0.024, 0.050, 0.260),       # length of the secondaries
    ("wing_tip_length", 0.200, 0.040, 0.060, 0.420),  # length of the longest primary
    ("wing_pointedness", 0.000, 0.030, -0.050, 0.090),# inner primaries shorter, outer ones longer
    ("feather_width", 0.034, 0.006, 0.022, 0.060),
    ("tertial_length", 0.125, 0.022, 0.060, 0.240),
    ("tail_length", 0.130, 0.040, 0.035, 0.480),
    ("tail_width", 0.017, 0.004, 0.008, 0.034),       # half width of a tail feather
    ("tail_fork", 0.000, 0.025, -0.060, 0.200),       # outer feathers longer
    ("tail_streamer", 0.000, 0.050, 0.000, 0.300),    # central pair longer
    ("shank_length", 0.085, 0.018, 0.035, 0.240),
    ("tarsus_length", 0.075, 0.022, 0.022, 0.330),
    ("thigh_bulk", 0.000, 0.007, -0.012, 0.026),
    ("tarsus_thickness", 0.0068, 0.0016, 0.0032, 0.016),
    ("toe_length", 0.055, 0.012, 0.020, 0.110),
    ("toe_width", 0.000, 0.003, -0.002, 0.012),
    ("leg_position", 0.000, 0.020, -0.100, 0.040),    # forwards
    ("stance", 0.000, 0.010, -0.020, 0.030),          # half the distance of the feet
]
NAMES = [p[0] for p in PARAMETERS]
REST, UNIT, LOW, HIGH = (np.array([p[k] for p in PARAMETERS]) for k in (1, 2, 3, 4))

# ---------------------------------------------------------------------------------------------
# The wing in its own plane. Angles in degrees: 0 outwards, 90 towards the tail; (spread, folded). Rest is the mean.
# ---------------------------------------------------------------------------------------------
DROOP = -33.0                                         # of the plane at rest
FOLD = {"humerus": (28, 94), "forearm": (-18, -56), "hand": (14, 100), "tertials": (88, 90), "secondaries_in": (88, 90),
        "secondaries_out": (86, 92), "primaries_in": (80, 94), "primaries_mid": (50, 96)}
FOLD_PARENT = {"humerus": None, "forearm": "humerus", "hand": "forearm", "tertials": "humerus", "secondaries_in": "forearm",
               "secondaries_out": "forearm", "primaries_in": "hand", "primaries_mid": "hand"}
REST_ANGLE = {k: (a + b) / 2 for k, (a, b) in FOLD.items()}
WING_X = np.array([np.cos(np.radians(DROOP)), np.sin(np.radians(DROOP)), 0])
WING_N = np.array([-np.sin(np.radians(DROOP)), np.cos(np.radians(DROOP)), 0])


def fold_shares():
    """Turn of each wing joint against its parent for a fold from rest (0) to folded (1), radians; spread is -1."""
    half = {k: np.radians((b - a) / 2) for k, (a, b) in FOLD.items()}
    return {k: half[k] - (half[p] if p else 0.0) for k, p in FOLD_PARENT.items()}


def in_plane(angle):
    a = np.radians(angle)
    return np.cos(a) * WING_X - np.sin(a) * np.array([0, 0, 1.0])


def rolled(side, degrees):
    """A vane's direction and normal when it is turned about its shaft, the inner edge down."""
    a = np.radians(degrees)
    return np.cos(a) * side + np.sin(a) * WING_N, np.cos(a) * WING_N - np.sin(a) * side


def blend(a, b, t):
    """Weights that go from joint a to joint b."""
    if t <= 0:
        return {a: 1.0}
    if t >= 1:
        return {b: 1.0}
    return {a: 1.0 - t, b: t}


def mix(a, b, t):
    """Weights that go from one set of weights to another."""
    return {k: (1 - t) * a.get(k, 0) + t * b.get(k, 0) for k in {**a, **b}}


# ---------------------------------------------------------------------------------------------
# Trunk, neck and head: rings of 9 points from the dorsal to the ventral line
# ---------------------------------------------------------------------------------------------
J = 8
THETA = np.pi * np.arange(J + 1) / J
#        t      y      tilt  width  up     down   (parts of trunk_length, metres, degrees, parts of width and heights)
TRUNK = [(-1.13, 0.034, -12, 0.20, 0.13, 0.13),
         (-1.02, 0.030, -10, 0.37, 0.26, 0.26),
         (-0.83, 0.020, -6, 0.61, 0.49, 0.52),
         (-0.60, 0.010, -3, 0.82, 0.73, 0.78),
         (-0.36, 0.003, 0, 0.95, 0.89, 0.94),
         (-0.12, 0.000, 0, 1.00, 0.98, 1.02),
         (0.14, 0.000, 2, 1.00, 1.00, 1.05),
         (0.40, 0.004, 7, 0.95, 0.97, 1.00),
         (0.62, 0.013, 16, 0.84, 0.88, 0.87),
         (0.79, 0.027, 28, 0.70, 0.75, 0.71),
         (0.91, 0.044, 40, 0.565, 0.62, 0.57)]
NECK_T = (0.10, 0.24, 0.38, 0.52, 0.66, 0.80, 0.92)
NECK_TILT = (46, 49, 48, 42, 32, 20, 9)
NECK_ANGLE = np.radians(56)
#        z       y      tilt  width  up     down   (parts of head_size)
HEAD = [(0.04, 0.14, 5, 0.90, 0.95, 0.99),
        (0.52, 0.28, 2, 1.00, 1.01, 1.02),
        (1.04, 0.33, -3, 0.91, 0.93, 0.93),
        (1.48, 0.24, -8, 0.67, 0.70, 0.71)]
NR, NN, NH = len(TRUNK), len(NECK_T), len(HEAD)
LEG_RINGS, LEG_ROWS = (4, 5, 6), (5, 6, 7)
WING_RINGS, WING_ROWS = (6, 7, 8), (2, 3, 4)


def bump(x, centre, width):
    return np.exp(-((x - centre) / width) ** 2)


def ring_points(y, z, tilt, up, down, width, square=1.0):
    s, c = np.sin(THETA) ** square, np.cos(THETA)
    v = np.where(c > 0, up, down) * np.sign(c) * np.abs(c) ** square
    a = np.radians(tilt)
    return np.stack([width * s, y + v * np.cos(a), z - v * np.sin(a)], 1)


class Bird:
    """Builds the half for one set of parameters."""

    def __init__(self, values):
        self.q = dict(zip(NAMES, values))
        self.skin, self.plain, self.joints = Half(), Half(), {}
        q = self.q
        self.lift = q["shank_length"] * np.cos(np.radians(28)) + q["tarsus_length"] * np.cos(np.radians(20)) + 0.088
        self.lift += 0.7 * (q["keel_depth"] - 0.088)      # of the trunk's axis over the ground
        self.trunk()
        self.beak()
        self.wing()
        self.leg()
        self.tail()
        self.eye()

    # -----------------------------------------------------------------------------------------
    def trunk(self):
        q, c = self.q, self.skin
        length, lift = q["trunk_length"], self.lift
        rings, weights = [], []
        self.joints["root"] = np.array([0, lift, 0.0])
        self.joints["body"] = np.array([0, lift - 0.005, -0.005 + q["leg_position"]])
        for i, (t, y, tilt, w, up, down) in enumerate(TRUNK):
            width = w * q["trunk_width"] + q["rump_width"] * bump(t, -0.85, 0.35)
            width += q["neck_base"] * 0.5 * bump(t, 0.95, 0.25)
            top = up * q["back_height"] + q["rump_height"] * bump(t, -0.72, 0.36) + 0.4 * q["neck_base"] * bump(t, 0.95, 0.22)
            bottom = down * q["keel_depth"] + q["belly_depth"] * bump(t, -0.55, 0.40)
            bottom += q["breast_fullness"] * bump(t, 0.55, 0.33) + 0.6 * q["neck_base"] * bump(t, 0.95, 0.25)
            p = ring_points(lift + y, t * length + q["leg_position"] * bump(t, -0.2, 0.5), tilt, top, bottom, width, 0.93)
            p[:, 2] += 0.5 * q["breast_fullness"] * bump(t, 0.70, 0.33) * np.clip((THETA - 0.9) / 1.5, 0, 1)
            rings.append(p)
            weights.append(blend("body", "tail", np.interp(t, [-1.13, -1.02, -0.83, -0.6], [0.75, 0.5, 0.15, 0.0])) if t < 0
                           else blend("body", "neck1", np.interp(t, [0.62, 0.79, 0.91], [0.0, 0.2, 0.5])))
        self.joints["tail"] = np.array([0, lift + 0.026, -0.98 * length])
        base = np.array([lift + TRUNK[-1][1], TRUNK[-1][0] * length])
        along = np.array([np.sin(NECK_ANGLE), np.cos(NECK_ANGLE)])
        centre = lambda t: base + t * along * q["neck_length"] + 0.034 * along * t + np.array([0.004, 0.010]) * 4 * t * (1 - t)
        neck_joints = ["neck1", "neck2", "neck3", "neck4", "head"]
        for name, t in zip(neck_joints, (0.0, 0.24, 0.52, 0.80, 1.06)):
            self.joints[name] = np.array([0, *centre(t)])
        for k, (t, tilt) in enumerate(zip(NECK_T, NECK_TILT)):
            shoulder = (1 - t) ** 2.2
            width = shoulder * (0.46 * q["trunk_width"] + 0.8 * q["neck_base"]) + (1 - shoulder) * q["neck_thickness"]
            width += t ** 3 * 0.30 * (q["head_size"] - 0.034)
            top = shoulder * (0.50 * q["back_height"] + 0.5 * q["neck_base"]) + (1 - shoulder) * 1.05 * q["neck_thickness"]
            bottom = shoulder * (0.46 * q["keel_depth"] + 0.7 * q["neck_base"]) + (1 - shoulder) * 1.07 * q["neck_thickness"]
            bottom += q["throat_depth"] * bump(t, 0.85, 0.22) + t ** 3 * 0.20 * (q["head_size"] - 0.034)
            rings.append(ring_points(*centre(t), tilt, top + t ** 3 * 0.35 * (q["head_size"] - 0.034), bottom, width))
            j = k // 2
            # A joint lies between rings 2j-1 and 2j+1; rings there take half of both.
            weights.append({neck_joints[j]: 1.0} if k % 2 == 0 else {neck_joints[j]: 0.5, neck_joints[j + 1]: 0.5})
        weights[-2] = {"neck4": 0.78, "head": 0.22}
        weights[-1] = {"neck4": 0.50, "head": 0.50}
        top = centre(1.0)
        size = q["head_size"]
        self.head_origin = np.array([0, *top])
        for k, (z, y, tilt, w, up, down) in enumerate(HEAD):
            forward = q["head_length"] * np.interp(k, [0, 3], [-0.1, 1.0])
            crown = q["head_height"] * (0.5, 1.0, 1.0, 0.75)[k]
            width = w * size + q["head_width"] * (0.7, 1, 0.9, 0.5)[k]
            down_ = down * size + q["throat_depth"] * (0.7, 0.5, 0.25, 0.1)[k]
            p = ring_points(top[0] + y * size, top[1] + z * size + forward, tilt, up * size + crown, down_, width, 0.95)
            rings.append(p)
            weights.append(blend("neck4", "head", (0.75, 0.94, 1.0, 1.0)[k]))
        # ornaments grow out of the dorsal and ventral lines
        first = NR + NN
        for i, (back, lift_) in zip((first - 1, first, first + 1, first + 2), ((0.75, 0.35), (0.85, 0.75), (0.45, 0.75), (0.06, 0.2))):
            rings[i][0] += q["crest"] * np.array([0, lift_, -back])
            rings[i][1] += 0.35 * q["crest"] * np.array([0, lift_, -back])
        for i, up in zip((first, first + 1, first + 2, first + 3), (0.35, 0.9, 1.0, 0.55)):
            rings[i][0] += q["comb"] * np.array([0, up, 0.1])
        for i, down in zip((first + 1, first + 2, first + 3), (0.15, 0.8, 0.9)):
            rings[i][J] += q["wattle"] * np.array([0, -down, -0.05])
        self.front = np.array([top[0] + 0.10 * size, top[1] + 1.80 * size + q["head_length"]])   # y, z of the beak's base
        bw, bd = q["beak_width"], q["beak_depth"]
        rings.append(ring_points(self.front[0], self.front[1], -9, 1.02 * bd + 0.10 * size - 0.0034 + 0.35 * q["beak_culmen"],
                                 0.95 * bd + 0.10 * size - 0.0034, bw + 0.10 * size - 0.0034, 0.95))
        weights.append({"head": 1.0})
        self.rings = rings
        covered = {(LEG_RINGS[1], LEG_ROWS[1]), (WING_RINGS[1], WING_ROWS[1])}      # where limbs leave the trunk
        self.ids = np.array([[-1 if (i, j) in covered else c.vertex(p[j], w, j in (0, J)) for j in range(J + 1)]
                             for i, (p, w) in enumerate(zip(rings, weights))])
        self.skin_faces()

    def skin_faces(self):
        c, ids, rings = self.skin, self.ids, self.rings
        arc = np.stack([np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))]) for p in rings])
        step = [np.linalg.norm(b - a, axis=1)[[1, 3, 4, 5, 7]].mean() for a, b in zip(rings, rings[1:])]
        u = -np.concatenate([[0], np.cumsum(step)])
        hole = lambda i, j, rs, js: rs[0] <= i < rs[-1] and js[0] <= j < js[-1]
        for i in range(len(rings) - 1):
            for j in range(J):
                if hole(i, j, LEG_RINGS, LEG_ROWS) or hole(i, j, WING_RINGS, WING_ROWS):
                    continue
                part = "head" if i >= NR + NN - 1 else "body"
                chart = "head" if part == "head" else "trunk"
                k = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
                c.face([ids[a] for a in k], [(u[a], arc[a, b]) for a, b in k], part, self.plumage(i, j), chart)
        p = rings[0]
        c.face(ids[0], [(p[0][1] - a[1], a[0]) for a in p], "body", "rump", "rump_cap")

    @staticmethod
    def plumage(i, j):
        if i >= NR + NN:                                  # head
            k = i - NR - NN
            if j == 0 and k < 3:
                return "comb"
            if j == J - 1 and k > 0:
                return "wattle"
            if j < 3:
                return "crown"
            return "face" if j < 6 or k >= 2 and j < 7 else "throat"
        if i >= NR - 1:                                   # neck
            if i >= NR + NN - 2:
                return "crown" if j < 3 else "face" if j < 6 else "throat"
            return "nape" if j < 4 else "throat" if i >= NR + NN - 4 else "foreneck"
        if j < 4 and i >= 3:
            return "back"
        if j < 4:
            return "rump"
        if i >= 6:
            return "breast"
        if i >= 3:
            return "flank" if j < 6 else "belly"
        return "vent"

    # -----------------------------------------------------------------------------------------
    def tube(self, start, rings, weights, part, material, chart, uv_start=0.0, cut=7, cap=True, group=0):
        """Quads from the loop of vertices `start` through rings of as many points, closed at the end."""
        c, n = self.skin, len(start)
        ids = [list(start)] + [[c.vertex(p, w) for p in ring] for ring, w in zip(rings, weights)]
        points = [np.array([c.positions[i] for i in row]) for row in ids]
        # v runs round the tube from the cut, u along it
        order = [(cut + k) % n for k in range(n + 1)]
        around = [np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(p[order], axis=0), axis=1))]) for p in points]
        u = np.concatenate([[0], np.cumsum([np.linalg.norm(b.mean(0) - a.mean(0)) for a, b in zip(points, points[1:])])])
        u = np.maximum(u, np.arange(len(u)) * 0.002) + uv_start
        for r in range(len(ids) - 1):
            m = material(r) if callable(material) else material
            g = part(r) if callable(part) else part
            for k in range(n):
                a, b = order[k], order[k + 1]
                va, vb = around[r] - around[r][-1] / 2, around[r + 1] - around[r + 1][-1] / 2
                mk = m[a] if isinstance(m, (list, tuple)) else m
                c.face([ids[r][a], ids[r][b], ids[r + 1][b], ids[r + 1][a]],
                       [(u[r], va[k]), (u[r], va[k + 1]), (u[r + 1], vb[k + 1]), (u[r + 1], vb[k])], g, mk, chart, group)
        if cap:
            self.cap(ids[-1], g, mk, chart + "_cap", group)
        return ids

    def cap(self, loop, part, material, chart, group=0):
        """Closes a tube by a polygon with a chart of its own."""
        p = np.array([self.skin.positions[i] for i in loop])
        d = p - p.mean(0)
        _, _, axes = np.linalg.svd(d)
        uv = d @ axes[:2].T
        area = np.sum(uv[:, 0] * np.roll(uv[:, 1], -1) - uv[:, 1] * np.roll(uv[:, 0], -1))
        if area > 0:
            uv[:, 1] = -uv[:, 1]
        if np.abs(uv).max() < 0.004:                      # too small for a texel of its own
            uv *= 0.004 / np.abs(uv).max()
        stem = chart.replace("_l_cap", "_cap_l")
        self.skin.face(loop, uv, part, material, stem, group)

    # -----------------------------------------------------------------------------------------
    BEAK = ((0.14, 0.96, 1.0), (0.38, 0.84, 0.80), (0.62, 0.66, 0.60), (0.82, 0.44, 0.42), (0.95, 0.22, 0.22), (1.0, 0.08, 0.10))

    def beak(self):
        """Two mandibles from the head's last ring, which meet in the corner of the mouth."""
        q, c = self.q, self.skin
        y0, z0 = self.front
        base = self.ids[-1]
        inner = c.vertex([0, y0, z0 - 0.002], {"head": 1.0}, True)
        self.joints["jaw"] = np.array([0, y0, z0 - 0.25 * q["head_size"]])
        upper, lower = [], []
        angle = np.linspace(0, np.pi / 2, 5)
        for t, w, h in self.BEAK:
            z = z0 + t * q["beak_length"]
            y = y0 - q["beak_curve"] * t ** 2
            width = w * q["beak_width"] + q["beak_tip_width"] * bump(t, 0.86, 0.26) + 0.0006
            arch = q["beak_culmen"] * (t + 0.35) * (1 - t) * 3
            tip = q["beak_hook"] * t ** 4
            up = h * q["beak_depth"] + 0.0010
            top = np.stack([width * np.sin(angle), y + (up + arch) * np.cos(angle) - tip, 0 * angle + z + 0.25 * tip], 1)
            palate = [0, y - tip + 0.0010, z + 0.25 * tip]
            upper.append([c.vertex(p, {"head": 1.0}, k == 0) for k, p in enumerate(top)] + [c.vertex(palate, {"head": 1.0}, True)])
            down = 0.72 * h * q["beak_depth"] + 0.0008
            gap = 0.0011
            zl = z - 0.06 * q["beak_length"] * t
            low = np.stack([0.94 * width * np.cos(angle), y - gap - down * np.sin(angle), 0 * angle + zl], 1)
            wj = blend("head", "jaw", 0.7 + 2 * t)
            floor = [0, y - gap - 0.0008, zl]
            lower.append([c.vertex(floor, wj, True)] + [c.vertex(p, wj, k == 4) for k, p in enumerate(low)])
        start_u = [base[0], base[1], base[2], base[3], base[4], inner]
        start_l = [inner, base[4], base[5], base[6], base[7], base[8]]
        for name, start, rows in (("beak_upper", start_u, upper), ("beak_lower", start_l, lower)):
            grid = np.array([start] + rows)
            p = np.array(c.positions)[grid]
            arc = np.concatenate([np.zeros((len(grid), 1)), np.cumsum(np.linalg.norm(np.diff(p, axis=1), axis=2), 1)], 1)
            if name == "beak_lower":
                arc = arc - arc[:, -1:]                   # the ventral line, not the floor, is the middle
            u = -np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(p[:, [0, 2, 4]], axis=0), axis=2).mean(1))])
            for i in range(len(grid) - 1):
                for j in range(5):
                    k = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
                    c.face([grid[a] for a in k], [(u[a[0]], arc[a]) for a in k], "beak", "beak", name, 1)
            end = p[-1]
            d = np.stack([-(end[:, 1] - end[:, 1].mean()), end[:, 0]], 1)
            d *= max(1.0, 0.003 / np.abs(d).max())
            c.face(grid[-1][::-1], [(-a, b) for a, b in d[::-1]], "beak", "beak", name + "_cap", 1)

    # -----------------------------------------------------------------------------------------
    def wing(self):
        q, c = self.q, self.skin
        r, j = WING_RINGS, WING_ROWS
        loop = [self.ids[a][b] for a, b in ((r[0], j[0]), (r[1], j[0]), (r[2], j[0]), (r[2], j[1]), (r[2], j[2]), (r[1], j[2]),
                                            (r[0], j[2]), (r[0], j[1]))]
        for i in loop:
            c.weights[i] = mix(c.weights[i], {"humerus_l": 1.0}, 0.35)
        middle = self.rings[r[1]][j[1]]
        shoulder = middle + np.array([-0.005, 0.007, 0.006])
        arm = q["wing_arm_length"]
        bone = {"humerus": 0.100 + 0.45 * arm, "forearm": 0.135 + 0.55 * arm, "hand": 0.090 + 0.30 * (q["wing_tip_length"] - 0.20)}
        elbow = shoulder + bone["humerus"] * in_plane(REST_ANGLE["humerus"])
        wrist = elbow + bone["forearm"] * in_plane(REST_ANGLE["forearm"])
        tip = wrist + bone["hand"] * in_plane(REST_ANGLE["hand"])
        for name, p in (("humerus", shoulder), ("forearm", elbow), ("hand", wrist), ("tertials", shoulder), ("secondaries_in", elbow),
                        ("secondaries_out", wrist), ("primaries_in", wrist), ("primaries_mid", (wrist + tip) / 2)):
            self.joints[name + "_l"] = p
        # arm: bone, part of it, direction of the ring's normal, front, back, thickness, weights
        h, f, a = REST_ANGLE["humerus"], REST_ANGLE["forearm"], REST_ANGLE["hand"]
        n = lambda *w: {k + "_l" if k != "body" else k: v for k, v in w}
        k = 0.25 * (q["wing_chord"] - 0.150)
        stations = [
            (shoulder, elbow, 0.30, (h + 0) / 2, 0.034, 0.034, 0.017, n(("body", 0.12), ("humerus", 0.88))),
            (shoulder, elbow, 0.62, h - 6, 0.026, 0.024, 0.0115, n(("humerus", 1.0))),
            (shoulder, elbow, 0.98, (h + f) / 2, 0.028, 0.014, 0.0078, n(("humerus", 0.5), ("forearm", 0.5))),
            (elbow, wrist, 0.34, f + 5, 0.018, 0.020, 0.0070, n(("forearm", 1.0))),
            (elbow, wrist, 0.68, f + 4, 0.014, 0.018, 0.0065, n(("forearm", 1.0))),
            (elbow, wrist, 1.0, (f + a) / 2, 0.014, 0.018, 0.0060, n(("forearm", 0.5), ("hand", 0.5))),
            (wrist, tip, 0.40, a, 0.011, 0.014, 0.0050, n(("hand", 1.0))),
            (wrist, tip, 0.80, a, 0.008, 0.010, 0.0038, n(("hand", 1.0))),
            (wrist, tip, 1.03, a, 0.003, 0.005, 0.0025, n(("hand", 1.0)))]
        shape = ((-0.72, 0.72), (0, 1), (0.72, 0.72), (1, 0), (0.72, -0.72), (0, -1), (-0.72, -0.72), (-1, 0))
        rings, weights = [], []
        for (p0, p1, t, normal, front, back, thick, w), sunk in zip(stations, (0.007, 0.013, 0.010, 0.007, 0.005, 0.004, 0.003, 0.003, 0.003)):
            centre = p0 + t * (p1 - p0) - WING_N * sunk        # under the feathers
            forward = in_plane(normal - 90)
            rings.append([centre + forward * (x * front if x > 0 else x * (back + k * 0.2)) + WING_N * y * thick for x, y in shape])
            weights.append(w)
        self.tube(loop, rings, weights, "wing_l", lambda r_: ["wing_covert"] * 3 + ["wing_covert"] + ["underwing"] * 3 + ["wing_covert"],
                  "arm_l", cut=7)
        self.feathers(shoulder, elbow, wrist, tip)

    def feathers(self, shoulder, elbow, wrist, tip):
        """Flight feathers on hand, forearm and humerus, a covert over the root of each, scapulars over the root of the wing.

        Levels fall from the tertials to the outermost primary, so that the feathers slide under one another when the wing folds.
        """
        q = self.q
        width, chord, hand = q["feather_width"], q["wing_chord"], q["wing_tip_length"]
        number = 0
        for t in np.linspace(0, 1, 9):                    # primaries, from the wrist to the tip of the hand
            angle = np.interp(t, [0, 0.5, 1], [REST_ANGLE["primaries_in"], REST_ANGLE["primaries_mid"], REST_ANGLE["hand"] - 3])
            weights = blend("primaries_in_l", "primaries_mid_l", 2 * t) if t < 0.5 else blend("primaries_mid_l", "hand_l", 2 * t - 1)
            length = (1 - t) * 0.5 * chord + (0.5 + 0.5 * t - 0.22 * max(0.0, t - 0.80)) * hand + (1.15 * t - 0.35) * q["wing_pointedness"]
            self.flight_feather(number, "primaries", wrist + (0.06 + 0.94 * t) * (tip - wrist), angle, length, 0.50 * width, weights, -0.0035 - 0.0055 * t)
            number += 1
        for t in np.linspace(0, 1, 8):                    # secondaries, from the wrist to the elbow
            at = 0.07 + 0.93 * t
            angle = np.interp(t, [0, 1], [REST_ANGLE["secondaries_out"], REST_ANGLE["secondaries_in"]])
            self.flight_feather(number, "secondaries", wrist + at * (elbow - wrist), angle, chord * (1 - 0.06 * np.sin(np.pi * t)), 0.52 * width + 0.001,
                                blend("secondaries_out_l", "secondaries_in_l", at), -0.0020 + 0.0050 * t)
            number += 1
        for m in range(4):                                # tertials, from the elbow to the shoulder
            t = (m + 0.75) / 4.35
            self.flight_feather(number, "tertials", elbow + t * (shoulder - elbow), REST_ANGLE["tertials"], q["tertial_length"] * (1 - 0.10 * t), 0.58 * width,
                                blend("secondaries_in_l", "tertials_l", t), 0.0030 - 0.0035 * t, 6 + 3 * m)
            number += 1
        for m, (level, roll) in enumerate(((-0.0140, 42), (-0.0070, 30), (-0.0025, 14))):
            root = shoulder + WING_X * (0.014 * m - 0.014) + WING_N * level + np.array([0, 0, 0.020])
            self.blade(root, in_plane(91 - 2 * m), *rolled(in_plane(1 - 2 * m), roll), 0.80 * q["tertial_length"] + 0.020, 0.021, 0.0050, 0.06, 1.0,
                       blend("body", "tertials_l", 0.30 + 0.15 * m), "wing_l", "wing_covert", "underwing", f"covert{number:02d}_l", self.COVERT)
            number += 1

    # how far a covert reaches over its feather, and ahead of its root
    REACH = {"primaries": (0.36, 0.012), "secondaries": (0.56, 0.022), "tertials": (0.70, 0.036)}
    POINTED = {"primaries": 0.88, "secondaries": 1.0, "tertials": 0.95}

    def flight_feather(self, number, group, root, angle, length, half, weights, level, roll=0.0):
        d = in_plane(angle)
        side, normal = rolled(in_plane(angle - 90), roll)
        material = "primaries" if group == "primaries" else "secondaries"
        self.blade(root + WING_N * level, d, side, normal, length, half, 0.0012, 0.020, self.POINTED[group], weights, "wing_l", material, "underwing",
                   f"feather{number:02d}_l", self.VANE)
        cover, ahead = self.REACH[group]
        self.blade(root + WING_N * (level + 0.0012) - d * ahead, d, side, normal, cover * length + ahead, half * 1.18, 0.0060, 0.010, 1.0, weights, "wing_l",
                   "wing_covert", "underwing", f"covert{number:02d}_l", self.COVERT)

    # along the shaft: place, breadth, thickness; a flight feather, a covert
    VANE = ((0.0, 0.42, 1.0), (0.14, 0.82, 0.9), (0.42, 1.0, 0.7), (0.74, 0.98, 0.45), (0.92, 0.66, 0.3))
    COVERT = ((0.0, 0.55, 0.15), (0.22, 0.95, 1.0), (0.62, 1.0, 0.75), (0.90, 0.66, 0.25))

    def blade(self, root, d, side, normal, length, half, thickness, droop, pointed, weights, part, upper, lower, chart, rows):
        """A feather: a closed lens about its shaft, rounded at the tip."""
        c = self.plain
        grid, uv = [], []
        for s, breadth, swell in rows:
            breadth *= 1 - (1 - pointed) * s
            p = root + d * length * s - normal * droop * length * s * s
            # the vane slopes, so that neighbours lie on one another like shingles
            e = side * half * breadth
            t = thickness * swell + 0.0004
            grid.append([c.vertex(p + 0.86 * e + normal * 0.0022, weights), c.vertex(p + normal * t, weights), c.vertex(p - 1.14 * e - normal * 0.0022, weights),
                         c.vertex(p - normal * t, weights)])
            uv.append((s, breadth))
        end = c.vertex(root + d * length - normal * droop * length, weights)
        size = np.linalg.norm(d) * self.length_at_rest(chart, length)
        half0 = self.length_at_rest(chart + "w", half)
        assert np.dot(np.cross(side, d), normal) > 0, chart
        for name, col, sign in (("_up", (0, 1, 2), 1), ("_lo", (2, 3, 0), -1)):
            label = chart[:-2] + name + chart[-2:]
            v = {0: -0.86, 1: 0.0, 2: 1.14, 3: 0.0}
            at = lambda i, k: np.array([uv[i][0] * size, -sign * v[k] * uv[i][1] * half0])
            below = np.array([0.003, 0])
            material = upper if sign > 0 else lower
            group = 10 if sign > 0 else 11
            for i in range(len(grid) - 1):
                for a, b in zip(col, col[1:]):
                    k = [(i, a), (i + 1, a), (i + 1, b), (i, b)]
                    c.face([grid[x][y] for x, y in k], [at(*x) for x in k], part, material, label, group)
            for a, b in zip(col, col[1:]):
                c.face([grid[-1][a], end, grid[-1][b]], [at(len(grid) - 1, a), (size, 0), at(len(grid) - 1, b)], part, material, label, group)
            # half of the root's end on either side
            c.face([grid[0][k] for k in col], [at(0, col[0]) - below, at(0, col[1]), at(0, col[2]) - below], part, material, label, group)

    rest_sizes = {}

    def length_at_rest(self, key, value):
        """Charts have the size of the rest shape."""
        return self.rest_sizes.setdefault(key, value)

    # -----------------------------------------------------------------------------------------
    def leg(self):
        q, c = self.q, self.skin
        r, j = LEG_RINGS, LEG_ROWS
        loop = [self.ids[a][b] for a, b in ((r[0], j[0]), (r[1], j[0]), (r[2], j[0]), (r[2], j[1]), (r[2], j[2]), (r[1], j[2]),
                                            (r[0], j[2]), (r[0], j[1]))]
        for i in loop:
            c.weights[i] = mix(c.weights[i], {"thigh_l": 1.0}, 0.25)
        out, ahead = q["stance"], q["leg_position"]
        hip = np.array([0.036 + 0.5 * out, self.lift - 0.020, -0.012 + ahead])
        out = out + 0.45 * (q["trunk_width"] - 0.080)
        knee = np.array([0.047 + out, self.lift - 0.078 - 0.7 * (q["keel_depth"] - 0.088), 0.022 + ahead])
        s28, c28, s20, c20 = (f(np.radians(x)) for x in (28, 20) for f in (np.sin, np.cos))
        ankle = knee + q["shank_length"] * np.array([-0.02, -c28, -s28])
        foot = ankle + q["tarsus_length"] * np.array([0.0, -c20, s20])
        ground = foot[1] - 0.010
        for name, p in (("thigh", hip), ("shank", knee), ("tarsus", ankle), ("foot", foot)):
            self.joints[name + "_l"] = p
        thick, bulk = q["tarsus_thickness"], q["thigh_bulk"]
        down1, down2 = np.radians(28), np.radians(-20)
        n = lambda *w: {k + "_l" if k != "body" else k: v for k, v in w}
        stations = [                                      # centre, tilt of the ring, front, back, lateral, weights
            (knee + 0.02 * (ankle - knee) + [0, 0, -0.012], np.radians(10), 0.034, 0.036, 0.028, 1.0, n(("body", 0.25), ("thigh", 0.35), ("shank", 0.40))),
            (knee + 0.30 * (ankle - knee) + [0, 0, -0.006], down1, 0.026, 0.027, 0.0225, 1.0, n(("shank", 0.9), ("thigh", 0.1))),
            (knee + 0.62 * (ankle - knee), down1, 0.016, 0.016, 0.0145, 0.6, n(("shank", 1.0))),
            (knee + 0.86 * (ankle - knee), down1, 0.0040, 0.0040, 0.0030, 0.15, n(("shank", 1.0))),
            (ankle, np.radians(4), 0.0025, 0.0035, 0.0020, 0.0, n(("shank", 0.5), ("tarsus", 0.5))),
            (ankle + 0.16 * (foot - ankle), down2, 0.0008, 0.0008, 0.0, 0.0, n(("tarsus", 1.0))),
            (ankle + 0.60 * (foot - ankle), down2, 0.0, 0.0, -0.0004, 0.0, n(("tarsus", 1.0))),
            (foot + 0.009 * np.array([0, c20, -s20]), down2 / 2, 0.0020, 0.0016, 0.0026, 0.0, n(("tarsus", 0.5), ("foot", 0.5))),
            (np.array([foot[0], ground + 0.002, foot[2] + 0.001]), 0.0, 0.0034, 0.0028, 0.0042, 0.0, n(("foot", 1.0)))]
        shape = ((-0.75, 0.75), (0, 1), (0.75, 0.75), (1, 0), (0.75, -0.75), (0, -1), (-0.75, -0.75), (-1, 0))
        rings, weights = [], []
        for k, (centre, tilt, front, back, side, fat, w) in enumerate(stations):
            axis = np.array([0, -np.sin(tilt), np.cos(tilt)])   # forwards, across the bone
            own = 0.0 if k < 3 else thick
            f, b, l = (x + fat * bulk + own for x in (front, back, side))
            rings.append([np.asarray(centre) + axis * (x * (f if x > 0 else b)) + np.array([y * l, 0, 0]) for x, y in shape])
            weights.append(w)
        ids = self.tube(loop, rings, weights, lambda r_: "leg_l" if r_ < 7 else "foot_l", lambda r_: "thigh" if r_ < 3 else "leg", "leg_l",
                        cut=7, cap=False)
        above, below = ids[-2], ids[-1]
        # toes: sides of the last ring that they grow out of, direction, length; the sides' quads give way
        toes = (("toe4_l", (1, 2), (0.62, 0.86), 0.82), ("toe3_l", (2, 3, 4), (0.10, 1.0), 1.0), ("toe2_l", (4, 5), (-0.46, 0.90), 0.80),
                ("toe1_l", (6, 7, 0), (-0.10, -1.0), 0.46))
        gone = {frozenset((above[a], above[b], below[a], below[b])) for _, k, _, _ in toes for a, b in zip(k, k[1:])}
        c.faces = [f for f in c.faces if frozenset(f.ids) not in gone]
        for name, k, way, part in toes:
            way = np.array([way[0], 0, way[1]]) / np.hypot(*way)
            across = np.array([way[2], 0, -way[0]])       # to the right of the way, seen from above
            start = [above[x] for x in k] + [below[x] for x in k[::-1]]
            middle = foot + way * 0.004
            rings, weights = [], []
            for t, wide, high in ((0.30, 0.0042, 0.0062), (0.55, 0.0050, 0.0074), (0.80, 0.0038, 0.0056), (0.90, 0.0026, 0.0048), (1.04, 0.0009, 0.0016)):
                centre = np.array([middle[0], ground + 0.0008, middle[2]]) + way * (t * part * q["toe_length"])
                wide_ = wide + 0.28 * (thick - 0.0068) + q["toe_width"] * (1.0 if t < 0.85 else 0.2)
                high_ = high + 0.35 * (thick - 0.0068)
                across_at = np.linspace(1, -1, len(k))
                ring = [centre + across * x * wide_ * (0.8 if len(k) > 2 else 1) + np.array([0, high_ * (1.15 if abs(x) < 0.5 else 0.85), 0]) for x in across_at]
                ring += [centre + across * x * wide_ for x in across_at[::-1]]
                rings.append(ring)
                weights.append({"foot_l": 1.0} if t < 0.4 else {"toes_l": 1.0})
            self.tube(start, rings, weights, "foot_l", "leg", name, cut=len(start) - 1 if len(k) == 2 else len(k) + 1)
        self.joints["toes_l"] = np.array([foot[0], ground + 0.004, foot[2] + 0.012])
        self.cap(below, "foot_l", "leg", "sole_l")

    # -----------------------------------------------------------------------------------------
    def tail(self):
        q = self.q
        root = np.array([0, self.lift + 0.030, -0.99 * q["trunk_length"]])
        self.joints["tail_fan_l"] = np.array([0, self.lift + 0.030, -0.99 * q["trunk_length"]])
        count = 6
        y, x = np.array([0, 1.0, 0]), np.array([1.0, 0, 0])
        for m in range(count):
            t = m / (count - 1)
            angle = np.radians(2.2 + 13.0 * t)
            d = np.array([np.sin(angle), -0.02, -np.cos(angle)])
            side = np.array([np.cos(angle), 0, np.sin(angle)])
            normal = np.cross(side, d)
            normal /= np.linalg.norm(normal)
            start = root + x * (0.0035 + 0.0085 * m / 2) + y * (-0.0009 * m)
            length = q["tail_length"] * (1 - 0.05 * t) + q["tail_fork"] * (t ** 1.5 - 0.25) + (q["tail_streamer"] if m == 0 else 0) + 0.02
            w = {"tail": 1 - 0.92 * t - 0.08, "tail_fan_l": 0.92 * t + 0.08} if m else {"tail": 0.92, "tail_fan_l": 0.08}
            self.blade(start, d, side, normal, length, q["tail_width"] * (1.0 if m else 0.9), 0.0013, 0.010, 0.97, w, "tail", "tail", "undertail",
                       f"tail{m}_l", self.VANE)

    def eye(self):
        """A ball in the side of the head."""
        q, c = self.q, self.plain
        size = q["head_size"]
        top = self.head_origin
        centre = top + np.array([0.70 * size + 0.80 * q["head_width"] - 0.10 * (q["eye_size"] - 0.0068),
                                 0.46 * size + 0.25 * q["head_height"], 1.05 * size + 0.5 * q["head_length"]])
        centre = centre + q["eye_forward"] * np.array([-0.80, 0.0, 0.75])
        rows, cols = 6, 10
        r = 1.15 * q["eye_size"]
        axis = np.array([np.cos(0.30), 0.10, np.sin(0.30)])
        axis /= np.linalg.norm(axis)
        e1 = np.cross([0, 1.0, 0], axis)
        e1 /= np.linalg.norm(e1)
        e2 = np.cross(axis, e1)
        w = {"head": 1.0}
        pole = c.vertex(centre + axis * r, w)
        ids = [[c.vertex(centre + r * (np.cos(a) * axis + np.sin(a) * (np.cos(b) * e1 + np.sin(b) * e2)), w)
                for b in 2 * np.pi * np.arange(cols) / cols] for a in np.pi * np.arange(1, rows) / rows]
        back = c.vertex(centre - axis * r, w)
        r0 = self.length_at_rest("eye", r)
        # two discs: the seen half and the one in the head
        disc = lambda i, k, sign: (np.array([sign * np.cos(2 * np.pi * k / cols), -np.sin(2 * np.pi * k / cols)]) * r0 * np.pi / 2 *
                                   ((i + 1) / (rows / 2) if sign > 0 else (rows - 1 - i) / (rows / 2)))
        for k in range(cols):
            b = (k + 1) % cols
            c.face([pole, ids[0][k], ids[0][b]], [(0, 0), disc(0, k, 1), disc(0, k + 1, 1)], "eye_l", "eye", "eye_front_l", 20)
            for i in range(rows - 2):
                s = 1 if i < rows // 2 - 1 else -1
                c.face([ids[i][k], ids[i + 1][k], ids[i + 1][b], ids[i][b]],
                       [disc(i, k, s), disc(i + 1, k, s), disc(i + 1, k + 1, s), disc(i, k + 1, s)], "eye_l", "eye",
                       "eye_front_l" if s > 0 else "eye_back_l", 20)
            c.face([ids[-1][k], back, ids[-1][b]], [disc(rows - 2, k, -1), (0, 0), disc(rows - 2, k + 1, -1)], "eye_l", "eye", "eye_back_l", 20)

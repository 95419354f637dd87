# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Authors the car template: template.glb (parts, UV atlas, morph targets) and category.json.

Every vertex is an affine function of the semantic parameters below: only sums of parameters times
constants, never a product of two parameters. A morph target is therefore exact at any weight:
target k = build(rest + unit_k) - build(rest), weight 1 = one unit, about one standard deviation
over the population of cars.

Gaps between panels are cut afterwards, see grooves.py.

Usage: python3 car.py OUTPUT_DIRECTORY
"""
import json
import os
import struct
import sys

import numpy as np

import grooves

# ---------------------------------------------------------------------------------------------
# Parameters: name, rest value (metres), unit of weight 1 (metres), limits (metres)
# ---------------------------------------------------------------------------------------------
PARAMETERS = [
    ("wheelbase_front", 1.30, 0.12, 1.05, 1.75),      # front axle z; the whole front moves with it
    ("wheelbase_rear", 1.30, 0.12, 1.05, 1.75),       # minus rear axle z; the whole rear moves with it
    ("front_overhang", 0.85, 0.10, 0.62, 1.15),
    ("rear_overhang", 0.88, 0.16, 0.62, 1.40),
    ("width", 0.90, 0.05, 0.77, 1.06),                # half width of the body
    ("track", -0.035, 0.02, -0.09, 0.03),             # outer wheel face against the body side
    ("wheel_radius", 0.325, 0.03, 0.27, 0.42),
    ("wheel_width", 0.21, 0.03, 0.15, 0.32),
    ("arch_gap", 0.05, 0.02, 0.02, 0.13),
    ("arch_flare", 0.015, 0.02, 0.0, 0.09),
    ("sill_height", 0.23, 0.06, 0.11, 0.52),
    ("belt_height", 0.95, 0.10, 0.66, 1.32),
    ("belt_slope", 0.03, 0.03, -0.06, 0.12),          # the rear of the belt line above its front
    ("hood_front_height", 0.74, 0.10, 0.46, 1.12),
    ("cowl_position", 0.42, 0.22, -0.42, 0.95),       # behind the front axle
    ("windshield_rake", 0.68, 0.17, 0.10, 1.25),
    ("roof_height", 1.50, 0.18, 1.02, 2.25),
    ("roof_crown", 0.06, 0.02, 0.015, 0.13),
    ("roof_arch", 0.06, 0.03, 0.005, 0.16),           # both ends of the roof fall
    ("roof_slope", 0.03, 0.04, -0.06, 0.20),          # the rear of the roof falls
    ("roof_raise", 0.0, 0.14, -0.02, 0.50),           # high roof above unchanged windows
    ("tumblehome", 0.15, 0.05, 0.01, 0.30),
    ("side_bulge", 0.035, 0.015, 0.0, 0.09),
    ("nose_curvature", 0.20, 0.06, 0.05, 0.42),
    ("nose_inclination", 0.10, 0.06, -0.02, 0.36),
    ("tail_curvature", 0.13, 0.05, 0.03, 0.32),
    ("tail_inclination", 0.07, 0.06, -0.08, 0.30),
    ("bumper_depth", 0.05, 0.03, 0.0, 0.16),          # front and rear
    ("deck_length", 0.28, 0.28, 0.05, 2.05),          # tail edge to the base of the rear window
    ("deck_height", 0.02, 0.06, -0.16, 0.20),         # tail edge against the rear end of the belt
    ("backlight_rake", 0.40, 0.22, 0.03, 1.35),
    ("b_pillar", 0.0, 0.12, -0.40, 0.35),             # forwards
    ("c_pillar", 0.0, 0.16, -0.45, 0.45),             # forwards: a longer rearmost side window
    ("bed_depth", 0.0, 0.22, 0.0, 0.60),
    ("wing_height", 0.0, 0.14, 0.0, 0.60),
    ("roof_spoiler", 0.0, 0.09, 0.0, 0.38),
]
NAMES = [p[0] for p in PARAMETERS]
USED = set()                                              # materials in use, filled by main
REST = np.array([p[1] for p in PARAMETERS])
UNIT = np.array([p[2] for p in PARAMETERS])
LOW = np.array([p[3] for p in PARAMETERS])
HIGH = np.array([p[4] for p in PARAMETERS])

PARTS = ["body", "glass", "bumper_front", "bumper_rear", "grille", "headlight_l", "headlight_r",
         "taillight_l", "taillight_r", "indicator_fl", "indicator_fr", "indicator_rl", "indicator_rr",
         "plate_front", "plate_rear", "mirror_l", "mirror_r", "door_fl", "door_fr", "door_rl", "door_rr",
         "spoiler", "underbody", "interior", "steering_wheel_l", "steering_wheel_r", "wheel_fl", "wheel_fr", "wheel_rl", "wheel_rr"]

MATERIALS = {
    "paint": dict(color=(0.42, 0.05, 0.05), metallic=0.15, roughness=0.38, clearcoat=1.0),
    "glass": dict(color=(0.025, 0.03, 0.035), alpha=0.62, metallic=0.0, roughness=0.06),
    "trim": dict(color=(0.022, 0.022, 0.024), metallic=0.0, roughness=0.6),
    "chrome": dict(color=(0.78, 0.78, 0.8), metallic=1.0, roughness=0.14),
    "rim": dict(color=(0.62, 0.63, 0.65), metallic=0.8, roughness=0.32),
    "rubber": dict(color=(0.018, 0.018, 0.019), metallic=0.0, roughness=0.85),
    "headlight": dict(color=(0.82, 0.85, 0.88), metallic=0.3, roughness=0.12),
    "taillight": dict(color=(0.5, 0.01, 0.012), metallic=0.0, roughness=0.18),
    "indicator": dict(color=(0.85, 0.33, 0.03), metallic=0.0, roughness=0.2),
    "plate": dict(color=(0.85, 0.85, 0.82), metallic=0.0, roughness=0.5),
    "interior": dict(color=(0.03, 0.03, 0.032), metallic=0.0, roughness=0.9),
}

# ---------------------------------------------------------------------------------------------
# Grid constants (the left half, x >= 0; the right half is its mirror image)
# ---------------------------------------------------------------------------------------------
FRONT, ARCH, MIDDLE, REAR = 4, 12, 8, 4
COLS = FRONT + ARCH + MIDDLE + ARCH + REAR            # side columns, nose to tail
ARCH_F = FRONT
ARCH_R = FRONT + ARCH + MIDDLE
COWL = FRONT + ARCH - 2                               # column of the windshield base
BASE = ARCH_R + 8                                     # column of the rear window base
CABIN = BASE - COWL
DECK = COLS - BASE
ROWS = np.array([0, 0.10, 0.24, 0.38, 0.50, 0.64, 0.78, 0.895, 0.925, 1.0])      # side, sill to belt
HOUSE = np.array([0, 0.07, 0.33, 0.60, 0.84, 0.94, 1.0])                 # pillars, belt to roof
LAT = np.array([0, 0.2, 0.4, 0.6, 0.78, 0.87, 0.92, 1.0])                # centre line to edge
NR, NH, NL = len(ROWS) - 1, len(HOUSE) - 1, len(LAT) - 1
HOOD_T = np.concatenate([[0, 0.03, 0.058, 0.082], np.linspace(0.105, 1, ARCH - 1)])
DECK_T = np.array([0, 0.05, 0.09, 0.28, 0.48, 0.66, 0.85, 0.92, 1.0])
# Side windows: where the columns of the cabin stand, as a part of its length
BELT_T = np.array([0, 0.05, 0.10, 0.18, 0.26, 0.34, 0.415, 0.445, 0.51, 0.575, 0.64, 0.70, 0.755, 0.785,
                   0.835, 0.885, 0.93, 0.965, 1.0])
RAIL_T = np.array([0, 0.04, 0.08, 0.15, 0.22, 0.29, 0.36, 0.40, 0.475, 0.55, 0.625, 0.70, 0.765, 0.80,
                   0.85, 0.90, 0.94, 0.97, 1.0])
WINDOWS = [(1, 6), (7, 12), (13, 16)]                 # columns of glass: front, rear, rearmost
B_PILLAR, C_PILLAR = 6, 13                            # columns of the cabin where doors end
LID, TAIL = 6, 4                                      # lateral places of the edges of bonnet and boot, and of the tail lamps
B_HAT = np.interp(np.arange(CABIN + 1), [0, 1, 6, 7, 12, 18], [0, 0, 1, 1, 0, 0])
C_HAT = np.interp(np.arange(CABIN + 1), [0, 7, 12, 13, 16, 18], [0, 0, 1, 1, 0.4, 0])


def smooth(a, b, t):
    s = np.clip((np.asarray(t, float) - a) / (b - a), 0, 1)
    return s * s * (3 - 2 * s)


class Mesh:
    """Collects the left half: positions, and faces with part, material, chart and chart coordinates."""

    def __init__(self):
        self.pos = []
        self.faces = []
        self.stretched = set()                                # vertices whose neighbours come close and go far away
        self.panels = []                                      # name of each face's panel, None where there is none

    def v(self, p):
        self.pos.append(np.asarray(p, float))
        return len(self.pos) - 1

    def ids(self, block):
        shape = block.shape[:-1]
        return np.array([self.v(p) for p in block.reshape(-1, 3)]).reshape(shape)

    def tri(self, ids, uv, part, material, chart, group, panel=None):
        self.panels.append(panel)
        self.faces.append((tuple(int(i) for i in ids), np.asarray(uv, float), part, material, chart, group))

    def quad(self, ids, uv, part, material, chart, group, flip=False, panel=None):
        a, b, c, d = ids
        ua, ub, uc, ud = uv
        if flip:
            self.tri((a, b, d), (ua, ub, ud), part, material, chart, group, panel)
            self.tri((b, c, d), (ub, uc, ud), part, material, chart, group, panel)
        else:
            self.tri((a, b, c), (ua, ub, uc), part, material, chart, group, panel)
            self.tri((a, c, d), (ua, uc, ud), part, material, chart, group, panel)

    def grid(self, ids, uv, label, chart, group, outward, turned=lambda i, j: False, panel=lambda i, j, part: None):
        """ids[i, j]; outward = +1 when (di x dj) points outwards, else -1; panel(i, j, part) names a face's panel."""
        for i in range(ids.shape[0] - 1):
            for j in range(ids.shape[1] - 1):
                part, material = label(i, j)
                k = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
                if outward < 0:
                    k = [k[0], k[3], k[2], k[1]]
                self.quad([ids[q] for q in k], [uv[q] for q in k], part, material, chart, group, turned(i, j), panel(i, j, part))


def build(p, rest=None):
    """The left half for the parameters p. Affine in p. `rest` is the rest mesh whose heights fix the weights."""
    q = dict(zip(NAMES, p))
    m = Mesh()
    zf, zr = q["wheelbase_front"], -q["wheelbase_rear"]
    w, radius, sill = q["width"], q["wheel_radius"], q["sill_height"]
    ra = radius + q["arch_gap"]
    belt = q["belt_height"]
    hood = q["hood_front_height"]
    nose_z = zf + q["front_overhang"]
    tail_z = zr - q["rear_overhang"]
    nc, tc = q["nose_curvature"], q["tail_curvature"]
    nose_top = nose_z - q["nose_inclination"]                 # hood's front edge, middle
    tail_top = tail_z + q["tail_inclination"]
    cowl_z = zf - q["cowl_position"]
    base_z = tail_top + q["deck_length"]
    ws_top_z = cowl_z - q["windshield_rake"]
    roof_end_z = base_z + q["backlight_rake"]
    belt_rear = belt + q["belt_slope"]
    deck_y = belt_rear + q["deck_height"]

    # --- lower side: bottom curve, top curve, rows between -------------------------------------
    bottom = np.zeros((COLS + 1, 2))                          # (z, y)
    front_bottom = np.array([nose_z - nc - 0.03, sill + 0.01])
    rear_bottom = np.array([tail_z + tc + 0.04, sill + 0.05])

    def arch(zc, k):
        a = np.pi * k / ARCH
        circle = np.array([zc + ra * np.cos(a), radius + ra * np.sin(a)])
        if k in (0, ARCH):
            circle = np.array([zc + 1.09 * ra * np.cos(a), sill])
        return circle

    for k in range(ARCH + 1):
        bottom[ARCH_F + k] = arch(zf, k)
        bottom[ARCH_R + k] = arch(zr, k)
    for k in range(FRONT):
        t = k / FRONT
        bottom[k] = front_bottom * (1 - t) + bottom[ARCH_F] * t
    sills = ARCH_F + ARCH
    for k in range(1, MIDDLE):
        t = k / MIDDLE
        bottom[sills + k] = bottom[sills] * (1 - t) + bottom[ARCH_R] * t
    end = ARCH_R + ARCH
    for k in range(1, REAR + 1):
        t = k / REAR
        bottom[end + k] = bottom[end] * (1 - t) + rear_bottom * t

    top = np.zeros((COLS + 1, 2))
    hood_front = np.array([nose_top - nc - 0.04, hood - 0.02])
    cowl = np.array([cowl_z - 0.02, belt])
    base = np.array([base_z + 0.03 + 1.15 * tc, belt_rear])
    tail = np.array([tail_top + tc + 0.02, deck_y - 0.01])
    for k in range(COWL + 1):
        t = HOOD_T[k]
        rise = 1 - (1 - t) ** 1.85                             # the fender rises early
        top[k] = [hood_front[0] * (1 - t) + cowl[0] * t, hood_front[1] * (1 - rise) + cowl[1] * rise]
    for k in range(CABIN + 1):
        t = BELT_T[k]
        top[COWL + k] = cowl * (1 - t) + base * t
        top[COWL + k, 0] += q["b_pillar"] * B_HAT[k] + q["c_pillar"] * C_HAT[k]
    for k in range(DECK + 1):
        t = DECK_T[k]
        top[BASE + k] = base * (1 - t) + tail * t

    # fenders stay above large wheels
    swell = 1.0 * (q["wheel_radius"] - 0.325) + 0.7 * (q["arch_gap"] - 0.05) + 0.012
    for start in (ARCH_F, ARCH_R):
        for k in range(-3, ARCH + 4):
            if 0 < start + k < COLS:
                top[start + k, 1] += swell * (0.5 + 0.5 * np.cos(np.pi * (k - ARCH / 2) / (ARCH / 2 + 4)))

    # constants of the body side, fixed by column and by the height at rest
    col = np.arange(COLS + 1)
    nose_in = np.interp(col, [0, 1, 2, 3, 4, 7, 12, COWL], [1, 0.60, 0.36, 0.20, 0.11, 0.05, 0.015, 0])
    tail_in = np.interp(col[::-1], [0, 1, 2, 3, 4, 7, 12, 16], [1, 0.58, 0.32, 0.17, 0.09, 0.04, 0.01, 0])
    nose_w = np.interp(col, [0, 1, 2, 3, 4], [1, 0.8, 0.5, 0.2, 0])
    tail_w = nose_w[::-1]
    in_arch = np.zeros(COLS + 1)
    for start in (ARCH_F, ARCH_R):
        for k in range(ARCH + 1):
            in_arch[start + k] = max(in_arch[start + k], min(1.0, 0.35 + 0.65 * np.sin(np.pi * k / ARCH) * 1.6))
    spread = np.zeros(COLS + 1)                               # columns are pushed away from the arches
    for start in (ARCH_F, ARCH_R):
        spread += 0.045 * np.interp(col - start, [-3, 0, 2, 6, 10, 12, 16], [0, 0.5, 1, 0, -1, -0.7, 0])
    # profile of nose and tail over the rows: bumper bulge, inclination
    bump_n = np.interp(ROWS, [0, 0.10, 0.24, 0.38, 0.50, 0.64, 1], [0.55, 0.9, 1, 1, 0.72, 0.10, 0])
    tuck_n = np.interp(ROWS, [0, 0.10, 0.24, 1], [0.030, 0.010, 0, 0])
    incl_n = np.interp(ROWS, [0, 0.38, 0.50, 0.64, 0.80, 0.92, 1], [0, 0, 0.05, 0.16, 0.38, 0.68, 1])
    bump_t = np.interp(ROWS, [0, 0.10, 0.24, 0.38, 0.50, 0.64, 1], [0.45, 0.85, 1, 1, 0.85, 0.08, 0])
    incl_t = np.interp(ROWS, [0, 0.38, 0.50, 0.64, 0.80, 0.92, 1], [0, 0, 0.04, 0.20, 0.46, 0.75, 1])
    round_n = np.interp(ROWS, [0, 0.80, 0.92, 1], [0, 0, 0.010, 0.040])
    round_t = np.interp(ROWS, [0, 0.80, 0.92, 1], [0, 0, 0.004, 0.020])

    def nose_profile(r):                                      # z offset of a row against nose_z
        return bump_n[r] * (q["bumper_depth"] - 0.02) - tuck_n[r] - incl_n[r] * q["nose_inclination"] - round_n[r]

    def tail_profile(r):
        return -bump_t[r] * (q["bumper_depth"] - 0.02) + tuck_n[r] + incl_t[r] * q["tail_inclination"] + round_t[r]

    side = np.zeros((COLS + 1, NR + 1, 3))
    for i in range(COLS + 1):
        for r in range(NR + 1):
            t = ROWS[r]
            z, y = bottom[i] * (1 - t) + top[i] * t
            # columns leave the arch steeply and lean only higher up
            bent = t ** (1 + 0.2 * min(i, COLS - i, 4))
            z = bottom[i, 0] * (1 - bent) + top[i, 0] * bent + spread[i] * 4 * t * (1 - t)
            if i < 4:                                         # the front corner follows the nose profile
                straight = (nose_z - nc + nose_profile(r))
                z += nose_w[i] * (straight - (front_bottom[0] * (1 - t) + hood_front[0] * t))
            if i > COLS - 4:
                straight = (tail_z + tc + tail_profile(r))
                z += tail_w[i] * (straight - (rear_bottom[0] * (1 - t) + tail[0] * t))
            side[i, r] = [0, y, z]
    reference = side[:, :, 1] if rest is None else rest
    high = reference[:, NR]
    ground = 0.23
    for i in range(COLS + 1):
        for r in range(NR + 1):
            v = np.clip((reference[i, r] - ground) / (high[i] - ground), 0, 1)
            x = w - q["side_bulge"] * abs((v - 0.52) / 0.5) ** 2.2
            x -= 0.045 * max(0.0, 1 - v / 0.22) ** 2 * (1 - 0.75 * in_arch[i])      # rocker tucks under
            x -= 0.030 * smooth(0.80, 1.0, v) ** 1.5                              # shoulder
            x += 0.010 * np.exp(-((v - 0.76) / 0.09) ** 2) * (1 if ARCH_F < i < COLS - 3 else 0.3)
            fender = 1 - smooth(COWL - 3, COWL, i)
            x -= 0.018 * smooth(0.82, 1.0, v) * fender
            x -= nose_in[i] * (0.045 + 0.42 * nc) * (1 + 0.15 * (1 - t))
            x -= tail_in[i] * (0.030 + 0.45 * tc)
            lip = in_arch[i] * np.interp(r, [0, 1, 2, 3, 4], [1, 0.92, 0.5, 0.15, 0])
            x += q["arch_flare"] * lip
            side[i, r, 0] = x

    sl = m.ids(side)
    belt_edge = side[COWL:BASE + 1, NR]

    # --- pillars and side windows ---------------------------------------------------------------
    roof_s = RAIL_T
    raised = smooth(0.0, 0.30, roof_s)
    arch_s = np.where(roof_s < 0.42, 0.8 * ((0.42 - roof_s) / 0.42) ** 2, ((roof_s - 0.42) / 0.58) ** 2)
    slope_s = np.clip((roof_s - 0.25) / 0.75, 0, 1) ** 1.6
    ends = (roof_s > 0.999) | (roof_s < 0.001)
    roof_y = q["roof_height"] - q["roof_arch"] * arch_s - q["roof_slope"] * slope_s - 0.012 * ends
    house = np.zeros((CABIN + 1, NH + 1, 3))
    house[:, 0] = belt_edge
    for k in range(CABIN + 1):
        s = RAIL_T[k]
        rail_z = (ws_top_z - 0.05) * (1 - s) + (roof_end_z + 0.03 + 0.5 * tc) * s
        rail_z += 0.4 * q["b_pillar"] * B_HAT[k] + 0.25 * q["c_pillar"] * C_HAT[k]
        rail_y = roof_y[k] - q["roof_crown"]
        rail_x = (w - 0.10) - q["tumblehome"] - 0.030 - 0.02 * s ** 2 - 0.02 * (1 - s) ** 3
        rail = np.array([rail_x, rail_y, rail_z])
        for r in range(1, NH + 1):
            f = HOUSE[r]
            pnt = belt_edge[k] * (1 - f) + rail * f
            pnt[0] += 0.055 * np.sin(np.pi * f ** 1.25)
            pnt[1] += 0.020 * np.sin(np.pi * f)
            # ends of the cabin are bowed outwards a little
            pnt[2] += 0.020 * np.sin(np.pi * f) * (1 - smooth(0, 0.10, s)) - 0.03 * np.sin(np.pi * f) * smooth(0.90, 1.0, s)
            lift = raised[k] * q["roof_raise"]
            pnt[1] += lift * (1.0 if r == NH else 0.80 if r == NH - 1 else 0.0)
            house[k, r] = pnt
    gh = m.ids(house[:, 1:])
    gh = np.concatenate([sl[COWL:BASE + 1, NR:NR + 1], gh], axis=1)

    # --- nose and tail ---------------------------------------------------------------------------
    def face(sign):
        block = np.zeros((NL, NR + 1, 3))
        corner = side[0 if sign > 0 else COLS]
        for l in range(NL):
            f = LAT[l]
            for r in range(NR + 1):
                if sign > 0:
                    z = nose_z - nc * f ** 2.4 + nose_profile(r)
                    crown = 0.03
                else:
                    z = tail_z + tc * f ** 2.6 + tail_profile(r)
                    crown = 0.01
                y = corner[r, 1] + crown * (1 - f ** 2.6) * smooth(0.5, 1, ROWS[r])
                x = corner[r, 0] * f
                block[l, r] = [x, y, z]
        return block

    nose, rear = face(1), face(-1)
    fr = np.concatenate([m.ids(nose), sl[0:1]], axis=0)
    re = np.concatenate([m.ids(rear), sl[COLS:COLS + 1]], axis=0)

    # --- the strip over the top: hood, windshield, roof, rear window, deck ------------------------
    def across(edge, centre, power=2.4, zpower=2.0):
        """Points from the centre line towards the edge, without the edge itself."""
        out = np.zeros((NL, 3))
        for l in range(NL):
            f = LAT[l]
            out[l] = [edge[0] * f, edge[1] + (centre[0] - edge[1]) * (1 - f ** power),
                      edge[2] + (centre[1] - edge[2]) * (1 - f ** zpower)]
        return out

    cowl_c = np.array([belt + 0.05, cowl_z + 0.10])            # (y, z)
    base_c = np.array([belt_rear + 0.035, base_z - 0.01])
    ws_top_c = np.array([roof_y[0], ws_top_z + 0.02])
    end_c = np.array([roof_y[-1] + q["roof_raise"], roof_end_z - 0.03])
    nose_c = np.array([nose[0, NR, 1], nose[0, NR, 2]])
    tail_c = np.array([rear[0, NR, 1], rear[0, NR, 2]])

    hood_pts = np.zeros((COWL, NL, 3))
    for k in range(1, COWL + 1):
        t = HOOD_T[k]
        rise = 1 - (1 - t) ** 1.85
        z = nose_c[1] * (1 - t) + cowl_c[1] * t
        y = nose_c[0] * (1 - rise) + cowl_c[0] * rise + 0.012 * np.sin(np.pi * t)
        row = across(side[k, NR], (y, z), 2.6, 2.4)
        row[:, 1] += 0.010 * np.exp(-((LAT[:NL] - 0.70) / 0.14) ** 2) * np.sin(np.pi * t)
        hood_pts[k - 1] = row
    ho = np.zeros((COWL + 1, NL + 1), int)
    ho[0] = fr[:, NR]
    ho[1:, :NL] = m.ids(hood_pts)
    ho[:, NL] = sl[:COWL + 1, NR]

    def screen(edges, low_c, high_c, bow, zpower):
        pts = np.zeros((NH - 1, NL, 3))
        for r in range(1, NH):
            f = HOUSE[r]
            c = low_c * (1 - f) + high_c * f + np.array([0.025, bow]) * np.sin(np.pi * f)
            pts[r - 1] = across(edges[r], c, 2.6, zpower)
        return pts

    ws = np.zeros((NH + 1, NL + 1), int)
    ws[0] = ho[COWL]
    ws[1:NH, :NL] = m.ids(screen(house[0], cowl_c, ws_top_c, 0.02, 2.4))
    ws[:, NL] = gh[0]
    roof_pts = np.zeros((CABIN + 1, NL, 3))
    for k in range(CABIN + 1):
        s = RAIL_T[k]
        z = ws_top_c[1] * (1 - s) + end_c[1] * s + 0.4 * q["b_pillar"] * B_HAT[k] + 0.25 * q["c_pillar"] * C_HAT[k]
        y = roof_y[k] + raised[k] * q["roof_raise"]
        roof_pts[k] = across(house[k, NH], (y, z), 2.6, 2.4 + 0.2 * s)
    rf = np.zeros((CABIN + 1, NL + 1), int)
    rf[:, :NL] = m.ids(roof_pts)
    rf[:, NL] = gh[:, NH]
    ws[NH] = rf[0]
    bl = np.zeros((NH + 1, NL + 1), int)
    deck_pts = np.zeros((DECK, NL, 3))
    sink_row = np.array([0, 0, 1, 1, 1, 1, 1, 0, 0])
    for k in range(DECK):
        t = DECK_T[k]
        c = base_c * (1 - t) + tail_c * t + np.array([0.012 * np.sin(np.pi * t), 0])
        row = across(side[BASE + k, NR], c, 2.6, 2.6)
        row[:6, 1] -= q["bed_depth"] * sink_row[k]
        deck_pts[k] = row
    dk = np.zeros((DECK + 1, NL + 1), int)
    dk[:DECK, :NL] = m.ids(deck_pts)
    dk[DECK] = re[:, NR]
    dk[:, NL] = sl[BASE:, NR]
    bl[0] = dk[0]
    back = screen(house[CABIN], base_c, end_c - np.array([1, 0]) * q["roof_raise"], -0.02, 2.6)
    back[NH - 2, :, 1] += 0.80 * q["roof_raise"] * (1 - LAT[:NL] ** 2.6)
    bl[1:NH, :NL] = m.ids(back)
    bl[NH] = rf[CABIN]
    bl[:, NL] = gh[CABIN]

    # --- underbody with wheel wells ---------------------------------------------------------------
    floor = sill + 0.02
    under = np.zeros((COLS + 1, 4, 3))
    for i in range(COLS + 1):
        b = side[i, 0]
        inner = w - 0.46
        inset = np.array([-0.03, 0.004, 0.0])
        under[i, 0] = b + inset
        k = i - ARCH_F if i < ARCH_R else i - ARCH_R
        drop = np.sin(np.pi * k / ARCH) if 0 < k < ARCH else 0.0          # the well falls towards the inside
        under[i, 1] = [inner + 0.015, b[1] + 0.006 - drop * (0.7 * q["arch_gap"] + 0.012), b[2]]
        under[i, 2] = [inner - 0.01, floor, b[2]]
        under[i, 3] = [0, floor, b[2]]
    ub = np.concatenate([sl[:, 0:1], m.ids(under)], axis=1)

    # --- labels and faces ---------------------------------------------------------------------------
    pos = np.array(m.pos)

    def side_uv():
        uv = np.zeros((COLS + 1, NR + 1, 2))
        for i in range(COLS + 1):
            for r in range(NR + 1):
                ext = 0.0
                if i < 4:
                    ext = side[4, 4, 0] - side[i, 4, 0]
                if i > COLS - 4:
                    ext = -(side[COLS - 4, 4, 0] - side[i, 4, 0])
                uv[i, r] = [side[i, r, 2] + ext, side[i, r, 1]]
        return uv

    suv = side_uv()
    huv = np.zeros((CABIN + 1, NH + 1, 2))
    huv[:, 0] = suv[COWL:BASE + 1, NR]
    for r in range(1, NH + 1):
        huv[:, r, 0] = house[:, r, 2]
        huv[:, r, 1] = house[:, r, 1] + 0.25 * (house[:, 0, 0] - house[:, r, 0])

    def side_label(i, r):
        front_door, rear_door = (COWL + (2 if r < 4 else 0) <= i < COWL + 6), (COWL + 6 <= i < ARCH_R)
        if i < FRONT and r < 4:
            return ("bumper_front", "trim" if r == 0 else "paint")
        if i >= COLS - REAR and r < 4:
            return ("bumper_rear", "trim" if r == 0 else "paint")
        if r in (5, 6, 7):
            if i == 0:
                return ("headlight_l", "headlight")
            if i == 1:
                return ("indicator_fl", "indicator")
            if i == COLS - 1:
                return ("taillight_l", "taillight")
        if r == 0 and COWL + 2 <= i < ARCH_R:
            return ("body", "trim")
        if r >= 1:
            if front_door:
                return ("door_fl", "paint")
            if rear_door or (ARCH_R <= i < ARCH_R + 3 and r >= 4):
                return ("door_rl", "paint")
        return ("body", "paint")

    def house_label(k, r):
        if 1 <= r <= 3:
            if any(a <= k < b for a, b in WINDOWS):
                return ("glass", "glass")
            if k in (6, 12):
                return ("body", "trim")
        return ("body", "paint")

    def nose_label(l, r):
        if r < 4:
            if r == 0 or (r in (1, ) and l < 4):
                return ("bumper_front", "trim")
            return ("bumper_front", "paint")
        if r in (5, 6, 7):
            return ("headlight_l", "headlight") if l >= 3 else ("grille", "chrome" if r == 7 else "trim")
        return ("body", "paint")

    def rear_label(l, r):
        if r < 4:
            return ("bumper_rear", "trim" if r == 0 else "paint")
        if l >= 4 and r in (5, 6, 7):
            return ("taillight_l", "taillight")
        if l >= 4 and r == 4:
            return ("indicator_rl", "indicator")
        return ("body", "paint")

    def ws_label(r, l):
        if r == 0:
            return ("body", "trim")
        if r <= 4 and l < NL - 1:
            return ("glass", "glass")
        return ("body", "paint")

    def bl_label(r, l):
        return ("glass", "glass") if 1 <= r <= 3 and l < 5 else ("body", "paint")

    def body(i, j):
        return ("body", "paint")

    def lateral_uv(ids, run):
        return np.stack([pos[ids][..., 0], np.broadcast_to(run[:, None], ids.shape)], axis=-1)

    def run_of(ids):
        line = pos[ids[:, 0]]
        return np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])

    def side_panel(i, r, part):
        return part if part.startswith(("bumper", "door")) else "body"

    def house_panel(k, r, part):                              # frames of the doors' windows
        if r < 5 and k < C_PILLAR:
            return "door_fl" if k < B_PILLAR else "door_rl"
        return "body"

    def hood_panel(k, l, part):
        return "bonnet" if l < LID else "body"

    def deck_panel(k, l, part):
        return "boot" if l < LID else "body"

    def rear_panel(l, r, part):
        if part.startswith("bumper"):
            return part
        return "boot" if l < (LID if r == NR - 1 else TAIL) else "body"

    m.stretched.update(int(v) for v in np.concatenate([gh[:, NH - 1], dk[0], dk[DECK], dk[:, LID]]))
    m.grid(sl, suv, side_label, "side_l", 0, 1, lambda i, r: ARCH_F + 6 <= i < ARCH_R + 6 or i >= COLS - 4, side_panel)
    m.grid(gh, huv, house_label, "side_l", 0, 1, lambda k, r: k >= 7, house_panel)
    offset = 0.0
    for ids, label, panel in ((ho, body, hood_panel), (ws, ws_label, side_panel), (rf, body, side_panel),
                              (bl[::-1], lambda i, l: bl_label(NH - 1 - i, l), side_panel), (dk, body, deck_panel)):
        run = run_of(ids)
        m.grid(ids, lateral_uv(ids, offset + run), label, "top", 0, -1, panel=panel)
        offset += run[-1]
    for ids, label, chart, panel in ((fr, nose_label, "front", side_panel), (re, rear_label, "rear", rear_panel)):
        run = run_of(ids.T)
        uv = np.swapaxes(lateral_uv(ids.T, run), 0, 1)
        m.grid(ids, uv, label, chart, 0, 1 if chart == "front" else -1, panel=panel)
    uvu = np.stack(np.meshgrid(np.arange(COLS + 1.0), np.arange(5.0), indexing="ij"), axis=-1)
    m.grid(ub, uvu, lambda i, j: ("underbody", "interior"), "under", 1, -1)

    def zipper(a, b, chart, outward):
        """Triangles between two polylines from the corner to the centre line; both start in the same vertex."""
        i = j = 0
        ua = [(s / (len(a) - 1), 0.0 if 0 < s else 0.5) for s in range(len(a))]
        ub_ = [(s / (len(b) - 1), 1.0 if 0 < s else 0.5) for s in range(len(b))]
        while i < len(a) - 1 or j < len(b) - 1:
            step_a = j == len(b) - 1 or (i < len(a) - 1 and a_x[chart][i + 1] >= b_x[chart][j + 1])
            if step_a:
                t, uv = (a[i], a[i + 1], b[j]), (ua[i], ua[i + 1], ub_[j])
                i += 1
            else:
                t, uv = (a[i], b[j + 1], b[j]), (ua[i], ub_[j + 1], ub_[j])
                j += 1
            if len(set(t)) < 3:
                continue
            if outward < 0:
                t, uv = t[::-1], uv[::-1]
            m.tri(t, uv, "underbody", "interior", chart, 1)

    a_f, a_r, b_f, b_r = fr[::-1, 0], re[::-1, 0], ub[0], ub[COLS]
    # constant order of the zipper, taken from lateral fractions
    fx = LAT[::-1] * 0.75
    bx = np.array([0.75, 0.72, 0.455, 0.43, 0.0])
    a_x = {"pan_f": fx, "pan_r": fx}
    b_x = {"pan_f": bx, "pan_r": bx}
    zipper(list(a_f), list(b_f), "pan_f", 1)
    zipper(list(a_r), list(b_r), "pan_r", -1)

    # --- plates --------------------------------------------------------------------------------------
    def box(c, h, part, material, chart, group):
        """A box from its centre line to +x: c = centre (y, z), h = half sizes."""
        hx, hy, hz = h
        y, z = c
        ids = np.array([[[m.v((x, y + sy * hy, z + sz * hz)) for sz in (-1, 1)] for sy in (-1, 1)] for x in (0.0, hx)])
        faces = [((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)),      # +z
                 ((0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)),      # -z
                 ((0, 1, 1), (1, 1, 1), (1, 1, 0), (0, 1, 0)),      # +y
                 ((0, 0, 1), (0, 0, 0), (1, 0, 0), (1, 0, 1)),      # -y
                 ((1, 0, 1), (1, 0, 0), (1, 1, 0), (1, 1, 1))]      # +x
        for n, f in enumerate(faces):
            uv = unfold(n, 1.0, 0.25)
            m.quad([ids[k] for k in f], uv(f), part, material, chart, group + n)

    def unfold(n, a, b):
        def uv(f):
            out = []
            for (i, j, k) in f:
                out.append({0: (i * a, b + j * a), 1: (i * a, -a + j * a - b), 2: (i * a, b + a + (1 - k) * b),
                            3: (i * a, k * b), 4: (a + (1 - k) * b, b + j * a)}[n])
            return out
        return uv

    plate_f = (nose[0, 2, 1] * 0.5 + nose[0, 3, 1] * 0.5, nose[0, 2, 2] * 0.5 + nose[0, 3, 2] * 0.5 - 0.008)
    box(plate_f, (0.26, 0.055, 0.022), "plate_front", "plate", "plate_f", 10)
    plate_r = (rear[0, 4, 1] * 0.5 + rear[0, 5, 1] * 0.5, rear[0, 4, 2] * 0.5 + rear[0, 5, 2] * 0.5 - 0.004)
    box(plate_r, (0.26, 0.055, 0.030), "plate_rear", "plate", "plate_r", 20)

    # --- mirror ---------------------------------------------------------------------------------------
    seat = side[COWL + 1, NR] * 0.5 + side[COWL + 2, NR] * 0.5
    mc = seat + np.array([0.105, 0.075, 0.0])
    rings, segs = 5, 10
    sphere = []
    for a in range(1, rings):
        lat = np.pi * a / rings
        ring = []
        for b in range(segs):
            lon = 2 * np.pi * b / segs
            d = np.array([np.cos(lat), np.sin(lat) * np.cos(lon), np.sin(lat) * np.sin(lon)])
            d = np.sign(d) * np.abs(d) ** 0.75
            pnt = mc + d * np.array([0.115, 0.075, 0.060])
            if d[0] < 0:
                pnt[1] += 0.035 * d[0]
            if d[2] < -0.3:
                pnt[2] = mc[2] - 0.040
            ring.append(m.v(pnt))
        sphere.append(ring)
    out_, in_ = m.v(mc + np.array([0.115, 0, 0])), m.v(mc + np.array([-0.115, -0.035, 0]))
    for b in range(segs):
        c = (b + 1) % segs
        ang = lambda s: (np.cos(2 * np.pi * s / segs), np.sin(2 * np.pi * s / segs))
        uvs = lambda ring, s: tuple((ring / rings) * k for k in ang(s))
        backwards = np.sin(2 * np.pi * (b + 0.5) / segs) < -0.5
        m.tri((out_, sphere[0][b], sphere[0][c]), ((0, 0), uvs(1, b), uvs(1, c)), "mirror_l", "paint", "mirror_l", 30)
        for a in range(rings - 2):
            m.quad((sphere[a][b], sphere[a + 1][b], sphere[a + 1][c], sphere[a][c]),
                   (uvs(a + 1, b), uvs(a + 2, b), uvs(a + 2, c), uvs(a + 1, c)), "mirror_l",
                   "glass" if backwards and a in (0, 1) else "paint", "mirror_l", 30)
        # inner cap: a far ring so that the disc does not overlap
        m.tri((in_, sphere[-1][c], sphere[-1][b]), ((0, 0), uvs(1, c), uvs(1, b)), "mirror_l", "trim", "mirror_in_l", 30)

    # --- spoilers: a wing on the tail, a lip on the roof's rear edge -------------------------------------
    def slab(front, back, thick, lift, chart):
        """front, back: points per lateral station on the surface; the slab lies on them."""
        n = len(front)
        ids = np.zeros((n, 4), int)
        for s in range(n):
            up = np.array([0, 1, 0])
            ids[s] = [m.v(front[s] + up * (lift - 0.012)), m.v(front[s] + up * (lift + 0.004)),
                      m.v(back[s] + up * (lift + thick)), m.v(back[s] + up * (lift - 0.012))]
        for s in range(n - 1):
            for e in range(4):
                f = (e + 1) % 4
                u0, u1 = s / (n - 1), (s + 1) / (n - 1)
                v0 = [0, 0.1, 1.0, 1.2][e]
                v1 = [0.1, 1.0, 1.2, 2.1][e]
                m.quad((ids[s, e], ids[s + 1, e], ids[s + 1, f], ids[s, f]), ((u0, v0), (u1, v0), (u1, v1), (u0, v1)),
                       "spoiler", "paint", chart, 40 + e)
        e = ids[-1]
        m.quad((e[0], e[3], e[2], e[1]), ((1.02, 0), (1.3, 0.0), (1.3, 0.2), (1.02, 0.1)), "spoiler", "paint", chart, 45)

    lats = [0, 2, 4, 5, 6]
    wing = q["wing_height"]
    wf = [pos[dk[DECK - 4, l]] * 0.5 + pos[dk[DECK - 1, l]] * 0.5 for l in lats]
    wf = [np.array([a[0], pos[dk[DECK - 1, l]][1], a[2]]) + np.array([0, 0.006, 0.25 * wing]) for a, l in zip(wf, lats)]
    wb = [pos[dk[DECK, l]] + np.array([0, 0.006, -0.004 - 0.18 * wing]) for l in lats]
    up = np.array([0, 1, 0]) * wing
    slab([a + up for a in wf], [a + up for a in wb], 0.012, 0.004, "wing")
    # struts
    foot = pos[dk[DECK, 4]] * 0.5 + pos[dk[DECK - 1, 4]] * 0.5
    head = wf[2] * 0.5 + wb[2] * 0.5 + up
    sx, sz = 0.015, 0.02
    lower, upper = [], []
    for dx, dz in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        lower.append(m.v(foot + np.array([dx * sx, -0.03, dz * sz])))
        upper.append(m.v(head + np.array([dx * sx, -0.004, dz * (sz + 0.10 * wing)])))
    for e in range(4):
        f = (e + 1) % 4
        m.quad((lower[e], upper[e], upper[f], lower[f]), ((e, 0), (e, 1), (e + 1, 1), (e + 1, 0)), "spoiler", "paint", "strut", 50 + e)
    for n, ids in enumerate((lower, upper[::-1])):
        m.quad(ids, ((n, 0), (n + 0.9, 0), (n + 0.9, 1), (n, 1)), "spoiler", "paint", "strut_cap", 54 + n)
    rs = q["roof_spoiler"]
    rf_f = [pos[rf[CABIN - 1, l]] * 0.6 + pos[rf[CABIN, l]] * 0.4 + np.array([0, 0.004, 0]) for l in lats]
    rf_b = [pos[rf[CABIN, l]] + np.array([0, 0.004 - 0.06 * rs, -0.012 - rs]) for l in lats]
    slab(rf_f, rf_b, 0.006, 0.0, "lip")

    # --- interior: dashboard, seats, bench -----------------------------------------------------------------
    def block(x0, x1, y0, y1, z0, z1, lean, n, part="interior", material="interior", chart="inside", group=60):
        ids = np.array([[[m.v((x, y, z + (lean if j else 0))) for z in (z0, z1)] for j, y in enumerate((y0, y1))] for x in (x0, x1)])
        faces = [((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)), ((0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)),
                 ((0, 1, 1), (1, 1, 1), (1, 1, 0), (0, 1, 0)), ((0, 0, 1), (0, 0, 0), (1, 0, 0), (1, 0, 1)),
                 ((1, 0, 1), (1, 0, 0), (1, 1, 0), (1, 1, 1)), ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0))]
        for e, f in enumerate(faces):
            uv = [(e + 0.9 * c, n + 0.9 * d) for c, d in ((0, 0), (1, 0), (1, 1), (0, 1))]
            m.quad([ids[k] for k in f], uv, part, material, chart, group + 6 * n + e)

    half = w - 0.16
    seat_z = cowl_z * 0.62 + base_z * 0.38
    bench_z = cowl_z * 0.30 + base_z * 0.70
    low_y, high_y = sill + 0.06, belt - 0.06
    block(0.04, half, high_y - 0.16, high_y, cowl_z - 0.30, cowl_z - 0.06, 0.0, 0)
    block(0.10, half - 0.10, low_y, low_y * 0.6 + high_y * 0.4, seat_z - 0.05, seat_z + 0.40, 0.0, 1)
    block(0.10, half - 0.10, low_y * 0.6 + high_y * 0.4, high_y + 0.02, seat_z - 0.10, seat_z + 0.03, -0.08, 2)
    block(0.03, half - 0.06, low_y, low_y * 0.6 + high_y * 0.4, bench_z - 0.05, bench_z + 0.35, 0.0, 3)
    block(0.03, half - 0.06, low_y * 0.6 + high_y * 0.4, high_y + 0.02, bench_z - 0.08, bench_z + 0.03, -0.06, 4)

    seat_x = 0.5 * half
    top_z = seat_z - 0.18                                     # of the seats' backs, behind their feet
    block(seat_x - 0.13, seat_x + 0.13, high_y + 0.05, high_y + 0.21, top_z - 0.06, top_z + 0.04, -0.02, 0, chart="inside_more")
    block(0.012, 0.09, low_y, low_y * 0.55 + high_y * 0.45, seat_z, cowl_z - 0.29, 0.0, 1, chart="inside_more")
    # door panels, floor and headliner: what is seen behind them is not the inside of the body
    block(w - 0.165, w - 0.14, belt - 0.28, belt - 0.05, bench_z - 0.20, cowl_z - 0.06, 0.0, 2, chart="inside_more")
    block(0.012, w - 0.48, sill + 0.03, sill + 0.05, bench_z - 0.12, cowl_z - 0.10, 0.0, 3, chart="inside_more")
    liner = q["roof_height"] - q["roof_crown"] - q["roof_arch"] - q["roof_slope"] - 0.02
    block(0.012, w - 0.24 - q["tumblehome"], liner - 0.015, liner, roof_end_z + 0.12, ws_top_z - 0.12, 0.0, 4, chart="inside_more")
    steering_wheel(m, np.array([seat_x, high_y + 0.01, cowl_z - 0.44]))

    # --- handles of the doors ---------------------------------------------------------------------------------
    for part, i, t in (("door_fl", COWL + 5, 0.3), ("door_rl", ARCH_R + 1, 0.4)):
        c = (side[i, 6] * 0.65 + side[i, 7] * 0.35) * (1 - t) + (side[i + 1, 6] * 0.65 + side[i + 1, 7] * 0.35) * t
        block(c[0] - 0.012, c[0] + 0.018, c[1] - 0.013, c[1] + 0.013, c[2] - 0.075, c[2] + 0.075, 0.0, 0,
              part, "chrome", "handle" + part[4:], 90)

    # --- wheels -----------------------------------------------------------------------------------------------
    outer = w + q["track"]
    width = q["wheel_width"]
    for part, zc in (("wheel_fl", zf), ("wheel_rl", zr)):
        wheel(m, part, np.array([outer, radius, zc]), radius, width)
    return m, side[:, :, 1]


RIM_SEGS = 14


def steering_wheel(m, c):
    """Rim and column of the wheel on the left; the whole car has one on each side, for either traffic."""
    tilt = np.radians(28)
    up = np.array([0, np.cos(tilt), np.sin(tilt)])
    out = np.array([0, np.sin(tilt), -np.cos(tilt)])          # towards the driver
    rings = []
    for s in range(RIM_SEGS):
        a = 2 * np.pi * s / RIM_SEGS
        d = np.array([np.cos(a), 0, 0]) + np.sin(a) * up
        rings.append([m.v(c + r * d + h * out) for r, h in ((0.165, -0.013), (0.193, -0.013), (0.193, 0.013), (0.165, 0.013))])
    for s in range(RIM_SEGS):
        t = (s + 1) % RIM_SEGS
        for e in range(4):
            f = (e + 1) % 4
            m.quad((rings[s][f], rings[t][f], rings[t][e], rings[s][e]), ((s, e + 0.9), (s + 0.9, e + 0.9), (s + 0.9, e), (s, e)),
                   "steering_wheel_l", "interior", "steering_wheel_l", 80 + e)
    ends = [[m.v(c + x * np.array([1.0, 0, 0]) + y * up + h * out) for x, y in ((-k, -w), (k, -w), (k, w), (-k, w))]
            for h, k, w in ((0.012, 0.17, 0.03), (-0.014, 0.17, 0.03))]
    spokes = [(ends[0][0], ends[0][1], ends[0][2], ends[0][3]), (ends[1][3], ends[1][2], ends[1][1], ends[1][0])]
    spokes += [(ends[1][i], ends[1][(i + 1) % 4], ends[0][(i + 1) % 4], ends[0][i]) for i in range(4)]
    hub = [[m.v(c + x * np.array([1.0, 0, 0]) + y * up + h * out) for x, y in ((-k, -k), (k, -k), (k, k), (-k, k))]
           for h, k in ((-0.010, 0.045), (-0.22, 0.035))]
    spokes += [(hub[0][0], hub[0][1], hub[0][2], hub[0][3]), (hub[1][3], hub[1][2], hub[1][1], hub[1][0])]
    spokes += [(hub[1][i], hub[1][(i + 1) % 4], hub[0][(i + 1) % 4], hub[0][i]) for i in range(4)]
    for n, ids in enumerate(spokes):
        m.quad(ids[::-1], ((n, 4), (n + 0.9, 4), (n + 0.9, 4.9), (n, 4.9)), "steering_wheel_l", "interior", "steering_wheel_l", 84 + n)


SEGS = 30


def wheel(m, part, c, radius, width):
    """A wheel whose outer face lies in the plane x = c.x; axle along x."""
    # (relative radius, depth from the outer face as a part of the width, extra depth in metres)
    def ring(rel, wpart, depth, spokes=None):
        out = []
        for s in range(SEGS):
            a = 2 * np.pi * s / SEGS
            d = depth
            if spokes is not None and (s % 6) not in (0, 1):
                d = spokes
            out.append(m.v(c + np.array([-wpart * width - d, rel * radius * np.cos(a), rel * radius * np.sin(a)])))
        return out

    hub = m.v(c + np.array([-0.02, 0, 0]))
    rings = [ring(0.15, 0, 0.022), ring(0.22, 0, 0.030, 0.075), ring(0.585, 0, 0.022, 0.075), ring(0.645, 0, 0.010),
             ring(0.69, 0, 0.008), ring(0.88, 0, 0.0), ring(0.965, 0.06, 0.004), ring(1.0, 0.22, 0), ring(1.0, 0.80, 0),
             ring(0.93, 0.98, 0), ring(0.62, 1.0, 0)]
    back = m.v(c + np.array([-0.9 * width, 0, 0]))
    radii = [0.10, 0.17, 0.58, 0.66, 0.70, 0.88, 0.965, 1.0, 1.10]

    def uv(rel, s):
        a = 2 * np.pi * s / SEGS
        return (-rel * np.sin(a), rel * np.cos(a))

    for s in range(SEGS):
        t = (s + 1) % SEGS
        m.tri((hub, rings[0][s], rings[0][t]), ((0, 0), uv(radii[0], s), uv(radii[0], s + 1)), part, "rim", part, 100)
        for k in range(len(rings) - 1):
            if k == 1:
                material = "rubber" if (s % 6) in (2, 3, 4) else "rim"
            else:
                material = "rim" if k < 4 else "rubber"
            ids = (rings[k][s], rings[k + 1][s], rings[k + 1][t], rings[k][t])
            if k < 8:
                uvs = (uv(radii[k], s), uv(radii[k + 1], s), uv(radii[k + 1], s + 1), uv(radii[k], s + 1))
                chart = part
            else:
                inner = {8: (1.0, 0.9), 9: (0.9, 0.5)}[k]
                uvs = (uv(inner[0], s), uv(inner[1], s), uv(inner[1], s + 1), uv(inner[0], s + 1))
                chart = part + "_back"
            group = 101 if k in (4, 5, 6) else 102 if k >= 7 else 100
            m.quad(ids, uvs, part, material, chart, group)
        m.tri((rings[-1][t], rings[-1][s], back), (uv(0.5, s + 1), uv(0.5, s), (0, 0)), part, "rubber", part + "_back", 103)


# ---------------------------------------------------------------------------------------------
# Mirror image, atlas
# ---------------------------------------------------------------------------------------------
def mirror_name(name):
    for a, b in (("_l", "_r"), ("_fl", "_fr"), ("_rl", "_rr"), ("side_l", "side_r")):
        if name.endswith(a):
            return name[:-len(a)] + b
    if name.endswith("_back"):
        return mirror_name(name[:-5]) + "_back"
    return name


def mirror_map(half):
    centre = np.abs(half[:, 0]) < 1e-9
    n = len(half)
    image = np.arange(n)
    image[~centre] = n + np.arange((~centre).sum())
    return image, ~centre


def full_positions(half, own):
    image = half[own] * np.array([-1.0, 1, 1])
    return np.concatenate([half, image])


CENTRED = {"top", "front", "rear", "under", "pan_f", "pan_r", "plate_f", "plate_r", "wing", "lip", "inside", "inside_more", "strut", "strut_cap"}


def full_faces(m, image):
    faces = []
    for ids, uv, part, material, chart, group in m.faces:
        faces.append((ids, uv, part, material, chart, group))
    for ids, uv, part, material, chart, group in m.faces:
        other = tuple(int(image[i]) for i in ids[::-1])
        uv2 = uv[::-1].copy()
        if chart in CENTRED:
            if chart in ("under",):
                uv2[:, 1] = 8 - uv2[:, 1]
            elif chart in ("pan_f", "pan_r"):
                uv2[:, 0] = 2 - uv2[:, 0]
            elif chart == "strut_cap":
                uv2[:, 0] += 2.5
            elif chart == "strut":
                uv2[:, 0] += 5
            elif chart == "inside_more":
                uv2[:, 1] += 5.5
            elif chart == "inside":
                uv2[:, 1] += 5.5
            else:
                uv2[:, 0] = -uv2[:, 0]
            faces.append((other, uv2, mirror_name(part), material, chart, group))
        else:
            uv2[:, 0] = -uv2[:, 0]
            faces.append((other, uv2, mirror_name(part), material, mirror_name(chart), group))
    return faces


# chart -> (x, y, width, height) in texels of 1024, keep aspect, extra rotation
def layout():
    pad = 5
    boxes = {}
    boxes["side_l"] = (pad, pad, 1014, 262, "z")
    boxes["side_r"] = (pad, 275, 1014, 262, "z")
    boxes["top"] = (pad, 545, 1014, 280, "top")
    boxes["front"] = (pad, 833, 290, 120, "xy")
    boxes["rear"] = (303, 833, 290, 120, "xy")
    for k, n in enumerate(("wheel_fl", "wheel_fr", "wheel_rl", "wheel_rr")):
        boxes[n] = (601 + 106 * k, 833, 100, 100, "xy")
        boxes[n + "_back"] = (601 + 40 * k, 940, 34, 34, "xy")
    boxes["under"] = (pad, 961, 290, 40, "xy")
    boxes["pan_f"] = (pad, 1007, 140, 12, "xy")
    boxes["pan_r"] = (155, 1007, 140, 12, "xy")
    boxes["plate_f"] = (303, 961, 120, 56, "xy")
    boxes["plate_r"] = (431, 961, 120, 56, "xy")
    boxes["wing"] = (601, 981, 200, 38, "xy")
    boxes["lip"] = (809, 981, 209, 38, "xy")
    boxes["mirror_l"] = (766, 940, 34, 34, "xy")
    boxes["mirror_r"] = (806, 940, 34, 34, "xy")
    boxes["mirror_in_l"] = (846, 940, 14, 14, "xy")
    boxes["mirror_in_r"] = (866, 940, 14, 14, "xy")
    boxes["strut_cap"] = (884, 941, 13, 12, "xy")
    boxes["strut"] = (846, 960, 44, 14, "xy")
    boxes["inside"] = (900, 940, 118, 34, "xy")
    for k, n in enumerate(("handle_fl", "handle_fr")):
        boxes[n] = (556 + 21 * k, 959, 18, 6, "xy")
    for k, n in enumerate(("handle_rl", "handle_rr")):
        boxes[n] = (556 + 21 * k, 969, 18, 6, "xy")
    boxes["inside_more"] = (556, 979, 39, 12, "xy")
    boxes["steering_wheel_l"] = (556, 995, 39, 10, "xy")
    boxes["steering_wheel_r"] = (556, 1009, 39, 10, "xy")
    return boxes


def pack(faces):
    boxes = layout()
    bounds = {}
    for f in faces:
        lo, hi = bounds.get(f[4], (np.full(2, 1e9), np.full(2, -1e9)))
        bounds[f[4]] = (np.minimum(lo, f[1].min(0)), np.maximum(hi, f[1].max(0)))
    out = []
    for ids, uv, part, material, chart, group in faces:
        x, y, bw, bh, kind = boxes[chart]
        lo, hi = bounds[chart]
        t = (uv - lo) / (hi - lo)
        if kind == "top":                       # long axis across the atlas
            t = np.stack([t[:, 1], t[:, 0]], axis=1)
        elif chart == "side_l":                 # seen from the left, the nose is on the left
            t = np.stack([1 - t[:, 0], 1 - t[:, 1]], axis=1)
        elif chart == "side_r":
            t = np.stack([1 - t[:, 0], 1 - t[:, 1]], axis=1)
        elif chart == "rear":
            t = np.stack([1 - t[:, 0], 1 - t[:, 1]], axis=1)
        elif chart == "front":
            t = np.stack([t[:, 0], 1 - t[:, 1]], axis=1)
        else:
            t = np.stack([t[:, 0], 1 - t[:, 1]], axis=1)
        out.append((ids, (np.array([x, y]) + t * np.array([bw, bh])) / 1024.0, part, material, chart, group))
    return out


# ---------------------------------------------------------------------------------------------
# Checks
# ---------------------------------------------------------------------------------------------
def check_uv(faces, size=1024):
    cover = np.zeros((size, size), np.int32) - 1
    bad, turn = {}, {}
    for n, f in enumerate(faces):
        uv = f[1] * size
        lo, hi = np.floor(uv.min(0)).astype(int), np.ceil(uv.max(0)).astype(int)
        assert lo.min() >= 0 and hi.max() <= size, f[2:5]
        xs, ys = np.meshgrid(np.arange(lo[0], hi[0]) + 0.5, np.arange(lo[1], hi[1]) + 0.5)
        a, b, c = uv
        det = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        turn.setdefault(f[4], set()).add(np.sign(det))
        assert abs(det) > 1e-6, ("degenerate uv", f[2:], uv)
        s = ((xs - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (ys - a[1])) / det
        t = ((b[0] - a[0]) * (ys - a[1]) - (xs - a[0]) * (b[1] - a[1])) / det
        inside = (s > 1e-4) & (t > 1e-4) & (s + t < 1 - 1e-4)
        for x, y in zip(xs[inside].astype(int), ys[inside].astype(int)):
            if cover[y, x] >= 0:
                key = (f[2], faces[cover[y, x]][2], f[4], x // 16, y // 16)
                bad[key] = bad.get(key, 0) + 1
            cover[y, x] = n
    assert not bad, ("overlapping UV", bad)
    for chart in ("side_l", "side_r", "top", "front", "rear", "wheel_fl", "wheel_rr"):
        assert turn[chart] == {-1.0}, ("mirrored chart", chart, turn)
    return (cover >= 0).mean()


def check_closed(pos, faces):
    """Body and underbody together are one closed surface, consistently oriented, outwards."""
    loose = {"plate_front", "plate_rear", "mirror_l", "mirror_r", "spoiler", "interior", "steering_wheel_l", "steering_wheel_r"}
    edges = {}
    volume = 0.0
    for ids, _, part, _, _, _ in faces:
        if part in loose or part.startswith("wheel"):
            continue
        a, b, c = pos[list(ids)]
        volume += np.dot(a, np.cross(b, c)) / 6
        for i in range(3):
            e = (ids[i], ids[(i + 1) % 3])
            assert e not in edges, ("edge used twice", part, pos[list(e)])
            edges[e] = part
    open_ = [(e, p) for e, p in edges.items() if (e[1], e[0]) not in edges]
    assert not open_, (len(open_), [(p, pos[list(e)].round(3).tolist()) for e, p in open_[:6]])
    assert volume > 5, volume
    return volume


def check_part_volume(pos, faces):
    name = lambda f: f[4] if f[2] == "spoiler" else f[2]
    for part in sorted({name(f) for f in faces}):
        if part.startswith(("wheel", "mirror", "wing", "lip", "strut", "plate", "interior", "steering")):
            tri = np.array([f[0] for f in faces if name(f) == part])
            centre = pos[np.unique(tri)].mean(0)
            a, b, c = (pos[tri[:, k]] - centre for k in range(3))
            assert np.einsum("ij,ij->", a, np.cross(b, c)) > 0, part


def check_symmetry(pos, faces):
    keys = {tuple(np.round(p, 7) + 0.0): i for i, p in enumerate(pos)}
    tris = set()
    for f in faces:
        t = [tuple(np.round(pos[i], 7) + 0.0) for i in f[0]]
        k = t.index(min(t))
        tris.add((f[2],) + tuple(t[k:] + t[:k]))
    for p in pos:
        assert tuple(np.round(p * [-1, 1, 1], 7) + 0.0) in keys
    back = {mirror_name(n): n for n in PARTS if mirror_name(n) != n}
    for t in tris:
        flip = [tuple(np.round(np.array(q) * [-1, 1, 1], 7) + 0.0) for q in t[1:]][::-1]
        k = flip.index(min(flip))
        assert (back.get(t[0], mirror_name(t[0])),) + tuple(flip[k:] + flip[:k]) in tris, t


def areas(pos, faces):
    tri = np.array([f[0] for f in faces])
    return 0.5 * np.linalg.norm(np.cross(pos[tri[:, 1]] - pos[tri[:, 0]], pos[tri[:, 2]] - pos[tri[:, 0]]), axis=1)


# ---------------------------------------------------------------------------------------------
# GLB
# ---------------------------------------------------------------------------------------------
class Glb:
    def __init__(self):
        self.blob = bytearray()
        self.views = []
        self.accessors = []

    def add(self, array, kind, target, bounds=False):
        array = np.ascontiguousarray(array)
        while len(self.blob) % 4:
            self.blob.append(0)
        self.views.append({"buffer": 0, "byteOffset": len(self.blob), "byteLength": array.nbytes, "target": target})
        self.blob += array.tobytes()
        acc = {"bufferView": len(self.views) - 1, "componentType": 5126 if array.dtype == np.float32 else 5123,
               "count": len(array), "type": kind}
        if kind == "SCALAR":
            acc["count"] = array.size
        if bounds:
            acc["min"] = [float(x) for x in array.min(0)]
            acc["max"] = [float(x) for x in array.max(0)]
        self.accessors.append(acc)
        return len(self.accessors) - 1


def write_glb(path, pos, deltas, faces):
    tri = np.array([f[0] for f in faces])
    weight = np.cross(pos[tri[:, 1]] - pos[tri[:, 0]], pos[tri[:, 2]] - pos[tri[:, 0]])
    normals = {}
    for f, n in zip(faces, weight):
        wheel_part = f[2] if f[2].startswith("wheel") else ""
        for i in f[0]:
            key = (i, f[5], wheel_part)
            normals[key] = normals.get(key, 0) + n
    glb = Glb()
    materials = list(MATERIALS)
    used = sorted({f[3] for f in faces}, key=materials.index)
    nodes, meshes = [], []
    for part in PARTS:
        mine = [f for f in faces if f[2] == part]
        assert mine, part
        origin = np.zeros(3)
        if part.startswith("wheel"):
            corner = pos[np.unique([i for f in mine for i in f[0]])]
            origin = (corner.max(0) + corner.min(0)) / 2
            origin = np.round(origin, 6)
        primitives = []
        for material in [x for x in used if any(f[3] == x for f in mine)]:
            table, index, ids, uvs, nrm = {}, [], [], [], []
            for f in [f for f in mine if f[3] == material]:
                for i, uv in zip(f[0], f[1]):
                    key = (i, tuple(np.round(uv, 7)), f[5])
                    if key not in table:
                        table[key] = len(ids)
                        ids.append(i)
                        uvs.append(uv)
                        n = normals[(i, f[5], part if part.startswith("wheel") else "")]
                        nrm.append(n / np.linalg.norm(n))
                    index.append(table[key])
            ids = np.array(ids)
            prim = {"attributes": {
                "POSITION": glb.add((pos[ids] - origin).astype(np.float32), "VEC3", 34962, True),
                "NORMAL": glb.add(np.array(nrm, np.float32), "VEC3", 34962),
                "TEXCOORD_0": glb.add(np.array(uvs, np.float32), "VEC2", 34962)},
                "indices": glb.add(np.array(index, np.uint16), "SCALAR", 34963),
                "material": used.index(material), "mode": 4,
                "targets": [{"POSITION": glb.add(d[ids].astype(np.float32), "VEC3", 34962, True)} for d in deltas]}
            primitives.append(prim)
        meshes.append({"name": part, "primitives": primitives, "weights": [0.0] * len(deltas),
                       "extras": {"targetNames": NAMES}})
        node = {"name": part, "mesh": len(meshes) - 1}
        if origin.any():
            node["translation"] = [float(x) for x in origin]
        nodes.append(node)
    doc_materials = []
    for n in used:
        d = MATERIALS[n]
        mat = {"name": n, "pbrMetallicRoughness": {"baseColorFactor": list(d["color"]) + [d.get("alpha", 1.0)],
                                                   "metallicFactor": d["metallic"], "roughnessFactor": d["roughness"]}}
        if "clearcoat" in d:
            mat["extensions"] = {"KHR_materials_clearcoat": {"clearcoatFactor": d["clearcoat"], "clearcoatRoughnessFactor": 0.05}}
        if "alpha" in d:
            mat["alphaMode"] = "BLEND"
        doc_materials.append(mat)
    while len(glb.blob) % 4:
        glb.blob.append(0)
    doc = {"asset": {"version": "2.0", "generator": "Inverso car.py"}, "extensionsUsed": ["KHR_materials_clearcoat"],
           "scene": 0, "scenes": [{"name": "car", "nodes": list(range(len(nodes)))}], "nodes": nodes, "meshes": meshes,
           "materials": doc_materials, "accessors": glb.accessors, "bufferViews": glb.views,
           "buffers": [{"byteLength": len(glb.blob)}]}
    text = json.dumps(doc, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    with open(path, "wb") as out:
        out.write(struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(glb.blob)))
        out.write(struct.pack("<I4s", len(text), b"JSON") + text)
        out.write(struct.pack("<I4s", len(glb.blob), b"BIN\0") + bytes(glb.blob))
    return sum(glb.accessors[p["attributes"]["POSITION"]]["count"] for me in meshes for p in me["primitives"])


# ---------------------------------------------------------------------------------------------
def main(directory):
    import population
    os.makedirs(directory, exist_ok=True)
    m0, rest_y = build(REST)
    m0, _ = build(REST, rest_y)
    gaps = grooves.Grooves(m0.pos, m0.faces, m0.panels, m0.stretched)
    positions = lambda p: gaps.apply(np.array(build(p, rest_y)[0].pos))
    half0 = positions(REST)
    image, own = mirror_map(half0)
    pos = full_positions(half0, own)
    deltas = []
    for k in range(len(NAMES)):
        p = REST.copy()
        p[k] += UNIT[k]
        deltas.append(full_positions(positions(p), own) - pos)
    deltas = np.array(deltas)
    rng = np.random.default_rng(7)
    for _ in range(3):                                     # the build is affine in its parameters
        wgt = rng.normal(size=len(NAMES))
        exact = full_positions(positions(REST + UNIT * wgt), own)
        assert np.abs(exact - pos - np.tensordot(wgt, deltas, 1)).max() < 1e-9
    deltas[np.abs(deltas) < 1e-9] = 0
    faces = pack(full_faces(gaps, image))
    assert sorted({f[2] for f in faces}) == sorted(PARTS)
    area = areas(pos, faces)
    assert area.min() > 1e-6, [(faces[i][2:], area[i]) for i in np.argsort(area)[:5]]
    volume = check_closed(pos, faces)
    check_part_volume(pos, faces)
    check_symmetry(pos, faces)
    for d in deltas:
        assert np.allclose(d[image[:len(half0)]], d[:len(half0)] * [-1, 1, 1], atol=1e-12)
    used = check_uv(faces)
    global USED
    USED = {f[3] for f in faces}
    count = write_glb(os.path.join(directory, "template.glb"), pos, deltas, faces)
    population.write(os.path.join(directory, "category.json"), sys.modules[__name__])
    print(f"{len(faces)} triangles, {count} vertices, {len(pos)} positions, {len(NAMES)} targets, "
          f"volume {volume:.2f} m3, atlas used {used:.0%}")


if __name__ == "__main__":
    main(sys.argv[1])

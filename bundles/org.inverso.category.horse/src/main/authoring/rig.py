# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Skeleton, skin weights and pose space.

Rotations are about object axes: a positive turn about +X takes +Y to +Z, so a positive pitch lowers
the head, and a positive turn of a leg's joint takes the hoof backwards.
"""
import numpy as np

# name, parent, rest position (left side; right ones are mirrored)
CENTRE = [
    ("root", None, (0, 1.300, -.400)),
    ("spine1", "root", (0, 1.360, -.150)),
    ("spine2", "spine1", (0, 1.340, .200)),
    ("neck1", "spine2", (0, 1.215, .640)),
    ("neck2", "neck1", (0, 1.440, .805)),
    ("neck3", "neck2", (0, 1.625, .955)),
    ("head", "neck3", (0, 1.775, 1.115)),
    ("jaw", "head", (0, 1.690, 1.165)),
    ("tail1", "root", (0, 1.360, -.700)),
    ("tail2", "tail1", (0, 1.275, -.840)),
    ("tail3", "tail2", (0, 1.030, -.920)),
    ("tail4", "tail3", (0, .745, -.930)),
]
PAIRED = [
    ("ear", "head", (.055, 1.875, 1.195)),
    ("shoulder", "spine2", (.150, 1.220, .500)),
    ("elbow", "shoulder", (.162, .905, .452)),
    ("knee", "elbow", (.145, .450, .505)),
    ("fore_fetlock", "knee", (.138, .180, .500)),
    ("fore_hoof", "fore_fetlock", (.138, .092, .540)),
    ("hip", "root", (.140, 1.200, -.510)),
    ("stifle", "hip", (.160, .955, -.350)),
    ("hock", "stifle", (.147, .585, -.715)),
    ("hind_fetlock", "hock", (.138, .182, -.710)),
    ("hind_hoof", "hind_fetlock", (.138, .092, -.657)),
]
JOINTS = [j for j in CENTRE]
for _name, _parent, _at in PAIRED:
    _centred = _parent in [c[0] for c in CENTRE]
    for _s, _sign in (("_l", 1), ("_r", -1)):
        JOINTS.append((_name + _s, _parent if _centred else _parent + _s, (_sign * _at[0], _at[1], _at[2])))
NAMES = [j[0] for j in JOINTS]
INDEX = {n: i for i, n in enumerate(NAMES)}
PARENT = [-1 if j[1] is None else INDEX[j[1]] for j in JOINTS]
REST = np.array([j[2] for j in JOINTS], float)
assert all(p < i for i, p in enumerate(PARENT))


def smooth(a, b, t):
    s = np.clip((np.asarray(t, float) - a) / (b - a), 0, 1)
    return s * s * (3 - 2 * s)


def leg_masks(pos, axial, fore, hind):
    """How far a vertex belongs to a foreleg and to a hind leg, shoulder blade and thigh included."""
    x, y, z = np.abs(pos[:, 0]), pos[:, 1], pos[:, 2]
    trunk = axial < 12.5
    front = smooth(.28, .42, z) * smooth(.80, .66, z) * smooth(1.42, 1.02, y) * smooth(.03, .13, x)
    front = np.where(trunk, np.maximum(front, smooth(-1.2, .6, fore)), 0)
    rear = smooth(-.10, -.36, z) * smooth(1.46, 1.05, y) * smooth(.0, .10, x)
    rear = np.where(trunk, np.maximum(rear, smooth(-1.2, .6, hind)), 0)
    return front, rear


def weights(pos, labels, neighbours):
    """Weights of the body's vertices (V x joints), four at most a vertex."""
    axial, fore, hind, ear, jaw = labels.T
    w = np.zeros((len(pos), len(NAMES)))

    def put(name, value):
        w[:, INDEX[name]] += value

    # along the axis: each later joint takes over what is beyond it
    steps = [("root", None), ("spine1", (1.6, 4.4)), ("spine2", (4.2, 7.0)), ("neck1", (8.8, 11.4)),
             ("neck2", (11.6, 13.9)), ("neck3", (13.5, 15.9)), ("head", (16.0, 18.1))]
    share = np.ones(len(pos))
    for (name, _), nxt in zip(steps, steps[1:] + [None]):
        beyond = smooth(*nxt[1], axial) if nxt else 0.0
        put(name, share * (1 - beyond))
        share = share * beyond
    front, rear = leg_masks(pos, axial, fore, hind)
    w *= (1 - front - rear).clip(0)[:, None]
    left = pos[:, 0] >= 0
    y, z = pos[:, 1], pos[:, 2]
    elbow = smooth(1.03, .77, y)
    knee, fetlock, hoof = smooth(5.1, 6.9, fore), smooth(10.1, 11.7, fore), smooth(12.0, 13.1, fore)
    bend = y - .26 * (z + .35)
    stifle = smooth(1.13, .74, bend)
    hock, h_fetlock, h_hoof = smooth(4.5, 6.4, hind), smooth(11.0, 12.6, hind), smooth(12.9, 14.1, hind)
    for s, mine in (("_l", left), ("_r", ~left)):
        for mask, chain in ((front, (("shoulder", None), ("elbow", elbow), ("knee", knee), ("fore_fetlock", fetlock), ("fore_hoof", hoof))),
                            (rear, (("hip", None), ("stifle", stifle), ("hock", hock), ("hind_fetlock", h_fetlock), ("hind_hoof", h_hoof)))):
            share = mask * mine
            for i, (name, _) in enumerate(chain):
                beyond = chain[i + 1][1] if i + 1 < len(chain) else 0.0
                put(name + s, share * (1 - beyond))
                share = share * beyond
        put("ear" + s, smooth(.05, .45, ear) * mine)
    put("jaw", jaw)
    head = INDEX["head"]
    w[:, head] = np.clip(w[:, head] - jaw - smooth(.05, .45, ear), 0, 1)
    w /= w.sum(1, keepdims=True)
    for _ in range(3):
        w = 0.5 * w + 0.5 * neighbours(w)
    return strongest(w)


def strongest(w, count=4):
    """Keeps the strongest influences; sums to 1."""
    w = np.where(w < 0.004, 0, w)
    fifth = np.sort(w, axis=1)[:, -count - 1][:, None]         # equal ones, left and right, go together
    w = np.where(w > fifth + 1e-9, w, 0)
    assert ((w > 0).sum(1) <= count).all()
    return w / w.sum(1, keepdims=True)


# ---------------------------------------------------------------------------------------------
# Pose space: name, joint or shares of joints, axis, min, max, std
# ---------------------------------------------------------------------------------------------
X, Y, Z = [1, 0, 0], [0, 1, 0], [0, 0, 1]
NECK = [("neck1", .40), ("neck2", .32), ("neck3", .28)]
TAIL = [("tail1", .45), ("tail2", .30), ("tail3", .15), ("tail4", .10)]
SINGLE = [
    ("body_pitch", "root", X, -1.05, .35, .03),
    ("body_roll", "root", Z, -.25, .25, .02),
    ("spine_pitch", [("spine1", .5), ("spine2", .5)], X, -.40, .40, .06),
    ("spine_yaw", [("spine1", .5), ("spine2", .5)], Y, -.40, .40, .06),
    ("neck_pitch", NECK, X, -.60, 2.10, .22),
    ("neck_arch", [("neck1", -.6), ("neck3", .6)], X, -.60, .90, .15),
    ("neck_yaw", NECK, Y, -1.20, 1.20, .18),
    ("head_pitch", "head", X, -1.40, .90, .18),
    ("head_yaw", "head", Y, -.60, .60, .10),
    ("head_roll", "head", Z, -.40, .40, .06),
    ("jaw", "jaw", X, .0, .35, .03),
    ("tail_pitch", TAIL, X, -.30, 2.00, .28),
    ("tail_curl", [("tail2", .4), ("tail3", .35), ("tail4", .25)], X, -1.20, .60, .15),
    ("tail_yaw", TAIL, Z, -.80, .80, .12),
]
BOTH = [
    ("ear", "ear", X, -.50, .90, .20),
    ("shoulder", "shoulder", X, -.85, .70, .13),
    ("shoulder_abduct", "shoulder", Z, -.20, .35, .03),
    ("elbow", "elbow", X, -1.30, .40, .08),
    ("knee", "knee", X, -.08, 2.00, .05),
    ("fore_fetlock", "fore_fetlock", X, -.60, 1.30, .08),
    ("fore_hoof", "fore_hoof", X, -.45, .70, .05),
    ("hip", "hip", X, -.85, .65, .13),
    ("hip_abduct", "hip", Z, -.20, .35, .03),
    ("stifle", "stifle", X, -.45, 1.00, .08),
    ("hock", "hock", X, -1.20, .55, .08),
    ("hind_fetlock", "hind_fetlock", X, -.60, 1.30, .08),
    ("hind_hoof", "hind_hoof", X, -.45, .70, .05),
]


def pose_space():
    """Entries as category.json wants them."""
    out = []
    for name, joint, axis, low, high, std in SINGLE:
        e = {"name": name}
        if isinstance(joint, str):
            e["joint"] = joint
        else:
            e["joints"] = [{"joint": j, "share": s} for j, s in joint]
        e.update(axis=axis, min=low, max=high, mean=0.0, std=std)
        out.append(e)
    for name, joint, axis, low, high, std in BOTH:
        for s in ("_l", "_r"):
            e = {"name": name + s, "joint": joint + s, "axis": axis, "min": low, "max": high, "mean": 0.0, "std": std}
            if axis == Z:                                     # outwards is positive on both sides
                e["axis"] = [0, 0, 1] if s == "_l" else [0, 0, -1]
            out.append(e)
    return out


def rotation(axis, angle):
    x, y, z = np.array(axis, float) / np.linalg.norm(axis)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def joint_rotations(values, space):
    """Rotation of each joint (J x 3 x 3) for the pose {name: radians}; the first entry is outermost."""
    r = np.tile(np.eye(3), (len(NAMES), 1, 1))
    for e in space:
        v = values.get(e["name"], 0.0)
        if v == 0:
            continue
        for j in e.get("joints") or [{"joint": e["joint"], "share": 1.0}]:
            i = INDEX[j["joint"]]
            r[i] = r[i] @ rotation(e["axis"], j["share"] * v)
    return r


def skin(u, w, joints, rotations, shift=(0, 0, 0), parent=PARENT):
    """Linear blend skinning, v = sum w_i G_i T(-j_i) u."""
    count = len(joints)
    g, t = np.empty((count, 3, 3)), np.empty((count, 3))
    for i in range(count):
        p = parent[i]
        if p < 0:
            g[i], t[i] = rotations[i], joints[i] + shift
        else:
            g[i], t[i] = g[p] @ rotations[i], g[p] @ (joints[i] - joints[p]) + t[p]
    v = np.zeros_like(u)
    for i in range(count):
        m = np.flatnonzero(w[:, i])
        v[m] += w[m, i, None] * ((u[m] - joints[i]) @ g[i].T + t[i])
    return v, t

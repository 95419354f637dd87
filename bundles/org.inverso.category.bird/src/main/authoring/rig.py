# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Skeleton, pose parameters, named poses and clips of the bird. Angles in radians.

A parameter of the left side and its twin of the right turn in mirror image when they have the same value. Positive: noses, tips
and toes turn down or backwards about X, wings rise, fold and sweep back.
"""
import numpy as np

from anatomy import FOLD, FOLD_PARENT, WING_N, fold_shares

PARENT = {"root": None, "body": "root", "neck1": "body", "neck2": "neck1", "neck3": "neck2", "neck4": "neck3", "head": "neck4",
          "jaw": "head", "tail": "body"}
for _s in "lr":
    PARENT[f"tail_fan_{_s}"] = "tail"
    for _k in FOLD:
        PARENT[f"{_k}_{_s}"] = f"{FOLD_PARENT[_k]}_{_s}" if FOLD_PARENT[_k] else "body"
    PARENT.update({f"thigh_{_s}": "root", f"shank_{_s}": f"thigh_{_s}", f"tarsus_{_s}": f"shank_{_s}", f"foot_{_s}": f"tarsus_{_s}",
                   f"toes_{_s}": f"foot_{_s}"})
JOINTS = list(PARENT)


def _mirror(axis, side):
    return [float(axis[0]), float(axis[1]), float(axis[2])] if side == "l" else [float(axis[0]), -float(axis[1]), -float(axis[2])]


def pose_parameters():
    """In the order in which the turns of one joint multiply, the first outermost."""
    x, y, z = [1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]
    one = lambda name, joint, axis, low, high, mean=0.0, std=0.1: {"name": name, "joint": joint, "axis": axis, "min": low, "max": high, "mean": mean, "std": std}
    many = lambda name, joints, axis, low, high, std: {"name": name, "joints": [{"joint": j, "share": round(float(s), 4)} for j, s in joints],
                                                      "axis": axis, "min": low, "max": high, "mean": 0.0, "std": std}
    out = [one("roll", "root", z, -1.2, 1.2, std=0.04), one("pitch", "root", x, -1.2, 0.8, std=0.03), one("body_pitch", "body", x, -1.35, 0.5, std=0.09)]
    necks = ("neck1", "neck2", "neck3", "neck4")
    out += [many("neck_yaw", zip(necks, (0.2, 0.25, 0.25, 0.3)), y, -1.6, 1.6, 0.10),
            many("neck_low_pitch", [("neck1", 0.5), ("neck2", 0.5)], x, -1.6, 1.5, 0.08),
            many("neck_high_pitch", [("neck3", 0.36), ("neck4", 0.38), ("head", 0.26)], x, -1.5, 2.2, 0.08),
            one("head_yaw", "head", y, -1.3, 1.3, std=0.22), one("head_pitch", "head", x, -1.2, 1.3, std=0.10),
            one("head_roll", "head", z, -0.5, 0.5, std=0.04), one("jaw_open", "jaw", x, 0.0, 0.45, std=0.02)]
    out += [one("tail_yaw", "tail", y, -0.5, 0.5, std=0.04), one("tail_pitch", "tail", x, -0.7, 1.3, std=0.08),
            many("tail_fan", [("tail_fan_l", 1.0), ("tail_fan_r", -1.0)], [0, -1.0, 0], -0.25, 0.85, 0.05),
            many("tail_tent", [("tail_fan_l", 1.0), ("tail_fan_r", -1.0)], [0, 0, -1.0], -0.3, 1.4, 0.06)]
    shares = fold_shares()
    for s in "lr":
        p = lambda name, joint, axis, low, high, std, mean=0.0: out.append(one(f"{name}_{s}", f"{joint}_{s}", _mirror(axis, s), low, high, mean, std))
        p("wing_sweep", "humerus", y, -0.7, 0.6, 0.04)
        p("wing_raise", "humerus", z, -0.9, 2.0, 0.05)
        p("wing_twist", "humerus", x, -0.7, 0.7, 0.04)
        out.append(many(f"wing_fold_{s}", [(f"{k}_{s}", v) for k, v in shares.items()], _mirror(WING_N, s), -1.1, 1.1, 0.04))
        p("wing_bend", "forearm", z, -0.8, 0.6, 0.03)
        p("hand_bend", "hand", z, -0.8, 0.6, 0.03)
        p("hand_fold", "hand", WING_N, -0.5, 0.6, 0.04)
    for s in "lr":
        p("leg_spread", "thigh", z, -0.4, 0.6, 0.03)
        p("hip_pitch", "thigh", x, -1.0, 1.6, 0.07)
        p("knee_pitch", "shank", x, -1.2, 1.2, 0.07)
        p("ankle_pitch", "tarsus", x, -1.0, 2.2, 0.07)
        p("foot_pitch", "foot", x, -1.2, 1.7, 0.07)
        p("toe_curl", "toes", x, -0.5, 0.9, 0.05)
    for e in out:
        for k in ("min", "max", "mean", "std"):
            e[k] = round(float(e[k]), 4)
        e["axis"] = [round(float(v), 6) + 0.0 for v in e["axis"]]
    return out


def together(*poses, **own):
    """Poses over one another, the last one on top."""
    out = {}
    for p in (*poses, own):
        out.update(p)
    return out


FOLDED = dict(wing_fold=1.0, wing_raise=-0.74, wing_sweep=0.13, wing_twist=0.10)
SPREAD = dict(wing_fold=-1.0, wing_raise=0.60, wing_sweep=0.0, tail_fan=0.25)
TUCKED = dict(hip_pitch=0.95, knee_pitch=0.10, ankle_pitch=1.00, foot_pitch=1.1, toe_curl=0.7)
# Legs of birds on the wing: drawn up into the feathers beneath the tail, or straight behind it where they are long.
DRAWN_UP = dict(hip_pitch=1.25, knee_pitch=0.25, ankle_pitch=0.35, foot_pitch=1.3, toe_curl=0.8)
TRAILING = dict(hip_pitch=1.20, knee_pitch=-0.05, ankle_pitch=0.70, foot_pitch=1.3, toe_curl=0.6)
FLYING_HEAD = dict(neck_low_pitch=0.45, neck_high_pitch=0.12, head_pitch=-0.45)
SWIM = dict(hip_pitch=-0.35, knee_pitch=0.2, ankle_pitch=0.3, foot_pitch=0.3)
PAIRED = ("wing_sweep", "wing_raise", "wing_twist", "wing_fold", "wing_bend", "hand_bend", "hand_fold", "leg_spread", "hip_pitch", "knee_pitch",
          "ankle_pitch", "foot_pitch", "toe_curl")

POSES = [
    ("standing", 0.22, together(FOLDED, body_pitch=-0.25, neck_low_pitch=-0.22, neck_high_pitch=0.24, head_pitch=0.22)),
    ("perched", 0.24, together(FOLDED, body_pitch=-0.58, neck_low_pitch=0.20, neck_high_pitch=0.20, head_pitch=0.25, tail_pitch=0.10, hip_pitch=-0.10)),
    ("horizontal", 0.08, together(FOLDED, body_pitch=-0.02, neck_low_pitch=-0.10, neck_high_pitch=0.12)),
    ("upright", 0.08, together(FOLDED, body_pitch=-1.00, neck_low_pitch=0.30, neck_high_pitch=0.35, head_pitch=0.32, tail_pitch=0.10)),
    ("upright_long", 0.03, together(FOLDED, body_pitch=-1.28, neck_low_pitch=0.45, neck_high_pitch=0.45, head_pitch=0.35, tail_pitch=0.25, hip_pitch=-0.05)),
    ("alert", 0.05, together(FOLDED, body_pitch=-0.30, neck_low_pitch=-0.20, neck_high_pitch=0.25, head_pitch=0.25)),
    ("cocked_tail", 0.06, together(FOLDED, body_pitch=-0.22, tail_pitch=0.70, tail_fan=0.10, tail_tent=0.95, neck_low_pitch=-0.10, head_pitch=0.30)),
    ("feeding", 0.05, together(FOLDED, body_pitch=0.36, neck_low_pitch=0.55, neck_high_pitch=0.60, head_pitch=0.35)),
    ("swan_neck", 0.06, together(FOLDED, body_pitch=-0.10, neck_low_pitch=-0.75, neck_high_pitch=1.10, head_pitch=0.15)),
    ("heron_neck", 0.04, together(FOLDED, body_pitch=-0.45, neck_low_pitch=-0.65, neck_high_pitch=1.00, head_pitch=0.10)),
    ("swimming", 0.04, together(FOLDED, SWIM, body_pitch=-0.04, neck_low_pitch=-0.30, neck_high_pitch=0.32)),
    ("walking", 0.04, together(FOLDED, body_pitch=-0.18, neck_low_pitch=-0.20, neck_high_pitch=0.25, head_pitch=0.13, hip_pitch_l=-0.45, knee_pitch_l=0.15, ankle_pitch_l=0.1, foot_pitch_l=0.2, hip_pitch_r=0.35,
                           knee_pitch_r=0.05, ankle_pitch_r=0.1, foot_pitch_r=-0.3)),
    ("looking_back", 0.02, together(FOLDED, body_pitch=-0.30, neck_yaw=1.0, head_yaw=0.5)),
    ("hen_standing", 0.07, together(FOLDED, body_pitch=-0.20, tail_pitch=0.75, tail_tent=0.80, neck_low_pitch=-0.25, neck_high_pitch=0.25, head_pitch=0.20)),
    ("hen_walking", 0.05, together(FOLDED, body_pitch=-0.10, tail_pitch=0.75, tail_tent=0.80, neck_low_pitch=-0.15, neck_high_pitch=0.25, head_pitch=0.10, hip_pitch_l=-0.40, knee_pitch_l=0.15,
                                   ankle_pitch_l=0.1, foot_pitch_l=0.2, hip_pitch_r=0.35, knee_pitch_r=0.05, ankle_pitch_r=0.1, foot_pitch_r=-0.3)),
    ("hen_alert", 0.04, together(FOLDED, body_pitch=-0.35, tail_pitch=0.95, tail_tent=0.70, neck_low_pitch=-0.35, neck_high_pitch=0.35, head_pitch=0.30)),
    ("hen_level", 0.03, together(FOLDED, body_pitch=0.0, tail_pitch=0.50, tail_tent=0.60, neck_low_pitch=-0.05, neck_high_pitch=0.10, head_pitch=0.05)),
    ("gliding", 0.04, together(SPREAD, DRAWN_UP, FLYING_HEAD, body_pitch=0.03, wing_sweep=-0.20, hand_fold=0.08)),
    ("soaring", 0.04, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.75, wing_sweep=-0.24, tail_fan=0.60)),
    ("gliding_swept", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.65, wing_sweep=-0.28, wing_fold=-0.70, hand_fold=0.25, tail_fan=0.05)),
    ("gliding_raised", 0.03, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.98, wing_sweep=-0.18, hand_bend=-0.05)),
    ("gliding_arched", 0.03, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.72, wing_sweep=-0.20, wing_bend=-0.15, hand_bend=-0.35)),
    ("gliding_bowed", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.50, wing_sweep=-0.18, hand_bend=-0.60)),
    ("flap_top", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=1.60, wing_fold=-0.80, hand_bend=-0.10)),
    ("flap_up", 0.03, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=1.28, wing_sweep=-0.10, hand_bend=-0.12)),
    ("flap_rising", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.95, wing_fold=-0.55, wing_bend=0.10, hand_bend=-0.50, hand_fold=0.20)),
    ("flap_level", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.40, wing_sweep=-0.22, hand_bend=0.15)),
    ("flap_down", 0.03, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=0.10, wing_sweep=-0.24, hand_bend=0.10)),
    ("flap_low", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, wing_raise=-0.20, wing_sweep=-0.30, hand_bend=-0.05, wing_twist=-0.1)),
    ("banking", 0.02, together(SPREAD, DRAWN_UP, FLYING_HEAD, roll=0.45, wing_raise=0.65, wing_sweep=-0.20, tail_fan=0.50)),
    ("landing", 0.02, together(SPREAD, body_pitch=-0.55, wing_raise=0.95, wing_sweep=-0.25, tail_fan=0.80, tail_pitch=-0.10, neck_low_pitch=0.20, head_pitch=0.05, hip_pitch=-0.10, toe_curl=0.2)),
    ("taking_off", 0.02, together(SPREAD, TUCKED, body_pitch=-0.25, wing_raise=1.25, hand_bend=-0.15, tail_fan=0.40, neck_low_pitch=0.30, head_pitch=-0.2)),
    ("neck_drawn_in", 0.02, together(SPREAD, TRAILING, wing_raise=0.45, wing_bend=-0.10, hand_bend=-0.20, tail_fan=0.0, body_pitch=0.02, neck_low_pitch=-1.20, neck_high_pitch=2.00, head_pitch=-0.80)),
    ("neck_drawn_in_up", 0.01, together(SPREAD, TRAILING, wing_raise=1.05, hand_bend=-0.15, tail_fan=0.0, body_pitch=0.02, neck_low_pitch=-1.20, neck_high_pitch=2.00, head_pitch=-0.80)),
    ("neck_stretched_up", 0.02, together(SPREAD, TRAILING, body_pitch=0.02, neck_low_pitch=0.75, neck_high_pitch=0.15, head_pitch=-0.9, wing_raise=1.10, hand_bend=-0.15, tail_fan=0.0)),
    ("neck_stretched_down", 0.02, together(SPREAD, TRAILING, body_pitch=0.02, neck_low_pitch=0.75, neck_high_pitch=0.15, head_pitch=-0.9, wing_raise=0.10, wing_sweep=-0.15, tail_fan=0.0)),
    ("neck_stretched", 0.03, together(SPREAD, TRAILING, body_pitch=0.02, neck_low_pitch=0.75, neck_high_pitch=0.15, head_pitch=-0.9, wing_raise=0.5, tail_fan=0.0)),
    ("half_open", 0.02, dict(wing_fold=-0.35, wing_raise=0.45, wing_sweep=0.1, body_pitch=-0.45, head_pitch=0.2)),
    ("wings_up", 0.02, together(SPREAD, body_pitch=-0.55, wing_raise=1.05, wing_fold=-0.8, head_pitch=0.2)),
]


def values(pose):
    """Both sides of the paired parameters."""
    out = {}
    for k, v in pose.items():
        if k in PAIRED:
            out.setdefault(k + "_l", v)
            out.setdefault(k + "_r", v)
        else:
            out[k] = v
    return out


# ---------------------------------------------------------------------------------------------
def rotation(axis, angle):
    a = np.asarray(axis, float)
    a = a / np.linalg.norm(a)
    k = np.array([[0, -a[2], a[1]], [a[2], 0, -a[0]], [-a[1], a[0], 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def joint_rotations(parameters, pose):
    turn = {}
    for p in parameters:
        v = pose.get(p["name"], p["mean"])
        for e in p.get("joints") or [{"joint": p["joint"], "share": 1.0}]:
            turn[e["joint"]] = turn.get(e["joint"], np.eye(3)) @ rotation(p["axis"], v * e["share"])
    return turn


def globals_(parents, rest, turn):
    """4x4 matrix of each joint; `parents` lists parents before children."""
    out = {}
    for name, parent in parents.items():
        m = np.eye(4)
        m[:3, :3] = turn.get(name, np.eye(3))
        m[:3, 3] = rest[name] - (rest[parent] if parent else 0)
        out[name] = out[parent] @ m if parent else m
    return out


def quaternion(m):
    """(x, y, z, w) of a rotation matrix."""
    k = np.array([[m[0, 0] - m[1, 1] - m[2, 2], 0, 0, 0], [m[0, 1] + m[1, 0], m[1, 1] - m[0, 0] - m[2, 2], 0, 0],
                  [m[0, 2] + m[2, 0], m[1, 2] + m[2, 1], m[2, 2] - m[0, 0] - m[1, 1], 0],
                  [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], m.trace()]]) / 3
    w, v = np.linalg.eigh(k)
    q = v[:, -1]
    return q if q[3] >= 0 else -q


# ---------------------------------------------------------------------------------------------
# Motions: pose, shift of the root, how much the feet stand, at a phase from 0 to 2 pi
# ---------------------------------------------------------------------------------------------
def _idle(t):
    p = together(FOLDED, body_pitch=-0.25 + 0.012 * np.sin(2 * t), neck_low_pitch=0.03 * np.sin(t), tail_pitch=0.05 * np.sin(2 * t + 1))
    p["head_yaw"] = 0.45 * np.tanh(3 * np.sin(t))
    p["head_pitch"] = 0.12 * np.sin(2 * t)
    p["head_roll"] = 0.08 * np.sin(t + 0.6)
    return p, (0, 0, 0), 1.0


def _hop(t):
    phase = t / (2 * np.pi)
    crouch = np.exp(-((phase - 0.16) / 0.09) ** 2) + np.exp(-((phase - 0.84) / 0.09) ** 2)
    air = np.sin(np.pi * np.clip((phase - 0.27) / 0.46, 0, 1))
    p = together(FOLDED, body_pitch=-0.25 + 0.14 * crouch - 0.05 * air, tail_pitch=-0.12 * crouch + 0.12 * air, neck_low_pitch=-0.08 * air,
             hip_pitch=-0.34 * crouch + 0.20 * air, knee_pitch=0.68 * crouch - 0.06 * air, ankle_pitch=-0.50 * crouch + 0.30 * air,
             foot_pitch=0.16 * crouch + 0.35 * air, toe_curl=0.25 * air, wing_raise=-0.74 + 0.10 * air)
    return p, (0, 0.055 * air, 0), 1 - air


def _flap(t):
    up = np.cos(t)
    p = together(TUCKED, body_pitch=0.03 + 0.03 * np.sin(t), neck_low_pitch=0.42, neck_high_pitch=0.10, head_pitch=-0.42 - 0.03 * np.sin(t),
             wing_raise=0.62 + 0.72 * up, wing_fold=-0.82 + 0.24 * np.sin(t + np.pi), wing_sweep=0.10 * np.sin(t), wing_twist=0.16 * np.sin(t),
             wing_bend=-0.14 * np.sin(t + np.pi) * 0.5, hand_bend=0.26 * np.sin(t) - 0.04, tail_fan=0.15 + 0.08 * up, tail_pitch=0.05 * np.sin(t))
    return p, (0, -0.022 * up, 0), 0.0


def _glide(t):
    p = together(TUCKED, SPREAD, neck_low_pitch=0.42, neck_high_pitch=0.10, head_pitch=-0.45, roll=0.14 * np.sin(t), head_roll=-0.10 * np.sin(t),
             wing_raise=0.68 + 0.03 * np.sin(2 * t), tail_fan=0.40 + 0.05 * np.sin(t), tail_yaw=0.08 * np.sin(t), hand_bend=0.05 * np.sin(2 * t + 1))
    return p, (0.02 * np.sin(t + np.pi / 2), 0.012 * np.sin(2 * t), 0), 0.0


CLIPS = [("idle", 4.0, 32, _idle), ("hop", 0.6, 20, _hop), ("flap", 0.7, 20, _flap), ("glide", 4.0, 24, _glide)]


def clip_key(parameters, rest, motion, t):
    """Turns of the joints and shift of the root at one time; standing feet keep their height, however the legs are bent."""
    pose, shift, standing = motion(t)
    turn = joint_rotations(parameters, values(pose))
    sinks = rest["foot_l"][1] - globals_(PARENT, rest, turn)["foot_l"][1, 3]
    return turn, np.array(shift) + [0, standing * sinks, 0]


def clip_tracks(parameters, rest):
    """name, times, {joint: quaternions}, root translations for each clip; the last key equals the first."""
    for name, seconds, count, motion in CLIPS:
        keys = [clip_key(parameters, rest, motion, 2 * np.pi * (k % count) / count) for k in range(count + 1)]
        tracks = {}
        for turn, _ in keys:
            for j in JOINTS:
                q = quaternion(turn.get(j, np.eye(3)))
                row = tracks.setdefault(j, [])
                if row and np.dot(row[-1], q) < 0:
                    q = -q
                row.append(q)
        tracks = {j: np.array(v) for j, v in tracks.items() if np.abs(np.array(v) - [0, 0, 0, 1]).max() > 1e-6}
        yield name, np.linspace(0, seconds, count + 1), tracks, np.array([shift for _, shift in keys])

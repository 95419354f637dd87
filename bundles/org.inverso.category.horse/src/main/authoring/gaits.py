# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Clips, and the poses in them: idle, walk, trot, gallop.

A gait is told by its footfalls: when each hoof lands, how long it stays (duty), how far the body travels
over it meanwhile, how high it swings. Hoof paths follow from that; each leg's joints are solved to reach
them, as close as possible to the flexions a horse shows there. A hoof that stands goes back as fast as the
body goes forward, and already does so when it lands and still when it leaves. The shoulder blade of the
model does not glide as a horse's does, so fore hooves stand a little shorter than hind ones. Touchdowns: walk and gallop after
Muybridge's sequences (lateral walk; transverse gallop on the right lead), trot on diagonals.
"""
import numpy as np

import rig

FPS = 60
FOLLOW = .6                                                     # how closely a hoof that lands or leaves follows the ground
GAITS = {
    # seconds, duty of fore and hind hooves, stance travel of the hind ones, lift of fore and hind hooves, landing of left/right hind, left/right fore
    "walk": dict(seconds=1.1, duty=(.50, .62), travel=.88, lift=(.11, .09), land=dict(hind_l=0, fore_l=.25, hind_r=.5, fore_r=.75),
                 crouch=.035, bob=.012, rise=.0, sway=.0, neck=.05, spine=.0, knee=.9, hock=.35, ahead=(-.05, .02), carriage=dict(neck_pitch=.18, head_pitch=-.02)),
    "trot": dict(seconds=.70, duty=(.35, .42), travel=.86, lift=(.24, .18), land=dict(hind_l=0, fore_r=0, hind_r=.5, fore_l=.5),
                 crouch=.03, bob=.035, rise=.18, sway=.0, neck=.03, spine=.0, knee=1.35, hock=.75, ahead=(-.05, .02),
                 carriage=dict(neck_arch=.15, head_pitch=.10, tail_pitch=.25)),
    "gallop": dict(seconds=.50, duty=(.185, .27), travel=1.16, lift=(.38, .20), land=dict(hind_l=0, hind_r=.13, fore_l=.40, fore_r=.55),
                   crouch=.065, bob=.03, rise=.70, sway=.06, neck=.14, spine=.13, knee=1.7, hock=.95, ahead=(-.03, .08),
                   carriage=dict(neck_pitch=.32, head_pitch=-.28, tail_pitch=.75, ear_l=-.35, ear_r=-.35)),
}
FORE = ["shoulder", "elbow", "knee", "fore_fetlock", "fore_hoof"]
HIND = ["hip", "stifle", "hock", "hind_fetlock", "hind_hoof"]
LIMITS = {e["name"]: (e["min"], e["max"]) for e in rig.pose_space()}


class Leg:
    """One leg in the plane of motion: (z, y) of its joints at rest and of the middle of its sole."""

    def __init__(self, joints):
        at = [rig.REST[rig.INDEX[j + "_l"]] for j in joints]
        self.names = joints
        self.rest = np.array([[p[2], p[1]] for p in at])
        self.sole = self.rest[-1] + [.035, -self.rest[-1][1]]
        self.bones = np.diff(np.vstack([self.rest, self.sole]), axis=0)
        lim = np.array([LIMITS[j + "_l"] for j in joints])
        self.low, self.high = lim[:, 0], lim[:, 1]

    def reach(self, base, tilt, angles):
        """Sole (z, y) and its derivative; a positive angle takes +Y to +Z."""
        total = tilt + np.cumsum(angles)
        c, s = np.cos(total), np.sin(total)
        z, y = self.bones.T
        world = np.stack([c * z + s * y, -s * z + c * y], 1)
        turned = np.stack([-s * z + c * y, -c * z - s * y], 1)
        jac = turned[::-1].cumsum(0)[::-1].T                    # each joint turns all bones beyond it
        return base + world.sum(0), jac

    def solve(self, base, tilt, target, pitch, wish, firm):
        """Angles whose sole is at the target and, as firmly as asked, turned by pitch; the best that two beginnings lead to."""
        return min((self.descend(start, base, tilt, target, pitch, wish, firm) for start in (wish, .5 * wish)), key=lambda s: s[1])[0]

    def descend(self, start, base, tilt, target, pitch, wish, firm):
        """Angles, and the square of what they miss; steps shrink, since limits make whole ones swing to and fro."""
        x = np.clip(start, self.low, self.high)
        regular = np.array([.25, .30, .14, .10, .16])
        best = None
        for k in range(80):
            p, jac = self.reach(base, tilt, x)
            missed = np.concatenate([8 * (target - p), [firm * (pitch - tilt - x.sum())], regular * (wish - x)])
            if best is None or missed @ missed < best[1]:
                best = x, missed @ missed
            rows = np.vstack([8 * jac, firm * np.ones((1, 5)), np.diag(regular)])
            step = np.linalg.lstsq(rows, missed, rcond=None)[0]
            largest = .3 * .94 ** k
            x = np.clip(x + np.clip(step, -largest, largest), self.low, self.high)
        return best


LEGS = {"fore": Leg(FORE), "hind": Leg(HIND)}


def bump(t, a, b):
    """A soft hill of height 1 between a and b."""
    s = np.clip((t - a) / (b - a), 0, 1)
    return np.sin(np.pi * s) ** 2


def pose_at(gait, t):
    """Pose (by name) and shift of the root at the phase t of a gait."""
    g = GAITS[gait]
    w = 2 * np.pi
    pose = dict(g["carriage"])
    twice = 1 if gait == "gallop" else 2
    sway = g["sway"] * np.cos(w * (t - .30))                     # the rump rises when the forehand lands
    pose["body_pitch"] = sway
    pose["spine_pitch"] = -.25 * sway + g["spine"] * np.cos(w * (t - .86))
    pose["neck_pitch"] = pose.get("neck_pitch", 0) + g["neck"] * np.cos(w * twice * (t - .12)) - .5 * sway
    pose["head_pitch"] = pose.get("head_pitch", 0) - .6 * g["neck"] * np.cos(w * twice * (t - .17)) - .3 * sway
    pose["tail_yaw"] = .10 * np.sin(w * t)
    pose["tail_curl"] = -.18 + .10 * np.cos(w * twice * t)
    if gait == "walk":
        pose["spine_yaw"] = .03 * np.sin(w * t)
    y = -g["crouch"] + g["bob"] * np.cos(w * twice * (t - g["rise"]))
    shift = np.array([0, y, 0])
    rotations = rig.joint_rotations(pose, rig.pose_space())
    _, world = rig.skin(np.zeros((0, 3)), np.zeros((0, len(rig.NAMES))), rig.REST, rotations, shift)
    for name, land in g["land"].items():
        kind, side = name.split("_")
        leg = LEGS[kind]
        base = world[rig.INDEX[leg.names[0] + "_" + side]][[2, 1]]
        tilt = pose["body_pitch"] + (pose["spine_pitch"] if kind == "fore" else 0)
        s = (t - land) % 1.0
        duty = g["duty"][kind == "hind"]
        travel = g["travel"] * duty / g["duty"][1]
        half = travel / 2
        middle = leg.sole[0] + g["ahead"][kind == "hind"]
        if s < duty:
            k = s / duty
            target = np.array([middle + half * (1 - 2 * k), .0])
            pitch = .35 * max(0, (k - .8) / .2) ** 2            # the heel lifts before the toe leaves
            target[1] += .022 * max(0, (k - .8) / .2) ** 2
            load = np.sin(np.pi * k)
            wish = np.array([0, 0, 0, -.30 * load, .12 * load]) if kind == "fore" else np.array([0, 0, 0, -.28 * load, .12 * load])
            firm = 1.0
        else:
            k = (s - duty) / (1 - duty)
            e = k * k * (3 - 2 * k)
            lift = g["lift"][kind == "hind"]
            leave = -travel * (1 - duty) / duty                 # as fast as the ground, per phase of the swing
            along = travel * e + FOLLOW * leave * (2 * k ** 3 - 3 * k * k + k)
            target = np.array([middle - half + along, lift * np.sin(np.pi * k) + .022 * (1 - k) ** 4])
            fold, reach = bump(k, -.10, .95), bump(k, .45, 1.25)
            if kind == "fore":
                wish = np.array([-.25 * reach, -.55 * fold, g["knee"] * fold, .75 * fold * g["knee"] / 1.35, .25 * fold])
            else:
                wish = np.array([-.20 * fold - .35 * reach, g["hock"] * .55 * fold, -g["hock"] * fold, .60 * fold * g["hock"] / .75, .2 * fold])
            pitch = .35 * (1 - k) ** 3
            firm = .05 + .95 * (max(0, k - .8) / .2) ** 2
        x = leg.solve(base, tilt, target, pitch, wish, firm)
        for joint, v in zip(leg.names, x):
            pose[joint + "_" + side] = float(v)
    return {k: float(v) for k, v in pose.items()}, shift


def idle_at(t):
    """Looks about, switches its tail, flicks an ear; four seconds."""
    w = 2 * np.pi * t
    breath = np.sin(2 * w)
    pose = dict(neck_pitch=.05 + .03 * np.sin(w), neck_yaw=.10 * np.sin(w + .6), head_pitch=.04 * np.sin(w + 1.2), head_yaw=.08 * np.sin(w + 1.0),
                spine_pitch=.006 * breath, tail_yaw=.22 * np.sin(2 * w) * np.exp(np.cos(w) - 1), tail_curl=.05 * np.sin(2 * w + 1),
                ear_l=.35 * np.exp(6 * (np.cos(w - 1.6) - 1)), ear_r=.35 * np.exp(6 * (np.cos(w - 4.4) - 1)),
                jaw=.03 * (1 + np.sin(3 * w)) * np.exp(4 * (np.cos(w - 3.2) - 1)))
    return pose, np.zeros(3)


def clips():
    """(name, times, poses, shifts) of each clip; the last key equals the first."""
    out = []
    for name in ("idle", "walk", "trot", "gallop"):
        seconds = 4.0 if name == "idle" else GAITS[name]["seconds"]
        count = 24 if name == "idle" else max(12, int(round(seconds * FPS)))
        keys = [idle_at(k / count) if name == "idle" else pose_at(name, k / count) for k in range(count)]
        keys.append(keys[0])
        out.append((name, np.arange(count + 1) / count * seconds, [k[0] for k in keys], np.array([k[1] for k in keys])))
    return out


def quaternion(m):
    """x, y, z, w of a rotation matrix of less than half a turn."""
    w = .5 * np.sqrt(max(1e-12, 1 + np.trace(m)))
    q = np.array([(m[2, 1] - m[1, 2]), (m[0, 2] - m[2, 0]), (m[1, 0] - m[0, 1])]) / (4 * w)
    q = np.append(q, w)
    return q / np.linalg.norm(q)


def animation(writer, clip, first_joint):
    name, times, poses, shifts = clip
    space = rig.pose_space()
    rotations = np.array([rig.joint_rotations(p, space) for p in poses])
    time = writer.add(times.astype(np.float32), "SCALAR", None, True)
    samplers, channels = [], []
    for j in range(len(rig.NAMES)):
        q = np.array([quaternion(m) for m in rotations[:, j]])
        if np.abs(q - [0, 0, 0, 1]).max() < 1e-6:
            continue
        samplers.append({"input": time, "output": writer.add(q.astype(np.float32), "VEC4"), "interpolation": "LINEAR"})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": first_joint + j, "path": "rotation"}})
    if np.abs(shifts).max() > 0:
        at = (rig.REST[0] + shifts).astype(np.float32)
        samplers.append({"input": time, "output": writer.add(at, "VEC3"), "interpolation": "LINEAR"})
        channels.append({"sampler": len(samplers) - 1, "target": {"node": first_joint, "path": "translation"}})
    return {"name": name, "samplers": samplers, "channels": channels}

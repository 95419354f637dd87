# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Morph targets: displacement fields of the body, each with one anatomical meaning.

A field gives the displacement (metres, weight 1) of points with labels: vertices of the body, and the
joints, which are points on the axis of their segment. Lengths shift all that is beyond, girths scale
about the segment's axis. Lengthened legs lift the trunk, hooves stay on the ground.
"""
import numpy as np

import anatomy
from rig import leg_masks, smooth


class Points:
    """Points with labels and their place in the section they belong to."""

    def __init__(self, pos, labels, normal, sections, legs):
        self.pos, self.normal = pos, normal
        self.axial, self.fore, self.hind, self.ear, self.jaw = labels.T
        stations = np.arange(len(sections))
        top = np.array([s[0] for s in sections], float)
        bottom = np.array([s[7] for s in sections], float)
        wide = np.array([max(p[0] for p in s if p) for s in sections])

        def at(table):
            return np.stack([np.interp(self.axial, stations, table[:, i]) for i in range(3)], 1)

        middle = at((top + bottom) / 2)
        self.dorsal = at(top - bottom)
        self.depth = np.linalg.norm(self.dorsal, axis=1) / 2
        self.dorsal /= 2 * self.depth[:, None]
        self.high = np.einsum("ij,ij->i", pos - middle, self.dorsal) / self.depth       # -1 belly, +1 back
        self.wide = np.interp(self.axial, stations, wide)
        self.front, self.rear = smooth(-.5, 1.5, self.fore), smooth(-.5, 1.5, self.hind)
        self.leg = np.maximum(self.front, self.rear)
        side = np.where(pos[:, :1] >= 0, 1.0, -1.0)
        self.side = np.where(np.abs(pos[:, :1]) < 1e-9, 0.0, side)
        self.from_axis = np.zeros_like(pos)
        for label, table, m in ((self.fore, legs[0], self.front), (self.hind, legs[1], self.rear)):
            k = np.arange(1, len(table) + 1)
            c = np.stack([np.interp(label, k, table[:, i]) for i in range(3)], 1)
            c[:, :1] *= self.side
            self.from_axis += (m * (label > 0))[:, None] * (pos - c)


def hat(a, low, peak, high):
    """Smoothly from 0 over 1 at the peak to 0."""
    return smooth(low, peak, a) * smooth(high, peak, a)


def plateau(a, a0, a1, b1, b0):
    return smooth(a0, a1, a) * smooth(b0, b1, a)


def vec(amount, direction):
    """One direction, an amount for each point."""
    return np.asarray(amount)[:, None] * np.asarray(direction, float)


def leg_centres():
    def table(rows):
        return np.array([[r[2], (r[0][1] + r[1][1]) / 2, (r[0][0] + r[1][0]) / 2] for r in rows])
    return table(anatomy.FORELEG + anatomy.FOREHOOF), table(anatomy.HINDLEG + anatomy.HINDHOOF)


class Fields:
    """All fields on one set of points."""

    def __init__(self, points):
        self.p = points
        p = points
        self.trunk = 1 - p.leg
        # in the trunk's fields, how far a leg's top takes part
        self.soft = np.where(np.maximum(p.fore, p.hind) > -1, smooth(2.5, -.5, np.maximum(p.fore, p.hind)), 1.0)
        self.up, self.down = smooth(-.2, .9, p.high), smooth(.2, -.9, p.high)

    def legs(self, fore, hind):
        """A quantity given by the ring of a foreleg and of a hind leg, 0 elsewhere; tables of (ring, value)."""
        f, h = np.array(fore, float), np.array(hind, float)
        return self.p.front * np.interp(self.p.fore, f[:, 0], f[:, 1]) + self.p.rear * np.interp(self.p.hind, h[:, 0], h[:, 1])

    def lift(self, fore, hind):
        """Share of a lengthening of the leg by which a point rises: 1 above, 0 below."""
        inside = self.legs(fore, hind)
        return (1 - self.p.leg) + inside

    def all(self):
        """Displacements (P x 3, metres) by target."""
        p = self.p
        a, x, y, z = p.axial, p.pos[:, 0], p.pos[:, 1], p.pos[:, 2]
        ahead, up = np.array([0, 0, 1.0]), np.array([0, 1.0, 0])
        lateral = np.array([1.0, 0, 0])
        f = {}
        f["size"] = SIZE * p.pos
        # --- legs --------------------------------------------------------------------------------
        f["upper_leg_length"] = vec(.04 * self.lift(((0, 1), (1, 1), (2, .78), (3, .53), (4, .27), (5, .05), (5.6, 0)),
                                                    ((0, 1), (1, 1), (2, .72), (3, .45), (4, .18), (5, 0))), up)
        f["cannon_length"] = vec(.03 * self.lift(((0, 1), (6.2, 1), (7, .94), (8, .55), (9, .18), (10, 0)),
                                                 ((0, 1), (6.2, 1), (7, .93), (8, .66), (9, .30), (10, .03), (10.3, 0))), up)
        pastern = self.lift(((0, 1), (11, 1), (12, .5), (13, 0)), ((0, 1), (12, 1), (13, .5), (14, 0)))
        f["pastern_length"] = vec(.012 * pastern, up) + vec(-.012 * (pastern - 1), ahead)
        about = p.from_axis
        f["upper_leg_girth"] = .14 * self.legs(((0, .5), (1, 1), (4, 1), (5.2, 0)), ((0, .5), (1, 1), (4, 1), (5, 0)))[:, None] * about
        f["bone"] = .14 * self.legs(((4, 0), (6, .8), (7, 1), (12.2, 1), (13, .6), (14, .3), (14.6, 0)),
                                    ((4.5, 0), (6, .7), (8, 1), (13.2, 1), (14, .6), (15, .3), (15.6, 0)))[:, None] * about
        f["joint_size"] = .13 * self.legs(((4.6, 0), (5.6, 1), (6.4, 1), (7.6, 0), (9, 0), (10.2, 1), (11, 1), (12, 0)),
                                          ((4, 0), (5, 1), (6, 1), (7.6, 0), (10, 0), (11.2, 1), (12, 1), (13, 0)))[:, None] * about
        feather = self.legs(((7, 0), (9, .25), (11, .75), (12.3, 1.35), (13.1, 1.0), (14, .6), (15.2, 0)),
                            ((8, 0), (10, .25), (12, .75), (13.3, 1.35), (14.1, 1.0), (15, .6), (16.2, 0)))
        behind = np.clip(-about[:, 2], 0, None)
        f["feather"] = .34 * feather[:, None] * about + vec(-.5 * feather * behind, ahead)
        hoof = self.legs(((12, 0), (13, .5), (14, .8), (15, 1), (18, 1)), ((13, 0), (14, .5), (15, .8), (16, 1), (19, 1)))
        f["hoof_size"] = .15 * hoof[:, None] * about * [1, 0, 1]
        # --- trunk -------------------------------------------------------------------------------
        root_z = np.where(p.front > 0, .49, np.where(p.rear > 0, -.52, z))
        m = np.maximum(smooth(-.5, 3, p.fore), smooth(-.5, 3, p.hind))
        zz = (1 - m) * z + m * root_z
        ramp = np.interp(zz, [-.42, -.15, .28, .46], [-1, -.55, .70, 1])
        f["body_length"] = vec(.05 * ramp, ahead)
        window = plateau(a, 3.0, 7.0, 9.4, 11.8) * self.soft
        f["chest_depth"] = vec(-.035 * window * self.down, up)
        f["belly"] = vec(-.045 * hat(a, 1.8, 4.6, 8.2) * self.down * self.soft, up) + \
            vec(.016 * hat(a, 1.8, 4.6, 8.2) * smooth(.5, -.4, p.high) * self.soft * x / p.wide, lateral)
        f["flank_tuck"] = vec(.045 * hat(a, .6, 3.0, 6.4) * self.down * self.soft, up)
        f["barrel_width"] = vec(.025 * plateau(a, 1.2, 3.6, 6.2, 8.6) * self.soft * x / p.wide, lateral)
        leg_x = .15 * p.side[:, 0]
        mf, mh = smooth(-.5, 2, p.fore), smooth(-.5, 2, p.hind)
        f["chest_width"] = vec(.022 * plateau(a, 5.6, 7.4, 10.4, 12.6) * ((1 - mf) * x + mf * leg_x) / .22, lateral)
        f["hip_width"] = vec(.025 * smooth(4.2, 1.8, a) * ((1 - mh) * x + mh * leg_x) / .25, lateral)
        f["withers"] = vec(.022 * hat(a, 4.8, 8.0, 10.8) * smooth(.45, 1.0, p.high) * self.trunk, up)
        f["back_dip"] = vec(-.028 * hat(a, 1.8, 4.9, 8.0) * smooth(.1, .95, p.high) * self.trunk, up)
        f["croup_height"] = vec(.025 * smooth(5.0, 2.0, a) * smooth(1.12, 1.42, y) * self.trunk, up)
        f["croup_slope"] = vec(-.030 * smooth(2.4, -.3, a) * smooth(1.12, 1.34, y) * self.trunk, up)
        region = smooth(2.6, 1.2, a) * smooth(.62, .90, y) * smooth(1.45, 1.28, y) * smooth(.02, .09, np.abs(x))
        f["hindquarters"] = .020 * region[:, None] * p.normal
        region = plateau(a, 7.2, 9.2, 11.4, 13.0) * smooth(.75, .95, y) * smooth(.6, .1, p.high) * smooth(2.2, -.5, p.fore)
        f["breast"] = .020 * region[:, None] * p.normal
        # --- neck and head -----------------------------------------------------------------------
        axis = (anatomy.POLL - [0, 1.32, .62]) / np.linalg.norm(anatomy.POLL - [0, 1.32, .62])
        f["neck_length"] = vec(.05 * np.interp(a, [9.4, 10.6, 16.0, 17], [0, .08, .95, 1]), axis)
        f["neck_height"] = vec(.04 * np.interp(a, [8.8, 11, 14.5, 17], [0, .18, .75, 1]), (.0, .8, -.6))
        n = plateau(a, 7.6, 11.0, 15.0, 17.4)
        f["neck_depth"] = (.026 * n * p.high * self.trunk)[:, None] * p.dorsal
        f["neck_width"] = vec(.018 * plateau(a, 8.4, 11.4, 15.4, 18.0) * x / p.wide, lateral)
        f["crest"] = (.032 * hat(a, 9.6, 14.0, 17.3) * smooth(.1, .95, p.high))[:, None] * p.dorsal
        f["neck_arch"] = (.035 * hat(a, 9.6, 13.8, 17.6))[:, None] * p.dorsal
        f["throat"] = (-.022 * hat(a, 13.2, 16.6, 19.4) * self.down)[:, None] * p.dorsal
        h = np.einsum("ij,j->i", p.pos - anatomy.POLL, anatomy.ALONG)
        d = np.einsum("ij,j->i", p.pos - anatomy.POLL, anatomy.DOWN)
        on_head = smooth(16.6, 18.2, a)
        not_ear = 1 - smooth(0, .3, p.ear)
        f["head_length"] = vec(.045 * on_head * np.interp(h, [.06, .20, .60, .64], [0, .2, .98, 1.0]) * not_ear, anatomy.ALONG)
        f["head_depth"] = vec(.022 * on_head * smooth(24.4, 21.0, a) * np.clip(d / .25, 0, 1.1) * not_ear, anatomy.DOWN)
        f["head_width"] = vec(.012 * on_head * smooth(25.5, 21.0, a) * np.clip(x / .1, -1.05, 1.05), lateral)
        muzzle = smooth(22.0, 24.6, a)
        centre = POINT_OF_LIPS
        f["muzzle"] = .14 * muzzle[:, None] * (p.pos - centre)
        f["face_profile"] = vec(-.018 * on_head * hat(h, .10, .33, .58) * smooth(.13, .02, d), anatomy.DOWN)
        f["ear_length"] = vec(.04 * p.ear, anatomy.EAR_AXIS) * np.concatenate(
            [np.where(p.pos[:, :1] >= 0, 1.0, -1.0), np.ones((len(x), 2))], axis=1)
        return f


SIZE = 0.08
POINT_OF_LIPS = anatomy.POLL + .56 * anatomy.ALONG + .07 * anatomy.DOWN
BODY = ["size", "upper_leg_length", "cannon_length", "pastern_length", "upper_leg_girth", "bone", "joint_size", "feather", "hoof_size",
        "body_length", "chest_depth", "belly", "flank_tuck", "barrel_width", "chest_width", "hip_width", "withers", "back_dip",
        "croup_height", "croup_slope", "hindquarters", "breast", "neck_length", "neck_height", "neck_depth", "neck_width", "crest",
        "neck_arch", "throat", "head_length", "head_depth", "head_width", "muzzle", "face_profile", "ear_length"]
HAIR = ["mane_length", "mane_height", "tail_length", "tail_volume", "tail_tuft"]
TARGETS = BODY + HAIR
# Labels of the joints: axial station, ring of the foreleg, of the hind leg, ear, jaw
JOINT_LABELS = {"root": (1, -2, -2, 0, 0), "spine1": (3, -2, -2, 0, 0), "spine2": (5.6, -2, -2, 0, 0), "neck1": (10.2, -2, -2, 0, 0),
                "neck2": (12.7, -2, -2, 0, 0), "neck3": (14.6, -2, -2, 0, 0), "head": (17, -2, -2, 0, 0), "jaw": (19, -2, -2, 0, 0),
                "tail1": (0, -2, -2, 0, 0), "tail2": (0, -2, -2, 0, 0), "tail3": (0, -2, -2, 0, 0), "tail4": (0, -2, -2, 0, 0),
                "ear": (17.5, -2, -2, 0, 0), "shoulder": (8, -.5, -2, 0, 0), "elbow": (8, .4, -2, 0, 0), "knee": (8, 6, -2, 0, 0),
                "fore_fetlock": (8, 10.8, -2, 0, 0), "fore_hoof": (8, 12.7, -2, 0, 0), "hip": (1, -2, -.5, 0, 0),
                "stifle": (1, -2, .4, 0, 0), "hock": (1, -2, 5.5, 0, 0), "hind_fetlock": (1, -2, 11.6, 0, 0),
                "hind_hoof": (1, -2, 13.7, 0, 0)}


def joint_labels(names):
    return np.array([JOINT_LABELS[n[:-2] if n[-2:] in ("_l", "_r") else n] for n in names], float)

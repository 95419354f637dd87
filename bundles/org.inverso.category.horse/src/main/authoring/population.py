# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""The horses there are: builds as a mixture over the morph targets, poses, coats; writes category.json."""
import json
import os
import re

import numpy as np

import gaits
import rig
import shape

# Weight of the build, and its mean by target in units of the target (0: a riding horse).
BUILDS = {
    "riding_horse": (.20, {}),
    "thoroughbred": (.13, dict(upper_leg_length=.4, cannon_length=.4, barrel_width=-.6, belly=-.5, flank_tuck=.8, chest_depth=.2, neck_length=.5,
                               neck_depth=-.5, bone=-.4, withers=.6, hindquarters=.1, body_length=.2, crest=-.4, feather=-.1, throat=-.3)),
    "arabian": (.12, dict(size=-.6, head_length=-.7, face_profile=-1.2, muzzle=-.8, neck_arch=.7, neck_height=.7, body_length=-.5,
                          croup_slope=-.9, croup_height=.3, tail_volume=.5, bone=-.3, throat=-.5, ear_length=-.2, hindquarters=-.2,
                          mane_length=.4)),
    "quarter_horse": (.13, dict(size=-.5, hindquarters=1.1, breast=1.0, chest_width=.8, hip_width=.6, upper_leg_length=-.4, cannon_length=-.6,
                                neck_length=-.3, neck_depth=.4, head_length=-.3, head_depth=.4, withers=-.4, barrel_width=.6, croup_slope=.4,
                                belly=.3, upper_leg_girth=.6)),
    "baroque": (.09, dict(size=-.2, neck_arch=.9, crest=.9, neck_height=.9, neck_depth=.7, mane_length=1.8, tail_volume=.9, tail_length=.5,
                          barrel_width=.5, hindquarters=.6, croup_slope=.6, body_length=-.4, face_profile=.5, feather=.4, breast=.6)),
    "draught": (.11, dict(size=1.0, bone=2.0, upper_leg_girth=1.0, joint_size=.7, feather=1.4, hoof_size=1.4, barrel_width=1.6, chest_width=1.4,
                          hip_width=1.3, hindquarters=1.6, breast=1.6, neck_depth=1.8, neck_width=1.2, crest=1.1, head_length=.6,
                          head_depth=.4, muzzle=.6, face_profile=.8, belly=1.0, chest_depth=1.3, cannon_length=-1.0, upper_leg_length=-.6,
                          mane_length=.9, tail_volume=.3)),
    "pony": (.10, dict(size=-2.2, cannon_length=-1.3, upper_leg_length=-1.4, barrel_width=1.2, belly=1.4, neck_depth=1.2, neck_length=-.7,
                       crest=.7, head_depth=.3, head_length=-.5, ear_length=-.7, mane_length=1.3, mane_height=.2, tail_volume=.9, tail_length=.3,
                       bone=.4, body_length=-.6, feather=.5, chest_depth=.8, hip_width=.2, head_width=.2)),
    "foal": (.05, dict(size=-3.0, upper_leg_length=1.5, cannon_length=1.5, joint_size=1.0, chest_depth=-1.3, barrel_width=-1.1, belly=-.8,
                       body_length=-2.2, neck_length=-1.1, neck_depth=-.7, head_length=-1.4, head_depth=-.2, muzzle=-.6, mane_length=-.85,
                       tail_length=-2.2, tail_volume=-1.1, hindquarters=-1.0, breast=-.8, hip_width=-.8, chest_width=-.6,
                       upper_leg_girth=-.6, crest=-.4, flank_tuck=.6)),
    "zebra": (.04, dict(size=-1.3, mane_length=-1.0, mane_height=1.3, tail_tuft=1.0, tail_length=-.7, tail_volume=-.2, ear_length=.7,
                        neck_depth=.7, barrel_width=.7, belly=.7, head_length=.2, upper_leg_length=-.4, withers=-.7, bone=-.2, neck_length=-.4)),
    "donkey": (.03, dict(size=-2.4, ear_length=2.3, mane_length=-1.0, mane_height=.7, tail_tuft=1.4, tail_length=-1.0, tail_volume=-.3,
                         head_length=.5, head_depth=.5, muzzle=.4, withers=-1.0, neck_height=-.5, neck_length=-.8, barrel_width=.2, belly=.7,
                         hindquarters=-.8, breast=-.6, hip_width=-.5, hoof_size=-.7, bone=-.1, croup_slope=.4, body_length=-.8,
                         upper_leg_length=-.4, cannon_length=-.5)),
}
SPREAD = {"size": .55, "mane_height": .15, "tail_tuft": .08, "feather": .25, "mane_length": .55, "tail_length": .5, "tail_volume": .5,
          "neck_length": .5, "body_length": .6}
DEFAULT_SPREAD = .55
OWN_SPREAD = {"draught": {"feather": .6}, "zebra": {"mane_length": .1, "tail_tuft": .25, "mane_height": .3},
              "donkey": {"mane_length": .1, "tail_tuft": .3, "mane_height": .3, "ear_length": .6},
              "foal": {"mane_length": .15, "mane_height": .2, "tail_length": .3, "tail_volume": .3, "size": .6}, "pony": {"size": .8, "feather": .4}}
# Directions along which animals of one build differ together: height; legs; flesh; neck carriage; hair.
FACTORS = [
    dict(size=.45),
    dict(upper_leg_length=.35, cannon_length=.35, chest_depth=-.15),
    dict(barrel_width=.4, belly=.4, neck_depth=.3, chest_width=.2, hip_width=.25, hindquarters=.3, breast=.3, neck_width=.25, flank_tuck=-.3),
    dict(neck_length=.3, neck_arch=.25, neck_height=.3, throat=-.2),
    dict(bone=.3, joint_size=.25, hoof_size=.3, head_length=.2, upper_leg_girth=.2),
]
LIMITS = {"size": (-4.5, 2.5), "ear_length": (-1.2, 3.4), "mane_length": (-1.1, 2.6), "mane_height": (.0, 2.0), "tail_length": (-3.0, 1.4),
          "tail_tuft": (-.1, 1.7), "tail_volume": (-1.3, 2.5), "feather": (-.2, 2.6), "hoof_size": (-2.0, 2.4), "body_length": (-3.0, 2.5),
          "bone": (-2.0, 2.6), "face_profile": (-2.2, 2.2), "muzzle": (-2.0, 2.0)}
DEFAULT_LIMIT = (-2.5, 2.5)

STANDING = [
    ("stand", .20, dict(neck_pitch=.05, head_pitch=.12)),
    ("alert", .10, dict(neck_pitch=-.25, neck_arch=.30, head_pitch=.25, ear_l=.10, ear_r=.10)),
    ("stand_tail_off", .06, dict(neck_pitch=-.10, head_pitch=.25, tail_pitch=.40)),
    ("stand_gathered", .06, dict(neck_pitch=-.05, head_pitch=.25, tail_pitch=.25, hip_l=-.20, hip_r=-.16)),
    ("stand_collected", .06, dict(neck_pitch=-.25, neck_arch=.15, head_pitch=.45, tail_pitch=.35, hip_l=-.10, hip_r=-.14, shoulder_l=-.06, shoulder_r=-.03)),
    ("show", .06, dict(neck_pitch=-.05, neck_arch=.45, head_pitch=.40, shoulder_l=-.08, hip_l=.14, hip_r=-.10)),
    ("doze", .05, dict(neck_pitch=.45, head_pitch=-.15, ear_l=-.25, ear_r=-.25, hip_r=-.10, stifle_r=.30, hock_r=-.25, hind_fetlock_r=.35)),
    ("look_left", .04, dict(neck_yaw=.65, head_yaw=.25, neck_pitch=.05, head_pitch=.10)),
    ("look_right", .04, dict(neck_yaw=-.65, head_yaw=-.25, neck_pitch=.05, head_pitch=.10)),
    ("graze", .07, dict(spine_pitch=.14, neck_pitch=1.98, neck_arch=-.52, head_pitch=-1.12, shoulder_l=-.34, shoulder_r=.20, elbow_l=.05, jaw=.05)),
    ("graze_left", .03, dict(spine_pitch=.13, neck_pitch=1.90, neck_arch=-.48, neck_yaw=.22, head_pitch=-1.05, shoulder_l=.20, shoulder_r=-.32)),
    ("browse", .03, dict(neck_pitch=.95, head_pitch=-.35)),
    ("rear", .02, dict(body_pitch=-.85, spine_pitch=-.10, neck_pitch=.25, neck_arch=.40, head_pitch=.35, shoulder_l=-.35, elbow_l=-.85, knee_l=1.50,
                       fore_fetlock_l=.70, shoulder_r=-.15, elbow_r=-.95, knee_r=1.75, fore_fetlock_r=.8, hip_l=.18, hip_r=.30, stifle_l=.55,
                       stifle_r=.45, hock_l=-.35, hock_r=-.35, hind_fetlock_l=.35, hind_fetlock_r=.30, tail_pitch=.35)),
]
MOVING = [("walk", .16, (0, .13, .25, .38, .5, .63, .75, .88)), ("trot", .10, (.05, .22, .36, .55, .72, .86)),
          ("gallop", .10, (0, .14, .28, .42, .56, .70, .85))]

DARK = [.016, .012, .010]
WHITE = [.72, .69, .64]


def coat(name, weight, body, mane, legs=None, muzzle=None, belly=None, hoof=(.045, .036, .030), patterns=(), tail=None, eye=(.010, .007, .006)):
    """A coat from its main colours; unnamed regions follow the body."""
    body = list(body)
    c = {"coat": body, "rump": body, "blaze": body, "belly": list(belly or [min(1, 1.15 * x) for x in body]),
         "lower_leg": list(legs or body), "pastern": list(legs or body), "muzzle": list(muzzle or [.45 * x + .01 for x in body]),
         "mane": list(mane), "tail": list(tail or mane), "hoof": list(hoof), "eye": list(eye), "mouth": [.050, .020, .020]}
    return {"name": name, "weight": weight, "colors": {k: [round(x, 4) for x in v] for k, v in c.items()}, "patterns": list(patterns)}


def pattern(kind, materials, color, amount):
    return {"kind": kind, "materials": materials, "color": [round(x, 4) for x in color], "amount": amount}


BODY = ["coat", "rump", "belly"]
COATS = [
    coat("bay", .17, (.150, .052, .020), DARK, DARK, (.040, .025, .021), patterns=[pattern("gradient", ["lower_leg"], (.150, .052, .020), .3)]),
    coat("dark_bay", .10, (.055, .021, .011), DARK, DARK, (.030, .018, .014)),
    coat("chestnut", .14, (.230, .078, .025), (.200, .070, .025), None, (.120, .055, .035)),
    coat("chestnut_white_marks", .09, (.190, .062, .020), (.220, .090, .035), None, (.300, .170, .140), hoof=(.300, .230, .160),
         patterns=[pattern("patches", ["blaze"], WHITE, .75), pattern("socks", ["pastern", "lower_leg"], WHITE, .6)]),
    coat("bay_white_marks", .06, (.120, .042, .017), DARK, DARK, (.040, .025, .021),
         patterns=[pattern("patches", ["blaze"], WHITE, .5), pattern("socks", ["pastern"], WHITE, .8)]),
    coat("liver_chestnut", .03, (.075, .026, .014), (.060, .024, .013)),
    coat("black", .10, (.014, .011, .010), (.010, .009, .008), None, (.022, .018, .016), (.018, .014, .012)),
    coat("grey", .08, (.300, .300, .300), (.130, .130, .135), (.110, .110, .112), (.070, .068, .068),
         patterns=[pattern("dapples", BODY, (.480, .480, .475), .6)]),
    coat("white_grey", .07, (.660, .650, .620), (.620, .600, .560), None, (.170, .140, .130)),
    coat("palomino", .05, (.420, .240, .085), (.680, .620, .500), None, (.180, .110, .080)),
    coat("buckskin", .03, (.380, .240, .105), DARK, DARK, (.060, .045, .038)),
    coat("dun", .03, (.270, .190, .115), (.040, .030, .024), (.045, .033, .026), (.050, .040, .034)),
    coat("cremello", .01, (.640, .540, .400), (.700, .630, .520), None, (.520, .330, .270), hoof=(.420, .340, .240), eye=(.080, .110, .140)),
    coat("roan", .03, (.210, .130, .110), DARK, DARK, (.045, .030, .026), patterns=[pattern("spots", BODY, (.420, .370, .350), .35)]),
    coat("pinto_bay", .03, (.140, .048, .019), DARK, (.600, .570, .520), (.120, .080, .070),
         patterns=[pattern("patches", BODY + ["mane", "tail"], WHITE, .5), pattern("socks", ["lower_leg", "pastern"], WHITE, .9)]),
    coat("pinto_black", .03, (.016, .012, .011), DARK, (.600, .570, .520), (.060, .045, .040),
         patterns=[pattern("patches", BODY + ["mane", "tail"], WHITE, .5), pattern("socks", ["lower_leg", "pastern"], WHITE, .9)]),
    coat("appaloosa", .02, (.120, .048, .024), DARK, None, (.120, .080, .070),
         patterns=[pattern("patches", ["rump"], WHITE, .9), pattern("spots", ["rump"], (.060, .026, .016), .5)]),
    coat("zebra", .03, (.640, .610, .560), (.300, .290, .270), (.640, .610, .560), (.030, .024, .022),
         patterns=[pattern("bars", ["coat", "rump", "lower_leg", "pastern", "blaze", "mane", "tail"], (.014, .012, .011), .5)]),
    coat("donkey_grey", .02, (.190, .170, .155), (.050, .042, .038), None, (.500, .470, .430), (.480, .450, .410)),
]


# Which coats and poses suit a build; a build that is not there takes any.
SOLID = ["bay", "dark_bay", "chestnut", "chestnut_white_marks", "bay_white_marks", "liver_chestnut", "black", "grey", "white_grey"]
DILUTE = ["palomino", "buckskin", "dun", "cremello"]
SPOTTED = ["roan", "pinto_bay", "pinto_black", "appaloosa"]
COATS_OF = {"riding_horse": SOLID + DILUTE + SPOTTED, "thoroughbred": SOLID, "arabian": SOLID, "quarter_horse": SOLID + DILUTE + SPOTTED,
            "baroque": SOLID + ["palomino", "buckskin", "cremello"], "draught": SOLID + ["palomino", "dun", "roan", "pinto_bay", "pinto_black"],
            "pony": SOLID + DILUTE + SPOTTED, "foal": SOLID + DILUTE + SPOTTED, "zebra": ["zebra"],
            "donkey": ["donkey_grey", "dun", "dark_bay", "white_grey"]}
NOT_OF_WILD = {"show", "rear"}
POSES_OF = {"foal": NOT_OF_WILD, "zebra": NOT_OF_WILD, "donkey": NOT_OF_WILD}


def suitable(build):
    """The poses and coats of a component; none named where any suits."""
    out = {}
    if build in POSES_OF:
        out["poses"] = [p["name"] for p in poses() if p["name"] not in POSES_OF[build]]
    if build in COATS_OF:
        assert set(COATS_OF[build]) <= {c["name"] for c in COATS}, build
        out["coats"] = COATS_OF[build]
    return out


def role(part):
    for prefix in ("ear", "eye", "leg", "hoof"):
        if part.startswith(prefix + "_"):
            return prefix
    return part


def poses():
    out = [{"name": n, "weight": w, "values": v} for n, w, v in STANDING]
    for gait, weight, phases in MOVING:
        for k, t in enumerate(phases):
            values, _ = gaits.pose_at(gait, t)
            out.append({"name": f"{gait}{k + 1}", "weight": round(weight / len(phases), 4),
                        "values": {n: round(v, 3) + 0.0 for n, v in values.items() if abs(v) > .002}})
    limits = {e["name"]: (e["min"], e["max"]) for e in rig.pose_space()}
    for p in out:
        for n, v in p["values"].items():
            assert limits[n][0] <= v <= limits[n][1], (p["name"], n, v)
    total = sum(p["weight"] for p in out)
    for p in out:
        p["weight"] = round(p["weight"] / total, 4)
    return out


def write(path, parts, materials, asset):
    index = {n: i for i, n in enumerate(shape.TARGETS)}
    rounded = lambda v: [round(float(x), 4) + 0.0 for x in v]
    low, high = (np.array([LIMITS.get(n, DEFAULT_LIMIT)[k] for n in shape.TARGETS]) for k in (0, 1))

    def vector(values, default=0.0):
        v = np.full(len(index), default)
        for n, x in values.items():
            v[index[n]] = x
        return v

    mix = []
    for name, (weight, mean) in BUILDS.items():
        spread = vector({**SPREAD, **OWN_SPREAD.get(name, {})}, DEFAULT_SPREAD)
        m = vector(mean)
        assert (m >= low).all() and (m <= high).all(), name
        mix.append({"name": name, "weight": weight, "mean": rounded(m), "std": rounded(spread), "factors": [rounded(vector(f)) for f in FACTORS], **suitable(name)})
    total = sum(c["weight"] for c in mix)
    for c in mix:
        c["weight"] = round(c["weight"] / total, 4)
    doc = {"schema": "1.2", "id": "horse", "label": "Horse", "version": "1.0.0", "template": "template.glb",
           "symmetry": {"plane": "x"}, "parts": [{"name": p, "role": role(p)} for p in parts],
           "materials": [{"name": n, "kind": n} for n in materials],
           "skeleton": {"root": rig.NAMES[0]},
           "shape": {"targets": shape.TARGETS, "prior": {"components": mix}, "limits": {"min": rounded(low), "max": rounded(high)}},
           "pose": rig.pose_space(), "poses": poses(), "coats": COATS,
           "size": {"lengthMetres": [1.1, 3.2]},
           "clips": [{"name": c} for c in ("idle", "walk", "trot", "gallop")],
           "licence": "Apache-2.0", "provenance": "authored by src/main/authoring/horse.py", "modelCard": "MODEL_CARD.md"}
    if os.path.exists(path):                                  # trained weights are not this script's business
        with open(path) as f:
            known = json.load(f)
        doc.update({key: known[key] for key in ("weights",) if key in known})
    text = json.dumps(doc, indent=1)
    text = re.sub(r"\[\s+((?:-?[\d.e+-]+,?\s+)+)\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)).strip() + "]", text)
    with open(path, "w") as f:
        f.write(text + "\n")

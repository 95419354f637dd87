# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""The population of cars: a mixture of body types over the template's parameters, and category.json."""
import json
import os
import re

import numpy as np

# Mean of each body type in metres (what is not named keeps the rest value), and the spread in units.
TYPES = {
    "sedan": (0.17, dict(wheelbase_front=1.37, wheelbase_rear=1.36, front_overhang=0.86, rear_overhang=1.02, width=0.905,
                         belt_height=0.93, belt_slope=0.05, hood_front_height=0.70, cowl_position=0.50, windshield_rake=0.78,
                         roof_height=1.44, roof_arch=0.08, roof_slope=0.04, tumblehome=0.17, deck_length=0.50,
                         backlight_rake=0.66, c_pillar=-0.10, b_pillar=0.0, deck_height=0.03, tail_inclination=0.05,
                         sill_height=0.20)),
    "hatchback": (0.17, dict(wheelbase_front=1.27, wheelbase_rear=1.27, front_overhang=0.80, rear_overhang=0.70, width=0.87,
                             belt_height=0.94, belt_slope=0.06, hood_front_height=0.73, cowl_position=0.36,
                             windshield_rake=0.70, roof_height=1.47, roof_slope=0.05, deck_length=0.07, backlight_rake=0.36,
                             deck_height=-0.01, tail_inclination=0.08, wheel_radius=0.312, c_pillar=0.02, tail_curvature=0.12)),
    "estate": (0.09, dict(wheelbase_front=1.36, wheelbase_rear=1.36, front_overhang=0.88, rear_overhang=0.98, width=0.905,
                          belt_height=0.95, hood_front_height=0.71, cowl_position=0.48, windshield_rake=0.74, roof_height=1.47,
                          roof_slope=0.04, roof_arch=0.06, deck_length=0.07, backlight_rake=0.34, c_pillar=0.10, tail_curvature=0.11,
                          tail_inclination=0.08, sill_height=0.20)),
    "suv": (0.14, dict(wheelbase_front=1.34, wheelbase_rear=1.34, front_overhang=0.86, rear_overhang=0.84, width=0.94,
                       belt_height=1.11, hood_front_height=0.91, cowl_position=0.45, windshield_rake=0.64, roof_height=1.69,
                       roof_slope=0.05, deck_length=0.07, backlight_rake=0.30, wheel_radius=0.362, wheel_width=0.235,
                       arch_gap=0.06, sill_height=0.31, arch_flare=0.03, nose_inclination=0.09, c_pillar=0.05)),
    "jeep": (0.07, dict(wheelbase_front=1.25, wheelbase_rear=1.27, front_overhang=0.74, rear_overhang=0.82, width=0.90,
                        belt_height=1.17, belt_slope=0.0, hood_front_height=1.03, cowl_position=0.50, windshield_rake=0.30,
                        roof_height=1.86, roof_crown=0.05, roof_arch=0.02, roof_slope=0.01, tumblehome=0.09, side_bulge=0.02,
                        nose_curvature=0.09, nose_inclination=0.03, tail_curvature=0.05, tail_inclination=0.01, bumper_depth=0.11,
                        deck_length=0.055, backlight_rake=0.08, wheel_radius=0.375, wheel_width=0.245, arch_gap=0.085,
                        arch_flare=0.04, sill_height=0.42, c_pillar=0.05, roof_spoiler=0.0, roof_raise=0.03)),
    "minivan": (0.09, dict(wheelbase_front=1.39, wheelbase_rear=1.39, front_overhang=0.90, rear_overhang=0.80, width=0.92,
                           belt_height=1.03, hood_front_height=0.78, cowl_position=0.10, windshield_rake=0.88, roof_height=1.72,
                           roof_slope=0.05, roof_arch=0.07, tumblehome=0.14, deck_length=0.06, backlight_rake=0.22,
                           tail_inclination=0.05, c_pillar=0.16, nose_inclination=0.16, nose_curvature=0.26, sill_height=0.22)),
    "van": (0.06, dict(wheelbase_front=1.52, wheelbase_rear=1.48, front_overhang=0.88, rear_overhang=0.98, width=0.96,
                       belt_height=1.18, belt_slope=-0.02, hood_front_height=0.96, cowl_position=-0.20, windshield_rake=0.62,
                       roof_height=1.97, roof_arch=0.04, roof_slope=0.0, roof_crown=0.07, tumblehome=0.09, side_bulge=0.03,
                       deck_length=0.055, backlight_rake=0.10, tail_inclination=0.03, tail_curvature=0.07, nose_curvature=0.18,
                       nose_inclination=0.14, b_pillar=0.10, c_pillar=0.22, wheel_radius=0.335, sill_height=0.29, roof_raise=0.04)),
    "high_roof_van": (0.05, dict(wheelbase_front=1.55, wheelbase_rear=1.52, front_overhang=0.90, rear_overhang=1.00, width=0.97,
                                 belt_height=1.17, belt_slope=-0.02, hood_front_height=0.96, cowl_position=-0.18,
                                 windshield_rake=0.62, roof_height=1.96, roof_arch=0.02, roof_slope=-0.02, roof_crown=0.08,
                                 tumblehome=0.07, side_bulge=0.025, deck_length=0.055, backlight_rake=0.08,
                                 tail_inclination=0.02, tail_curvature=0.06, nose_curvature=0.18, nose_inclination=0.14,
                                 b_pillar=0.12, c_pillar=0.22, wheel_radius=0.34, sill_height=0.30, roof_raise=0.34)),
    "pickup": (0.06, dict(wheelbase_front=1.58, wheelbase_rear=1.58, front_overhang=0.90, rear_overhang=1.12, width=0.95,
                          belt_height=1.15, belt_slope=0.01, hood_front_height=0.97, cowl_position=0.62, windshield_rake=0.60,
                          roof_height=1.80, roof_slope=0.03, roof_arch=0.04, tumblehome=0.15, deck_length=1.62,
                          backlight_rake=0.14, deck_height=0.02, bed_depth=0.44, c_pillar=-0.14, b_pillar=-0.06,
                          wheel_radius=0.375, wheel_width=0.25, arch_gap=0.075, arch_flare=0.03, sill_height=0.40,
                          nose_curvature=0.13, nose_inclination=0.06, tail_curvature=0.06, tail_inclination=0.01, bumper_depth=0.09)),
    "coupe": (0.06, dict(wheelbase_front=1.32, wheelbase_rear=1.31, front_overhang=0.92, rear_overhang=0.92, width=0.905,
                         belt_height=0.89, belt_slope=0.05, hood_front_height=0.66, cowl_position=0.58, windshield_rake=0.80,
                         roof_height=1.33, roof_arch=0.09, roof_slope=0.06, tumblehome=0.19, deck_length=0.36,
                         backlight_rake=0.80, b_pillar=-0.20, c_pillar=-0.10, deck_height=0.02, tail_inclination=0.06,
                         wheel_radius=0.335, wheel_width=0.235, sill_height=0.17, track=-0.025)),
    "sports": (0.06, dict(wheelbase_front=1.34, wheelbase_rear=1.30, front_overhang=1.02, rear_overhang=0.86, width=0.965,
                          belt_height=0.84, belt_slope=0.03, hood_front_height=0.66, cowl_position=0.52, windshield_rake=0.88,
                          roof_height=1.17, roof_arch=0.065, roof_slope=0.05, roof_crown=0.045, tumblehome=0.21, deck_length=0.35,
                          backlight_rake=0.72, b_pillar=-0.14, c_pillar=-0.12, deck_height=0.03, nose_inclination=0.14,
                          nose_curvature=0.27, tail_inclination=0.07, tail_curvature=0.17, wheel_radius=0.338,
                          wheel_width=0.275, arch_gap=0.032, arch_flare=0.035, sill_height=0.135, track=-0.015, side_bulge=0.05)),
    "city": (0.05, dict(wheelbase_front=1.17, wheelbase_rear=1.17, front_overhang=0.70, rear_overhang=0.64, width=0.82,
                        belt_height=0.96, belt_slope=0.05, hood_front_height=0.76, cowl_position=0.22, windshield_rake=0.66,
                        roof_height=1.50, roof_slope=0.04, tumblehome=0.13, deck_length=0.06, backlight_rake=0.24, nose_curvature=0.16,
                        tail_inclination=0.05, wheel_radius=0.295, wheel_width=0.18, b_pillar=-0.08, c_pillar=-0.08, tail_curvature=0.10)),
    "classic": (0.05, dict(wheelbase_front=1.28, wheelbase_rear=1.27, front_overhang=0.78, rear_overhang=0.98, width=0.85,
                           belt_height=0.92, belt_slope=0.0, hood_front_height=0.82, cowl_position=0.48, windshield_rake=0.46,
                           roof_height=1.43, roof_crown=0.045, roof_arch=0.03, roof_slope=0.02, tumblehome=0.12, side_bulge=0.02,
                           nose_curvature=0.09, nose_inclination=0.0, tail_curvature=0.05, tail_inclination=0.02,
                           deck_length=0.72, backlight_rake=0.42, deck_height=-0.03, bumper_depth=0.08, wheel_radius=0.305,
                           wheel_width=0.175, c_pillar=-0.12)),
    "rally": (0.05, dict(wheelbase_front=1.25, wheelbase_rear=1.25, front_overhang=0.80, rear_overhang=0.74, width=0.89,
                         belt_height=0.93, belt_slope=0.05, hood_front_height=0.70, cowl_position=0.40, windshield_rake=0.74,
                         roof_height=1.42, roof_slope=0.05, deck_length=0.18, backlight_rake=0.48, tail_inclination=0.06,
                         wheel_radius=0.325, wheel_width=0.235, arch_gap=0.055, arch_flare=0.05, sill_height=0.20, track=0.0,
                         bumper_depth=0.08, c_pillar=-0.05, wing_height=0.22, roof_spoiler=0.04)),
}
SPREAD = {"default": 0.40, "b_pillar": 0.35, "c_pillar": 0.30, "deck_length": 0.22, "backlight_rake": 0.35, "roof_raise": 0.0,
          "bed_depth": 0.0, "wing_height": 0.0, "roof_spoiler": 0.0, "roof_height": 0.28, "belt_height": 0.30,
          "hood_front_height": 0.32, "wheelbase_front": 0.55, "wheelbase_rear": 0.55, "front_overhang": 0.40, "rear_overhang": 0.40,
          "cowl_position": 0.35, "width": 0.50, "nose_curvature": 0.35, "tail_curvature": 0.45, "nose_inclination": 0.35}
OWN = {
    "pickup": {"bed_depth": 0.30, "deck_length": 0.65, "b_pillar": 0.5},
    "rally": {"wing_height": 0.75, "roof_spoiler": 0.6, "deck_length": 0.45, "backlight_rake": 0.7},
    "hatchback": {"deck_length": 0.07, "roof_spoiler": 0.5}, "estate": {"deck_length": 0.06},
    "suv": {"deck_length": 0.06, "sill_height": 0.6, "roof_spoiler": 0.4}, "minivan": {"deck_length": 0.04, "cowl_position": 0.5},
    "van": {"roof_raise": 0.3, "deck_length": 0.02, "cowl_position": 0.8, "windshield_rake": 0.7, "backlight_rake": 0.25}, "jeep": {"roof_raise": 0.15, "deck_length": 0.02, "backlight_rake": 0.2},
    "high_roof_van": {"deck_length": 0.02, "roof_raise": 0.6, "backlight_rake": 0.2},
    "sports": {"roof_height": 0.14, "belt_height": 0.16, "hood_front_height": 0.16, "wing_height": 0.25, "cowl_position": 0.55, "wheelbase_front": 0.8,
               "deck_length": 0.35, "windshield_rake": 0.3, "backlight_rake": 0.4, "wheel_radius": 0.3},
    "city": {"deck_length": 0.04}, "coupe": {"wing_height": 0.20, "windshield_rake": 0.3, "backlight_rake": 0.3}, "sedan": {"wing_height": 0.10},
}
# Correlations, as directions in metres: overall size; stance; roof height with belt and hood; sporty cabin; long nose.
FACTORS = [
    dict(wheelbase_front=0.06, wheelbase_rear=0.06, front_overhang=0.02, rear_overhang=0.05, width=0.02, wheel_radius=0.008),
    dict(sill_height=0.030, belt_height=0.030, hood_front_height=0.030, roof_height=0.040, wheel_radius=0.008),
    dict(roof_height=0.045, belt_height=0.020, hood_front_height=0.015, windshield_rake=-0.03, tumblehome=-0.012),
    dict(cowl_position=0.09, windshield_rake=0.04, backlight_rake=0.03, hood_front_height=-0.015),
    dict(front_overhang=0.05, nose_curvature=0.03, nose_inclination=0.025),
]

FACTOR_SCALE = {"sports": 0.5, "coupe": 0.7, "city": 0.7}

PAINTS = {"white": [0.80, 0.80, 0.78], "black": [0.012, 0.012, 0.014], "silver": [0.50, 0.51, 0.52], "grey": [0.12, 0.125, 0.13],
          "blue": [0.02, 0.06, 0.25], "red": [0.42, 0.012, 0.012], "green": [0.02, 0.09, 0.04], "beige": [0.42, 0.36, 0.26],
          "yellow": [0.75, 0.42, 0.02], "orange": [0.65, 0.16, 0.015], "light_blue": [0.22, 0.36, 0.55], "brown": [0.10, 0.045, 0.02]}


def role(part):
    for prefix in ("steering_wheel", "bumper", "headlight", "taillight", "indicator", "plate", "mirror", "door", "wheel"):
        if part.startswith(prefix):
            return prefix
    return part


def components(car):
    index = {n: i for i, n in enumerate(car.NAMES)}
    result = []
    factors = []
    for f in FACTORS:
        v = np.zeros(len(index))
        for n, x in f.items():
            v[index[n]] = x / car.UNIT[index[n]]
        factors.append(v)
    for name, (weight, values) in TYPES.items():
        mean = np.zeros(len(index))
        std = np.array([SPREAD.get(n, SPREAD["default"]) for n in car.NAMES])
        scale = FACTOR_SCALE.get(name, 1.0)
        for n, x in values.items():
            mean[index[n]] = (x - car.REST[index[n]]) / car.UNIT[index[n]]
        for n, x in OWN.get(name, {}).items():
            std[index[n]] = x
        result.append({"name": name, "weight": weight, "mean": mean, "std": std, "factors": [scale * f for f in factors]})
    total = sum(c["weight"] for c in result)
    for c in result:
        c["weight"] = round(c["weight"] / total, 4)
    return result


def margins(car, mix, count=400):
    """How the samples of each type keep their distances: roof length, fender above the front arch, window height."""
    rng = np.random.default_rng(11)
    low, high = (car.LOW - car.REST) / car.UNIT, (car.HIGH - car.REST) / car.UNIT
    for c in mix:
        x = c["mean"] + c["std"] * rng.normal(size=(count, len(low)))
        for f in c["factors"]:
            x = x + rng.normal(size=(count, 1)) * f
        q = dict(zip(car.NAMES, (car.REST + car.UNIT * np.clip(x, low, high)).T))
        base = -q["wheelbase_rear"] - q["rear_overhang"] + q["tail_inclination"] + q["deck_length"]
        top = q["wheelbase_front"] - q["cowl_position"] - q["windshield_rake"]
        values = {"roof length": top - base - q["backlight_rake"],
                  "fender": 0.65 * q["belt_height"] + 0.35 * q["hood_front_height"] + q["wheel_radius"] - 0.325 -
                            2 * q["wheel_radius"] - q["arch_gap"],
                  "window": q["roof_height"] - q["roof_crown"] - q["belt_height"]}
        print(c["name"], {k: [round(float(np.quantile(v, e)), 2) for e in (0.01, 0.5)] for k, v in values.items()})
        assert np.quantile(values["roof length"], 0.01) > 0.2 and np.quantile(values["window"], 0.01) > 0.15, c["name"]


def write(path, car):
    rounded = lambda v: [round(float(x), 4) + 0.0 for x in v]
    low, high = (car.LOW - car.REST) / car.UNIT, (car.HIGH - car.REST) / car.UNIT
    mix = components(car)
    for c in mix:
        assert (c["mean"] >= low - 1e-9).all() and (c["mean"] <= high + 1e-9).all(), c["name"]
    margins(car, mix)
    parts = []
    for p in car.PARTS:
        part = {"name": p, "role": role(p)}
        if part["role"] == "wheel":
            part["axle"] = [1, 0, 0]
            part["steers"] = p in ("wheel_fl", "wheel_fr")
        parts.append(part)
    doc = {"schema": "1.0", "id": "car", "label": "Car", "version": "1.1.0", "template": "template.glb",
           "symmetry": {"plane": "x"}, "parts": parts,
           "materials": [{"name": n, "kind": n} for n in car.MATERIALS if n in car.USED],
           "shape": {"targets": car.NAMES,
                     "prior": {"components": [{"name": c["name"], "weight": c["weight"], "mean": rounded(c["mean"]),
                                               "std": rounded(c["std"]), "factors": [rounded(f) for f in c["factors"]]} for c in mix]},
                     "limits": {"min": rounded(low), "max": rounded(high)}},
           "pose": [{"name": "steering", "min": -0.6, "max": 0.6}],
           "colors": {"paint": PAINTS}, "size": {"lengthMetres": [3.4, 5.8]}, "clips": [{"name": c} for c in ("drive", "steer", "indicators", "lights")],
           "licence": "Apache-2.0", "provenance": "authored by src/main/authoring/car.py"}
    if os.path.exists(path):                    # trained weights and their card are not this script's business
        with open(path) as f:
            known = json.load(f)
        doc.update({key: known[key] for key in ("weights", "modelCard") if key in known})
    text = json.dumps(doc, indent=1)
    # number lists on one line
    text = re.sub(r"\[\s+((?:-?[\d.e+-]+,?\s+)+)\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)).strip() + "]", text)
    with open(path, "w") as f:
        f.write(text + "\n")

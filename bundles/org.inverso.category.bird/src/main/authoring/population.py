# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""The population of birds: a mixture of builds over the shape parameters, coats, and category.json."""
import json
import os
import re

import numpy as np

import rig
from anatomy import HIGH, LOW, NAMES, REST, UNIT

MATERIALS = {"crown": [0.16, 0.12, 0.08], "comb": [0.16, 0.12, 0.08], "wattle": [0.24, 0.19, 0.14], "nape": [0.19, 0.15, 0.11], "face": [0.24, 0.19, 0.14], "throat": [0.40, 0.35, 0.28],
             "foreneck": [0.36, 0.30, 0.23], "breast": [0.42, 0.34, 0.25], "flank": [0.40, 0.33, 0.25], "belly": [0.56, 0.51, 0.43], "vent": [0.60, 0.56, 0.48],
             "back": [0.15, 0.11, 0.08], "rump": [0.20, 0.15, 0.11], "wing_covert": [0.17, 0.13, 0.09], "secondaries": [0.11, 0.085, 0.065],
             "primaries": [0.055, 0.045, 0.04], "underwing": [0.42, 0.38, 0.33], "tail": [0.085, 0.065, 0.05], "undertail": [0.36, 0.31, 0.26],
             "thigh": [0.40, 0.34, 0.27], "beak": [0.11, 0.09, 0.07], "leg": [0.24, 0.15, 0.09], "eye": [0.008, 0.006, 0.005]}

# Mean of each build in metres, scaled to about the same trunk (what is not named keeps the rest value).
BUILDS = {
    "sparrow": (0.13, dict(throat_depth=.003, trunk_length=.150, trunk_width=.086, back_height=.076, keel_depth=.096, belly_depth=.006, neck_length=.022, neck_thickness=.050,
                           neck_base=.012, head_size=.051, head_width=.002, beak_length=.046, beak_depth=.0165, beak_width=.0135, eye_size=.0085,
                           wing_arm_length=-.015, wing_chord=.140, wing_tip_length=.180, tail_length=.165, tail_width=.016, shank_length=.072,
                           tarsus_length=.068, tarsus_thickness=.0055, toe_length=.058)),
    "finch": (0.09, dict(throat_depth=.003, trunk_length=.148, trunk_width=.084, back_height=.072, keel_depth=.094, neck_length=.018, neck_thickness=.048, neck_base=.010,
                         head_size=.050, beak_length=.040, beak_depth=.0215, beak_width=.0165, beak_culmen=.003, eye_size=.0080, wing_arm_length=-.010,
                         wing_chord=.140, wing_tip_length=.195, tail_length=.170, tail_fork=.022, tail_width=.015, shank_length=.066, tarsus_length=.058,
                         tarsus_thickness=.0052, toe_length=.054)),
    "tit": (0.10, dict(throat_depth=.004, trunk_length=.135, trunk_width=.092, back_height=.078, keel_depth=.098, belly_depth=.008, neck_length=.008, neck_thickness=.056,
                       neck_base=.014, head_size=.060, beak_length=.032, beak_depth=.0105, beak_width=.0085, eye_size=.0100, wing_arm_length=-.025,
                       wing_chord=.135, wing_tip_length=.165, tail_length=.180, tail_width=.014, shank_length=.072, tarsus_length=.070,
                       tarsus_thickness=.0050, toe_length=.056)),
    "thrush": (0.09, dict(trunk_length=.158, trunk_width=.080, keel_depth=.092, neck_length=.035, neck_thickness=.041, neck_base=.006, head_size=.043,
                          beak_length=.058, beak_depth=.0105, beak_width=.0095, eye_size=.0080, wing_tip_length=.195, tail_length=.170, tail_width=.016,
                          shank_length=.085, tarsus_length=.088, tarsus_thickness=.0055)),
    "bee_eater": (0.04, dict(trunk_length=.150, trunk_width=.066, back_height=.060, keel_depth=.074, belly_depth=-.008, neck_length=.035, neck_thickness=.040,
                             neck_base=.004, head_size=.041, head_length=.004, beak_length=.098, beak_depth=.0100, beak_width=.0085, beak_curve=.022, eye_size=.0075, wing_tip_length=.225,
                             wing_pointedness=.030, tail_length=.190, tail_width=.011, tail_streamer=.110, shank_length=.052, tarsus_length=.032,
                             tarsus_thickness=.0045, toe_length=.042)),
    "pigeon": (0.08, dict(trunk_length=.165, trunk_width=.084, keel_depth=.096, breast_fullness=.012, neck_length=.062, neck_thickness=.033, neck_base=.008,
                          head_size=.033, head_height=.002, beak_length=.038, beak_depth=.0085, beak_width=.0075, eye_size=.0065, wing_tip_length=.230,
                          wing_pointedness=.020, tail_length=.150, tail_width=.019, shank_length=.070, tarsus_length=.046, tarsus_thickness=.0072)),
    "parrot": (0.07, dict(throat_depth=.005, trunk_length=.155, trunk_width=.076, keel_depth=.085, neck_length=.030, neck_thickness=.047, neck_base=.005, head_size=.052, head_height=.003,
                          beak_length=.036, beak_depth=.0265, beak_width=.0165, beak_hook=.026, beak_culmen=.010, eye_size=.0070, wing_tip_length=.215,
                          wing_pointedness=.020, tail_length=.240, tail_width=.016, tail_fork=-.045, shank_length=.062, tarsus_length=.032,
                          tarsus_thickness=.0085, toe_length=.060)),
    "cockatoo": (0.02, dict(throat_depth=.005, trunk_length=.155, trunk_width=.078, keel_depth=.086, neck_length=.035, neck_thickness=.047, head_size=.050, crest=.055,
                            beak_length=.034, beak_depth=.0250, beak_width=.0155, beak_hook=.025, beak_culmen=.009, wing_tip_length=.200, tail_length=.150,
                            tail_width=.020, shank_length=.064, tarsus_length=.032, tarsus_thickness=.0085)),
    "crow": (0.07, dict(trunk_length=.165, trunk_width=.078, keel_depth=.086, neck_length=.055, neck_thickness=.040, neck_base=.006, head_size=.041, head_length=.006, throat_depth=.004,
                        beak_length=.072, beak_depth=.0160, beak_width=.0120, beak_hook=.004, beak_culmen=.003, wing_arm_length=.025, wing_chord=.170,
                        wing_tip_length=.235, feather_width=.037, tail_length=.165, tail_width=.021, shank_length=.088, tarsus_length=.078,
                        tarsus_thickness=.0078, toe_length=.064)),
    "gull": (0.07, dict(trunk_length=.178, trunk_width=.078, keel_depth=.085, neck_length=.065, neck_thickness=.034, head_size=.036, head_length=.006,
                        beak_length=.058, beak_depth=.0115, beak_width=.0085, beak_hook=.004, eye_size=.0060, wing_arm_length=.110, wing_chord=.135,
                        wing_tip_length=.270, wing_pointedness=.045, tail_length=.115, tail_width=.020, shank_length=.078, tarsus_length=.070,
                        tarsus_thickness=.0068, toe_width=.004)),
    "tern": (0.02, dict(trunk_length=.170, trunk_width=.064, back_height=.058, keel_depth=.070, neck_length=.045, neck_thickness=.034, head_size=.036, head_length=.004,
                        beak_length=.075, beak_depth=.0085, beak_width=.0070, eye_size=.0065, wing_arm_length=.105, wing_chord=.115, wing_tip_length=.300,
                        wing_pointedness=.060, tail_length=.130, tail_fork=.090, tail_width=.014, shank_length=.055, tarsus_length=.034, tarsus_thickness=.0050)),
    "duck": (0.09, dict(trunk_length=.185, trunk_width=.090, back_height=.066, keel_depth=.085, belly_depth=.010, rump_height=.006, neck_length=.080, neck_thickness=.031,
                        neck_base=.004, head_size=.038, head_height=.004, head_length=.004, beak_length=.068, beak_depth=.0120, beak_width=.0110,
                        beak_tip_width=.008, beak_culmen=-.002, wing_chord=.125, wing_tip_length=.190, wing_pointedness=.020, tertial_length=.140, tail_length=.080, tail_width=.018,
                        tail_fork=-.020, shank_length=.058, tarsus_length=.048, tarsus_thickness=.0085, toe_length=.064, toe_width=.007)),
    "merganser": (0.02, dict(trunk_length=.190, trunk_width=.080, keel_depth=.078, neck_length=.120, neck_thickness=.026, head_size=.032, crest=.034,
                             beak_length=.082, beak_depth=.0085, beak_width=.0070, beak_hook=.005, wing_chord=.125, wing_tip_length=.190, tail_length=.095,
                             shank_length=.060, tarsus_length=.052, tarsus_thickness=.0080, toe_width=.007, toe_length=.066)),
    "goose": (0.04, dict(trunk_length=.185, trunk_width=.088, keel_depth=.095, belly_depth=.012, neck_length=.210, neck_thickness=.028, neck_base=.008, head_size=.031,
                         head_length=.006, beak_length=.052, beak_depth=.0130, beak_width=.0100, beak_tip_width=.003, eye_size=.0050, wing_arm_length=.060,
                         wing_chord=.145, wing_tip_length=.220, tail_length=.085, tail_width=.019, shank_length=.080, tarsus_length=.066,
                         tarsus_thickness=.0090, toe_length=.062, toe_width=.006)),
    "swan": (0.06, dict(trunk_length=.190, trunk_width=.086, back_height=.074, keel_depth=.092, belly_depth=.010, neck_length=.370, neck_thickness=.0245, neck_base=.010,
                        head_size=.0275, head_length=.010, beak_length=.056, beak_depth=.0115, beak_width=.0090, beak_tip_width=.004, eye_size=.0045,
                        wing_arm_length=.060, wing_chord=.150, wing_tip_length=.210, tertial_length=.160, tail_length=.070, tail_width=.019, shank_length=.070,
                        tarsus_length=.062, tarsus_thickness=.0090, toe_length=.070, toe_width=.007)),
    "heron": (0.04, dict(trunk_length=.160, trunk_width=.060, back_height=.062, keel_depth=.076, neck_length=.330, neck_thickness=.020, neck_base=.006, head_size=.026,
                         head_length=.014, crest=.010, beak_length=.130, beak_depth=.0120, beak_width=.0085, eye_size=.0055, wing_arm_length=.075,
                         wing_chord=.175, wing_tip_length=.200, feather_width=.037, tail_length=.085, tail_width=.018, shank_length=.150, tarsus_length=.170,
                         thigh_bulk=-.006, tarsus_thickness=.0060, toe_length=.078)),
    "crane": (0.04, dict(trunk_length=.175, trunk_width=.068, back_height=.070, keel_depth=.082, neck_length=.290, neck_thickness=.021, neck_base=.006, head_size=.026,
                         head_length=.006, crest=.008, beak_length=.062, beak_depth=.0085, beak_width=.0065, eye_size=.0050, wing_arm_length=.080, wing_chord=.185,
                         wing_tip_length=.210, tertial_length=.215, feather_width=.038, tail_length=.085, shank_length=.170, tarsus_length=.210, thigh_bulk=-.005,
                         tarsus_thickness=.0066, toe_length=.060)),
    "spoonbill": (0.02, dict(trunk_length=.170, trunk_width=.066, keel_depth=.078, neck_length=.240, neck_thickness=.021, head_size=.026, head_length=.006,
                             beak_length=.165, beak_depth=.0085, beak_width=.0085, beak_tip_width=.018, eye_size=.0048, wing_arm_length=.060, wing_chord=.165,
                             wing_tip_length=.210, tail_length=.080, shank_length=.130, tarsus_length=.140, thigh_bulk=-.006, tarsus_thickness=.0066)),
    "ibis": (0.02, dict(trunk_length=.165, trunk_width=.068, keel_depth=.078, neck_length=.190, neck_thickness=.022, head_size=.027, head_length=.004,
                        beak_length=.150, beak_depth=.0095, beak_width=.0072, beak_curve=.050, eye_size=.0050, wing_arm_length=.050, wing_chord=.155, tail_length=.085,
                        shank_length=.110, tarsus_length=.110, tarsus_thickness=.0064)),
    "wader": (0.07, dict(trunk_length=.160, trunk_width=.076, keel_depth=.086, belly_depth=.004, neck_length=.055, neck_thickness=.032, neck_base=.008, head_size=.035,
                         beak_length=.115, beak_depth=.0078, beak_width=.0062, beak_curve=.004, eye_size=.0072, wing_arm_length=.010, wing_chord=.130,
                         wing_tip_length=.225, wing_pointedness=.035, tertial_length=.150, tail_length=.085, shank_length=.100, tarsus_length=.095, thigh_bulk=-.003, tarsus_thickness=.0052,
                         toe_length=.052)),
    "chicken": (0.11, dict(trunk_length=.142, trunk_width=.085, back_height=.066, keel_depth=.106, belly_depth=.018, breast_fullness=.017, rump_height=.017, rump_width=.012,
                           neck_length=.100, neck_thickness=.037, neck_base=.024, head_size=.030, comb=.018, wattle=.014, beak_length=.030, beak_depth=.0110,
                           beak_width=.0095, beak_hook=.003, eye_size=.0062, wing_arm_length=-.040, wing_chord=.122, wing_tip_length=.125, wing_pointedness=-.020,
                           tertial_length=.112, tail_length=.115, tail_width=.026, tail_fork=-.020, shank_length=.088, tarsus_length=.074, thigh_bulk=.012, tarsus_thickness=.0090,
                           toe_length=.062)),
    "rooster": (0.03, dict(trunk_length=.158, trunk_width=.082, back_height=.066, keel_depth=.104, belly_depth=.010, breast_fullness=.022, rump_height=.016, rump_width=.010,
                           neck_length=.125, neck_thickness=.034, neck_base=.026, head_size=.030, comb=.030, wattle=.026, beak_length=.034, beak_depth=.0115,
                           beak_width=.0095, beak_hook=.005, eye_size=.0062, wing_arm_length=-.035, wing_chord=.130, wing_tip_length=.130, wing_pointedness=-.020,
                           tertial_length=.120, tail_length=.230, tail_width=.028, tail_fork=-.035, shank_length=.105, tarsus_length=.095, thigh_bulk=.012, tarsus_thickness=.0095,
                           toe_length=.070)),
    "grouse": (0.05, dict(trunk_length=.155, trunk_width=.094, back_height=.080, keel_depth=.106, belly_depth=.014, breast_fullness=.010, neck_length=.060, neck_thickness=.032,
                          neck_base=.014, head_size=.031, beak_length=.030, beak_depth=.0105, beak_width=.0095, beak_hook=.003, eye_size=.0058, wing_arm_length=-.030,
                          wing_chord=.125, wing_tip_length=.135, tail_length=.105, tail_width=.024, shank_length=.072, tarsus_length=.048, thigh_bulk=.010,
                          tarsus_thickness=.0095)),
    "pheasant": (0.03, dict(trunk_length=.175, trunk_width=.080, keel_depth=.096, neck_length=.110, neck_thickness=.029, neck_base=.012, head_size=.030, beak_length=.036,
                            beak_depth=.0100, beak_width=.0085, beak_hook=.004, wing_arm_length=-.020, wing_chord=.135, wing_tip_length=.145, wing_pointedness=-.015, tail_length=.300,
                            tail_width=.017, tail_fork=-.055, tail_streamer=.080, shank_length=.090, tarsus_length=.076, thigh_bulk=.006, tarsus_thickness=.0078)),
    "eagle": (0.07, dict(trunk_length=.165, trunk_width=.084, keel_depth=.088, neck_length=.040, neck_thickness=.042, neck_base=.010, head_size=.040, head_length=.006,
                         beak_length=.050, beak_depth=.0185, beak_width=.0135, beak_hook=.020, beak_culmen=.003, eye_size=.0068, wing_arm_length=.120, wing_chord=.215,
                         wing_tip_length=.320, wing_pointedness=-.015, feather_width=.044, tail_length=.165, tail_width=.026, shank_length=.092,
                         tarsus_length=.060, thigh_bulk=.014, tarsus_thickness=.0125, toe_length=.064)),
    "hawk": (0.07, dict(trunk_length=.158, trunk_width=.076, keel_depth=.082, neck_length=.028, neck_thickness=.042, neck_base=.006, head_size=.041, beak_length=.036,
                        beak_depth=.0150, beak_width=.0115, beak_hook=.013, beak_culmen=.0025, eye_size=.0085, wing_arm_length=.060, wing_chord=.190,
                        wing_tip_length=.270, feather_width=.040, tail_length=.215, tail_width=.023, shank_length=.092, tarsus_length=.072, thigh_bulk=.010,
                        tarsus_thickness=.0088, toe_length=.062)),
    # Of raptors on the wing the head alone shows before the wings.
    "buzzard": (0.09, dict(trunk_length=.152, trunk_width=.074, back_height=.064, keel_depth=.076, neck_length=.014, neck_thickness=.038, neck_base=.004, head_size=.038, beak_length=.036,
                           beak_depth=.0155, beak_width=.0110, beak_hook=.013, beak_culmen=.0025, eye_size=.0080, wing_arm_length=.075, wing_chord=.190, wing_tip_length=.280,
                           wing_pointedness=-.010, feather_width=.043, tail_length=.185, tail_width=.023, shank_length=.084, tarsus_length=.064, thigh_bulk=.006,
                           tarsus_thickness=.0090, toe_length=.058)),
    "falcon": (0.03, dict(trunk_length=.155, trunk_width=.072, back_height=.062, keel_depth=.076, neck_length=.012, neck_thickness=.040, neck_base=.004, head_size=.040, beak_length=.032,
                          beak_depth=.0145, beak_width=.0115, beak_hook=.012, eye_size=.0090, wing_arm_length=.030, wing_chord=.145, wing_tip_length=.300, wing_pointedness=.040,
                          feather_width=.038, tail_length=.180, tail_width=.020, shank_length=.080, tarsus_length=.060, tarsus_thickness=.0085, toe_length=.060)),
    "vulture": (0.03, dict(trunk_length=.165, trunk_width=.084, keel_depth=.088, neck_length=.060, neck_thickness=.026, neck_base=.004, head_size=.030, beak_length=.045,
                           beak_depth=.0150, beak_width=.0105, beak_hook=.014, eye_size=.0055, wing_arm_length=.140, wing_chord=.225, wing_tip_length=.330, wing_pointedness=-.030,
                           feather_width=.048, tail_length=.140, tail_width=.026, shank_length=.090, tarsus_length=.066, thigh_bulk=.010, tarsus_thickness=.0115, toe_length=.060)),
    "penguin": (0.06, dict(trunk_length=.215, trunk_width=.084, back_height=.070, keel_depth=.090, belly_depth=.018, breast_fullness=.004, rump_width=.012, neck_length=.060,
                           neck_thickness=.043, neck_base=.014, head_size=.037, head_length=.010, beak_length=.070, beak_depth=.0085, beak_width=.0065, beak_curve=.006,
                           eye_size=.0050, wing_arm_length=-.030, wing_chord=.062, wing_tip_length=.135, feather_width=.026, tertial_length=.065, tail_length=.055,
                           tail_width=.012, shank_length=.038, tarsus_length=.026, thigh_bulk=-.006, tarsus_thickness=.0130, toe_length=.058, toe_width=.008,
                           leg_position=-.090)),
    "owl": (0.04, dict(throat_depth=.005, trunk_length=.150, trunk_width=.092, back_height=.078, keel_depth=.096, belly_depth=.004, neck_length=.010, neck_thickness=.060, neck_base=.016,
                       head_size=.060, head_width=.012, head_length=-.010, head_height=.002, beak_length=.026, beak_depth=.0120, beak_width=.0100, beak_hook=.012,
                       beak_culmen=.004, eye_size=.0135, eye_forward=.017, wing_arm_length=.040, wing_chord=.190, wing_tip_length=.220, wing_pointedness=-.020, feather_width=.042, tail_length=.130,
                       tail_width=.024, shank_length=.070, tarsus_length=.050, thigh_bulk=.014, tarsus_thickness=.0115, toe_length=.056)),
    "swallow": (0.02, dict(trunk_length=.150, trunk_width=.070, back_height=.062, keel_depth=.078, neck_length=.015, neck_thickness=.043, neck_base=.006, head_size=.044,
                           beak_length=.022, beak_depth=.0065, beak_width=.0110, eye_size=.0075, wing_arm_length=-.010, wing_chord=.115, wing_tip_length=.300,
                           wing_pointedness=.060, tail_length=.180, tail_width=.013, tail_fork=.110, shank_length=.050, tarsus_length=.030, tarsus_thickness=.0044, toe_length=.040)),
    "woodpecker": (0.03, dict(trunk_length=.165, trunk_width=.074, keel_depth=.080, neck_length=.040, neck_thickness=.037, head_size=.042, head_length=.006, crest=.012,
                              beak_length=.075, beak_depth=.0115, beak_width=.0100, wing_tip_length=.180, tail_length=.150, tail_width=.016, tail_fork=-.025,
                              shank_length=.062, tarsus_length=.046, tarsus_thickness=.0065)),
}
SPREAD = {"default": 0.42, "crest": 0.12, "comb": 0.0, "wattle": 0.0, "throat_depth": 0.12, "tail_streamer": 0.0, "beak_tip_width": 0.10, "beak_hook": 0.14,
          "beak_culmen": 0.22, "beak_curve": 0.10, "neck_length": 0.14, "beak_length": 0.18, "beak_depth": 0.30, "head_size": 0.30, "head_length": 0.25, "head_width": 0.3,
          "neck_thickness": 0.35, "tarsus_length": 0.25, "shank_length": 0.30, "tail_length": 0.30, "tail_fork": 0.22, "leg_position": 0.25, "tail_width": 0.35,
          "toe_width": 0.2, "eye_size": 0.3, "rump_width": 0.3, "rump_height": 0.35, "belly_depth": 0.35, "neck_base": 0.35, "wing_chord": 0.30,
          "wing_tip_length": 0.35, "wing_arm_length": 0.45, "tarsus_thickness": 0.30, "breast_fullness": 0.35}
OWN = {"swan": {"neck_length": 0.6}, "goose": {"neck_length": 0.5}, "heron": {"neck_length": 0.6, "beak_length": 0.6, "tarsus_length": 1.0}, "crane": {"neck_length": 0.6, "tarsus_length": 1.0},
       "spoonbill": {"neck_length": 0.5, "beak_tip_width": 0.4, "beak_length": 0.5}, "ibis": {"beak_curve": 0.5, "beak_length": 0.6}, "wader": {"beak_length": 1.2, "tarsus_length": 0.8, "beak_curve": 0.4},
       "chicken": {"comb": 0.7, "wattle": 0.6, "tail_length": 0.9, "neck_length": 0.3}, "rooster": {"comb": 0.5, "wattle": 0.5, "tail_length": 1.0, "neck_length": 0.4},
       "vulture": {"neck_length": 0.4}, "pheasant": {"tail_streamer": 0.7, "tail_length": 0.8}, "bee_eater": {"tail_streamer": 0.9, "beak_length": 0.4},
       "cockatoo": {"crest": 0.7}, "merganser": {"crest": 0.5}, "parrot": {"tail_length": 1.2, "tail_fork": 0.6, "crest": 0.05}, "tern": {"tail_fork": 0.8},
       "swallow": {"tail_fork": 1.2}, "duck": {"neck_length": 0.35, "beak_tip_width": 0.3}, "sparrow": {"crest": 0.2}}
# Correlations, in metres: plump or slender; feathers fluffed; long legs; long wings.
FACTORS = [dict(trunk_width=.0045, keel_depth=.0055, back_height=.003, belly_depth=.004, neck_base=.002),
           dict(neck_thickness=.002, neck_base=.003, thigh_bulk=.003, breast_fullness=.003),
           dict(shank_length=.006, tarsus_length=.007),
           dict(wing_arm_length=.015, wing_tip_length=.018, wing_chord=.006)]

ALL = list(MATERIALS)
UPPER = ["crown", "nape", "back", "rump", "wing_covert", "secondaries", "primaries", "tail"]
UNDER = ["throat", "foreneck", "breast", "flank", "belly", "vent", "thigh", "undertail", "underwing"]
HEAD = ["crown", "nape", "face", "throat"]


def coat(name, weight, base, patterns=(), **colors):
    """A coat in which `base` is a list of (materials, colour), later ones over earlier ones."""
    table = {}
    for materials, color in base:
        for m in [materials] if isinstance(materials, str) else materials:
            table[m] = color
    table["comb"], table["wattle"] = table["crown"], table["throat"]
    table.update({"eye": [0.008, 0.006, 0.005]}, **colors)
    return {"name": name, "weight": weight, "colors": table, "patterns": list(patterns)}


def pattern(kind, materials, color, amount):
    return {"kind": kind, "materials": materials, "color": color, "amount": amount}


BLACK, WHITE, GREY, BROWN, BUFF, RUFOUS = [.012, .011, .012], [.72, .70, .66], [.22, .23, .25], [.13, .085, .055], [.42, .32, .20], [.28, .085, .025]
FLIGHT = ["secondaries", "primaries", "tail"]
COATS = [
    coat("streaked_brown", .13, [(ALL, BROWN), (UNDER, BUFF), (["belly", "vent"], [.58, .52, .42]), (FLIGHT, [.07, .05, .04])],
         [pattern("bars", ["back", "wing_covert", "flank", "breast"], [.05, .035, .025], .5)], beak=[.13, .10, .08], leg=[.26, .15, .11]),
    coat("rosy", .04, [(ALL, BROWN), (UNDER, BUFF), (HEAD + ["foreneck", "breast", "rump"], [.38, .07, .045]), (FLIGHT, [.07, .05, .04])],
         [pattern("bars", ["back", "flank", "belly"], [.06, .045, .035], .45)], beak=[.20, .16, .13], leg=[.16, .10, .08]),
    coat("black_cap", .06, [(ALL, GREY), (UNDER, [.58, .52, .44]), ("face", WHITE), (["crown", "nape", "throat"], BLACK), (FLIGHT, [.06, .065, .075])],
         beak=[.02, .02, .02], leg=[.06, .065, .075]),
    coat("black", .10, [(ALL, BLACK)], [pattern("gradient", ["back", "wing_covert", "nape"], [.03, .035, .06], .4)], beak=[.018, .017, .016], leg=[.018, .017, .016]),
    coat("black_red_beak", .03, [(ALL, [.016, .014, .014])], beak=[.48, .03, .02], leg=[.03, .028, .028]),
    coat("white", .09, [(ALL, [.76, .74, .70])], [pattern("gradient", ["crown", "nape", "back"], [.60, .52, .40], .3)], beak=[.55, .22, .03], leg=[.05, .048, .045]),
    coat("white_yellow_leg", .03, [(ALL, [.76, .75, .72])], beak=[.60, .36, .05], leg=[.58, .34, .05]),
    coat("blue_grey", .09, [(ALL, [.19, .21, .25]), (UNDER, [.26, .28, .32]), (HEAD, [.10, .115, .14]), (["nape", "foreneck"], [.06, .11, .09]), (["primaries", "tail"], [.06, .065, .08])],
         [pattern("bars", ["secondaries"], [.02, .02, .025], .8)], beak=[.07, .065, .06], leg=[.42, .09, .08]),
    coat("gull", .08, [(ALL, WHITE), (["back", "wing_covert", "secondaries"], [.26, .29, .33]), ("primaries", [.03, .03, .034])], beak=[.62, .36, .04], leg=[.50, .26, .20]),
    coat("mallard", .05, [(ALL, [.26, .24, .22]), (HEAD, [.008, .075, .04]), (["foreneck", "breast"], [.085, .035, .022]), (["rump", "vent"], BLACK), ("tail", [.45, .43, .40]),
                          ("secondaries", [.10, .085, .075]), ("underwing", [.45, .43, .41])],
         [pattern("bars", ["secondaries"], [.03, .06, .28], .5)], beak=[.50, .42, .05], leg=[.62, .21, .02]),
    coat("green", .06, [(ALL, [.055, .20, .035]), (UNDER, [.10, .27, .06]), ("crown", [.28, .12, .03]), (["primaries", "tail"], [.03, .11, .06])],
         [pattern("gradient", ["throat", "foreneck", "face"], [.05, .30, .34], .6)], beak=[.03, .03, .03], leg=[.09, .08, .075]),
    coat("scarlet", .04, [(ALL, [.45, .025, .02]), ("secondaries", [.50, .30, .03]), (["primaries", "rump", "undertail"], [.02, .06, .30]), ("face", [.55, .48, .42])],
         beak=[.32, .27, .22], leg=[.07, .065, .06]),
    coat("yellow", .03, [(ALL, [.55, .38, .04]), (["crown", "back", "wing_covert"], [.35, .27, .05]), (FLIGHT, [.06, .055, .05])], beak=[.30, .18, .10], leg=[.22, .13, .10]),
    coat("pink", .02, [(ALL, [.64, .36, .36]), (["wing_covert", "underwing"], [.58, .10, .13]), (["nape", "foreneck", "back"], [.70, .60, .58])], beak=[.20, .20, .17], leg=[.30, .06, .06]),
    coat("eagle", .06, [(ALL, [.055, .037, .026]), (HEAD, [.68, .66, .60]), (["tail", "undertail", "vent"], [.66, .64, .58])], beak=[.62, .38, .03], leg=[.58, .36, .04], eye=[.35, .25, .05]),
    coat("brown_raptor", .07, [(ALL, [.12, .075, .045]), (UNDER, [.42, .32, .21]), (FLIGHT, [.085, .055, .035]), ("underwing", [.40, .32, .23])],
         [pattern("bars", FLIGHT + ["undertail", "underwing"], [.035, .025, .018], .5), pattern("spots", ["breast", "belly", "flank", "thigh"], [.10, .055, .03], .4)],
         beak=[.06, .06, .065], leg=[.55, .36, .05], eye=[.10, .05, .01]),
    coat("red_hen", .06, [(ALL, RUFOUS), (["nape", "foreneck", "crown"], [.36, .12, .03]), (["tail", "primaries"], [.03, .022, .018])],
         [pattern("patches", ["back", "wing_covert", "breast"], [.45, .28, .14], .25)], beak=[.42, .28, .10], leg=[.55, .38, .07], comb=[.45, .025, .02], wattle=[.45, .025, .02], face=[.36, .045, .03]),
    coat("barred_wader", .07, [(ALL, [.22, .17, .12]), (UNDER, [.50, .42, .33]), (["belly", "vent"], WHITE), (FLIGHT, [.09, .07, .055])],
         [pattern("spots", ["back", "wing_covert", "breast", "crown", "nape"], [.06, .045, .035], .55)], beak=[.05, .045, .04], leg=[.18, .19, .10]),
    coat("crane_grey", .04, [(ALL, [.36, .37, .39]), (HEAD + ["foreneck"], [.03, .03, .033]), ("crown", [.55, .55, .55]), ("primaries", [.05, .05, .055])], beak=[.20, .20, .15], leg=[.05, .05, .05],
         eye=[.35, .03, .01]),
    coat("penguin", .03, [(ALL, [.09, .10, .12]), (["breast", "belly", "flank", "vent", "underwing"], WHITE), (HEAD, BLACK), ("foreneck", [.62, .40, .08]), ("thigh", [.55, .54, .50])],
         beak=[.03, .025, .03], leg=[.025, .025, .028]),
    coat("kingfisher", .03, [(ALL, [.02, .15, .30]), (UNDER, [.48, .17, .035]), ("throat", WHITE)], beak=[.02, .02, .02], leg=[.45, .06, .04]),
    coat("tawny_owl", .03, [(ALL, [.24, .15, .08]), (UNDER, [.48, .38, .26]), ("face", [.50, .42, .33])],
         [pattern("bars", ["back", "wing_covert", "breast", "belly", "flank"] + FLIGHT, [.07, .045, .03], .6)], beak=[.32, .28, .16], leg=[.42, .36, .27]),
]
# Which poses and coats suit a build; a build without poses of its own has those of a songbird.
FLAPPING = ["flap_top", "flap_up", "flap_rising", "flap_level", "flap_down", "flap_low", "taking_off", "landing"]
GLIDING = ["gliding", "soaring", "gliding_swept", "gliding_raised", "gliding_arched", "gliding_bowed", "banking"]
SONGBIRD = ["standing", "perched", "horizontal", "alert", "cocked_tail", "feeding", "looking_back", "half_open", "flap_up", "flap_down", "landing"]
FLIER = ["standing", "perched", "horizontal", "alert", "feeding", "walking", "swimming", "half_open", "wings_up"] + GLIDING + FLAPPING
GROUND = ["standing", "horizontal", "alert", "cocked_tail", "feeding", "walking", "looking_back", "half_open", "flap_up", "gliding", "landing"]
POULTRY = ["hen_standing", "hen_walking", "hen_alert", "hen_level", "feeding", "looking_back", "half_open"]
WATER = ["standing", "horizontal", "swimming", "walking", "alert", "feeding", "looking_back", "wings_up", "flap_up", "flap_down", "neck_stretched", "neck_stretched_up", "neck_stretched_down", "landing"]
LONG_NECK = ["swan_neck", "heron_neck", "standing", "swimming", "walking", "feeding", "wings_up", "neck_stretched", "neck_stretched_up", "neck_stretched_down", "looking_back"]
WADING = ["heron_neck", "swan_neck", "upright", "alert", "walking", "feeding", "standing", "neck_stretched", "neck_stretched_up", "neck_stretched_down"]
RAPTOR = ["perched", "upright", "alert", "standing", "half_open", "wings_up"] + GLIDING + FLAPPING
POSES_OF = {"gull": FLIER, "tern": FLIER, "pigeon": FLIER, "crow": FLIER, "parrot": RAPTOR, "cockatoo": RAPTOR, "duck": WATER, "merganser": WATER, "goose": WATER + ["swan_neck"],
            "swan": LONG_NECK, "heron": [p for p in WADING if not p.startswith("neck")] + ["neck_drawn_in", "neck_drawn_in_up"], "crane": WADING, "spoonbill": WADING, "ibis": WADING,
            "wader": GROUND, "chicken": POULTRY, "rooster": POULTRY, "grouse": GROUND,
            "pheasant": ["standing", "horizontal", "alert", "feeding", "walking", "looking_back", "half_open", "flap_up"],
            "eagle": RAPTOR, "hawk": RAPTOR, "buzzard": GLIDING + FLAPPING, "falcon": RAPTOR, "vulture": RAPTOR, "owl": ["perched", "upright"] + GLIDING + FLAPPING, "penguin": ["upright_long"],
            "swallow": FLIER, "woodpecker": ["perched", "upright", "standing", "alert", "gliding", "flap_up"]}
COATS_OF = {"penguin": ["penguin"], "chicken": ["red_hen", "white", "black", "brown_raptor"], "rooster": ["red_hen", "white", "black"], "buzzard": ["brown_raptor", "eagle"], "falcon": ["blue_grey", "brown_raptor"],
            "vulture": ["black", "brown_raptor", "eagle"], "swan": ["white", "black_red_beak", "white"], "gull": ["gull", "white", "barred_wader"],
            "tern": ["gull"], "pigeon": ["blue_grey", "white", "streaked_brown", "black"], "crow": ["black", "crane_grey"], "eagle": ["eagle", "brown_raptor"], "hawk": ["brown_raptor", "blue_grey"],
            "owl": ["tawny_owl", "brown_raptor", "white"], "parrot": ["green", "scarlet", "yellow", "white", "kingfisher"], "cockatoo": ["white", "crane_grey"],
            "bee_eater": ["green", "kingfisher", "yellow"], "duck": ["mallard", "streaked_brown", "white", "black", "barred_wader"], "merganser": ["mallard", "crane_grey", "streaked_brown"],
            "goose": ["crane_grey", "white", "streaked_brown"], "heron": ["crane_grey", "white", "white_yellow_leg"], "crane": ["crane_grey", "white"],
            "spoonbill": ["pink", "white"], "ibis": ["white", "scarlet", "black"], "wader": ["barred_wader", "streaked_brown", "gull"], "grouse": ["barred_wader", "white", "brown_raptor"],
            "pheasant": ["red_hen", "streaked_brown", "mallard"], "woodpecker": ["black_cap", "green", "barred_wader"], "swallow": ["kingfisher", "black", "black_cap"],
            "tit": ["black_cap", "yellow", "blue_grey"], "finch": ["rosy", "streaked_brown", "yellow", "green", "black_cap"],
            "sparrow": ["streaked_brown", "black_cap", "rosy", "scarlet", "yellow"], "thrush": ["streaked_brown", "black", "barred_wader", "kingfisher"]}


def components():
    index = {n: i for i, n in enumerate(NAMES)}
    factors = []
    for f in FACTORS:
        v = np.zeros(len(NAMES))
        for n, x in f.items():
            v[index[n]] = x / UNIT[index[n]]
        factors.append(v)
    out = []
    for name, (weight, values) in BUILDS.items():
        mean = np.zeros(len(NAMES))
        std = np.array([SPREAD.get(n, SPREAD["default"]) for n in NAMES])
        for n, x in values.items():
            mean[index[n]] = (x - REST[index[n]]) / UNIT[index[n]]
        for n, x in OWN.get(name, {}).items():
            std[index[n]] = x
        out.append({"name": name, "weight": weight, "mean": mean, "std": std, "factors": factors})
    total = sum(c["weight"] for c in out)
    for c in out:
        c["weight"] = round(c["weight"] / total, 4)
    return out


def trained(path):
    """Weights that the training has entered; authoring keeps them."""
    if not os.path.exists(path):
        return []
    with open(path) as known:
        return json.load(known).get("weights", [])


def write(path, parts, materials, parameters):
    rounded = lambda v: [round(float(x), 4) + 0.0 for x in v]
    low, high = (LOW - REST) / UNIT, (HIGH - REST) / UNIT
    mix = components()
    for c in mix:
        outside = [(n, m) for n, m, a, b in zip(NAMES, c["mean"], low, high) if not a - 1e-9 <= m <= b + 1e-9]
        assert not outside, (c["name"], outside)
    names = {p["name"] for p in parameters}
    limits = {p["name"]: (p["min"], p["max"]) for p in parameters}
    poses = []
    total = sum(w for _, w, _ in rig.POSES)
    for name, weight, pose in rig.POSES:
        v = rig.values(pose)
        assert set(v) <= names, set(v) - names
        assert all(limits[k][0] <= x <= limits[k][1] for k, x in v.items()), (name, [k for k, x in v.items() if not limits[k][0] <= x <= limits[k][1]])
        poses.append({"name": name, "weight": round(weight / total, 4), "values": {k: round(float(x), 4) + 0.0 for k, x in v.items()}})
    for c in mix:
        assert set(POSES_OF.get(c["name"], SONGBIRD)) <= {p["name"] for p in poses}, c["name"]
        assert set(COATS_OF[c["name"]]) <= {x["name"] for x in COATS}, c["name"]
    total = sum(c["weight"] for c in COATS)
    coats = [dict(c, weight=round(c["weight"] / total, 4), colors={m: c["colors"][m] for m in materials}) for c in COATS]
    role = lambda p: p.split("_")[0]
    doc = {"schema": "1.2", "id": "bird", "label": "Bird", "version": "1.0.0", "template": "template.glb", "symmetry": {"plane": "x"},
           "skeleton": {"root": "root"}, "parts": [{"name": p, "role": role(p)} for p in parts],
           "materials": [{"name": m, "kind": m} for m in materials],
           "shape": {"targets": NAMES,
                     "prior": {"components": [{"name": c["name"], "weight": c["weight"], "mean": rounded(c["mean"]), "std": rounded(c["std"]),
                                               "factors": [rounded(f) for f in c["factors"]], "poses": POSES_OF.get(c["name"], SONGBIRD),
                                               "coats": sorted(set(COATS_OF[c["name"]]))} for c in mix]},
                     "limits": {"min": rounded(low), "max": rounded(high)}},
           "pose": parameters, "poses": poses, "coats": coats, "size": {"lengthMetres": [0.09, 1.6]},
           "clips": [{"name": c[0]} for c in rig.CLIPS], "licence": "Apache-2.0", "provenance": "authored by src/main/authoring/bird.py",
           "weights": trained(path), "modelCard": "MODEL_CARD.md"}
    text = json.dumps(doc, indent=1)
    text = re.sub(r"\[[^\[\]{}\"]*\]", lambda m: re.sub(r"\s+", " ", m.group(0)), text)
    with open(path, "w") as out:
        out.write(text + "\n")

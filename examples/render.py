# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Path-traces the example photos: cars of the car category's own population, parked in a street.

Usage, from the repository's root:

    blender -b --factory-startup -P examples/render.py -- [--samples N] [--scale PERCENT] [--out DIRECTORY] [NAME...]

Made with Blender 3.4 (Cycles on the CPU). Everything random is seeded, so the same version of Blender gives the same
pictures. Object frame as in glTF: +Y up, the car faces +Z; Blender's frame is reached by (x, y, z) -> (x, -z, y).
"""
import argparse
import json
import math
import os
import struct
import sys

import bpy
import numpy as np
from mathutils import Vector

HERE = os.path.dirname(os.path.abspath(__file__))
CATEGORY = os.path.join(HERE, "..", "bundles", "org.inverso.category.car", "src", "main", "resources")
SIZE = (960, 640)
JPEG_QUALITY = 90

# azimuth: 0 = camera in front of the car, positive towards its left; sun: degrees clockwise from the camera's back.
SHOTS = {
    "car": dict(kind="sedan", seed=7, spread=0.35, paint="blue", azimuth=38, height=1.45, distance=7.6, lens=48,
                sun=(50, 38), street=1, flake=0.5),
    "car-rear": dict(kind="hatchback", seed=3, spread=0.35, paint="green", azimuth=-146, height=1.55, distance=7.0,
                     lens=50, sun=(-40, 33), street=2, flake=0.4),
    "suv": dict(kind="suv", seed=5, spread=0.35, paint="silver", azimuth=-42, height=1.6, distance=7.8, lens=46,
                sun=(-55, 45), street=3, flake=0.6),
    "van": dict(kind="van", seed=2, spread=0.3, paint="white", azimuth=52, height=1.6, distance=9.2, lens=45,
                sun=(35, 30), street=4, flake=0.0),
}


# --- the car -------------------------------------------------------------------------------------------------------

def read_template(path):
    """Positions, morph deltas, triangles, material and part of each triangle; vertices that always move together are
    welded, so that smoothing sees across the texture's seams."""
    data = open(path, "rb").read()
    length = struct.unpack_from("<I", data, 12)[0]
    doc = json.loads(data[20:20 + length])
    blob = data[28 + length:]

    def accessor(index):
        a = doc["accessors"][index]
        view = doc["bufferViews"][a["bufferView"]]
        kind = {5126: np.float32, 5125: np.uint32, 5123: np.uint16}[a["componentType"]]
        width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}[a["type"]]
        start = view.get("byteOffset", 0) + a.get("byteOffset", 0)
        return np.frombuffer(blob, kind, a["count"] * width, start).reshape(a["count"], width)

    positions, deltas, triangles, material, part = [], [], [], [], []
    count = 0
    for index, node in enumerate(doc["nodes"]):
        if "mesh" not in node:
            continue
        for primitive in doc["meshes"][node["mesh"]]["primitives"]:
            p = accessor(primitive["attributes"]["POSITION"]) + np.array(node.get("translation", (0, 0, 0)))
            t = accessor(primitive["indices"]).reshape(-1, 3).astype(np.int64) + count
            positions.append(p)
            deltas.append(np.stack([accessor(target["POSITION"]) for target in primitive["targets"]]))
            triangles.append(t)
            material.append(np.full(len(t), primitive["material"]))
            part.append(np.full(len(t), index))
            count += len(p)
    positions = np.concatenate(positions)
    deltas = np.concatenate(deltas, axis=1)
    key = np.concatenate([positions, *deltas], axis=1).round(5)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    triangles = inverse.reshape(-1)[np.concatenate(triangles)]
    return doc, positions[first], deltas[:, first], triangles, np.concatenate(material), np.concatenate(part)


def shape_weights(category, kind, seed, spread):
    """A member of the population, nearer to its kind's mean than a plain sample when spread < 1."""
    prior = next(c for c in category["shape"]["prior"]["components"] if c["name"] == kind)
    rng = np.random.default_rng(seed)
    weights = np.array(prior["mean"]) + spread * np.array(prior["std"]) * rng.normal(size=len(prior["mean"]))
    for factor in prior.get("factors", []):
        weights = weights + spread * np.array(factor) * rng.normal()
    limits = category["shape"]["limits"]
    return np.clip(weights, limits["min"], limits["max"])


def to_blender(points):
    points = np.asarray(points)
    return np.stack([points[..., 0], -points[..., 2], points[..., 1]], axis=-1)


def build_car(shot):
    category = json.load(open(os.path.join(CATEGORY, "category.json")))
    doc, positions, deltas, triangles, material, part = read_template(os.path.join(CATEGORY, "template.glb"))
    weights = shape_weights(category, shot["kind"], shot["seed"], shot["spread"])
    positions = positions + np.tensordot(weights, deltas, 1)
    positions[:, 1] -= positions[:, 1].min()
    flat = positions[triangles]
    area = np.linalg.norm(np.cross(flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]), axis=1)
    solid = area > 1e-9
    triangles, material, part = triangles[solid], material[solid], part[solid]

    names = [m["name"] for m in doc["materials"]]
    nodes = [n["name"] for n in doc["nodes"]]
    mesh = bpy.data.meshes.new("car")
    mesh.from_pydata(to_blender(positions).tolist(), [], triangles.tolist())
    for name in names:
        mesh.materials.append(car_material(name, category["colors"]["paint"][shot["paint"]], shot["flake"], doc))
    mesh.materials.append(grille())
    slot = np.where(part == nodes.index("grille"), len(names), material)
    mesh.polygons.foreach_set("material_index", slot.astype(np.int32))
    mesh.polygons.foreach_set("use_smooth", np.ones(len(triangles), bool))
    mesh.use_auto_smooth = True
    mesh.auto_smooth_angle = math.radians(42)
    mesh.update()
    car = link(bpy.data.objects.new("car", mesh))
    panel_gaps(positions, triangles, material, part, names, nodes)
    for name in ("plate_front", "plate_rear"):
        number_plate(positions, triangles[part == nodes.index(name)], name == "plate_front")
    for name in nodes:
        if name.startswith("door_"):
            door_handle(positions, triangles[part == nodes.index(name)], name)
    return positions


def panel_gaps(positions, triangles, material, part, names, nodes):
    """A dark line where two painted parts meet, as on doors and bumpers."""
    painted = {i for i, name in enumerate(names) if name == "paint"}
    owner, lines = {}, []
    for t, (a, b, c) in enumerate(triangles):
        if material[t] not in painted:
            continue
        for edge in ((a, b), (b, c), (c, a)):
            edge = tuple(sorted(edge))
            other = owner.setdefault(edge, t)
            if part[other] != part[t]:
                lines.append(edge)
    curve = bpy.data.curves.new("gaps", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = 0.005
    curve.bevel_resolution = 0
    points = to_blender(positions)
    for a, b in lines:
        spline = curve.splines.new("POLY")
        spline.points.add(1)
        spline.points[0].co = (*points[a], 1)
        spline.points[1].co = (*points[b], 1)
    curve.materials.append(plain("gap", (0.006, 0.006, 0.007), 0.8))
    link(bpy.data.objects.new("gaps", curve))


def number_plate(positions, triangles, front):
    corners = positions[np.unique(triangles)]
    low, high = corners.min(0), corners.max(0)
    if (high - low)[0] < 0.1:
        return
    text = bpy.data.curves.new("plate", "FONT")
    text.body = "IN·3D 26"
    text.align_x, text.align_y = "CENTER", "CENTER"
    text.size = 0.115
    text.extrude = 0.001
    text.materials.append(plain("letters", (0.01, 0.01, 0.012), 0.5))
    o = link(bpy.data.objects.new("plate", text))
    z = high[2] + 0.004 if front else low[2] - 0.004
    o.location = to_blender([0, (low[1] + high[1]) / 2, z])
    o.rotation_euler = (math.radians(90), 0, 0 if front else math.radians(180))


def door_handle(positions, triangles, name):
    corners = positions[np.unique(triangles)]
    low, high = corners.min(0), corners.max(0)
    if high[2] - low[2] < 0.4:
        return
    side = 1 if name.endswith("l") else -1
    # Below the window line, near the door's rear edge, on the skin there.
    at = np.array([0, high[1] - 0.16, low[2] + 0.17])
    if name.startswith("door_r"):
        at[2] = low[2] + 0.22 * (high[2] - low[2]) + 0.05
    near = corners[np.argsort(np.hypot(corners[:, 1] - at[1], corners[:, 2] - at[2]))[:3]]
    at[0] = near[:, 0].mean() + side * 0.006
    bpy.ops.mesh.primitive_uv_sphere_add(segments=24, ring_count=12)
    o = bpy.context.object
    o.scale = (0.022, 0.085, 0.017)
    o.location = to_blender(at)
    bpy.ops.object.shade_smooth()
    o.data.materials.append(plain("handle", (0.25, 0.25, 0.26), 0.25, metallic=0.9))


# --- materials -----------------------------------------------------------------------------------------------------

def shader(name):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    tree = m.node_tree
    return m, tree, tree.nodes["Principled BSDF"]


def plain(name, color, roughness, metallic=0.0, specular=0.5):
    m, _, bsdf = shader(name)
    bsdf.inputs["Base Color"].default_value = (*color, 1)
    bsdf.inputs["Roughness"].default_value = roughness
    bsdf.inputs["Metallic"].default_value = metallic
    bsdf.inputs["Specular"].default_value = specular
    return m


def car_material(name, paint, flake, doc):
    if name == "paint":
        m = plain(name, paint, 0.24, metallic=flake)
        bsdf = m.node_tree.nodes["Principled BSDF"]
        bsdf.inputs["Clearcoat"].default_value = 1
        bsdf.inputs["Clearcoat Roughness"].default_value = 0.03
        orange_peel(m.node_tree, bsdf)
        return m
    if name == "glass":
        return window_glass(name)
    if name == "headlight":
        return lamp(name, (0.88, 0.9, 0.93), 0.85, 0.12)
    if name == "taillight":
        return lamp(name, (0.45, 0.008, 0.01), 0.0, 0.04)
    if name == "indicator":
        return lamp(name, (0.75, 0.24, 0.02), 0.0, 0.04)
    if name == "trim":
        return plain(name, (0.012, 0.012, 0.013), 0.55, specular=0.25)
    if name == "rubber":
        return plain(name, (0.010, 0.010, 0.011), 0.8, specular=0.2)
    if name == "rim":
        return plain(name, (0.55, 0.56, 0.58), 0.25, metallic=1.0)
    own = next(m for m in doc["materials"] if m["name"] == name)["pbrMetallicRoughness"]
    return plain(name, own["baseColorFactor"][:3], own["roughnessFactor"], metallic=own["metallicFactor"])


def orange_peel(tree, bsdf):
    """The faint waviness of real paint, which breaks up reflections that are too clean."""
    noise, bump = tree.nodes.new("ShaderNodeTexNoise"), tree.nodes.new("ShaderNodeBump")
    noise.inputs["Scale"].default_value = 5
    noise.inputs["Detail"].default_value = 1
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    bump.inputs["Strength"].default_value = 0.04
    bump.inputs["Distance"].default_value = 0.05
    tree.links.new(coordinates.outputs["Object"], noise.inputs["Vector"])
    tree.links.new(noise.outputs["Fac"], bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], bsdf.inputs["Clearcoat Normal"])


def window_glass(name):
    """A thin tinted pane: it mirrors by Fresnel's law and lets the rest through without refraction."""
    m, tree, bsdf = shader(name)
    tree.nodes.remove(bsdf)
    tint = tree.nodes.new("ShaderNodeBsdfTransparent")
    tint.inputs["Color"].default_value = (0.34, 0.38, 0.38, 1)
    mirror = tree.nodes.new("ShaderNodeBsdfGlossy")
    mirror.inputs["Roughness"].default_value = 0.01
    fresnel = tree.nodes.new("ShaderNodeFresnel")
    fresnel.inputs["IOR"].default_value = 1.75
    mix = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(fresnel.outputs[0], mix.inputs[0])
    tree.links.new(tint.outputs[0], mix.inputs[1])
    tree.links.new(mirror.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], tree.nodes["Material Output"].inputs["Surface"])
    return m


def lamp(name, color, metallic, ribs):
    """Ribbed reflector under a clear cover."""
    m = plain(name, color, 0.22, metallic=metallic)
    tree, bsdf = m.node_tree, m.node_tree.nodes["Principled BSDF"]
    bsdf.inputs["Clearcoat"].default_value = 1
    bsdf.inputs["Clearcoat Roughness"].default_value = 0.02
    wave, bump = tree.nodes.new("ShaderNodeTexWave"), tree.nodes.new("ShaderNodeBump")
    wave.inputs["Scale"].default_value = 22
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    bump.inputs["Strength"].default_value = ribs
    bump.inputs["Distance"].default_value = 0.01
    tree.links.new(coordinates.outputs["Object"], wave.inputs["Vector"])
    tree.links.new(wave.outputs["Fac"], bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], bsdf.inputs["Normal"])
    return m


def grille():
    """Dark, with bright horizontal bars."""
    m = plain("grille", (0.008, 0.008, 0.009), 0.35)
    tree, bsdf = m.node_tree, m.node_tree.nodes["Principled BSDF"]
    coordinates, wave = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeTexWave")
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    wave.bands_direction = "Z"
    wave.inputs["Scale"].default_value = 7
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.80, 0.86
    ramp.color_ramp.elements[0].color = (0.008, 0.008, 0.009, 1)
    ramp.color_ramp.elements[1].color = (0.5, 0.5, 0.52, 1)
    tree.links.new(coordinates.outputs["Object"], wave.inputs["Vector"])
    tree.links.new(wave.outputs["Fac"], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], bsdf.inputs["Base Color"])
    tree.links.new(ramp.outputs[0], bsdf.inputs["Metallic"])
    return m


def mottled(name, dark, light, scale, roughness, bump_strength, grain=0.0):
    """Two colours mixed by soft noise, roughened by fine noise: asphalt, concrete, plaster, lawn."""
    m, tree, bsdf = shader(name)
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    coarse, fine = tree.nodes.new("ShaderNodeTexNoise"), tree.nodes.new("ShaderNodeTexNoise")
    coarse.inputs["Scale"].default_value = scale
    coarse.inputs["Detail"].default_value = 6
    fine.inputs["Scale"].default_value = max(grain, scale * 20)
    fine.inputs["Detail"].default_value = 3
    both = tree.nodes.new("ShaderNodeMath")
    both.operation = "MULTIPLY_ADD"
    both.inputs[1].default_value = 0.55
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.55, 1.05
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[1].color = (*dark, 1), (*light, 1)
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = bump_strength
    bump.inputs["Distance"].default_value = 0.02
    for noise in (coarse, fine):
        tree.links.new(coordinates.outputs["Object"], noise.inputs["Vector"])
    tree.links.new(fine.outputs["Fac"], both.inputs[0])
    tree.links.new(coarse.outputs["Fac"], both.inputs[2])
    tree.links.new(both.outputs[0], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], bsdf.inputs["Base Color"])
    tree.links.new(fine.outputs["Fac"], bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], bsdf.inputs["Normal"])
    bsdf.inputs["Roughness"].default_value = roughness
    bsdf.inputs["Specular"].default_value = 0.3
    return m


def facade(name, wall):
    """Rows of windows in a plastered wall, drawn by the brick texture: bricks are windows, mortar is wall."""
    m, tree, bsdf = shader(name)
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    split, join = tree.nodes.new("ShaderNodeSeparateXYZ"), tree.nodes.new("ShaderNodeCombineXYZ")
    along = tree.nodes.new("ShaderNodeMath")
    brick = tree.nodes.new("ShaderNodeTexBrick")
    brick.offset = 0
    brick.inputs["Scale"].default_value = 1
    brick.inputs["Brick Width"].default_value = 2.3
    brick.inputs["Row Height"].default_value = 3.0
    brick.inputs["Mortar Size"].default_value = 0.55
    brick.inputs["Color1"].default_value = (0.02, 0.028, 0.035, 1)
    brick.inputs["Color2"].default_value = (0.05, 0.06, 0.07, 1)
    brick.inputs["Mortar"].default_value = (*wall, 1)
    tree.links.new(coordinates.outputs["Object"], split.inputs[0])
    tree.links.new(split.outputs["X"], along.inputs[0])
    tree.links.new(split.outputs["Y"], along.inputs[1])
    tree.links.new(along.outputs[0], join.inputs["X"])
    tree.links.new(split.outputs["Z"], join.inputs["Y"])
    tree.links.new(join.outputs[0], brick.inputs["Vector"])
    tree.links.new(brick.outputs["Color"], bsdf.inputs["Base Color"])
    rough = tree.nodes.new("ShaderNodeMapRange")
    rough.inputs["To Min"].default_value, rough.inputs["To Max"].default_value = 0.08, 0.85
    tree.links.new(brick.outputs["Fac"], rough.inputs["Value"])
    tree.links.new(rough.outputs[0], bsdf.inputs["Roughness"])
    return m


def leaf_material(name, color):
    m, tree, bsdf = shader(name)
    info, ramp = tree.nodes.new("ShaderNodeNewGeometry"), tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color = (*(0.55 * c for c in color), 1)
    ramp.color_ramp.elements[1].color = (*(1.35 * c for c in color), 1)
    tree.links.new(info.outputs["Random Per Island"], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], bsdf.inputs["Base Color"])
    bsdf.inputs["Roughness"].default_value = 0.55
    bsdf.inputs["Specular"].default_value = 0.25
    return m


# --- the street ----------------------------------------------------------------------------------------------------

def link(o):
    bpy.context.scene.collection.objects.link(o)
    return o


def box(name, low, high, material):
    """Axis-aligned, in Blender's frame; its origin is its lower corner, so textures begin there."""
    (a, b, c), (d, e, f) = (0, 0, 0), np.subtract(high, low)
    corners = [(a, b, c), (d, b, c), (d, e, c), (a, e, c), (a, b, f), (d, b, f), (d, e, f), (a, e, f)]
    faces = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], faces)
    mesh.materials.append(material)
    o = link(bpy.data.objects.new(name, mesh))
    o.location = low
    return o


def leaves(name, points, size, rng, material):
    """One small, randomly turned quad at each point."""
    n = len(points)
    u = rng.normal(size=(n, 3))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    v = np.cross(u, rng.normal(size=(n, 3)))
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    scale = size * rng.uniform(0.6, 1.4, (n, 1))
    u, v = u * scale, v * scale * 0.6
    quads = np.stack([points - u, points - v, points + u, points + v], axis=1).reshape(-1, 3)
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(quads.tolist(), [], np.arange(4 * n).reshape(-1, 4).tolist())
    mesh.materials.append(material)
    return mesh


def tree_mesh(rng, color):
    """A crown of several leafy blobs, 7 m high in all."""
    points = []
    for _ in range(11):
        centre = np.array([*rng.normal(0, 0.95, 2), rng.uniform(3.2, 6.0)])
        radius = rng.uniform(0.8, 1.35)
        d = rng.normal(size=(520, 3))
        d /= np.linalg.norm(d, axis=1, keepdims=True)
        points.append(centre + d * radius * rng.uniform(0.55, 1, (520, 1)) ** 0.5)
    return leaves("crown", np.concatenate(points), 0.13, rng, leaf_material("leaves", color))


def build_street(side, seed):
    """The car stands by the kerb of a street along its axis; side (+1, -1) is the sign of x on which the houses are."""
    rng = np.random.default_rng(seed)
    asphalt = mottled("asphalt", (0.022, 0.023, 0.026), (0.115, 0.115, 0.115), 0.7, 0.82, 0.5, grain=110)
    concrete = mottled("concrete", (0.17, 0.165, 0.155), (0.34, 0.33, 0.31), 1.3, 0.85, 0.2, grain=70)
    kerbstone = mottled("kerb", (0.22, 0.22, 0.21), (0.42, 0.41, 0.40), 2.5, 0.8, 0.2)
    lawn = mottled("lawn", (0.02, 0.05, 0.012), (0.10, 0.17, 0.04), 1.1, 0.95, 0.8, grain=90)

    def across(near, far, y0, y1, z0, z1, material, name):
        a, b = sorted((side * near, side * far))
        return box(name, (a, y0, z0), (b, y1, z1), material)

    road = box("road", (-150, -150, -0.5), (150, 150, 0), asphalt)
    road["ground"] = True
    across(1.75, 1.90, -120, 120, -0.2, 0.13, kerbstone, "kerb")
    across(1.90, 4.2, -120, 120, -0.2, 0.125, concrete, "pavement")
    across(4.2, 60, -120, 120, -0.2, 0.10, lawn, "lawn")
    across(-6.9, -6.78, -120, 120, -0.1, 0.004, plain("line", (0.55, 0.55, 0.53), 0.7), "line")
    for y in np.arange(-60, 60, 1.5):
        across(1.9, 4.2, y, y + 0.012, 0.1, 0.1265, plain("joint", (0.05, 0.05, 0.05), 0.9), "joint")
    across(-12.0, -12.15, -120, 120, -0.2, 0.13, kerbstone, "kerb")
    across(-12.15, -60, -120, 120, -0.2, 0.12, lawn, "lawn")

    walls = [(0.42, 0.36, 0.28), (0.36, 0.19, 0.13), (0.48, 0.46, 0.42), (0.30, 0.33, 0.35), (0.45, 0.30, 0.20)]
    for y in np.arange(-110, 110, 17.0):
        for house_side, front in ((1, 13.0), (-1, 24.0)):
            wall = walls[rng.integers(len(walls))]
            depth, height, width = rng.uniform(8, 12), rng.choice([6.2, 9.2, 9.2, 12.2]), rng.uniform(11, 15.5)
            a, b = sorted((house_side * side * front, house_side * side * (front + depth)))
            house = facade("house", tuple(np.array(wall) * rng.uniform(0.8, 1.15)))
            box("house", (a, y, 0.1), (b, y + width, height), house)
            box("roof", (a - 0.4, y - 0.4, height), (b + 0.4, y + width + 0.4, height + 0.35),
                plain("roof", (0.09, 0.06, 0.05), 0.9))

    bark = mottled("bark", (0.03, 0.022, 0.016), (0.10, 0.08, 0.06), 6, 0.95, 0.8)
    crowns = [tree_mesh(rng, c) for c in ((0.055, 0.115, 0.022), (0.075, 0.125, 0.02), (0.04, 0.095, 0.03))]
    for y in np.arange(-100, 100, 9.0):
        for tree_side, x in ((1, 6.3), (-1, 14.5)):
            at = (tree_side * side * (x + rng.uniform(-0.5, 0.5)), y + rng.uniform(-2, 2), 0.05)
            crown = link(bpy.data.objects.new("tree", crowns[rng.integers(3)]))
            crown.location = at
            crown.rotation_euler = (0, 0, rng.uniform(0, 6.3))
            crown.scale = [rng.uniform(0.8, 1.25)] * 3
            bpy.ops.mesh.primitive_cylinder_add(vertices=10, radius=0.16, depth=4.2, location=(at[0], at[1], 2.1))
            bpy.context.object.data.materials.append(bark)
    hedge_points = np.stack([rng.uniform(-0.45, 0.45, 9000), rng.uniform(-6, 6, 9000), rng.uniform(0, 1.15, 9000)], 1)
    hedge = leaves("hedge", hedge_points, 0.07, rng, leaf_material("hedge", (0.035, 0.08, 0.02)))
    for y in np.arange(-96, 96, 12.3):
        o = link(bpy.data.objects.new("hedge", hedge))
        o.location = (side * 8.4, y, 0.1)


def build_sky(azimuth, sun):
    """Nishita's atmosphere with its sun, which stands at an angle to the direction from the car to the camera."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    sky = tree.nodes.new("ShaderNodeTexSky")
    sky.sky_type = "NISHITA"
    sky.sun_elevation = math.radians(sun[1])
    # Blender measures the sun's rotation clockwise from +Y; the car's azimuth runs from -Y anticlockwise.
    sky.sun_rotation = math.radians(180 - azimuth - sun[0])
    sky.sun_intensity = 0.55
    sky.sun_size = math.radians(1.2)
    sky.air_density, sky.dust_density, sky.ozone_density = 1.0, 1.6, 1.5
    background = tree.nodes["Background"]
    tree.links.new(sky.outputs[0], background.inputs["Color"])
    background.inputs["Strength"].default_value = 0.16


def build_camera(shot, positions):
    low, high = positions.min(0), positions.max(0)
    target = np.array([0, 0.46 * high[1], (low[2] + high[2]) / 2])
    a = math.radians(shot["azimuth"])
    d = shot["distance"]
    eye = target + np.array([d * math.sin(a), 0, d * math.cos(a)])
    eye[1] = shot["height"]
    data = bpy.data.cameras.new("camera")
    data.lens = shot["lens"]
    data.dof.use_dof = True
    data.dof.focus_distance = float(np.linalg.norm(eye - target)) - 0.7
    data.dof.aperture_fstop = 3.5
    camera = link(bpy.data.objects.new("camera", data))
    camera.location = to_blender(eye)
    look = Vector(to_blender(target)) - camera.location
    camera.rotation_euler = look.to_track_quat("-Z", "Y").to_euler()
    camera.rotation_euler.rotate_axis("Z", math.radians(0.4))
    bpy.context.scene.camera = camera


# --- the picture ---------------------------------------------------------------------------------------------------

def render(samples, scale, path):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.samples = samples
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = False
    cycles.seed = 1
    cycles.max_bounces = 6
    cycles.diffuse_bounces = 2
    cycles.glossy_bounces = 3
    cycles.transparent_max_bounces = 8
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_direct = 8
    cycles.sample_clamp_indirect = 2
    cycles.filter_width = 1.3
    scene.render.resolution_x, scene.render.resolution_y = SIZE
    scene.render.resolution_percentage = scale
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.view_settings.exposure = 0.05
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = path + ".png"
    bpy.ops.render.render(write_still=True)


def denoised(rgb, reach=4, strength=0.032):
    """Non-local means (Buades et al. 2005): averages pixels near each other whose 3x3 surroundings look alike, which
    takes away the path tracer's grain and keeps edges. Debian's Blender has no denoiser of its own."""

    def mean3(a):
        p = np.pad(a, 1, mode="edge")
        rows = p[:-2] + p[1:-1] + p[2:]
        return (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9

    height, width, _ = rgb.shape
    padded = np.pad(rgb, ((reach, reach), (reach, reach), (0, 0)), mode="reflect")
    total, weights = np.zeros_like(rgb), np.zeros((height, width, 1), np.float32)
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            other = padded[reach + dy:reach + dy + height, reach + dx:reach + dx + width]
            difference = mean3(((rgb - other) ** 2).mean(-1))
            weight = np.exp(-difference / strength ** 2)[..., None].astype(np.float32)
            total += weight * other
            weights += weight
    return total / weights


def develop(path, seed):
    """What a camera does: takes out noise, loses light towards the corners, adds a little grain; then JPEG."""
    image = bpy.data.images.load(path + ".png")
    width, height = image.size
    pixels = np.empty(4 * width * height, np.float32)
    image.pixels.foreach_get(pixels)
    pixels = pixels.reshape(height, width, 4)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = np.hypot((x - width / 2) / (width / 2), (y - height / 2) / (width / 2))
    rgb = denoised(pixels[..., :3]) * (1 - 0.16 * np.clip(radius, 0, 1.3)[..., None] ** 2.5)
    rng = np.random.default_rng(seed)
    rgb = rgb + rng.normal(0, 0.006, (height, width, 1)) + rng.normal(0, 0.003, rgb.shape)
    pixels[..., :3] = np.clip(rgb, 0, 1)
    image.pixels.foreach_set(pixels.reshape(-1))
    scene = bpy.context.scene
    scene.view_settings.view_transform = "Standard"
    scene.view_settings.look = "None"
    scene.render.image_settings.file_format = "JPEG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.quality = JPEG_QUALITY
    image.save_render(path + ".jpg", scene=scene)
    os.remove(path + ".png")


def main():
    parser = argparse.ArgumentParser(prog="render.py")
    parser.add_argument("--samples", type=int, default=36)
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--out", default=HERE)
    parser.add_argument("names", nargs="*")
    args = parser.parse_args(sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else [])
    for name in args.names or SHOTS:
        shot = SHOTS[name]
        bpy.ops.wm.read_factory_settings(use_empty=True)
        positions = build_car(shot)
        build_street(-1 if math.sin(math.radians(shot["azimuth"])) > 0 else 1, shot["street"])
        build_sky(shot["azimuth"], shot["sun"])
        build_camera(shot, positions)
        path = os.path.join(os.path.abspath(args.out), name)
        render(args.samples, args.scale, path)
        develop(path, shot["seed"])


main()

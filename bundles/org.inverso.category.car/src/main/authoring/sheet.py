# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Contact sheet of random cars from template.glb and category.json.

Usage: blender -b --factory-startup -P sheet.py -- DIRECTORY OUT.png [ROWSxCOLUMNS] [SEED] [random|types|rest|type:NAME] [SAMPLES] [PIXELS]
"""
import json
import math
import os
import struct
import sys

import bpy
import numpy as np
from mathutils import Matrix

TYPE = {5126: np.float32, 5123: np.uint16}
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}
VIEWS = [(35, 8), (-145, 10), (90, 3), (-40, 30), (140, 18), (0, 6), (-90, 12), (20, 65), (180, 8), (60, 14), (-25, 4), (-120, 22)]


def read(path):
    data = open(path, "rb").read()
    length = struct.unpack_from("<I", data, 12)[0]
    doc = json.loads(data[20:20 + length])
    blob = data[28 + length:]

    def acc(i):
        a = doc["accessors"][i]
        v = doc["bufferViews"][a["bufferView"]]
        n = WIDTH[a["type"]]
        return np.frombuffer(blob, TYPE[a["componentType"]], a["count"] * n, v["byteOffset"]).reshape(a["count"], n)

    pos, deltas, tri, mat, offset = [], [], [], [], 0
    for node in doc["nodes"]:
        shift = np.array(node.get("translation", [0, 0, 0]))
        for p in doc["meshes"][node["mesh"]]["primitives"]:
            v = acc(p["attributes"]["POSITION"]) + shift
            pos.append(v)
            deltas.append(np.stack([acc(t["POSITION"]) for t in p["targets"]]))
            t = acc(p["indices"]).reshape(-1, 3).astype(int) + offset
            tri.append(t)
            mat.append(np.full(len(t), p["material"]))
            offset += len(v)
    pos = np.concatenate(pos)
    deltas = np.concatenate(deltas, axis=1)
    key = np.concatenate([pos] + [deltas[k] for k in range(len(deltas))], axis=1).round(5)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return doc, pos[first], deltas[:, first], inverse[np.concatenate(tri)], np.concatenate(mat)


def sample(prior, limits, rng, component=None, spread=1.0):
    comps = prior["components"]
    if component is None:
        w = np.array([c["weight"] for c in comps])
        component = rng.choice(len(comps), p=w / w.sum())
    c = comps[component]
    x = np.array(c["mean"]) + spread * np.array(c["std"]) * rng.normal(size=len(c["mean"]))
    for f in c.get("factors", []):
        x = x + spread * np.array(f) * rng.normal()
    return np.clip(x, limits["min"], limits["max"]), c["name"]


def main():
    args = sys.argv[sys.argv.index("--") + 1:]
    directory, out = args[:2]
    rows, cols = map(int, (args[2] if len(args) > 2 else "3x8").split("x"))
    rng = np.random.default_rng(int(args[3]) if len(args) > 3 else 1)
    mode = args[4] if len(args) > 4 else "random"
    samples = int(args[5]) if len(args) > 5 else 12
    doc, pos, deltas, tri, mat = read(os.path.join(directory, "template.glb"))
    cat = json.load(open(os.path.join(directory, "category.json")))
    for o in list(bpy.data.objects):
        bpy.data.objects.remove(o)
    shared = []
    for m in doc["materials"]:
        b = bpy.data.materials.new(m["name"])
        b.use_nodes = True
        n = b.node_tree.nodes["Principled BSDF"]
        n.inputs["Base Color"].default_value = m["pbrMetallicRoughness"]["baseColorFactor"]
        n.inputs["Metallic"].default_value = m["pbrMetallicRoughness"]["metallicFactor"]
        n.inputs["Roughness"].default_value = m["pbrMetallicRoughness"]["roughnessFactor"]
        shared.append(b)
    paints = [c for c in cat["colors"]["paint"].values()]
    scene = bpy.context.scene
    cw, ch = 5.5, 2.9
    for i in range(rows * cols):
        comp = {"types": i % len(cat["shape"]["prior"]["components"]), }.get(mode)
        if mode.startswith("type:"):
            comp = [c["name"] for c in cat["shape"]["prior"]["components"]].index(mode[5:])
        x, name = sample(cat["shape"]["prior"], cat["shape"]["limits"], rng, comp, 0.0 if mode == "types" else 1.0)
        if mode == "rest":
            x = x * 0
        az, el = VIEWS[i % len(VIEWS)] if mode[:5] in ("rando", "type:") else VIEWS[(i // len(cat["shape"]["prior"]["components"]) if mode == "types" else i) % len(VIEWS)]
        v = pos + np.tensordot(x, deltas, 1)
        mesh = bpy.data.meshes.new(name)
        mesh.from_pydata((v - [0, 0.75, 0]).tolist(), [], tri.tolist())
        for b in shared:
            if b.name.startswith("paint"):
                b = b.copy()
                b.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = paints[rng.integers(len(paints))] + [1]
                b.node_tree.nodes["Principled BSDF"].inputs["Clearcoat"].default_value = 1
            mesh.materials.append(b)
        mesh.polygons.foreach_set("material_index", mat.astype(np.int32))
        mesh.polygons.foreach_set("use_smooth", np.ones(len(tri), bool))
        mesh.use_auto_smooth = True
        mesh.auto_smooth_angle = math.radians(50)
        mesh.update()
        o = bpy.data.objects.new(name, mesh)
        scene.collection.objects.link(o)
        r, c = divmod(i, cols)
        # glTF frame to Blender: camera looks along -Z of the sheet; car azimuth 0 shows its front
        turn = Matrix.Rotation(math.radians(el), 4, "X") @ Matrix.Rotation(math.radians(-az), 4, "Y")
        o.matrix_world = Matrix.Translation(((c - (cols - 1) / 2) * cw, ((rows - 1) / 2 - r) * ch, 0)) @ turn
    cam = bpy.data.cameras.new("c")
    cam.type = "ORTHO"
    cam.ortho_scale = max(cols * cw, rows * ch)
    co = bpy.data.objects.new("c", cam)
    co.location = (0, 0, 50)
    scene.collection.objects.link(co)
    scene.camera = co
    world = bpy.data.worlds.new("w")
    scene.world = world
    world.use_nodes = True
    nt = world.node_tree
    bg = nt.nodes["Background"]
    tex, ramp, sep = nt.nodes.new("ShaderNodeTexCoord"), nt.nodes.new("ShaderNodeValToRGB"), nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(tex.outputs["Generated"], sep.inputs[0])
    mr = nt.nodes.new("ShaderNodeMapRange")
    mr.inputs[1].default_value = -1
    nt.links.new(sep.outputs[1], mr.inputs[0])
    nt.links.new(mr.outputs[0], ramp.inputs[0])
    e = ramp.color_ramp.elements
    e[0].color, e[0].position = (0.10, 0.10, 0.10, 1), 0.40
    e[1].color, e[1].position = (0.95, 0.97, 1, 1), 0.62
    nt.links.new(ramp.outputs[0], bg.inputs[0])
    sun = bpy.data.lights.new("s", "SUN")
    sun.energy = 2.0
    so = bpy.data.objects.new("s", sun)
    so.rotation_euler = (math.radians(-50), math.radians(25), 0)
    scene.collection.objects.link(so)
    scene.render.engine = "CYCLES"
    scene.cycles.samples = samples
    scene.cycles.max_bounces = 3
    scene.cycles.use_denoising = False
    scene.view_settings.view_transform = "Standard"
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 2
    scene.render.film_transparent = False
    scene.render.resolution_x = (int(args[6]) if len(args) > 6 else 240 if cols > 4 else 420) * cols
    scene.render.resolution_y = int(scene.render.resolution_x * rows * ch / (cols * cw))
    scene.render.filepath = os.path.abspath(out)
    bpy.ops.render.render(write_still=True)


main()

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Assets in Blender: blender --background --factory-startup --python build-support/check-blender.py -- FILE...

Each FILE is a GLB, and the OBJ of the same name beside it is imported too. The GLB's own JSON tells what has to be there:
parts by name, where they turn, texture coordinates, armature, clips. A frame of each is rendered to BASE.blender.png and
BASE.obj.blender.png, and has to show the object. Lines that begin with "check:" are the result; the others are Blender's.
"""
import json
import os
import struct
import sys

import bpy
import numpy
from mathutils import Matrix, Quaternion, Vector

# Debian's Blender asks for a name that Debian's numpy no longer has.
if not hasattr(numpy, "bool"):
    numpy.bool = bool

WIDTH, HEIGHT = 240, 180
PLACE = 1e-3  # metres that a pivot may be off
ROUND = 0.1  # of its radius, that a wheel's middle may be beside its axle


def document(path):
    """The JSON chunk of a GLB file."""
    with open(path, "rb") as f:
        f.read(12)
        (length, _) = struct.unpack("<II", f.read(8))
        return json.loads(f.read(length))


def local(node):
    q = node.get("rotation", [0, 0, 0, 1])
    return Matrix.LocRotScale(
        Vector(node.get("translation", [0, 0, 0])),
        Quaternion((q[3], q[0], q[1], q[2])),
        Vector(node.get("scale", [1, 1, 1])),
    )


def transforms(gltf):
    """Global transform of each node, in the frame of the file."""
    found = {}

    def visit(index, above):
        found[index] = above @ local(gltf["nodes"][index])
        for child in gltf["nodes"][index].get("children", []):
            visit(child, found[index])

    for root in gltf["scenes"][gltf["scene"]]["nodes"]:
        visit(root, Matrix())
    return found


def to_blender(p):
    """From +Y up to +Z up."""
    return Vector((p.x, -p.z, p.y))


def empty():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def bounds(objects):
    low = Vector((1e9, 1e9, 1e9))
    high = -low
    for o in objects:
        evaluated = o.evaluated_get(bpy.context.evaluated_depsgraph_get())
        mesh = evaluated.to_mesh()
        for v in mesh.vertices:
            p = evaluated.matrix_world @ v.co
            low = Vector(map(min, low, p))
            high = Vector(map(max, high, p))
        evaluated.to_mesh_clear()
    return low, high


def render(objects, file, problems):
    scene = bpy.context.scene
    low, high = bounds(objects)
    middle, reach = (low + high) / 2, (high - low).length
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    direction = Vector((0.8, -1.1, 0.5)).normalized()
    camera.location = middle + 1.6 * reach * direction
    camera.rotation_euler = direction.to_track_quat("Z", "Y").to_euler()
    camera.data.angle = 0.65
    camera.data.clip_end = 100 * reach
    scene.collection.objects.link(camera)
    scene.camera = camera
    world = bpy.data.worlds.new("studio")
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs[0].default_value = (1, 1, 1, 1)
    scene.world = world
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = 8
    scene.cycles.use_denoising = False
    scene.render.film_transparent = True
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.render.resolution_percentage = 100
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.filepath = file
    bpy.ops.render.render(write_still=True)
    picture = bpy.data.images.load(file)
    pixels = list(picture.pixels)
    shown = [i for i in range(0, len(pixels), 4) if pixels[i + 3] > 0.5]
    share = len(shown) / (WIDTH * HEIGHT)
    if not 0.03 < share < 0.7:
        problems.append(f"the frame shows the object on {100 * share:.1f} % of it")
    bright = sum(pixels[i] + pixels[i + 1] + pixels[i + 2] for i in shown) / max(1, 3 * len(shown))
    if not 0.01 < bright < 0.99:
        problems.append(f"the frame's mean brightness is {bright:.3f}")


def check_uvs(mesh, problems):
    layer = mesh.uv_layers.active
    if layer is None:
        problems.append(f"{mesh.name} has no texture coordinates")
        return
    uvs = [0.0] * (2 * len(layer.data))
    layer.data.foreach_get("uv", uvs)
    if min(uvs) < -1e-4 or max(uvs) > 1 + 1e-4:
        problems.append(f"{mesh.name}: texture coordinates from {min(uvs):.4f} to {max(uvs):.4f}")


def check_materials(mesh, problems):
    for material in mesh.materials:
        if material is None:
            problems.append(f"{mesh.name} lacks a material")


def textured(gltf, mesh):
    return any(
        "baseColorTexture" in gltf["materials"][p["material"]].get("pbrMetallicRoughness", {}) for p in mesh["primitives"]
    )


def check_glb(path):
    problems = []
    gltf = document(path)
    empty()
    bpy.ops.import_scene.gltf(filepath=path)
    # It lets the first clip play; at its beginning everything is in its place.
    bpy.context.scene.frame_set(0)
    nodes = gltf["nodes"]
    where = transforms(gltf)
    parts = [i for i, n in enumerate(nodes) if "mesh" in n]
    hidden = [i for i in parts if min(map(abs, where[i].to_scale())) < 1e-6]
    objects = {o.name: o for o in bpy.data.objects if o.type == "MESH" and o.users_collection}
    for i in parts:
        node = nodes[i]
        o = objects.get(node["name"])
        if o is None:
            problems.append(f"the part {node['name']} is missing")
            continue
        if textured(gltf, gltf["meshes"][node["mesh"]]):
            check_uvs(o.data, problems)
        check_materials(o.data, problems)
        if "skin" in node:
            if not any(m.type == "ARMATURE" and m.object for m in o.modifiers):
                problems.append(f"{o.name} follows no armature")
            if len(o.vertex_groups) == 0 or any(len(v.groups) == 0 for v in o.data.vertices):
                problems.append(f"{o.name} has vertices that follow no bone")
            continue
        off = (o.matrix_world.translation - to_blender(where[i].translation)).length
        if off > PLACE:
            problems.append(f"{o.name} turns {off:.4f} m away from where it should")
        radius = float(node.get("extras", {}).get("radius", 0))
        if radius > 0:
            ys = [v.co.y for v in o.data.vertices]
            zs = [v.co.z for v in o.data.vertices]
            beside = max(abs(max(ys) + min(ys)), abs(max(zs) + min(zs))) / 2
            if beside > ROUND * radius:
                problems.append(f"the middle of {o.name} is {beside:.3f} m beside its axle")
    bones = 0
    for skin in gltf.get("skins", []):
        names = {nodes[j]["name"] for j in skin["joints"]}
        armatures = [o for o in bpy.data.objects if o.type == "ARMATURE"]
        found = set().union(*[{b.name for b in a.data.bones} for a in armatures]) if armatures else set()
        bones = len(found)
        missing = sorted(names - found)
        if missing:
            problems.append("bones are missing: " + ", ".join(missing))
    clips = [a["name"] for a in gltf.get("animations", [])]
    tracks = {t.name for o in bpy.data.objects if o.animation_data for t in o.animation_data.nla_tracks}
    for clip in clips:
        if clip not in tracks and not any(a.name.split("_")[0] == clip for a in bpy.data.actions):
            problems.append(f"the clip {clip} is missing")
    for action in bpy.data.actions:
        if not action.fcurves or action.frame_range[1] <= action.frame_range[0]:
            problems.append(f"the action {action.name} moves nothing")
    shown = [objects[nodes[i]["name"]] for i in parts if i not in hidden and nodes[i]["name"] in objects]
    render(shown, path[: -len(".glb")] + ".blender.png", problems)
    return {nodes[i]["name"] for i in parts if i not in hidden}, problems, f"{len(shown)} parts, {bones} bones, {len(clips)} clips, {len(bpy.data.actions)} actions"


def check_obj(path, parts):
    problems = []
    empty()
    bpy.ops.wm.obj_import(filepath=path, forward_axis="NEGATIVE_Z", up_axis="Y")
    objects = [o for o in bpy.data.objects if o.type == "MESH"]
    found = {o.name for o in objects}
    if len(objects) != len(parts):
        problems.append(f"{len(objects)} parts, not {len(parts)}")
    if parts - found:
        problems.append("parts are missing: " + ", ".join(sorted(parts - found)))
    for o in objects:
        check_uvs(o.data, problems)
        check_materials(o.data, problems)
    images = [i for i in bpy.data.images if i.source == "FILE"]
    if not images or any(i.size[0] == 0 for i in images):
        problems.append("its texture is missing")
    render(objects, path + ".blender.png", problems)
    return problems, f"{len(objects)} parts, {len(bpy.data.materials)} materials, {len(images)} textures"


def say(path, summary, problems):
    print(f"check: {path}: {summary}, {len(problems)} problems")
    for problem in problems[:20]:
        print(f"check:   {problem}")
    return bool(problems)


def main(files):
    bad = 0
    for path in files:
        try:
            parts, problems, summary = check_glb(path)
            bad += say(path, summary, problems)
            obj = path[: -len(".glb")] + ".obj"
            if os.path.exists(obj):
                problems, summary = check_obj(obj, parts)
                bad += say(obj, summary, problems)
        except Exception as e:  # Blender would print it and end with success.
            bad += say(path, "cannot be checked", [f"{type(e).__name__}: {e}"])
    sys.stdout.flush()
    # The interpreter's own exit status is not Blender's.
    os._exit(1 if bad else 0)


files = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
if not files:
    print("check-blender: name at least one GLB file after --", file=sys.stderr)
    os._exit(2)
main([os.path.abspath(f) for f in files])

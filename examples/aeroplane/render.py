# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Path-traces aeroplane.jpg, the airliner of aeroplane.glb, in a livery, on an apron; and aeroplane-mask.png, where it is.

Usage, from the repository's root:

    blender -b --factory-startup -P examples/aeroplane/render.py -- [--samples N] [--scale PERCENT] [--out DIR]
        [--mask-only]

Made with Blender 3.4 (Cycles on the CPU); everything random is seeded.
"""
import argparse
import math
import os
import sys

import bpy
import numpy as np
from mathutils import Vector

# The glTF importer of Debian's Blender 3.4 still says np.bool.
if "bool" not in np.__dict__:
    np.bool = bool

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = (768, 512)
# Shape of this one airliner, and where the camera stands: degrees from the nose towards the left wing, metres.
SHAPE = {"fuselage_length": 0.35, "wing_span": 0.2, "engine_size": 0.4, "fin_height": 0.2, "wing_sweep": -0.2}
AZIMUTH, DISTANCE, HEIGHT, LENS = 48, 62, 6.5, 52
SUN = (62, 34)


def shader(name):
    material = bpy.data.materials.get(name) or bpy.data.materials.new(name)
    material.use_nodes = True
    tree = material.node_tree
    return material, tree, next(n for n in tree.nodes if n.type == "BSDF_PRINCIPLED")


def plain(name, color, roughness, metallic=0.0):
    material, _, bsdf = shader(name)
    bsdf.inputs["Base Color"].default_value = (*color, 1)
    bsdf.inputs["Roughness"].default_value = roughness
    bsdf.inputs["Metallic"].default_value = metallic
    return material


def mottled(name, dark, light, scale, roughness):
    material, tree, bsdf = shader(name)
    coordinates, noise = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = scale
    noise.inputs["Detail"].default_value = 8
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[1].position = 0.35, 0.65
    ramp.color_ramp.elements[0].color, ramp.color_ramp.elements[1].color = (*dark, 1), (*light, 1)
    tree.links.new(coordinates.outputs["Object"], noise.inputs["Vector"])
    tree.links.new(noise.outputs["Fac"], ramp.inputs[0])
    tree.links.new(ramp.outputs[0], bsdf.inputs["Base Color"])
    bsdf.inputs["Roughness"].default_value = roughness
    return material


def livery():
    """White above, grey below, a blue rear that rises towards the fin, and a thin stripe under the windows."""
    _, tree, bsdf = shader("paint")
    coordinates, split = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeSeparateXYZ")
    tree.links.new(coordinates.outputs["Object"], split.inputs[0])

    def math_node(operation, a, b):
        node = tree.nodes.new("ShaderNodeMath")
        node.operation = operation
        for socket, value in zip(node.inputs, (a, b)):
            if isinstance(value, (int, float)):
                socket.default_value = value
            else:
                tree.links.new(value, socket)
        return node.outputs[0]

    def paint(below, color, where):
        mix = tree.nodes.new("ShaderNodeMixRGB")
        mix.inputs["Color2"].default_value = (*color, 1)
        if isinstance(below, tuple):
            mix.inputs["Color1"].default_value = (*below, 1)
        else:
            tree.links.new(below, mix.inputs["Color1"])
        tree.links.new(where, mix.inputs["Fac"])
        return mix.outputs[0]

    # Blender's frame: +Y is the tail, +Z is up.
    back, up = split.outputs["Y"], split.outputs["Z"]
    color = paint((0.80, 0.81, 0.82), (0.42, 0.44, 0.46), math_node("LESS_THAN", up, 2.75))
    near = math_node("LESS_THAN", math_node("ABSOLUTE", math_node("SUBTRACT", up, 3.35), 0), 0.07)
    color = paint(color, (0.55, 0.05, 0.03), near)
    rear = math_node("GREATER_THAN", math_node("ADD", back, math_node("MULTIPLY", up, -0.55)), 8.6)
    color = paint(color, (0.012, 0.05, 0.22), rear)
    tree.links.new(color, bsdf.inputs["Base Color"])
    bsdf.inputs["Roughness"].default_value = 0.25
    bsdf.inputs["Clearcoat"].default_value = 0.6


def build_aeroplane():
    bpy.ops.import_scene.gltf(filepath=os.path.join(HERE, "aeroplane.glb"))
    for o in list(bpy.context.scene.objects):
        if o.type != "MESH":
            continue
        if o.data.shape_keys:
            for key in o.data.shape_keys.key_blocks:
                key.value = 0
                key.slider_min = -1
                key.value = SHAPE.get(key.name, 0)
        o.data.use_auto_smooth = True
        o.data.auto_smooth_angle = math.radians(35)
    livery()
    plain("wing_paint", (0.33, 0.35, 0.37), 0.35, 0.2)
    plain("chrome", (0.60, 0.60, 0.61), 0.25, 1.0)
    plain("glass", (0.01, 0.012, 0.015), 0.06)


def box(name, low, high, material):
    (a, b, c), (d, e, f) = low, high
    corners = [(a, b, c), (d, b, c), (d, e, c), (a, e, c), (a, b, f), (d, b, f), (d, e, f), (a, e, f)]
    faces = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], faces)
    mesh.materials.append(material)
    o = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(o)
    return o


def build_airport(seed):
    rng = np.random.default_rng(seed)
    box("apron", (-400, -400, -1), (400, 400, 0), mottled("concrete", (0.10, 0.10, 0.097), (0.16, 0.157, 0.15), 0.35, 0.9))
    joint, yellow = plain("joint", (0.09, 0.09, 0.09), 0.95), plain("line", (0.55, 0.36, 0.02), 0.7)
    for i in np.arange(-120, 121, 7.5):
        box("joint", (i, -120, 0), (i + 0.05, 120, 0.004), joint)
        box("joint", (-120, i, 0), (120, i + 0.05, 0.004), joint)
    box("line", (-0.15, -90, 0), (0.15, 90, 0.008), yellow)
    grass = mottled("grass", (0.03, 0.06, 0.015), (0.08, 0.13, 0.03), 0.08, 1.0)
    box("grass", (-400, 60, 0), (-45, 300, 0.02), grass)
    # Behind the aeroplane, as the camera sees it: hangars and a line of trees.
    angle = math.radians(AZIMUTH)
    away, along = np.array([-math.sin(angle), math.cos(angle)]), np.array([math.cos(angle), math.sin(angle)])
    for _ in range(16):
        centre = away * rng.uniform(110, 170) + along * rng.uniform(-150, 150)
        w, d, h = rng.uniform(14, 34), rng.uniform(14, 30), rng.uniform(7, 15)
        shade = rng.uniform(0.08, 0.22)
        wall = plain("wall%d" % len(bpy.data.materials), (shade, shade * rng.uniform(0.92, 1), shade * 0.95), 0.7)
        box("hangar", (*(centre - (w / 2, d / 2)), 0), (*(centre + (w / 2, d / 2)), h), wall)
    leaf = mottled("trees", (0.015, 0.035, 0.01), (0.05, 0.09, 0.025), 1.5, 1.0)
    for _ in range(110):
        at = away * rng.uniform(190, 240) + along * rng.uniform(-230, 230)
        bpy.ops.mesh.primitive_ico_sphere_add(subdivisions=3, radius=rng.uniform(4, 8), location=(*at, rng.uniform(2, 5)))
        crown = bpy.context.object
        crown.data.materials.append(leaf)
        for vertex in crown.data.vertices:
            vertex.co *= rng.uniform(0.82, 1.12)


def build_light_and_camera():
    scene = bpy.context.scene
    world = bpy.data.worlds.new("sky")
    scene.world = world
    world.use_nodes = True
    sky = world.node_tree.nodes.new("ShaderNodeTexSky")
    sky.sky_type = "NISHITA"
    sky.sun_elevation = math.radians(SUN[1])
    sky.sun_rotation = math.radians(180 - AZIMUTH - SUN[0])
    sky.sun_intensity = 0.55
    sky.sun_size = math.radians(1.2)
    sky.dust_density = 1.6
    world.node_tree.links.new(sky.outputs[0], world.node_tree.nodes["Background"].inputs["Color"])
    world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.16
    data = bpy.data.cameras.new("camera")
    data.lens = LENS
    camera = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(camera)
    angle = math.radians(AZIMUTH)
    camera.location = (DISTANCE * math.sin(angle), -DISTANCE * math.cos(angle), HEIGHT)
    camera.rotation_euler = (Vector((0, 1.5, 4.6)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    scene.camera = camera


def denoised(rgb, reach=3, strength=0.035):
    """Non-local means (Buades et al. 2005), since Debian's Blender has no denoiser."""
    height, width, _ = rgb.shape
    padded = np.pad(rgb, ((reach, reach), (reach, reach), (0, 0)), mode="reflect")
    total, weights = np.zeros_like(rgb), np.zeros((height, width, 1), np.float32)
    for dy in range(2 * reach + 1):
        for dx in range(2 * reach + 1):
            other = padded[dy:dy + height, dx:dx + width]
            difference = np.pad(((rgb - other) ** 2).mean(-1), 1, mode="edge")
            rows = difference[:-2] + difference[1:-1] + difference[2:]
            near = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9
            weight = np.exp(-near / strength ** 2)[..., None].astype(np.float32)
            total += weight * other
            weights += weight
    return total / weights


def develop(scene, path):
    image = bpy.data.images.load(path + ".png")
    width, height = image.size
    pixels = np.empty(4 * width * height, np.float32)
    image.pixels.foreach_get(pixels)
    pixels = pixels.reshape(height, width, 4)
    pixels[..., :3] = np.clip(denoised(pixels[..., :3]), 0, 1)
    image.pixels.foreach_set(pixels.reshape(-1))
    scene.view_settings.view_transform = "Standard"
    scene.view_settings.look = "None"
    scene.view_settings.exposure = 0
    scene.render.image_settings.file_format = "JPEG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.image_settings.quality = 90
    image.save_render(path, scene=scene)
    os.remove(path + ".png")


def mask(scene, path):
    """White where the objects that are not hidden are."""
    scene.render.film_transparent = True
    scene.cycles.samples, scene.cycles.max_bounces = 8, 0
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.filepath = path
    bpy.ops.render.render(write_still=True)
    image = bpy.data.images.load(path)
    pixels = np.empty(4 * image.size[0] * image.size[1], np.float32)
    image.pixels.foreach_get(pixels)
    pixels = pixels.reshape(-1, 4)
    pixels[:, :3] = pixels[:, 3:]
    pixels[:, 3] = 1
    image.pixels.foreach_set(pixels.reshape(-1))
    scene.view_settings.view_transform = "Raw"
    scene.view_settings.look = "None"
    scene.view_settings.exposure = 0
    scene.render.image_settings.color_mode = "BW"
    image.save_render(path, scene=scene)


def main():
    parser = argparse.ArgumentParser(prog="render.py")
    parser.add_argument("--samples", type=int, default=24)
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--out", default=HERE)
    parser.add_argument("--mask-only", action="store_true")
    args = parser.parse_args(sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else [])
    bpy.ops.wm.read_factory_settings(use_empty=True)
    build_aeroplane()
    aeroplane = set(bpy.context.scene.objects)
    build_airport(3)
    build_light_and_camera()
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.samples = args.samples
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.use_denoising = False
    scene.cycles.seed = 1
    scene.cycles.max_bounces = 5
    scene.cycles.sample_clamp_indirect = 2
    scene.render.resolution_x, scene.render.resolution_y = SIZE
    scene.render.resolution_percentage = args.scale
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.view_settings.exposure = -0.9
    scene.render.image_settings.file_format = "PNG"
    out = os.path.abspath(args.out)
    if not args.mask_only:
        scene.render.filepath = os.path.join(out, "aeroplane.jpg.png")
        bpy.ops.render.render(write_still=True)
        develop(scene, os.path.join(out, "aeroplane.jpg"))
    for o in scene.objects:
        o.hide_render = o.type == "MESH" and o not in aeroplane
    mask(scene, os.path.join(out, "aeroplane-mask.png"))


main()

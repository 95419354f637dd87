# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Authors the bird template: template.glb (parts, UV atlas, morph targets, skin, clips) and category.json.

Usage: python3 bird.py OUTPUT_DIRECTORY
"""
import json
import os
import struct
import sys

import numpy as np

import anatomy
import population
import rig
import surface

PARTS = ["body", "head", "beak", "eye_l", "eye_r", "wing_l", "wing_r", "tail", "leg_l", "leg_r", "foot_l", "foot_r"]
ROUGHNESS = {"beak": 0.45, "leg": 0.6, "eye": 0.08}


class Template:
    """Rest mesh, morph targets, weights and joints of the whole bird."""

    def __init__(self):
        rest = anatomy.Bird(anatomy.REST)
        self.smooth, self.linear, self.quads, self.skin = self.subdivided(rest.skin)
        self.plain = surface.mirrored(rest.plain)
        offset = len(self.skin_image)
        self.image = np.concatenate([self.skin_image, self.plain[0] + offset])
        faces = self.quads + [f._replace(ids=tuple(i + offset for i in f.ids)) for f in self.plain[2]]
        self.positions, self.joints = self.shaped(rest)
        self.deltas, self.joint_deltas = self.targets()
        self.tris = surface.triangles(faces)
        self.weights = self.joint_weights(rest)

    def subdivided(self, skin):
        image, own, faces = surface.mirrored(skin)
        smooth, linear, quads = surface.catmull_clark(len(image), faces)
        # the mirror image of a new vertex, by its mask
        key = {row.tobytes(): n for n, row in enumerate((linear[:, image] > 0))}
        self.skin_image = np.array([key[(row > 0).tobytes()] for row in linear])
        return smooth, linear, quads, (image, own)

    def shaped(self, bird):
        """Positions of all vertices and joints for one set of parameters."""
        p = self.smooth @ surface.reflect(np.array(bird.skin.positions), self.skin[1])
        p = (p + p[self.skin_image] * [-1, 1, 1]) / 2     # exactly symmetric, whatever the order of the sums
        p = np.concatenate([p, surface.reflect(np.array(bird.plain.positions), self.plain[1])])
        joints = {}
        for j in rig.JOINTS:
            joints[j] = bird.joints[j] if j in bird.joints else bird.joints[surface.mirror_name(j)] * [-1, 1, 1]
        return p, joints

    def targets(self):
        deltas, joints = [], []
        for k in range(len(anatomy.NAMES)):
            values = anatomy.REST.copy()
            values[k] += anatomy.UNIT[k]
            p, j = self.shaped(anatomy.Bird(values))
            deltas.append(p - self.positions)
            joints.append({n: j[n] - self.joints[n] for n in rig.JOINTS})
        deltas = np.array(deltas)
        rng = np.random.default_rng(7)
        for _ in range(3):                                # the build is affine in its parameters
            w = rng.normal(size=len(anatomy.NAMES))
            p, j = self.shaped(anatomy.Bird(anatomy.REST + anatomy.UNIT * w))
            assert np.abs(p - self.positions - np.tensordot(w, deltas, 1)).max() < 1e-9
            assert all(np.abs(j[n] - self.joints[n] - sum(x * d[n] for x, d in zip(w, joints))).max() < 1e-9 for n in rig.JOINTS)
        deltas[np.abs(deltas) < 1e-7] = 0
        return deltas, joints

    def joint_weights(self, rest):
        number = {j: n for n, j in enumerate(rig.JOINTS)}

        def matrix(half, own):
            w = np.zeros((len(half.weights), len(number)))
            for n, row in enumerate(half.weights):
                for j, x in row.items():
                    w[n, number[j]] = x
            other = [number[surface.mirror_name(j)] for j in rig.JOINTS]
            for n in np.flatnonzero(np.array(half.centred)):
                w[n] = (w[n] + w[n][other]) / 2
            return np.concatenate([w, w[own][:, other]])

        w = np.concatenate([self.linear @ matrix(rest.skin, self.skin[1]), matrix(rest.plain, self.plain[1])])
        w /= w.sum(1, keepdims=True)
        order = np.argsort(-w, axis=1, kind="stable")[:, :4]
        top = np.take_along_axis(w, order, 1)
        assert (w.sum(1) - top.sum(1)).max() < 0.12, "more than four joints matter"
        top[top < 1e-4] = 0
        order[top == 0] = 0
        return order, top / top.sum(1, keepdims=True)


def atlas_order(tris):
    """Charts of the skin first, then the feathers of each side in the order of the wing."""
    charts = sorted({f.chart for f in tris})
    order = ["trunk", "head", "leg_l", "leg_r", "arm_l", "arm_r", "beak_upper", "beak_lower"]
    for kind in ("feather", "covert"):
        for side in "lr":
            for face in ("up", "lo"):
                order += ["~" + c for c in charts if c.startswith(kind) and c.endswith(f"_{face}_{side}")]
    for face in ("up", "lo"):
        left = ["~" + c for c in charts if c.startswith("tail") and c.endswith(f"_{face}_l")]
        order += left[::-1] + [c[:-1] + "r" for c in left]
    placed = {c.lstrip("~") for c in order}
    return order + [c for c in charts if c not in placed]


class Glb:
    """Collects accessors; equal ones are written once."""

    TYPES = {"float32": 5126, "uint16": 5123, "uint8": 5121}

    def __init__(self):
        self.blob, self.views, self.accessors, self.known = bytearray(), [], [], {}

    def add(self, array, kind, target=None, bounds=False):
        array = np.ascontiguousarray(array)
        key = (array.tobytes(), kind, target, bounds, array.dtype.name)
        if key in self.known:
            return self.known[key]
        self.blob += b"\0" * (-len(self.blob) % 4)
        view = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": array.nbytes}
        if target:
            view["target"] = target
        self.views.append(view)
        self.blob += array.tobytes()
        accessor = {"bufferView": len(self.views) - 1, "componentType": self.TYPES[array.dtype.name],
                    "count": array.size if kind == "SCALAR" else len(array), "type": kind}
        if bounds:
            flat = array.reshape(accessor["count"], -1)
            accessor["min"], accessor["max"] = [float(x) for x in flat.min(0)], [float(x) for x in flat.max(0)]
        self.accessors.append(accessor)
        self.known[key] = len(self.accessors) - 1
        return self.known[key]

    def write(self, path, doc):
        self.blob += b"\0" * (-len(self.blob) % 4)
        doc.update(accessors=self.accessors, bufferViews=self.views, buffers=[{"byteLength": len(self.blob)}])
        text = json.dumps(doc, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        with open(path, "wb") as out:
            out.write(struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(self.blob)))
            out.write(struct.pack("<I4s", len(text), b"JSON") + text)
            out.write(struct.pack("<I4s", len(self.blob), b"BIN\0") + bytes(self.blob))


def write_glb(path, template, tris, parameters):
    glb = Glb()
    pos = template.positions
    ids = np.array([f.ids for f in tris])
    normal_of_face = np.cross(pos[ids[:, 1]] - pos[ids[:, 0]], pos[ids[:, 2]] - pos[ids[:, 0]])
    normals = {}
    for f, n in zip(tris, normal_of_face):
        for i in f.ids:
            normals[i, f.group] = normals.get((i, f.group), 0) + n
    materials = [m for m in population.MATERIALS if any(f.material == m for f in tris)]
    nodes, meshes, count = [], [], 0
    for part in PARTS:
        mine = [f for f in tris if f.part == part]
        primitives = []
        for material in [m for m in materials if any(f.material == m for f in mine)]:
            table, index, source, uvs, nrm = {}, [], [], [], []
            for f in mine:
                if f.material != material:
                    continue
                for i, uv in zip(f.ids, f.uv):
                    key = (i, tuple(np.round(uv, 7)), f.group)
                    if key not in table:
                        table[key] = len(source)
                        source.append(i)
                        uvs.append(uv)
                        nrm.append(normals[i, f.group] / np.linalg.norm(normals[i, f.group]))
                    index.append(table[key])
            source = np.array(source)
            count += len(source)
            w = template.weights[1][source].astype(np.float32)
            primitives.append({
                "attributes": {
                    "POSITION": glb.add(pos[source].astype(np.float32), "VEC3", 34962, True),
                    "NORMAL": glb.add(np.array(nrm, np.float32), "VEC3", 34962),
                    "TEXCOORD_0": glb.add(np.array(uvs, np.float32), "VEC2", 34962),
                    "JOINTS_0": glb.add(template.weights[0][source].astype(np.uint8), "VEC4", 34962),
                    "WEIGHTS_0": glb.add(w, "VEC4", 34962)},
                "indices": glb.add(np.array(index, np.uint16), "SCALAR", 34963), "material": materials.index(material), "mode": 4,
                "targets": [{"POSITION": glb.add(d[source].astype(np.float32), "VEC3", 34962, True)} for d in template.deltas]})
        meshes.append({"name": part, "primitives": primitives, "weights": [0.0] * len(anatomy.NAMES), "extras": {"targetNames": anatomy.NAMES}})
        nodes.append({"name": part, "mesh": len(meshes) - 1, "skin": 0})
    first = len(nodes)
    number = {j: first + n for n, j in enumerate(rig.JOINTS)}
    number_of = lambda v: [round(float(x), 7) + 0.0 for x in v]
    for j, parent in rig.PARENT.items():
        at = template.joints[j] - (template.joints[parent] if parent else 0)
        node = {"name": j, "translation": number_of(at), "extras": {"shape": [number_of(d[j]) for d in template.joint_deltas]}}
        children = [number[c] for c, p in rig.PARENT.items() if p == j]
        if children:
            node["children"] = children
        nodes.append(node)
    inverse = np.tile(np.eye(4, dtype=np.float32), (len(rig.JOINTS), 1, 1))
    inverse[:, 3, :3] = [-template.joints[j] for j in rig.JOINTS]         # column-major
    skin = {"name": "bird", "joints": [number[j] for j in rig.JOINTS], "skeleton": number["root"],
            "inverseBindMatrices": glb.add(inverse.reshape(-1, 16), "MAT4")}
    animations = []
    for name, times, tracks, shift in rig.clip_tracks(parameters, template.joints):
        at = glb.add(times.astype(np.float32), "SCALAR", None, True)
        samplers, channels = [], []
        for joint, path_, values in [("root", "translation", template.joints["root"] + shift)] + [(j, "rotation", q) for j, q in tracks.items()]:
            samplers.append({"input": at, "output": glb.add(values.astype(np.float32), "VEC3" if path_ == "translation" else "VEC4"),
                             "interpolation": "LINEAR"})
            channels.append({"sampler": len(samplers) - 1, "target": {"node": number[joint], "path": path_}})
        animations.append({"name": name, "channels": channels, "samplers": samplers})
    glb.write(path, {
        "asset": {"version": "2.0", "generator": "Inverso bird.py"}, "scene": 0,
        "scenes": [{"name": "bird", "nodes": list(range(first)) + [number["root"]]}], "nodes": nodes, "meshes": meshes, "skins": [skin],
        "animations": animations,
        "materials": [{"name": m, "pbrMetallicRoughness": {"baseColorFactor": population.MATERIALS[m] + [1.0], "metallicFactor": 0.0,
                                                           "roughnessFactor": ROUGHNESS.get(m, 0.8)}} for m in materials]})
    return count, materials


def main(directory):
    os.makedirs(directory, exist_ok=True)
    template = Template()
    tris, scale = surface.pack(template.tris, atlas_order(template.tris))
    pos = template.positions
    area = surface.areas(pos, tris)
    assert area.min() > 3e-8, [(tris[i].part, tris[i].chart, area[i]) for i in np.argsort(area)[:8]]
    pieces, volume = surface.check_closed(pos, tris)
    surface.check_symmetry(pos, tris, template.image)
    assert np.abs(template.deltas[:, template.image] - template.deltas * [-1, 1, 1]).max() < 1e-12
    used = surface.check_atlas(tris)
    parameters = rig.pose_parameters()
    count, materials = write_glb(os.path.join(directory, "template.glb"), template, tris, parameters)
    population.write(os.path.join(directory, "category.json"), PARTS, materials, parameters)
    print(f"{len(tris)} triangles in {pieces} closed pieces, {len(pos)} positions, {count} vertices, {len(anatomy.NAMES)} targets, "
          f"{len(rig.JOINTS)} joints, {volume * 1000:.2f} l, {scale:.0f} texels a metre, atlas used {used:.0%}")


if __name__ == "__main__":
    main(sys.argv[1])

# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Writes and reads the skinned template as binary glTF 2.0."""
import json
import struct

import numpy as np

KIND = {"float32": 5126, "uint16": 5123, "uint8": 5121}
TYPE = {5126: np.float32, 5123: np.uint16, 5121: np.uint8}
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Writer:
    def __init__(self):
        self.blob, self.views, self.accessors = bytearray(), [], []

    def add(self, array, kind, target=None, bounds=False):
        array = np.ascontiguousarray(array)
        while len(self.blob) % 4:
            self.blob.append(0)
        view = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": array.nbytes}
        if target:
            view["target"] = target
        self.blob += array.tobytes()
        self.views.append(view)
        acc = {"bufferView": len(self.views) - 1, "componentType": KIND[str(array.dtype)],
               "count": array.size // WIDTH[kind], "type": kind}
        if bounds:
            flat = array.reshape(-1, WIDTH[kind])
            acc["min"] = [float(x) for x in flat.min(0)]
            acc["max"] = [float(x) for x in flat.max(0)]
        self.accessors.append(acc)
        return len(self.accessors) - 1

    def finish(self, doc, path):
        while len(self.blob) % 4:
            self.blob.append(0)
        doc.update(accessors=self.accessors, bufferViews=self.views, buffers=[{"byteLength": len(self.blob)}])
        text = json.dumps(doc, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        with open(path, "wb") as out:
            out.write(struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(self.blob)))
            out.write(struct.pack("<I4s", len(text), b"JSON") + text)
            out.write(struct.pack("<I4s", len(self.blob), b"BIN\0") + bytes(self.blob))


class Template:
    """What a reader needs of a template: all parts as one mesh, skin, joints, clips."""

    def __init__(self, path):
        data = open(path, "rb").read()
        length = struct.unpack_from("<I", data, 12)[0]
        self.doc = doc = json.loads(data[20:20 + length])
        self.blob = data[28 + length:]
        skin = doc["skins"][0]
        joints = skin["joints"]
        of_node = {n: i for i, n in enumerate(joints)}
        self.names = [doc["nodes"][n]["name"] for n in joints]
        self.parent = [-1] * len(joints)
        for n in joints:
            for c in doc["nodes"][n].get("children", []):
                self.parent[of_node[c]] = of_node[n]
        self.joints = np.zeros((len(joints), 3))
        for i, n in enumerate(joints):
            p = self.parent[i]
            assert p < i
            self.joints[i] = np.array(doc["nodes"][n].get("translation", [0, 0, 0])) + (self.joints[p] if p >= 0 else 0)
        bind = self.read(skin["inverseBindMatrices"]).reshape(-1, 4, 4)
        assert np.abs(bind[:, 3, :3] + self.joints).max() < 1e-5
        pos, normal, uv, deltas, w, tri, mat, part = [], [], [], [], [], [], [], []
        offset = 0
        self.targets = None
        self.part_names = []
        for node in doc["nodes"]:
            if "mesh" not in node:
                continue
            mesh = doc["meshes"][node["mesh"]]
            self.targets = self.targets or mesh["extras"]["targetNames"]
            assert mesh["extras"]["targetNames"] == self.targets and node["skin"] == 0
            first = mesh["primitives"][0]
            a = first["attributes"]
            for p in mesh["primitives"]:
                assert p["attributes"] == a
                t = self.read(p["indices"]).reshape(-1, 3).astype(int) + offset
                tri.append(t)
                mat.append(np.full(len(t), p["material"]))
                part.append(np.full(len(t), len(self.part_names)))
            self.part_names.append(node["name"])
            v = self.read(a["POSITION"])
            pos.append(v)
            normal.append(self.read(a["NORMAL"]))
            uv.append(self.read(a["TEXCOORD_0"]))
            deltas.append(np.stack([self.read(t["POSITION"]) for t in first["targets"]]))
            dense = np.zeros((len(v), len(joints)))
            np.add.at(dense, (np.arange(len(v))[:, None], self.read(a["JOINTS_0"]).astype(int)), self.read(a["WEIGHTS_0"]))
            w.append(dense)
            offset += len(v)
        self.pos, self.normal, self.uv, self.weights = (np.concatenate(x).astype(float) for x in (pos, normal, uv, w))
        self.deltas = np.concatenate(deltas, axis=1).astype(float)
        self.tri, self.material, self.part = np.concatenate(tri), np.concatenate(mat), np.concatenate(part)
        self.materials = [m["name"] for m in doc["materials"]]
        self.joint_shape = np.array([doc["nodes"][n].get("extras", {}).get("shape", np.zeros((len(self.targets), 3))) for n in joints])
        # vertices at one place, for smooth normals across parts and seams
        _, self.place = np.unique(self.pos.round(6), axis=0, return_inverse=True)
        self.clips = {}
        for a in doc.get("animations", []):
            tracks = []
            for c in a["channels"]:
                s = a["samplers"][c["sampler"]]
                tracks.append((of_node[c["target"]["node"]], c["target"]["path"], self.read(s["input"])[:, 0], self.read(s["output"])))
            self.clips[a["name"]] = tracks

    def read(self, i):
        a = self.doc["accessors"][i]
        v = self.doc["bufferViews"][a["bufferView"]]
        n = WIDTH[a["type"]]
        return np.frombuffer(self.blob, TYPE[a["componentType"]], a["count"] * n, v["byteOffset"]).reshape(a["count"], n)

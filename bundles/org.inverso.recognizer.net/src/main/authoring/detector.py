#!/usr/bin/env python3
# Copyright (c) 2026 The Inverso authors
# SPDX-License-Identifier: Apache-2.0
"""Weights of the object detector, from those that the npm package @vladmandic/human ships:

    npm pack @vladmandic/human@3.3.6 && tar xzf vladmandic-human-3.3.6.tgz
    /usr/bin/python3 detector.py package/models/centernet ../resources/weights/detector.safetensors

The graph (MobileNetV3 and CenterNet's heads, batch normalisation already in the kernels) becomes the names of
DetectionNetwork: kernels as float[out, in, K, K] in half precision. TensorFlow pads strided convolutions of even
pictures at the end only; a wider kernel, with zeros in front, does the same with equal padding.
"""
import json
import struct
import sys

import numpy as np

BLOCKS = 15


def read(source):
    """Constants by their names in the graph, and the strides of convolutions."""
    with open(source + ".json") as file:
        document = json.load(file)
    with open(source + ".bin", "rb") as file:
        data = file.read()
    constants, at = {}, 0
    for weight in document["weightsManifest"][0]["weights"]:
        kind = "<f2" if "quantization" in weight else {"float32": "<f4", "int32": "<i4"}[weight["dtype"]]
        count = int(np.prod(weight["shape"], dtype=int))
        array = np.frombuffer(data, kind, count, at).reshape(weight["shape"])
        constants[weight["name"].removeprefix("tower_0/")] = array
        at += array.nbytes
    if at != len(data):
        sys.exit(f"{source}.bin has {len(data)} bytes, of which {at} are accounted for")
    nodes = {node["name"].removeprefix("tower_0/"): node for node in document["modelTopology"]["node"]}
    return constants, nodes


def kernel(array, depthwise, stride):
    array = array.astype(np.float32)
    array = array.transpose(2, 3, 0, 1) if depthwise else array.transpose(3, 2, 0, 1)
    return np.pad(array, ((0, 0), (0, 0), (2, 0), (2, 0))) if stride == 2 else array


def main():
    source, target = sys.argv[1:]
    constants, nodes = read(source)
    result = {}

    def put(name, node_name, scale=1.0):
        """The kernel and, if there is one, the bias of a convolution."""
        node = nodes[node_name]
        depthwise = "epthwise" in node["op"]
        stride = int(node["attr"]["strides"]["list"]["i"][1])
        inputs = [i.removeprefix("tower_0/") for i in node["input"]]
        result[name + ".weight"] = scale * kernel(constants[inputs[1]], depthwise, stride)
        if len(inputs) > 2:
            result[name + ".bias"] = scale * constants[inputs[2]].astype(np.float32)

    put("stem", "MobilenetV3/Conv/BatchNorm/FusedBatchNorm")
    for block in range(BLOCKS):
        path = "MobilenetV3/expanded_conv" + (f"_{block}" if block else "")
        own = f"block{block}"
        for expand in (path + "/expand/Relu", path + "/expand/BatchNorm/FusedBatchNorm"):
            if expand in nodes:
                put(own + ".expand", expand)
        put(own + ".depthwise", path + "/depthwise/depthwise")
        if path + "/squeeze_excite/Conv/Relu" in nodes:
            put(own + ".squeeze", path + "/squeeze_excite/Conv/Relu")
            put(own + ".excite", path + "/squeeze_excite/Conv_1/BiasAdd")
        put(own + ".project", path + "/project/BatchNorm/FusedBatchNorm")
    put("last", "extern1/BatchNorm/FusedBatchNorm")
    head = "CenternetHead"
    for level in (2, 3, 4):
        path = f"{head}/c{level}_reverse"
        put(f"lateral{level}.reduce", path + "/1x1/Relu")
        put(f"lateral{level}.depthwise", path + "/3x3/separable_conv2d/depthwise")
        put(f"lateral{level}.expand", path + "/3x3/BatchNorm/FusedBatchNorm")
        for branch in ("x", "y"):
            path = f"{head}/c{level + 1}_upsample/branch_{branch}_upsample_resize"
            put(f"up{level}.{branch}.depthwise", path + "/separable_conv2d/depthwise")
            put(f"up{level}.{branch}.pointwise", path + "/BatchNorm/FusedBatchNorm")
    put("gate.squeeze", head + "/conv1x1_se_a/Relu")
    put("gate.excite", head + "/conv1x1_se_b/Conv2D")
    for name, output, scale in (("heat", "cls", 1.0), ("box", "wh", float(constants["mul/y"]))):
        path = f"{head}/centernet_{output}_output"
        put(name + ".depthwise", path + "/separable_conv2d/depthwise", 1.0)
        put(name + ".pointwise", path + "/BiasAdd", scale)

    header, body = {}, b""
    for name in sorted(result):
        data = np.ascontiguousarray(result[name]).astype("<f2").tobytes()
        header[name] = {
            "dtype": "F16",
            "shape": list(result[name].shape),
            "data_offsets": [len(body), len(body) + len(data)],
        }
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(target, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)
    print(f"{len(header)} arrays, {len(body)} bytes")


if __name__ == "__main__":
    main()

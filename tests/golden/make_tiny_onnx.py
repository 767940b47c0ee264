#!/usr/bin/env python3
"""Writes the small ONNX models of the tests and what NumPy says they compute, without the onnx package.

tiny.onnx           1 x 3 x 8 x 8 -> Conv 3x3 (4 filters, stride 2, pad 1) -> Relu -> GlobalAveragePool -> Flatten
                    -> Gemm -> 1 x 6; its batch is fixed to one
tiny_image.onnx     the same, cut after Relu: the output is an image
tiny_linear.onnx    Conv 8x8 over the whole input -> 1 x 16 x 1 x 1: linear, sensitive to channel order and scale
tiny_face.onnx      1 x 3 x 112 x 112 -> Conv 16x16 (4 filters, stride 16) -> Flatten -> 1 x 196: faces as recognisers take them
tiny_rows.onnx      1 x 3 x 8 x 8 -> MatMul with 8 x 5 -> Flatten -> 1 x 120
tiny_huge.onnx      as tiny.onnx with so much padding that the convolution's output takes 6.4 GB
tiny.csv            output of the first and the third for the face that onnx_golden_test.cpp draws

Run: python3 tests/golden/make_tiny_onnx.py [folder]
"""
import pathlib
import struct
import sys

import numpy as np

FLOAT, INTS, INT = 1, 7, 2


def varint(value):
    out = b""
    while True:
        out += bytes([(value & 0x7F) | (0x80 if value > 0x7F else 0)])
        value >>= 7
        if not value:
            return out


def number(field, value):
    return varint(field << 3) + varint(value)


def message(field, payload):
    payload = payload.encode() if isinstance(payload, str) else payload
    return varint(field << 3 | 2) + varint(len(payload)) + payload


def tensor(name, array):
    dims = b"".join(number(1, d) for d in array.shape)
    return dims + number(2, FLOAT) + message(8, name) + message(9, array.astype("<f4").tobytes())


def value_info(name, shape):
    dims = b"".join(message(1, number(1, d)) for d in shape)
    return message(1, name) + message(2, message(1, number(1, FLOAT) + message(2, dims)))


def ints(name, values):
    return message(1, name) + b"".join(number(8, v) for v in values) + number(20, INTS)


def integer(name, value):
    return message(1, name) + number(3, value) + number(20, INT)


def node(op, inputs, output, attributes=()):
    return (b"".join(message(1, i) for i in inputs) + message(2, output) + message(3, output + "_node") +
            message(4, op) + b"".join(message(5, a) for a in attributes))


def model(nodes, initialisers, output, shape, side=8):
    graph = (b"".join(message(1, n) for n in nodes) + message(2, "tiny") +
             b"".join(message(5, tensor(k, v)) for k, v in initialisers.items()) +
             message(11, value_info("input", (1, 3, side, side))) + message(12, value_info(output, shape)))
    opset = message(1, "") + number(2, 11)
    return number(1, 6) + message(2, "discern") + message(7, graph) + message(8, opset)


def conv(x, weight, stride, pad):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    k = weight.shape[2]
    side = (x.shape[1] - k) // stride + 1
    out = np.zeros((weight.shape[0], side, side))
    for i in range(side):
        for j in range(side):
            window = x[:, i * stride:i * stride + k, j * stride:j * stride + k]
            out[:, i, j] = (weight * window).sum(axis=(1, 2, 3))
    return out


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    rng = np.random.default_rng(7)
    w = rng.normal(0, 0.3, (4, 3, 3, 3)).astype(np.float32)
    b = rng.normal(0, 0.1, 4).astype(np.float32)
    g = rng.normal(0, 1, (6, 4)).astype(np.float32)
    c = rng.normal(0, 1, 6).astype(np.float32)
    whole = rng.normal(0, 0.2, (16, 3, 8, 8)).astype(np.float32)
    patch = rng.normal(0, 0.05, (4, 3, 16, 16)).astype(np.float32)

    convolution = node("Conv", ["input", "w", "b"], "conv",
                       [ints("kernel_shape", [3, 3]), ints("strides", [2, 2]), ints("pads", [1, 1, 1, 1])])
    relu = node("Relu", ["conv"], "relu")
    rest = [node("GlobalAveragePool", ["relu"], "pool"), node("Flatten", ["pool"], "flat", [integer("axis", 1)]),
            node("Gemm", ["flat", "g", "c"], "feature", [integer("transB", 1)])]
    huge = node("Conv", ["input", "w", "b"], "conv",
                [ints("kernel_shape", [3, 3]), ints("strides", [1, 1]), ints("pads", [10000] * 4)])
    files = {
        "tiny_huge.onnx": model([huge, relu] + rest, {"w": w, "b": b, "g": g, "c": c}, "feature", (1, 6)),
        "tiny.onnx": model([convolution, relu] + rest, {"w": w, "b": b, "g": g, "c": c}, "feature", (1, 6)),
        "tiny_image.onnx": model([convolution, relu], {"w": w, "b": b}, "relu", (1, 4, 4, 4)),
        "tiny_linear.onnx": model([node("Conv", ["input", "whole"], "feature", [ints("kernel_shape", [8, 8])])],
                                  {"whole": whole}, "feature", (1, 16, 1, 1)),
        "tiny_face.onnx": model([node("Conv", ["input", "patch"], "conv",
                                      [ints("kernel_shape", [16, 16]), ints("strides", [16, 16])]),
                                 node("Flatten", ["conv"], "feature", [integer("axis", 1)])],
                                {"patch": patch}, "feature", (1, 196), 112),
    }
    rows = (np.arange(40, dtype=np.float32) / 40).reshape(8, 5)
    files["tiny_rows.onnx"] = model([node("MatMul", ["input", "rows"], "product"),
                                     node("Flatten", ["product"], "feature", [integer("axis", 1)])],
                                    {"rows": rows}, "feature", (1, 120))
    for name, contents in files.items():
        (folder / name).write_bytes(contents)

    # Pixel (y, x), channel BGR c of the face: (37 y + 11 x + 71 c + 5 x y) mod 256; the model takes RGB.
    y, x, ch = np.meshgrid(range(8), range(8), range(3), indexing="ij")
    face = ((37 * y + 11 * x + 71 * ch + 5 * x * y) % 256)[:, :, ::-1].transpose(2, 0, 1)
    blob = (face - 127.5) / 127.5
    pooled = np.maximum(conv(blob, w.astype(float), 2, 1) + b[:, None, None], 0).mean(axis=(1, 2))
    feature = g.astype(float) @ pooled + c
    linear = (whole * blob).sum(axis=(1, 2, 3))
    lines = [f"tiny,{k},{v:.9g}" for k, v in enumerate(feature)]
    lines += [f"tiny_linear,{k},{v:.9g}" for k, v in enumerate(linear)]
    (folder / "tiny.csv").write_text("\n".join(["model,index,value"] + lines) + "\n")


main()

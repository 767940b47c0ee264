#!/usr/bin/env python3
"""Writes teachers.csv: outputs of VGG-16, Inception-ResNet v1 and the Caffe-style ResNet-50 in plain NumPy, float64, with
weights and input that tests/core/networks/teachers_test.cpp makes by the same formula. Layers are written down from the
published descriptions, not from the C++ code. Needs NumPy only; about a minute."""
import pathlib
import zlib

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def noise(name, shape):
    """Uniform in (-1, 1), from the tensor's name and the flat index alone."""
    count = int(np.prod(shape)) if len(shape) else 1
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    for shift, factor in ((15, 2246822519), (13, 3266489917)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    return (x.astype(np.float64) / 2**31 - 1).reshape(shape)


def weight(name, shape):
    return noise(name, shape) * np.sqrt(6.0 / np.prod(shape[1:]))


def conv(x, name, out, kernel, stride=1, padding=(0, 0), bias=False):
    kh, kw = kernel
    w = weight(name + ".weight", (out, x.shape[0], kh, kw))
    x = np.pad(x, ((0, 0), (padding[0],) * 2, (padding[1],) * 2))
    windows = sliding_window_view(x, (kh, kw), axis=(1, 2))[:, ::stride, ::stride]
    y = np.tensordot(w, windows, axes=([1, 2, 3], [0, 3, 4]))
    return y + 0.1 * noise(name + ".bias", (out,))[:, None, None] if bias else y


def norm(x, name, eps=1e-5):
    n = (x.shape[0],)
    mean, var = 0.1 * noise(name + ".running_mean", n), 1 + 0.3 * noise(name + ".running_var", n)
    gain, bias = 1 + 0.2 * noise(name + ".weight", n), 0.1 * noise(name + ".bias", n)
    spread = (slice(None),) + (None,) * (x.ndim - 1)
    return (x - mean[spread]) / np.sqrt(var + eps)[spread] * gain[spread] + bias[spread]


def relu(x):
    return np.maximum(x, 0)


def pool(x, size, stride, ceil=False):
    if ceil:
        grow = lambda n: (-(n - size)) % stride
        x = np.pad(x, ((0, 0), (0, grow(x.shape[1])), (0, grow(x.shape[2]))), constant_values=-np.inf)
    return sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride].max((3, 4))


def linear(x, name, out, bias=True):
    y = weight(name + ".weight", (out, x.shape[0])) @ x
    return y + 0.1 * noise(name + ".bias", (out,)) if bias else y


def vggface(x, width=8, hidden=32):
    for stage, times in enumerate((2, 2, 3, 3, 3)):
        for i in range(times):
            x = relu(conv(x, f"conv{stage + 1}_{i + 1}", width * min(2**stage, 8), (3, 3), 1, (1, 1), True))
        x = pool(x, 2, 2)
    return relu(linear(relu(linear(x.reshape(-1), "fc6", hidden)), "fc7", hidden))


def basic(x, name, out, kernel=(1, 1), stride=1, padding=(0, 0)):
    return relu(norm(conv(x, name + ".conv", out, kernel, stride, padding), name + ".bn", 1e-3))


def chain(x, name, *layers):
    for i, layer in enumerate(layers):
        x = basic(x, f"{name}.{i}", *layer)
    return x


def residual(x, name, scale, branches, last=False):
    parts = []
    for i, layers in enumerate(branches):
        at = f"{name}.branch{i}"
        parts.append(basic(x, at, *layers[0]) if i == 0 else chain(x, at, *layers))
    y = conv(np.concatenate(parts), name + ".conv2d", x.shape[0], (1, 1), bias=True) * scale + x
    return y if last else relu(y)


def facenet(x):
    same, half = ((3, 3), 1, (1, 1)), ((3, 3), 2)
    x = basic(x, "conv2d_1a", 32, *half)
    x = basic(x, "conv2d_2a", 32, (3, 3))
    x = basic(x, "conv2d_2b", 64, *same)
    x = pool(x, 3, 2)
    x = basic(x, "conv2d_3b", 80)
    x = basic(x, "conv2d_4a", 192, (3, 3))
    x = basic(x, "conv2d_4b", 256, *half)
    for i in range(5):
        x = residual(x, f"repeat_1.{i}", 0.17, [[(32,)], [(32,), (32, *same)], [(32,), (32, *same), (32, *same)]])
    x = np.concatenate([basic(x, "mixed_6a.branch0", 384, *half),
                        chain(x, "mixed_6a.branch1", (192,), (192, *same), (256, *half)), pool(x, 3, 2)])
    for i in range(10):
        x = residual(x, f"repeat_2.{i}", 0.10,
                     [[(128,)], [(128,), (128, (1, 7), 1, (0, 3)), (128, (7, 1), 1, (3, 0))]])
    x = np.concatenate([chain(x, "mixed_7a.branch0", (256,), (384, *half)),
                        chain(x, "mixed_7a.branch1", (256,), (256, *half)),
                        chain(x, "mixed_7a.branch2", (256,), (256, *same), (256, *half)), pool(x, 3, 2)])
    tail = [[(192,)], [(192,), (192, (1, 3), 1, (0, 1)), (192, (3, 1), 1, (1, 0))]]
    for i in range(5):
        x = residual(x, f"repeat_3.{i}", 0.20, tail)
    x = residual(x, "block8", 1.0, tail, last=True)
    return norm(linear(x.mean((1, 2)), "last_linear", 512, bias=False), "last_bn", 1e-3)


def vggface2(x):
    x = pool(relu(norm(conv(x, "conv1", 64, (7, 7), 2, (3, 3)), "bn1")), 3, 2, ceil=True)
    for stage, blocks in enumerate((3, 4, 6, 3)):
        inner = 64 * 2**stage
        for i in range(blocks):
            at, stride = f"layer{stage + 1}.{i}", 2 if i == 0 and stage > 0 else 1
            y = relu(norm(conv(x, at + ".conv1", inner, (1, 1), stride), at + ".bn1"))
            y = relu(norm(conv(y, at + ".conv2", inner, (3, 3), 1, (1, 1)), at + ".bn2"))
            y = norm(conv(y, at + ".conv3", 4 * inner, (1, 1)), at + ".bn3")
            if i == 0:
                x = norm(conv(x, at + ".downsample.0", 4 * inner, (1, 1), stride), at + ".downsample.1")
            x = relu(x + y)
    return x.mean((1, 2))


with open(pathlib.Path(__file__).parent / "teachers.csv", "w") as out:
    for name, network, size in (("vggface", vggface, 224), ("facenet", facenet, 160), ("vggface2", vggface2, 224)):
        feature = network(noise("input", (3, size, size)))
        values = [np.linalg.norm(feature), *feature[:16]]
        out.write(",".join([name] + [f"{v:.9g}" for v in values]) + "\n")

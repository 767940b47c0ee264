#!/usr/bin/env python3
"""Writes video_networks.csv: what published implementations of ResNet-50, 3D-ResNet-50, R(2+1)D-50 (torchvision) and
SlowFast-50 (pytorchvideo) say of an input, with weights and input that tests/core/networks/video_networks_test.cpp
makes by the same formula (teachers_golden.py's). Needs torch, torchvision and pytorchvideo; under a minute.

A line: name, parameters with a classifier of 400, multiply-accumulates before it, 64 values of the average before
it, evenly spread. resnet50-caffe is torchvision's with its strides and its pool put where Caffe's are."""
import pathlib
import zlib

import numpy as np
import torch
import torchvision
from pytorchvideo.models.slowfast import create_slowfast
from torchvision.models.video import resnet as video


def noise(name, shape):
    """Uniform in (-1, 1), from the tensor's name and the flat index alone."""
    count = int(np.prod(shape)) if len(shape) else 1
    x = (np.arange(count, dtype=np.uint64) * 2654435761 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    for shift, factor in ((15, 2246822519), (13, 3266489917)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    return (x.astype(np.float64) / 2**31 - 1).reshape(shape)


def fill(network):
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            value = noise(name, tuple(tensor.shape))
            if name.endswith("running_var"):
                value = 1 + 0.3 * value
            elif tensor.dim() > 1:
                value *= np.sqrt(6.0 / np.prod(tensor.shape[1:]))
            elif name.endswith("weight"):
                value = 1 + 0.2 * value
            else:
                value *= 0.1
            tensor.copy_(torch.from_numpy(value.astype(np.float32)))


def video_resnet(maker, stem):
    return video.VideoResNet(video.Bottleneck, [maker] * 4, [3, 4, 6, 3], stem, num_classes=400)


def caffe():
    network = torchvision.models.resnet50(num_classes=400)
    for layer in (network.layer2, network.layer3, network.layer4):
        layer[0].conv1.stride, layer[0].conv2.stride = (2, 2), (1, 1)
    network.maxpool = torch.nn.MaxPool2d(3, 2, 0, ceil_mode=True)
    return network


def pathways(clip):
    """Slow and fast, as pytorchvideo's examples pack them for the published weights."""
    frames = clip.shape[2]
    return [clip[:, :, torch.linspace(0, frames - 1, frames // 4).long()], clip]


def macs_of(network, inputs):
    """Of convolutions, without bias: all before the classifier."""
    total = 0

    def count(module, _, output):
        nonlocal total
        total += output.numel() * module.weight[0].numel()

    convolutions = [m for m in network.modules() if isinstance(m, (torch.nn.Conv2d, torch.nn.Conv3d))]
    hooks = [m.register_forward_hook(count) for m in convolutions]
    network(inputs)
    for hook in hooks:
        hook.remove()
    return total


slowfast = create_slowfast(head_pool_kernel_sizes=((8, 1, 1), (32, 1, 1)))
networks = (
    ("resnet50-v1.5", torchvision.models.resnet50(num_classes=400), "avgpool", (3, 64, 64)),
    ("resnet50-caffe", caffe(), "avgpool", (3, 64, 64)),
    ("r3d-50", video_resnet(video.Conv3DSimple, video.BasicStem), "avgpool", (3, 8, 32, 32)),
    ("r2plus1d-50", video_resnet(video.Conv2Plus1D, video.R2Plus1dStem), "avgpool", (3, 8, 32, 32)),
    ("slowfast-50", slowfast, "blocks.5", (3, 32, 32, 32)),
)
with open(pathlib.Path(__file__).parent / "video_networks.csv", "w") as out, torch.no_grad():
    # The convention: what torchvision prints of its own as GFLOPS are multiply-accumulates.
    for maker, published in ((video.r3d_18, 40.697), (video.r2plus1d_18, 40.519)):
        macs = macs_of(maker().eval(), torch.zeros(1, 3, 16, 112, 112))
        assert abs(macs / 1e9 / published - 1) < 0.001, (maker, macs)
    for name, network, last, shape in networks:
        fill(network)
        network.double().eval()
        inputs = torch.from_numpy(noise("input", shape).astype(np.float32)).double()[None]
        if name.startswith("slowfast"):
            inputs = pathways(inputs)
        macs = macs_of(network, list(inputs) if isinstance(inputs, list) else inputs)
        average = []
        network.get_submodule(last).register_forward_hook(lambda module, _, output: average.append(output.flatten()))
        network(inputs)
        values = average[0][:: len(average[0]) // 64][:64].tolist()
        parameters = sum(p.numel() for p in network.parameters())
        out.write(",".join([name, str(parameters), str(macs)] + [f"{v:.9g}" for v in values]) + "\n")

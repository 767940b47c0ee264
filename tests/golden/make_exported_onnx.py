#!/usr/bin/python3
"""Small networks as PyTorch exports them for each operator set, with their outputs by PyTorch itself: the files of
tests/golden/exported.   make_exported_onnx.py FOLDER   (Debian: python3-torch, python3-numpy)
Sets 19 and 22, which PyTorch 1.13 does not know: make_exported_onnx.py --convert FOLDER turns those of 17 into them with
onnx.version_converter (onnx 1.18 from PyPI)."""
import glob
import sys
import numpy

if sys.argv[1] == "--convert":
    import onnx.version_converter

    for file in glob.glob(sys.argv[2] + "/*-17.onnx"):
        for newer in (19, 22):
            onnx.save(onnx.version_converter.convert_version(onnx.load(file), newer), file.replace("-17", f"-{newer}"))
    sys.exit()

import torch
from torch import nn
from torch.nn import functional as F

OPSETS = (7, 9, 11, 13, 15, 17)


class Residual(nn.Module):
    """As IResNet: BN, conv, PReLU, a short cut, averages that do not count the padding, dropout, Linear, BN."""
    first = 7

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(3)
        self.one = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.one_norm = nn.BatchNorm2d(8)
        self.prelu = nn.PReLU(8)
        self.two = nn.Conv2d(8, 8, 3, stride=2, padding=1)
        self.short = nn.Conv2d(3, 8, 1, stride=2)
        self.average = nn.AvgPool2d(3, 2, 1, count_include_pad=False)
        self.dropout = nn.Dropout(0.4)
        self.linear = nn.Linear(8 * 4 * 4, 16)
        self.last = nn.BatchNorm1d(16)

    def forward(self, x):
        y = self.two(self.prelu(self.one_norm(self.one(self.norm(x))))) + self.short(x)
        y = self.average(y)
        return self.last(self.linear(self.dropout(torch.flatten(y, 1))))


class Mobile(nn.Module):
    """Depthwise convolutions, ReLU6, a squeeze and its sigmoid, averages over all."""
    first = 7

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, 2, 1)
        self.deep = nn.Conv2d(6, 12, 3, 1, 2, dilation=2, groups=6)
        self.squeeze = nn.Conv2d(12, 3, 1)
        self.excite = nn.Conv2d(3, 12, 1)
        self.head = nn.Linear(12, 16, bias=False)

    def forward(self, x):
        y = F.relu6(self.deep(F.relu6(self.stem(x))))
        y = y * torch.sigmoid(self.excite(F.leaky_relu(self.squeeze(F.adaptive_avg_pool2d(y, 1)), 0.1)))
        y = F.max_pool2d(y, 3, 2, 1)
        return self.head(y.mean((2, 3)))


class Attention(nn.Module):
    """A small transformer: patches, a class token, layer norms, heads, GELU."""
    first = 9

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.place = nn.Parameter(torch.randn(1, 17, 8))
        self.before = nn.LayerNorm(8)
        self.qkv = nn.Linear(8, 24)
        self.out = nn.Linear(8, 8)
        self.after = nn.LayerNorm(8)
        self.up = nn.Linear(8, 16)
        self.down = nn.Linear(16, 8)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.token.expand(x.shape[0], -1, -1), x), 1) + self.place
        n, tokens, width = x.shape
        q, k, v = self.qkv(self.before(x)).reshape(n, tokens, 3, 2, width // 2).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-2, -1) * (width // 2) ** -0.5, -1)
        x = x + self.out((weights @ v).transpose(1, 2).reshape(n, tokens, width))
        x = x + self.down(F.gelu(self.up(self.after(x))))
        return x[:, 0]


class Shapes(nn.Module):
    """Resizing both ways, padding, slices, concatenation, splits, a group norm, unit length."""
    first = 11

    def __init__(self):
        super().__init__()
        self.norm = nn.GroupNorm(2, 6)
        self.instance = nn.InstanceNorm2d(6, affine=True)
        self.back = nn.ConvTranspose2d(6, 4, 2, 2)
        self.linear = nn.Linear(4 * 10 * 10, 16)

    def forward(self, x):
        small = F.interpolate(x, scale_factor=0.5, mode="bilinear", align_corners=False)
        near = F.interpolate(x[:, :, ::2, 1::2], size=(8, 8), mode="nearest")
        y = F.pad(torch.cat((small, near), 1), (1, 1, 1, 1), mode="reflect")
        y = F.hardswish(self.norm(y)) + F.elu(self.instance(y))
        y = self.back(y)
        a, b = torch.chunk(y, 2, 1)
        y = torch.cat((torch.maximum(a, b), torch.where(a > b, a, -b)), 1)
        y = F.interpolate(y, size=(10, 10), mode="bilinear", align_corners=True)
        return F.normalize(self.linear(y.flatten(1)))


class Products(nn.Module):
    """Gemm with alpha and beta, products of higher rank, powers, norms, comparisons."""
    first = 9

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(48, 48))
        self.bias = nn.Parameter(torch.randn(48))
        self.many = nn.Parameter(torch.randn(3, 16, 16))

    def forward(self, x):
        y = F.avg_pool2d(x, 4, ceil_mode=True).flatten(1)
        y = torch.addmm(self.bias, y, self.weight, beta=0.5, alpha=0.25)
        z = torch.matmul(x, self.many).pow(2).sum((1, 3)).sqrt()
        y = torch.cat((torch.tanh(y), torch.log1p(z.abs()), torch.clamp(z, 0.5, 2), y / y.norm(dim=1, keepdim=True)), 1)
        return y[:, :64]


def main(folder):
    torch.manual_seed(17)
    faces = torch.rand(3, 3, 16, 16) * 2 - 1
    numpy.save(f"{folder}/faces.npy", faces.reshape(3, -1).numpy())
    for kind in (Residual, Mobile, Attention, Shapes, Products):
        model = kind()
        for module in model.modules():  # statistics that are not 0 and 1
            if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
                module.running_mean.uniform_(-0.5, 0.5)
                module.running_var.uniform_(0.5, 2)
                module.weight.data.uniform_(0.5, 1.5)
                module.bias.data.uniform_(-0.5, 0.5)
        model.eval()
        name = kind.__name__.lower()
        with torch.no_grad():
            numpy.save(f"{folder}/{name}.npy", model(faces).numpy())
            for opset in OPSETS:
                if opset < kind.first:
                    continue
                try:
                    # PRESERVE: else the exporter folds batch norms itself.
                    torch.onnx.export(model, faces, f"{folder}/{name}-{opset}.onnx", opset_version=opset,
                                      training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
                                      input_names=["faces"], output_names=["feature"],
                                      dynamic_axes={"faces": {0: "n"}, "feature": {0: "n"}})
                except Exception as problem:  # an operator that this set does not have
                    print(f"{name} {opset}: not exported: {str(problem)[:150]}")


main(sys.argv[1])

"""tiny.safetensors, written by Python's package `safetensors` (0.8.0): every type that is kept, a scalar, an empty
tensor, and names that are no identifiers. The values are those of tests/core/networks/safetensors_test.cpp.

    pip install numpy safetensors && python make_tiny_safetensors.py
"""
import pathlib

import numpy as np
from safetensors.numpy import load_file, save_file

tensors = {
    "a/weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "double": np.array([[1 / 3], [np.nan]], dtype=np.float64),
    "empty": np.zeros((0, 4), dtype=np.float32),
    "half": np.array([0.5, -2], dtype=np.float16),
    "ünï": np.array([1, 2, 255], dtype=np.uint8),
    "long": np.array(-(2**40), dtype=np.int64),
    "int": np.array([-7], dtype=np.int32),
    "short": np.array([-300], dtype=np.int16),
    "byte": np.array([-128, 127], dtype=np.int8),
}
file = pathlib.Path(__file__).with_name("tiny.safetensors")
save_file(tensors, file, metadata={"made by": 'Python, "quoted"'})
for name, values in load_file(file).items():
    assert np.array_equal(values, tensors[name], equal_nan=values.dtype.kind == "f"), name

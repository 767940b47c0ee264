#!/usr/bin/env python3
"""Writes tiny.npz (stored) and tiny_deflated.npz: the arrays that tests/core/networks/npz_test.cpp expects."""
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
ARRAYS = {
    "conv.weight": np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2) / 8,
    "double": np.array([[0.1, -2.5], [1e300, 3]], dtype=np.float64),
    "half": np.array([0.5, -1.25, 1024], dtype=np.float16),
    "count": np.array(7, dtype=np.int64),
    "index": np.array([[1, -2, 3]], dtype=np.int32),
    "fortran": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
    "empty": np.zeros((0, 4), dtype=np.float32),
    "zeros": np.zeros((50, 40), dtype=np.float32),
}
np.savez(HERE / "tiny.npz", **{k: v for k, v in ARRAYS.items() if k != "zeros"})
np.savez_compressed(HERE / "tiny_deflated.npz", **ARRAYS)

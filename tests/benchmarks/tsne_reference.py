#!/usr/bin/env python3
"""The input of tsne_benchmark, and scikit-learn's time and divergence on it.

python3 tsne_reference.py make FOLDER             writes tsne_2000.npy, tsne_10000.npy and tsne_50000.npy (512-D)
python3 tsne_reference.py run FOLDER/tsne_N.npy   scikit-learn's t-SNE of a file, two threads

The points are unit vectors like features of faces: N / 40 identities of uneven size, own-centroid cosine about 0.7.
Both sums are over the pairs of neighbours (see core/embedding/tsne.h).
"""
import pathlib
import sys
import time

import numpy as np


def make(folder):
    for n in (2000, 10000, 50000):
        rng = np.random.default_rng(n)
        size = rng.lognormal(0, 0.6, n // 40)
        identity = rng.choice(len(size), n, p=size / size.sum())
        centres = rng.standard_normal((len(size), 512), dtype=np.float32)
        points = centres[identity] + rng.standard_normal((n, 512), dtype=np.float32)
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        np.save(pathlib.Path(folder) / f"tsne_{n}.npy", points)


def run(file):
    from sklearn.manifold import TSNE

    points = np.load(file)
    wall, processor = time.time(), time.process_time()
    model = TSNE(init="pca", learning_rate="auto", random_state=1, n_jobs=2).fit(points)
    print(f"{pathlib.Path(file).name}: scikit-learn {time.time() - wall:.2f} s, processor "
          f"{time.process_time() - processor:.2f} s, KL {model.kl_divergence_:.4f}, {model.n_iter_ + 1} iterations")


{"make": make, "run": run}[sys.argv[1]](sys.argv[2])

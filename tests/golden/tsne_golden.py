#!/usr/bin/env python3
"""Writes tsne_points.npy, tsne_layout.npy and tsne.json: what scikit-learn makes of 600 points in 8 clusters.

The points are the input of both. The layout is scikit-learn's map of them, with its divergence summed here in double
over scikit-learn's own sparse P, so that the sum is checked apart from the descent.
Run: python3 tests/golden/tsne_golden.py   (python3-sklearn of Debian 12: scikit-learn 1.2.1)
"""
import json
import pathlib

import numpy as np
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities_nn
from sklearn.neighbors import NearestNeighbors

POINTS, DIMS, CLUSTERS, PERPLEXITY = 600, 16, 8, 30
HERE = pathlib.Path(__file__).parent


def divergence(points, layout):
    k = min(len(points) - 1, int(3 * PERPLEXITY + 1))
    near = NearestNeighbors(algorithm="brute", n_neighbors=k).fit(points).kneighbors_graph(mode="distance")
    near.data **= 2
    p = np.asarray(_joint_probabilities_nn(near, PERPLEXITY, 0).todense(), dtype=float)
    q = 1 / (1 + squareform(pdist(layout.astype(float), "sqeuclidean")))
    np.fill_diagonal(q, 0)
    q /= q.sum()
    some = p > 0
    return float((p[some] * np.log(p[some] / q[some])).sum())


def main():
    rng = np.random.default_rng(3)
    centres = 2.5 * rng.normal(size=(CLUSTERS, DIMS))
    points = (centres[np.arange(POINTS) % CLUSTERS] + rng.normal(size=(POINTS, DIMS))).astype(np.float32)
    reported, summed = [], []
    for seed in range(5):
        start = "pca" if seed == 0 else "random"
        model = TSNE(perplexity=PERPLEXITY, init=start, learning_rate="auto", random_state=seed).fit(points)
        reported.append(float(model.kl_divergence_))
        summed.append(divergence(points, model.embedding_))
        if seed == 0:
            layout = model.embedding_.astype(np.float32)
    np.save(HERE / "tsne_points.npy", points)
    np.save(HERE / "tsne_layout.npy", layout)
    result = {"scikit_learn": sklearn.__version__, "perplexity": PERPLEXITY, "clusters": CLUSTERS,
              "kl_reported": reported, "kl": summed, "starts": ["pca"] + ["random"] * 4}
    (HERE / "tsne.json").write_text(json.dumps(result, indent=1) + "\n")


main()

#!/usr/bin/env python3
"""Writes dscore.csv: ratios and scores by NumPy, in double precision, straight from the definition.

The features come from an integer hash, so that dscore_golden_test.cpp makes the same ones to the bit.
Run: python3 tests/golden/dscore_golden.py > tests/golden/dscore.csv
"""
import numpy as np

IDENTITIES, DIMS, EXTRA, FLOOR = 14, 24, 5, 0.05
MASK = (1 << 64) - 1


def unit(a, b):
    """splitmix64 of (a, b), as a number in [-0.5, 0.5) with 24 bits: exact in float32."""
    x = (a * 4096 + b + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    x ^= x >> 31
    return (x >> 40) / (1 << 24) - 0.5


def row(base, noise):
    return [np.float32(unit(base, k)) + np.float32(unit(noise, k)) for k in range(DIMS)]


def normalise(m):
    return m / np.linalg.norm(m, axis=-1, keepdims=True)


def unit_rows(rows):
    return normalise(np.array(rows, dtype=np.float32).astype(float))


def main():
    identity = np.array([i for i in range(IDENTITIES) for _ in range(1 + i % 6)])
    parts = ["train", "train", "test", "pool", "train", "out", "test"]
    part = np.array([parts[i % 7] for i in range(IDENTITIES)])
    features = unit_rows([row(int(i), 100 + s) for s, i in enumerate(identity)])
    extra = unit_rows([row(50 + k, 1000 + k) for k in range(EXTRA)])
    print("variant,sample,ratio,score,hardest_identity")
    for metric in ("cosine", "euclidean"):
        for leave_one_out in (False, True):
            for with_extra in (False, True):
                name = f"{metric}{'+loo' if leave_one_out else ''}{'+extra' if with_extra else ''}"
                variant(name, metric, leave_one_out, extra if with_extra else extra[:0], features, identity, part)


def variant(name, metric, leave_one_out, extra, features, identity, part):
    centroid = np.array([normalise(features[identity == i].mean(axis=0)) for i in range(IDENTITIES)])
    ratio, hardest_identity = {}, {}
    for s, i in enumerate(identity):
        if part[i] not in ("train", "test") or np.sum(identity == i) == 1:
            continue
        allowed = ("train", "pool") if part[i] == "train" else ("train", "pool", "test")
        others = [j for j in range(IDENTITIES) if j != i and part[j] in allowed]
        negatives = np.vstack([centroid[others], extra])
        names = others + [-1] * len(extra)
        own = centroid[i]
        if leave_one_out:
            mates = (identity == i) & (np.arange(len(identity)) != s)
            own = normalise(features[mates].mean(axis=0))
        if metric == "cosine":
            products = negatives @ features[s]
            best = int(np.argmax(products))
            ratio[s] = own @ features[s] / max(FLOOR, products[best])
        else:
            distances = np.linalg.norm(negatives - features[s], axis=1)
            best = int(np.argmin(distances))
            ratio[s] = distances[best] / max(FLOOR, np.linalg.norm(own - features[s]))
        hardest_identity[s] = names[best]
    train = np.array([r for s, r in ratio.items() if part[identity[s]] == "train"])
    for s, r in ratio.items():
        score = 1 / (1 + np.exp(-(r - train.mean()) / train.std()))
        print(f"{name},{s},{r:.9g},{score:.9g},{hardest_identity[s]}")


main()

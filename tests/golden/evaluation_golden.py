#!/usr/bin/env python3
"""Writes the reference numbers that the tests of evaluation and aggregation read (evaluation.json, aggregation.json).

Plain NumPy, written from the definitions in docs/evaluation.md and sharing no code with the engine. Run it in
this folder after changing a definition; the outputs are committed.
"""
import json

import numpy as np


class Stream:
    """The generator of stream.h."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return np.float32(self.state >> 8) / np.float32(16777216)

    def bell(self, steps):
        total = self.next()
        for _ in range(3):
            total = np.float32(total + self.next())
        scaled = np.float32(np.float32(total * np.float32(0.25)) * np.float32(steps))
        return np.float32(int(scaled)) / np.float32(steps)


def rates(genuine, impostor):
    """FAR and TAR of `score >= threshold` at every distinct score, thresholds descending, from (0, 0)."""
    values = np.unique(np.concatenate([genuine, impostor]))[::-1]
    far = [(impostor >= v).sum() / len(impostor) for v in values]
    tar = [(genuine >= v).sum() / len(genuine) for v in values]
    return np.array([0.0] + far), np.array([0.0] + tar)


def verification(genuine, impostor):
    far, tar = rates(genuine, impostor)
    wins = (genuine[:, None] > impostor[None, :]).sum() + 0.5 * (genuine[:, None] == impostor[None, :]).sum()
    difference = far - (1 - tar)
    i = int(np.argmax(difference >= 0))
    along = -difference[i - 1] / (difference[i] - difference[i - 1])
    result = {
        "auc": float(wins / (len(genuine) * len(impostor))),
        "eer": float(far[i - 1] + along * (far[i] - far[i - 1])),
        "at_most": [],
        "nearest": [],
    }
    for target in (1e-3, 3e-3, 1e-2, 1e-1):
        result["at_most"].append([target, float(tar[far <= target + 1e-12].max())])
        gap = np.abs(far - target)
        chosen = far[gap <= gap.min() + 1e-12].max()
        result["nearest"].append([target, float(tar[far == chosen].max())])
    return result


def fold_accuracy(scores, genuine, fold):
    accuracies, thresholds = [], []
    for f in range(fold.max() + 1):
        others = fold != f
        values = np.unique(scores[others]).astype(np.float64)
        candidates = np.concatenate([[values[0]], (values[:-1] + values[1:]) / 2, [values[-1] + 1]])[::-1]
        right = [((scores[others] >= t) == genuine[others]).sum() for t in candidates]
        threshold = candidates[int(np.argmax(right))]
        accuracies.append(((scores[~others] >= threshold) == genuine[~others]).mean())
        thresholds.append(threshold)
    return {
        "accuracy": float(np.mean(accuracies)),
        "error": float(np.std(accuracies, ddof=1) / np.sqrt(len(accuracies))),
        "folds": [float(a) for a in accuracies],
        "thresholds": [float(t) for t in thresholds],
    }


def reject_at(impostor, fmr):
    """Scores strictly above it are accepted, and at most a share fmr of the impostors are."""
    allowed = int(np.floor(fmr * len(impostor) + 1e-9))
    return np.sort(impostor)[::-1][allowed]


def pauc(curve, start, to):
    grid = (np.arange(2_000_000) + 0.5) / 2_000_000 * to
    points = np.array(curve)
    value = points[np.searchsorted(points[:, 0], grid, side="right") - 1, 1]
    return float(np.mean(value - np.maximum(0, start - grid)) * to)


def edc(scores, genuine, quality, fmr, to):
    reject = reject_at(scores[~genuine], fmr)
    own, missed = quality[genuine], ~(scores[genuine] > reject)
    fixed = []
    for q in np.unique(own):  # keep quality >= q
        left = own >= q
        fixed.append([float(1 - left.mean()), float(missed[left].mean())])
    order = np.argsort(quality, kind="stable")
    moving = []
    for step in range(20):
        rest = order[step * len(order) // 20:]
        s, g = scores[rest], genuine[rest]
        moving.append([step / 20, float((~(s[g] > reject_at(s[~g], fmr))).mean())])
    return {
        "start": fixed[0][1],
        "fixed": fixed,
        "fixed_pauc": pauc(fixed, fixed[0][1], to),
        "crfiqa": moving,
        "crfiqa_pauc": pauc(moving, fixed[0][1], to),
    }


def mean_ranks(values):
    smaller = (values[None, :] < values[:, None]).sum(1)
    equal = (values[None, :] == values[:, None]).sum(1)
    return smaller + (equal + 1) / 2


def spearman(a, b):
    return float(np.corrcoef(mean_ranks(a), mean_ranks(b))[0, 1])


def evaluation():
    result = {}
    s = Stream(1)
    genuine = np.array([s.bell(400) + np.float32(0.2) for _ in range(1500)], np.float32)
    impostor = np.array([s.bell(400) for _ in range(12000)], np.float32)
    result["verification"] = verification(genuine, impostor)
    s = Stream(2)
    truth = np.array([i % 2 == 0 for i in range(3000)])
    scores = np.array([s.bell(300) + np.float32(0.25 if t else 0) for t in truth], np.float32)
    result["folds"] = fold_accuracy(scores, truth, np.arange(3000) * 10 // 3000)
    s = Stream(3)
    truth = np.array([i % 4 == 0 for i in range(4000)])
    scores, quality = np.zeros(4000, np.float32), np.zeros(4000, np.float32)
    for i in range(4000):
        quality[i] = s.bell(60)
        scores[i] = s.next() * np.float32(0.5) + (quality[i] if truth[i] else np.float32(0))
    result["edc"] = edc(scores, truth, quality, 1e-2, 0.2)
    s = Stream(4)
    a, b = np.zeros(1000, np.float32), np.zeros(1000, np.float32)
    for i in range(1000):
        a[i] = s.bell(50)
        b[i] = s.bell(50) + a[i]
    identity = np.arange(1000) % 37
    result["spearman"] = spearman(a, b)
    result["spearman_within"] = float(np.mean([spearman(a[identity == i], b[identity == i]) for i in range(37)]))
    return result


def unit(x):
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def aggregate(features, scores, media, how):
    f, norm = unit(features), np.linalg.norm(features, axis=1)
    order = np.argsort(-scores, kind="stable")
    if how == "average":
        return unit(f.mean(0))
    if how == "max":
        return unit(f.max(0))
    if how == "top-1":
        return f[order[0]]
    if how == "top-k":
        return unit(f[order[:3]].mean(0))
    if how == "norm-weighted":
        return unit(norm @ f)
    if how == "score-weighted":
        return unit(scores @ f)
    if how == "media-mean-sum":
        return unit(sum(features[media == m].mean(0) for m in np.unique(media)))
    kept = scores > 0.4
    if not kept.any():
        return f[order[0]]
    s = scores[kept]
    spread = s.max() - s.min()
    rescale = how == "ddl on" or (how == "ddl auto" and len(s) >= 4 and spread >= 0.3)
    weights = np.ones(len(s)) if spread == 0 else s - s.min() if rescale else s
    return unit(weights @ f[kept])


def aggregation():
    s = Stream(5)
    dims, groups = 24, []
    for g in range(12):
        n = 1 + g
        features = np.array([[s.next() - np.float32(0.4) for _ in range(dims)] for _ in range(n)], np.float64)
        features *= np.array([1 + s.next() for _ in range(n)])[:, None]
        scores = np.array([s.bell(20) for _ in range(n)], np.float64)
        groups.append((features.astype(np.float32).astype(np.float64), scores, np.arange(n) // 2))
    hows = ["average", "max", "top-1", "top-k", "norm-weighted", "score-weighted", "media-mean-sum", "ddl off",
            "ddl on", "ddl auto"]
    # A few coordinates of each row are enough: rows are of unit length.
    return {how: [[round(float(v), 7) for v in aggregate(*group, how)[:6]] for group in groups] for how in hows}


if __name__ == "__main__":
    for name, result in (("evaluation", evaluation()), ("aggregation", aggregation())):
        with open(name + ".json", "w") as file:
            json.dump(result, file, indent=0)
            file.write("\n")

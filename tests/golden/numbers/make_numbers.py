#!/usr/bin/env python3
"""Writes the files beside this script: features and scores as Python's users keep them (NumPy 2.4, Python 3).

Six images of three people, four numbers each: value(i, j) = (i + 1) / 2 - j / 4; the score of image i is
(i + 1) / 8. All are exact in float16.
"""
import pathlib
import pickle

import numpy as np

here = pathlib.Path(__file__).parent
paths = [f"id{1 + i // 2:02}/{i % 2:03}.jpg" for i in range(6)]
features = np.array([[(i + 1) / 2 - j / 4 for j in range(4)] for i in range(6)], dtype=np.float32)
scores = np.array([(i + 1) / 8 for i in range(6)], dtype=np.float32)

np.save(here / "single.npy", features)
np.save(here / "half.npy", features.astype(np.float16))
np.save(here / "double_fortran.npy", np.asfortranarray(features.astype(np.float64)))
np.save(here / "scores.npy", scores.astype(np.float64))
np.save(here / "swapped.npy", features.astype(">f4"))
arrays = dict(embeddings=features, image_path=np.array(paths), labels=np.arange(6) // 2, norms=scores)
np.savez(here / "one.npz", **arrays)
np.savez_compressed(here / "several.npz", centers=features[:3], **arrays)
np.savez(here / "bytes.npz", emb=features, paths=np.array([p.encode() for p in paths]))
np.savez(here / "objects.npz", emb=features, paths=np.array(paths, dtype=object))


def dump(name, data, protocol):
    with open(here / name, "wb") as file:
        pickle.dump(data, file, protocol)


dump("arrays.pkl", {p: f for p, f in zip(paths, features)}, 4)
dump("arrays_halves_5.pkl", {p: f for p, f in zip(paths, features.astype(np.float16))}, 5)
dump("lists.pkl", {p: f.tolist() for p, f in zip(paths, features)}, 2)
dump("pairs.pkl", [[p, f.tolist()] for p, f in zip(paths, features)], 3)
dump("deepface.pkl", [{"identity": p, "hash": "x", "embedding": f.tolist(), "target_x": 3, "confidence": 0.5}
                      for p, f in zip(paths, features)], 4)
dump("scores.pkl", {p: float(s) for p, s in zip(paths, scores)}, 4)
dump("wide.pkl", {p: [v + 0.5 for v in range(1100)] for p in paths[:2]}, 4)

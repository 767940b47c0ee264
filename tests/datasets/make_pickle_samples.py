"""Writes pickle_samples.h: InsightFace-like verification sets as Python writes them. Run with Python 3 and NumPy.

Two pairs of 2 x 1 grey PNM images, the first pair genuine; pixel values are 1 2, 3 255, 5 6, 7 8.
"""
import os
import pickle

import numpy as np

IMAGES = [b"P5 2 1 255\n" + bytes(pixels) for pixels in ((1, 2), (3, 255), (5, 6), (7, 8))]
ISSAME = [True, False]


class Attack:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


class Subtle:
    def __reduce__(self):
        return eval, ("1+1",)


def short(image):
    return b"U" + bytes([len(image)]) + image


SAMPLES = {
    # Python 2 wrote str as SHORT_BINSTRING (U): by hand, since Python 3 no longer does.
    "kPython2": b"\x80\x02]q\x00(" + b"".join(short(i) + b"q" + bytes([n + 1]) for n, i in enumerate(IMAGES))
    + b"e]q\x05(\x88\x89e\x86q\x06.",
    # the same in protocol 1: no PROTO, tuples with a mark, booleans as I01
    "kProtocol1": b"(](" + b"".join(short(i) for i in IMAGES) + b"e](I01\nI00\netp0\n" + b"0" + b"g0\n.",
    "kProtocol2": pickle.dumps((IMAGES, ISSAME), protocol=2),
    "kProtocol4": pickle.dumps((IMAGES, ISSAME), protocol=4),
    "kProtocol5": pickle.dumps((IMAGES, ISSAME), protocol=5),
    "kArrays2": pickle.dumps(([np.frombuffer(i, np.uint8).copy() for i in IMAGES], ISSAME), protocol=2),
    "kArrays4": pickle.dumps(([np.frombuffer(i, np.uint8).copy() for i in IMAGES], np.array(ISSAME)), protocol=4),
    "kArrays5": pickle.dumps(([np.frombuffer(i, np.uint8).copy() for i in IMAGES], ISSAME), protocol=5),
    "kFloats": pickle.dumps(([np.zeros(3, np.float32)] * 4, ISSAME), protocol=4),
    "kProtocol0": pickle.dumps((IMAGES, ISSAME), protocol=0),
    "kAttack4": pickle.dumps((IMAGES, [Attack(), False]), protocol=4),
    "kAttack2": pickle.dumps((IMAGES, [Attack(), False]), protocol=2),
    "kAttack0": pickle.dumps(Attack(), protocol=0),
    "kSubtle": pickle.dumps(([Subtle()] + IMAGES[1:], ISSAME), protocol=4),
    "kOddCount": pickle.dumps((IMAGES[:3], ISSAME), protocol=4),
    "kDictionary": pickle.dumps({"bins": IMAGES}, protocol=4),
    "kNumber": pickle.dumps(7, protocol=4),
}

if __name__ == "__main__":
    lines = ["// Made by make_pickle_samples.py.", "#pragma once", "", "#include <string>", "",
             "namespace discern::datasets::samples {", "", "// clang-format off"]
    for name, data in SAMPLES.items():
        lines.append(f"inline const std::string {name}(")
        for at in range(0, len(data), 24):
            lines.append('    "' + "".join(f"\\x{byte:02x}" for byte in data[at:at + 24]) + '"')
        lines[-1] += f", {len(data)});"
    lines += ["// clang-format on", "", "}  // namespace discern::datasets::samples", ""]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pickle_samples.h"), "w") as out:
        out.write("\n".join(lines))

// The image a student sees: the stored face, moved as if its landmarks had been found a little differently,
// area-scaled down to the student's size. Knows no LibTorch.
#pragma once

#include <cstdint>

#include "core/data/image_ref.h"

namespace discern::training {

// A similarity of the aligned crop about the centre of the five landmarks.
struct Similarity {
  double scale = 1;       // above 1: the face becomes larger
  double angle = 0;       // radians, clockwise in the image
  double dx = 0, dy = 0;  // shift, in shares of the crop's side
};

// Variant `variant` of face `face`: the similarity that a least-squares fit finds when each coordinate of
// each of the five template landmarks moves by a normal error of deviation `strength` (a share of the crop's
// side), to first order: shift strength / sqrt(5), scale and angle strength / 0.464 (the root of the
// landmarks' summed squared distances to their centre), each cut at 2.5 deviations.
Similarity perturbation(std::uint64_t seed, std::int64_t face, int variant, double strength);

// The same for a face whose own landmarks are known: `own`, in pixels of the aligned crop of 112 x 112, each
// coordinate of which moves by such an error; what comes back is the exact least-squares fit of the moved
// points to the template. Landmarks of a strength of 0 change nothing.
Similarity perturbation(std::uint64_t seed, std::int64_t face, int variant, double strength,
                        const data::Landmarks& own);

// Pixels a side to store faces at, so that a student of `size` px can be drawn from them: a few times its
// size, never below 112 px for the larger ones.
int storedSize(int size);

// planes: R, G, B of stored x stored bytes. out: three planes of size x size. Warped at a whole multiple of
// `size` of about the stored resolution (edge pixels repeated), then averaged, so that nothing aliases.
void drawFace(int stored, const std::uint8_t* planes, const Similarity& similarity, bool mirrored, int size,
              std::uint8_t* out);

}  // namespace discern::training

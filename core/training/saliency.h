// Where in an image a score network looks: two maps of one image, in units of its score.
#pragma once

#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/networks/network.h"

namespace discern::training {

// How many patches of `patch` pixels a side, `stride` pixels apart, cover a side of `length`: the last one
// ends where the side does.
int patchesAlong(int length, int patch, int stride);

// Occlusion: a grey patch (127.5, which is 0 after normalising) hides one place after another. Pixel p is
// the mean, over the patches P that cover it, of score(x) - score(x with P hidden): positive where the
// network loses score by what is hidden. image: 1 x 3 x H x W as Network takes it; returns H x W. Advances
// the progress by a patch each, `batch` of them at a time. Throws Cancelled, and Error for a patch that is
// larger than the image or a stride that leaves gaps.
data::Matrix occlusionMap(networks::Network& network, const torch::Tensor& image, int patch, int stride,
                          int batch, Progress& progress);

// Gradient: the sum over the channels of |d score / d pixel|, per grey level of a pixel (0 to 255), smoothed
// by a Gaussian of `sigma` pixels (0: not at all). image as above; returns H x W.
data::Matrix gradientMap(networks::Network& network, const torch::Tensor& image, double sigma);

}  // namespace discern::training

// Groups put into classes, as action recognition does with videos: by the nearest centroid of the clips that
// were trained on, or by a trained classifier's own layer.
#pragma once

#include <span>

#include "core/data/matrix.h"

namespace discern::evaluation {

// Scores, a row a feature and a column a class; the highest is the class. The cosine with each centroid; a
// zero one, of a class that nothing was seen of, is never nearest. Throws Error: different lengths.
data::Matrix centroidScores(data::MatrixView features, data::MatrixView centroids);
// weight . feature + bias; bias may be empty. cosines: of directions, as heads with a margin compare them.
// Throws Error: lengths that do not fit.
data::Matrix layerScores(data::MatrixView features, data::MatrixView weight, std::span<const float> bias,
                         bool cosines);

// Shares of rows; NaN without any.
struct ClassAccuracy {
  double top1 = 0, top5 = 0;  // the true class is the highest, among the five highest (or all, of fewer)
  double mean = 0;            // of the two, as Kinetics is told
  double perClass = 0;        // the mean of each class's own top1, over those with a row
};
// Ties never help (topKError of identification.h). Throws Error as that.
ClassAccuracy classAccuracy(data::MatrixView scores, std::span<const int> labels);

}  // namespace discern::evaluation

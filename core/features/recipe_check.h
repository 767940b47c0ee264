// Whether the pixels reach the model as it was trained: a wrong channel order or scale gives features that
// look fine and recognise worse.
#pragma once

#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/features/base_model.h"

namespace discern::features {

// How well features tell identities apart: each face against the centroid of its identity's other faces (own)
// and against the other identities' centroids (impostor).
struct Separation {
  double own = 0, impostor = 0;  // mean cosines
  double deviation = 0;          // of both, pooled; at least 0.001
  std::vector<double> gap;       // a usable face each: own minus mean impostor cosine
  double value() const { return deviation > 0 ? (own - impostor) / deviation : 0; }
};
Separation separation(data::MatrixView features, std::span<const int> identity);

struct RecipeVerdict {
  bool checked = true;  // there were faces enough
  bool suspicious = false;
  std::string sentence;  // for a person; says what was compared also when nothing looks wrong
  Recipe better;         // the best alternative; the given recipe when none was clearly better
  Separation given, best;
  int faces = 0, identities = 0;  // used
};

struct RecipeCheckOptions {
  int faces = 120;  // at most, taken evenly from the identities
  // An alternative is named when it separates better by this share and by more than three standard errors of
  // the face-by-face difference. Measured: a swapped channel order costs a good recogniser only 5 to 7 %.
  double margin = 0.03;
};

// Extracts a sample under the model's recipe, with the channels swapped, and with the other usual scalings:
// about eight passes. identity: one label a face, -1 is left out. Needs two identities with two faces each,
// else it says so in the sentence and nothing is suspicious.
RecipeVerdict checkRecipe(BaseModel& model, const std::vector<cv::Mat>& faces, std::span<const int> identity,
                          const RecipeCheckOptions& options = {});

}  // namespace discern::features

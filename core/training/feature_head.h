// The D-score told from the base model's feature by one linear map: D + 2 numbers beside a model that has run
// anyway, for an image whose identity nobody knows.
//
// The feature's direction says what kind of face it is (profiles, covered and blurred ones lie apart), its
// length how sure the model is; the standardised ratio (the score's logit) is nearly linear in both.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"

namespace discern::training {

struct FeatureHead {
  std::vector<double> weight;  // D: of the feature as the model gives it
  double normWeight = 0, bias = 0;
  std::string model;  // what made the features it was fitted on (features::hashOfModel as text)
  std::string recipe;
};

struct FeatureHeadFit {
  FeatureHead head;
  std::int64_t images = 0;
  double ridge = 0;  // the one with the smallest error on identities it was not fitted on
  // Of every image's score by a head that was not fitted on its identity, with the true one: mean within
  // identities, of all images and of the clean ones.
  double spearman = 0, spearmanClean = 0;  // NaN: no identity has enough
};

struct FeatureHeadData {
  data::MatrixView features;  // N x D
  std::vector<float> target;  // N, D-scores in (0, 1); NaN: not used
  std::vector<int> identity;
  std::vector<unsigned char> clean;  // as DdnetData
};

// Ridge regression of the target's logit, the ridge chosen by four-fold cross-validation over identities.
// Rows that are not finite are left out. Throws Error (fewer than two identities, no spread), Cancelled.
FeatureHeadFit fitFeatureHead(const FeatureHeadData& data, std::uint64_t seed, Progress& progress);

// Scores in (0, 1), NaN for rows that are not finite. Throws Error when the lengths differ.
std::vector<float> applyFeatureHead(const FeatureHead& head, data::MatrixView features);

nlohmann::json toJson(const FeatureHead& head);
// JSON, written atomically. Throws Error naming the file and what is wrong in it.
void saveFeatureHead(const std::filesystem::path& file, const FeatureHead& head,
                     const std::string& optionsJson);
FeatureHead loadFeatureHead(const std::filesystem::path& file);

}  // namespace discern::training

// Networks of a project as ONNX files that say themselves how they are fed.
#pragma once

#include <filesystem>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/data/matrix.h"
#include "core/features/recipe.h"

namespace discern::features {

// What such a file says in its metadata_props: discern.kind, discern.recipe (JSON), discern.output.
struct ExportedModel {
  std::string kind;              // ddnet, head, base or student
  std::string meaning;           // of the output, a sentence
  std::optional<Recipe> recipe;  // none: the input is no picture (a head's is a feature)
};
// Nothing: another file. Throws Error: a recipe that cannot be one.
std::optional<ExportedModel> readExported(const std::string& file);

struct OnnxExport {
  ExportedModel model;
  std::int64_t bytes = 0, dims = 0;  // dims: numbers an input gives
  int compared = 0;                  // inputs
  // The largest difference from the network's own numbers, as a share of the row's largest number or of 1,
  // whichever is more: of our reader of ONNX files, and of OpenCV.
  double ofReader = 0, ofOpenCv = 0;
};
inline constexpr double kExportAgreement = 1e-5;

// Writes a network's checkpoint as `file`: input N x 3 x height x width. layer: of a student identity (also
// empty) or mimic. faces: 8-bit BGR of any size, at least one; they are resized, go through the network, our
// reader and OpenCV's DNN module, and only where all say the same to kExportAgreement the file is kept.
// Throws Error: they differ, an operator that ONNX files are not written with, no network.
OnnxExport exportNetwork(const std::filesystem::path& checkpoint, const std::string& layer,
                         const std::vector<cv::Mat>& faces, const std::filesystem::path& file);

// The same of a linear head: sigmoid(bias + weight . f + normWeight |f|) of N x D features as the model
// gives them. samples: some of them; scores: what the head says of each.
struct LinearHead {
  std::vector<double> weight;
  double normWeight = 0, bias = 0;
};
OnnxExport exportHead(const LinearHead& head, data::MatrixView samples, const std::vector<float>& scores,
                      const std::filesystem::path& file);

}  // namespace discern::features

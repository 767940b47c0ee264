#include "core/pipeline/export_model.h"

#include <algorithm>
#include <filesystem>

#include "core/base/field_error.h"
#include "core/data/no_picture.h"
#include "core/features/export_onnx.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/training_set.h"
#include "core/training/feature_head.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
constexpr int kCompared = 16;  // images or features

// The first that can be read, spread over the project.
std::vector<cv::Mat> someFaces(const project::Project& project) {
  const auto& kind = kindOf(project);
  const auto samples = project.samples();
  const std::size_t step = std::max<std::size_t>(1, samples.size() / (4 * kCompared));
  std::vector<cv::Mat> faces;
  for (std::size_t i = 0; i < samples.size() && faces.size() < kCompared; i += step) {
    if (samples[i].removed() || !samples[i].problem.empty() || !data::hasPicture(samples[i].image)) continue;
    try {
      faces.push_back(imaging::loadSample(kind, samples[i].image, kind.shape));
    } catch (const Error&) {  // another one will do
    }
  }
  return faces;
}

features::OnnxExport exportHeadOf(const project::Project& project, const std::string& network,
                                  const fs::path& file, const fs::path& out) {
  const auto head = training::loadFeatureHead(file);
  const auto table = storedFeatures(project, featuresFor(project, head, network));
  const auto view = table.view();
  data::Matrix some(0, view.cols);
  for (std::int64_t i = 0; i < view.rows && some.rows < kCompared; ++i) {
    if (!data::isFinite(view.row(i))) continue;
    some.values.insert(some.values.end(), view.row(i).begin(), view.row(i).end());
    ++some.rows;
  }
  if (some.rows == 0) fail("no feature to compare the exported file by; extract features first");
  return features::exportHead({head.weight, head.normWeight, head.bias}, some.view(),
                              training::applyFeatureHead(head, some.view()), out);
}

}  // namespace

ExportModelResult exportModel(const project::Project& project, const ExportModelOptions& options,
                              Progress& progress) {
  const auto row = project.model(options.network);
  if (!row && !fs::is_regular_file(options.network))
    failField("network", options.network, "is neither a network of this project nor a file; train one first");
  const fs::path file = row ? row->file : fs::path(options.network);
  fs::path out = options.out;
  if (out.extension() != ".onnx") out += ".onnx";
  if (fs::is_directory(out)) failField("out", options.out, "is a folder, a file was expected");
  progress.start("exporting", 1);
  const bool isHead = file.extension() == ".json";
  if (isHead && !options.layer.empty())
    failField("layer", options.layer, "a head has one output; leave it out");
  const auto exported = isHead ? exportHeadOf(project, options.network, file, out)
                               : features::exportNetwork(file, options.layer, someFaces(project), out);
  progress.finish();
  ExportModelResult result;
  result.file = out.string();
  result.kind = exported.model.kind;
  result.meaning = exported.model.meaning;
  if (exported.model.recipe) result.recipe = toJson(*exported.model.recipe);
  result.bytes = exported.bytes;
  result.dims = exported.dims;
  result.compared = exported.compared;
  result.ofReader = exported.ofReader;
  result.ofOpenCv = exported.ofOpenCv;
  return result;
}

}  // namespace discern::pipeline

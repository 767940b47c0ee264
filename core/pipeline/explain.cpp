#include "core/pipeline/explain.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/analysis/marking.h"
#include "core/base/described.h"
#include "core/base/files.h"
#include "core/base/json_text.h"
#include "core/base/leftovers.h"
#include "core/data/no_picture.h"
#include "core/data/npy.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/sample_source.h"
#include "core/training/explain.h"
#include "core/training/trained_ddnet.h"

namespace discern::pipeline {
namespace fs = std::filesystem;
using results::SaliencyMap;

namespace {

constexpr int kPicture = 224;  // pixels across

// Of another network of that name, or unfinished.
void removeOld(const fs::path& folder, const std::string& network) {
  if (!fs::exists(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    try {
      if (fromJsonText<results::Explained>(readFile(entry.path()), entry.path().string()).network == network)
        continue;
    } catch (const Error&) {  // whatever it is, it says nothing of this network
    }
    fs::remove_all(folder);
    return;
  }
}

// The map over the image: what is 0 leaves it as it is, the largest value is as the colour map has it.
cv::Mat overlay(const cv::Mat& image, const data::Matrix& map) {
  float most = 0;
  for (const float value : map.values) most = std::max(most, value);
  cv::Mat part(static_cast<int>(map.rows), static_cast<int>(map.cols), CV_32F);
  for (int y = 0; y < part.rows; ++y)
    for (int x = 0; x < part.cols; ++x)
      part.at<float>(y, x) = most > 0 ? std::max(0.0F, map.row(y)[static_cast<std::size_t>(x)]) / most : 0;
  cv::resize(part, part, image.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat levels, coloured, result = image.clone();
  part.convertTo(levels, CV_8U, 255);
  cv::applyColorMap(levels, coloured, cv::COLORMAP_VIRIDIS);
  for (int y = 0; y < result.rows; ++y)
    for (int x = 0; x < result.cols; ++x) {
      const float share = 0.75F * part.at<float>(y, x);
      auto& pixel = result.at<cv::Vec3b>(y, x);
      const auto& colour = coloured.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c)
        pixel[c] = cv::saturate_cast<unsigned char>((1 - share) * static_cast<float>(pixel[c]) +
                                                    share * static_cast<float>(colour[c]));
    }
  return result;
}

}  // namespace

ExplainResult explain(project::Project& project, const ExplainOptions& options, Progress& progress) {
  jobs::explainFields().check(options);
  const auto row = project.model(options.ddnet);
  if (!row) failField("network", options.ddnet, "is no network of this project; train a DDNet");
  if (row->kind != "ddnet") failField("network", options.ddnet, "is a {}; a DDNet was expected", row->kind);
  const auto all = project.samples();
  std::vector<int> ids;
  std::vector<data::ImageRef> images;
  for (const int id : analysis::samplesOf(project, options.image, "image")) {
    const auto& sample = all[static_cast<std::size_t>(id)];
    if (!sample.problem.empty()) failField("image", std::to_string(id), "cannot be used: {}", sample.problem);
    if (!data::hasPicture(sample.image))
      failField("image", std::to_string(id), "has no picture; a DDNet looks at pixels");
    ids.push_back(id);
    images.push_back(sample.image);
  }
  const auto root = project.folder();
  const std::string network = results::hexadecimal(hashOfFile(row->file));
  ExplainResult result;
  result.ddnet = options.ddnet;
  result.folder = "explained/" + options.ddnet;
  removeOld(root / result.folder, network);
  fs::create_directories(root / result.folder);
  removeLeftovers(root / result.folder);  // of a call that was killed
  if (!options.out.empty()) fs::create_directories(options.out);
  const auto& kind = kindOf(project);
  const auto source = sourceOf(kind, images, training::TrainedDdnet(row->file).shape(), root.string());
  training::explainDdnet(
      row->file, source, {options.patch, options.stride, options.batch}, options.device,
      [&](std::int64_t i, const training::ExplainedFace& face) {
        const auto at = static_cast<std::size_t>(i);
        result.patch = face.patch;
        result.stride = face.stride;
        const auto json = results::explainedFile(root, options.ddnet, ids[at]);
        fs::remove(json);  // while its maps are written they are nobody's
        cv::Mat picture;
        if (!options.out.empty()) picture = imaging::loadPicture(kind, images[at], kPicture, root);
        for (const auto map : {SaliencyMap::Occlusion, SaliencyMap::Gradient}) {
          const auto& values = map == SaliencyMap::Occlusion ? face.occlusion : face.gradient;
          const auto file = results::explainedMap(root, options.ddnet, ids[at], map);
          data::saveNpy(file, values.view());
          if (!options.out.empty())
            writeFileAtomically(fs::path(options.out) / file.filename().replace_extension(".png"),
                                imaging::encodePng(overlay(picture, values)));
        }
        const results::Explained told{network,
                                      results::hexadecimal(data::hashOf({&images[at], 1}, root.string())),
                                      face.score, face.patch, face.stride};
        writeFileAtomically(json, textOf(toJson(told)));
        ++result.images;
      },
      progress);
  result.failed = std::ssize(ids) - result.images;
  return result;
}

}  // namespace discern::pipeline

// A data set format, an aggregation and a kind of samples as somebody else would add them; both programs
// register these.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "core/aggregation/methods.h"
#include "core/base/error.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "core/selection/methods.h"
#include "datasets/registry.h"

namespace discern::toys {

// toy.txt: an identity and an image a line.
inline data::Dataset loadList(const std::filesystem::path& file, const datasets::LoadOptions& options) {
  data::Dataset dataset;
  std::map<std::string, int> known;
  std::ifstream in(file);
  for (std::string name, image; in >> name >> image;) {
    if (const auto prefix = options.extra.find("prefix"); prefix != options.extra.end())
      name = prefix->second + name;
    const auto [at, fresh] = known.emplace(name, static_cast<int>(known.size()));
    if (fresh) dataset.identities.push_back(name);
    data::Sample sample;
    sample.image.file = (file.parent_path() / image).string();
    sample.identity = at->second;
    dataset.samples.push_back(sample);
  }
  return dataset;
}
inline data::Dataset loadToy(const std::filesystem::path& path, const datasets::LoadOptions& options,
                             Progress&) {
  return loadList(path / "toy.txt", options);
}

inline datasets::Format format() {
  return {
      .name = "toy-format",
      .title = "a toy",
      .help = "a folder with toy.txt, an identity and an image a line",
      .example = "SET/toy.txt\nSET/1.png",
      .matches = [](const std::filesystem::path& path) { return std::filesystem::exists(path / "toy.txt"); },
      .load = loadToy,
      .options = {{"prefix", "TEXT", "goes before every name"}}};
}

// The last face first.
inline selection::MethodInfo lastFirst() {
  return {.name = "toy-order",
          .help = "the last face first",
          .find = [](const selection::MethodInput& in, Progress&) {
            auto order = selection::takingPart(in.graph);
            std::ranges::reverse(order);
            return selection::pathOfOrder(order, in.graph.features.rows);
          }};
}

// The group's last sample alone.
inline aggregation::MethodInfo lastOne() {
  return {.name = "toy-last",
          .help = "the last sample alone",
          .weights =
              [](const aggregation::Group& group, const aggregation::Options&) {
                std::vector<double> weights(group.size, 0.0);
                weights.back() = 1;
                return weights;
              },
          .kept = [](std::int64_t, std::span<const float>, const aggregation::Options&) -> std::int64_t {
            return 1;
          }};
}

// Clips of four upright frames: a file has them side by side.
inline constexpr data::Shape kClip{24, 12, 4};
inline cv::Mat loadClip(const data::ImageRef& clip, const data::Shape& shape,
                        const std::filesystem::path& root) {
  if (shape.frames != kClip.frames) fail("a toy clip has {} frames, not {}", kClip.frames, shape.frames);
  const cv::Mat strip = imaging::loadImage(clip, root);
  const int width = strip.cols / shape.frames;
  cv::Mat sample(shape.rows(), shape.width, CV_8UC3);
  for (int f = 0; f < shape.frames; ++f)
    cv::resize(strip.colRange(f * width, (f + 1) * width),
               sample.rowRange(f * shape.height, (f + 1) * shape.height), {shape.width, shape.height});
  return sample;
}
inline data::GroupKind clipKind() {
  return {.name = "toy-clip",
          .help = "clips of four upright frames",
          .sample = {"clip", "clips"},
          .subject = {"action", "actions"},
          .group = {"video", "videos"},
          .identity = {"class", "classes"},
          .shape = kClip,
          .load = loadClip,
          .stored = [](const data::ImageRef& clip, const std::filesystem::path& root) {
            return imaging::loadImage(clip, root);
          }};
}
inline datasets::Format clipFormat() {
  datasets::Format clips = format();
  clips.name = "toy-clips";
  clips.help = "a folder with clips.txt, a class and a strip of four frames a line";
  clips.matches = [](const std::filesystem::path& path) {
    return std::filesystem::exists(path / "clips.txt");
  };
  clips.load = [](const std::filesystem::path& path, const datasets::LoadOptions& options, Progress&) {
    return loadList(path / "clips.txt", options);
  };
  clips.kind = "toy-clip";
  return clips;
}

// How bright frame f of a clip of class k is: the same four frames in every class, in another order, so that
// only who keeps the frames apart and in order tells the classes.
inline int brightness(int k, int f) { return 40 + 50 * ((f + k) % kClip.frames); }
// clips.txt and `each` clips of four classes.
inline void writeClips(const std::filesystem::path& folder, int each) {
  std::filesystem::create_directories(folder);
  std::ofstream list(folder / "clips.txt");
  for (int k = 0; k < kClip.frames; ++k)
    for (int i = 0; i < each; ++i) {
      cv::Mat strip(kClip.height, kClip.width * kClip.frames, CV_8UC3);
      for (int f = 0; f < kClip.frames; ++f)
        strip.colRange(f * kClip.width, (f + 1) * kClip.width)
            .setTo(cv::Scalar(brightness(k, f), brightness(k, f) + i, brightness(k, f)));
      const std::string name = std::to_string(k) + "-" + std::to_string(i) + ".png";
      cv::imwrite((folder / name).string(), strip);
      list << "class" << k << " " << name << "\n";
    }
}

}  // namespace discern::toys

// A data set format and an aggregation as somebody else would add them; both programs register these.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "core/aggregation/methods.h"
#include "datasets/registry.h"

namespace discern::toys {

// toy.txt: an identity and an image a line.
inline data::Dataset loadToy(const std::filesystem::path& path, const datasets::LoadOptions& options,
                             Progress&) {
  data::Dataset dataset;
  std::map<std::string, int> known;
  std::ifstream in(path / "toy.txt");
  for (std::string name, image; in >> name >> image;) {
    if (const auto prefix = options.extra.find("prefix"); prefix != options.extra.end())
      name = prefix->second + name;
    const auto [at, fresh] = known.emplace(name, static_cast<int>(known.size()));
    if (fresh) dataset.identities.push_back(name);
    data::Sample sample;
    sample.image.file = (path / image).string();
    sample.identity = at->second;
    dataset.samples.push_back(sample);
  }
  return dataset;
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

}  // namespace discern::toys

// What explain leaves: with its run, and beside each pair of maps, explained/NETWORK/SAMPLE-occlusion.npy and
// SAMPLE-gradient.npy of the project (float32, height x width of the network's input).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace discern::results {

struct ExplainResult {
  static constexpr const char* kJob = "explain";
  std::string ddnet, folder;  // of the project, where the maps are
  std::int64_t images = 0, failed = 0;
  int patch = 0, stride = 0;  // pixels of the network's input
};

// explained/NETWORK/SAMPLE.json, which is written last.
struct Explained {
  std::string network;  // hash of its file, in hexadecimal
  std::string image;    // hash of what the sample is (data::hashOf), in hexadecimal
  double score = 0;     // that the network predicts
  int patch = 0, stride = 0;
};

enum class SaliencyMap { Occlusion, Gradient };
std::filesystem::path explainedFile(const std::filesystem::path& project, const std::string& network,
                                    int sample);  // the JSON
std::filesystem::path explainedMap(const std::filesystem::path& project, const std::string& network,
                                   int sample, SaliencyMap map);
std::string hexadecimal(std::uint64_t hash);
// None where there is none, it cannot be read, or network or image are others by now.
std::optional<Explained> readExplained(const std::filesystem::path& project, const std::string& network,
                                       int sample, std::uint64_t networkHash, std::uint64_t imageHash);

template <class V>
void describe(V& v, ExplainResult& r) {
  v("ddnet", r.ddnet);
  v("folder", r.folder);
  v("images", r.images);
  v("failed", r.failed);
  v("patch", r.patch);
  v("stride", r.stride);
}
template <class V>
void describe(V& v, Explained& r) {
  v("network", r.network);
  v("image", r.image);
  v("score", r.score);
  v("patch", r.patch);
  v("stride", r.stride);
}

}  // namespace discern::results

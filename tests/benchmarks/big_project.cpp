#include "tests/benchmarks/big_project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/data/npy.h"
#include "core/project/project.h"

namespace discern::benchmarks {
namespace {

constexpr int kPictures = 64, kSide = 80, kDims = 64;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Places {
  std::vector<std::int64_t> offset, length;
};

std::vector<unsigned char> picture(int which) {
  cv::Mat image(kSide, kSide, CV_8UC3, cv::Scalar(which * 37 % 200, which * 59 % 200, which * 83 % 200));
  cv::ellipse(image, {kSide / 2, kSide / 2 - 2}, {24 + which % 5, 32}, 0, 0, 360, {150, 190, 230}, -1);
  cv::circle(image, {kSide / 2 - 9, kSide / 2 - 8}, 3, {40, 40, 40}, -1);
  cv::circle(image, {kSide / 2 + 9, kSide / 2 - 8}, 3, {40, 40, 40}, -1);
  std::vector<unsigned char> bytes;
  cv::imencode(".jpg", image, bytes, {cv::IMWRITE_JPEG_QUALITY, 70});
  return bytes;
}

Places writePictures(const std::string& file, int images) {
  std::array<std::vector<unsigned char>, kPictures> pictures;
  for (int i = 0; i < kPictures; ++i) pictures[static_cast<std::size_t>(i)] = picture(i);
  std::ofstream out(file, std::ios::binary);
  Places places;
  std::int64_t at = 0;
  for (int s = 0; s < images; ++s) {
    const auto& bytes = pictures[static_cast<std::size_t>(s * 7 % kPictures)];
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    places.offset.push_back(at);
    places.length.push_back(static_cast<std::int64_t>(bytes.size()));
    at += places.length.back();
  }
  out.flush();
  if (!out) fail("{}: cannot be written; is the disk full?", file);
  return places;
}

class Maker {
 public:
  Maker(const std::string& folder, const BigOptions& options)
      : o_(options), project_(project::Project::create(folder)), file_(folder + "/images/faces.bin") {}

  void make() {
    addSamples();
    addFeatures();
    addScores("dscore", 9, 0.15);
    addScores("ddnet", 10, 0.3);
    addProtocol("few", o_.fewTemplates);
    addProtocol("many", o_.templates);
    addSelection();
    addMap();
    project_.putSetting("selected_score", "dscore");
  }

 private:
  int identityOf(int sample) const {
    return static_cast<int>(std::int64_t{sample} * o_.identities / o_.images);
  }
  int firstOf(int identity) const {
    return static_cast<int>((std::int64_t{identity} * o_.images + o_.identities - 1) / o_.identities);
  }
  bool isTrain(int sample) const { return identityOf(sample) < o_.identities / 2; }
  // The worst of an identity's images are nearest to one.
  double badness(int sample) const {
    Rng rng(mixSeed(8, static_cast<std::uint64_t>(sample)));
    const double u = rng.uniform(0, 1);
    return u * u;
  }

  void addSamples() {
    const Places places = writePictures(file_, o_.images);
    for (const bool train : {true, false}) {
      data::Dataset set;
      set.name = train ? "people" : "strangers";
      set.format = "folder";
      const int half = o_.identities / 2, from = train ? 0 : half, to = train ? half : o_.identities;
      for (int i = from; i < to; ++i) set.identities.push_back(fmt::format("person {:05}", i));
      for (int s = firstOf(from); s < firstOf(to); ++s) {
        data::Sample sample;
        sample.identity = identityOf(s) - from;
        sample.image.file = file_;
        sample.image.offset = places.offset[static_cast<std::size_t>(s)];
        sample.image.length = places.length[static_cast<std::size_t>(s)];
        set.samples.push_back(std::move(sample));
      }
      project_.addDataset(set, train ? project::Role::Train : project::Role::Test);
    }
  }

  void addFeatures() {
    data::Matrix features(o_.images, kDims);
    for (int s = 0; s < o_.images; ++s) {
      Rng direction(mixSeed(7, static_cast<std::uint64_t>(identityOf(s))));
      Rng own(mixSeed(6, static_cast<std::uint64_t>(s)));
      const double noise = 0.6 + 4 * badness(s);
      for (float& value : features.row(s))
        value = static_cast<float>(direction.normal() + noise * own.normal());
    }
    project_.putFeatureTable(
        {"base", "base", R"({"name":"insightface"})", kDims, 4e8, 10, "2024-01-01T00:00:00Z"});
    data::saveNpy(project_.featureFile("base"), features.view());
  }

  void addScores(const char* name, std::uint64_t seed, double noise) {
    data::ScoreTable table;
    table.name = table.method = name;
    table.featureTable = "base";
    table.resize(static_cast<std::size_t>(o_.images));
    for (int s = 0; s < o_.images; ++s) {
      Rng rng(mixSeed(seed, static_cast<std::uint64_t>(s)));
      const auto i = static_cast<std::size_t>(s);
      table.score[i] =
          static_cast<float>(std::clamp(0.9 - 0.8 * badness(s) + noise * rng.normal() / 3, 0.001, 0.999));
      table.ratio[i] = 4 * table.score[i];
      table.own[i] = table.score[i];
      table.hardest[i] = 0.25F;
      table.hardestIdentity[i] = (identityOf(s) + 1) % o_.identities;
      table.status[i] = data::ScoreStatus::Scored;
    }
    project_.putScores(table);
  }

  void addProtocol(const char* name, int templates) {
    data::Protocol protocol;
    protocol.name = name;
    const int half = o_.identities / 2;
    templates = std::min(templates, 2 * (o_.identities - half));
    for (int t = 0; t < templates; ++t) {
      const int identity = half + t / 2, first = firstOf(identity), count = firstOf(identity + 1) - first;
      data::Template group{fmt::format("{:05}-{}", identity, t % 2), identity, {}};
      for (int k = t % 2; k < count; k += 2) group.samples.push_back(first + k);
      protocol.templates.push_back(std::move(group));
    }
    Rng rng(mixSeed(11, name));
    for (int t = 0; t + 1 < templates; t += 2) {
      protocol.pairs.push_back({t, t + 1, true, -1});
      for (int k = 0; k < 5; ++k) {
        const int other = static_cast<int>(rng.uniform(0, templates));
        if (other / 2 != t / 2) protocol.pairs.push_back({t + k % 2, other, false, -1});
      }
    }
    project_.putProtocol(protocol);
  }

  double enters(int sample) const {
    if (!isTrain(sample)) return kNan;
    const double bad = badness(sample);
    return bad > 0.9 ? std::numeric_limits<double>::infinity() : 0.5 * std::exp(6 * bad);
  }

  void addSelection() {
    project::SelectionRow row;
    row.name = "selection";
    row.features = "base";
    row.centers = o_.identities / 2 - 1;
    row.options = "{}";
    for (int s = 0; s < o_.images; ++s) {
      row.enters.push_back(enters(s));
      row.others.push_back(isTrain(s) ? 1.5F : static_cast<float>(kNan));
    }
    project_.putSelection(row);
  }

  void addMap() {
    project::MapRow row;
    row.name = "tsne";
    row.features = "base";
    row.kl = 1.25;
    row.points = data::Matrix(o_.images, 2, std::numeric_limits<float>::quiet_NaN());
    const int train = firstOf(o_.identities / 2), every = std::max(1, train / std::max(1, o_.onMap));
    const int across = static_cast<int>(std::ceil(std::sqrt(o_.identities / 2.0)));
    int shown = 0;
    for (int s = 0; s < train; s += every, ++shown) {
      Rng rng(mixSeed(22, static_cast<std::uint64_t>(s)));
      const int identity = identityOf(s);
      const double away = 0.1 + 0.4 * badness(s);
      row.points.row(s)[0] = static_cast<float>(identity % across + away * rng.normal());
      row.points.row(s)[1] = static_cast<float>(identity / across + away * rng.normal());
    }
    row.options = fmt::format(R"({{"faces":{},"of":{},"iteration":1000,"iterations":1000}})", shown, train);
    project_.putMap(row);
  }

  BigOptions o_;
  project::Project project_;
  std::string file_;
};

}  // namespace

void makeBigProject(const std::string& folder, const BigOptions& options) { Maker(folder, options).make(); }

}  // namespace discern::benchmarks

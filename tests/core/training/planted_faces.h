// Synthetic faces with a planted truth, made on demand from their index.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/training/train_base.h"
#include "core/training/train_ddnet.h"

namespace discern::training {

// A square of a colour of its identity at a place of its own, on noise, blurred by 0 .. 4 px.
inline cv::Mat squareFace(int identity, std::int64_t face, double blur, int size) {
  Rng rng(mixSeed(static_cast<std::uint64_t>(identity) + 1, static_cast<std::uint64_t>(face)));
  cv::Mat image(size, size, CV_8UC3, cv::Scalar(90, 90, 90));
  for (int square = 0; square < 3; ++square) {
    const int side = static_cast<int>(size / 4 + rng.below(size / 4));
    const cv::Rect place(static_cast<int>(rng.below(size - side)), static_cast<int>(rng.below(size - side)),
                         side, side);
    image(place).setTo(cv::Scalar(rng.uniform(120, 255), rng.uniform(0, 255), 20 * (identity % 12)));
  }
  if (blur > 0) cv::GaussianBlur(image, image, {}, blur * size / 32);
  return image;
}

// `perIdentity` images each, from sharp to blurred; the target falls with the blur.
inline DdnetData plantedBlur(int identities, int perIdentity, int size) {
  DdnetData data;
  data.faces.count = std::int64_t{identities} * perIdentity;
  const auto blurOf = [perIdentity](std::int64_t i) {
    return 4.0 * static_cast<double>(i % perIdentity) / perIdentity;
  };
  for (std::int64_t i = 0; i < data.faces.count; ++i) {
    data.identity.push_back(static_cast<int>(i / perIdentity));
    data.target.push_back(static_cast<float>(0.9 - 0.2 * blurOf(i)));
  }
  data.faces.load = [=](std::int64_t i) {
    return squareFace(static_cast<int>(i / perIdentity), i, blurOf(i), size);
  };
  return data;
}

// Four classes: a bright bar at the top, the bottom, the left
// (its mirror counts as the same class), or in the middle.
inline BaseData plantedBars(int perClass, int size) {
  BaseData data;
  data.classes = 4;
  data.faces.count = std::int64_t{4} * perClass;
  for (std::int64_t i = 0; i < data.faces.count; ++i) data.label.push_back(static_cast<int>(i % 4));
  data.faces.load = [size](std::int64_t i) {
    Rng rng(mixSeed(11, static_cast<std::uint64_t>(i)));
    cv::Mat image(size, size, CV_8UC3);
    for (int r = 0; r < size; ++r)
      for (int c = 0; c < size; ++c)
        image.at<cv::Vec3b>(r, c) = cv::Vec3b::all(static_cast<unsigned char>(rng.uniform(20, 90)));
    const int bar = size / 4;
    const cv::Rect places[] = {{0, 0, size, bar},
                               {0, size - bar, size, bar},
                               {0, 0, bar, size},
                               {(size - bar) / 2, (size - bar) / 2, bar, bar}};
    image(places[i % 4]).setTo(cv::Scalar::all(rng.uniform(170, 255)));
    return image;
  };
  return data;
}

class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / (name + "_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Collects what a job says, and asks it to stop after `stopAfter` values of "train/loss" (0: never).
class Listener {
 public:
  explicit Listener(int stopAfter = 0)
      : progress_(
            [this, stopAfter](const ProgressEvent& event) {
              if (event.kind == ProgressEvent::Kind::Note) notes.push_back(event.text);
              if (event.kind != ProgressEvent::Kind::Metric) return;
              metrics.emplace_back(event.text, event.value);
              losses += event.text == "train/loss" ? 1 : 0;
              if (stopAfter > 0 && losses >= stopAfter) stop_.request_stop();
            },
            stop_.get_token()) {}

  Progress& progress() { return progress_; }
  bool noted(const std::string& part) const {
    return std::any_of(notes.begin(), notes.end(),
                       [&](const std::string& note) { return note.find(part) != std::string::npos; });
  }
  bool measured(const std::string& name) const {
    return std::any_of(metrics.begin(), metrics.end(),
                       [&](const auto& metric) { return metric.first == name; });
  }

  std::vector<std::string> notes;
  std::vector<std::pair<std::string, double>> metrics;
  int losses = 0;

 private:
  std::stop_source stop_;
  Progress progress_;
};

template <typename Call>
std::string errorOf(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace discern::training

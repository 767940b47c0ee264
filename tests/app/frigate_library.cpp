#include "tests/app/frigate_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/rng.h"

namespace discern::test {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> sorted(const fs::path& folder, bool folders) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() == folders && (folders || entry.path().extension() == ".jpg"))
      entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
}

// What a detector's box cuts out of a frame: turned, moved, a little too near or too far, and small.
cv::Mat cropOf(const fs::path& face, Rng& rng) {
  const cv::Mat picture = cv::imread(face.string());
  const int width = static_cast<int>(rng.uniform(20, 61)), height = width * 6 / 5;
  const double scale = width / rng.uniform(84, 104);
  cv::Mat turn = cv::getRotationMatrix2D({56, 60}, rng.uniform(-8, 8), scale);
  turn.at<double>(0, 2) += width / 2.0 - 56 + rng.uniform(-0.05, 0.05) * width;
  turn.at<double>(1, 2) += height / 2.0 - 60 + rng.uniform(-0.05, 0.05) * height;
  cv::Mat soft, crop;
  cv::GaussianBlur(picture, soft, {}, std::max(0.01, 0.4 / scale));  // as an area's mean would be
  cv::warpAffine(soft, crop, turn, {width, height}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return crop;
}

void write(const fs::path& file, const cv::Mat& crop) {
  fs::create_directories(file.parent_path());
  cv::imwrite(file.string(), crop, {cv::IMWRITE_WEBP_QUALITY, 95});
}

}  // namespace

FrigateLibrary makeFrigateLibrary(const fs::path& rendered, const fs::path& root, int visits, int blurred) {
  FrigateLibrary library;
  library.faces = root / "clips" / "faces";
  library.visits = root / "visits";
  const auto people = sorted(rendered, true);
  library.people = static_cast<int>(people.size());
  Rng rng(20);
  for (std::size_t p = 0; p < people.size(); ++p) {
    const auto images = sorted(people[p], false);
    const auto most = std::min<std::size_t>(30, images.size() - static_cast<std::size_t>(visits));
    const std::size_t count = 3 + (most - 3) * p / std::max<std::size_t>(1, people.size() - 1);
    const std::string name = "person" + people[p].filename().string();
    for (std::size_t i = 0; i < count; ++i, ++library.crops) {
      cv::Mat crop = cropOf(images[i], rng);
      const std::string file = fmt::format("{}-17123456{:02}.{:03}.webp", name, p, i);
      if (i == 1 && p < static_cast<std::size_t>(blurred)) {
        cv::GaussianBlur(crop, crop, {}, 0.3 * crop.cols, 0, cv::BORDER_REPLICATE);
        library.blurred.insert(name + "/" + file);
      }
      write(library.faces / name / file, crop);
    }
    for (int k = 0; k < visits; ++k)
      write(library.visits / name / fmt::format("{}.webp", k),
            cropOf(images[images.size() - 1 - static_cast<std::size_t>(k)], rng));
    write(library.faces / "train" /
              fmt::format("1712345678.1234{:02}-ab12cd-1712345680.5-{}-0.71.webp", p, name),
          cropOf(images[0], rng));
    ++library.attempts;
  }
  return library;
}

}  // namespace discern::test

// YouTube Faces: videos compared in ten folds.
#include <fstream>

#include "app/experiments.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 20, kVideos = 3, kFrames = 6;

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kPeople, kVideos * kFrames, 50000, 0.5, progress);
  const auto video = [](int person, int number) { return fmt::format("person_{:02}/{}", person, number); };
  for (int p = 0; p < kPeople; ++p)
    for (int f = 0; f < kVideos * kFrames; ++f) {
      const fs::path& from = people[static_cast<std::size_t>(p)][static_cast<std::size_t>(f)];
      place(from,
            data / "ytf/aligned_images_DB" / video(p, f % kVideos) /
                fmt::format("aligned_detect_{}.{}{}", f % kVideos, f / kVideos, from.extension().string()));
    }
  std::ofstream splits(data / "ytf/splits.txt");
  splits << "split number, pair number, first name, second name, is same\n";
  int number = 0;
  for (int p = 0; p < kPeople; ++p)
    for (int v = 0; v < kVideos; ++v) {
      splits << fmt::format("{}, {}, {}, {}, 1\n", p % 10 + 1, ++number, video(p, v),
                            video(p, (v + 1) % kVideos));
      splits << fmt::format("{}, {}, {}, {}, 0\n", p % 10 + 1, ++number, video(p, v),
                            video((p + v + 1) % kPeople, v));
    }
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto run =
      newestResult<results::EvaluateResult>(project, [](const auto& r) { return r.protocol == "ytf/pairs"; });
  addAccuracies(run, table);
  addSwitches(project, run, table);
}

}  // namespace

Experiment ddlTable1() {
  return {.name = "ddl-table-1",
          .title = "YouTube Faces: accuracy over ten folds, every aggregation",
          .needs =
              "DATA/ytf (YouTube Faces: aligned_images_DB or frame_images_DB, and splits.txt) and DATA/train "
              "(people "
              "to train DDNet on, none of them in YouTube Faces)",
          .folders = {"ytf", "train"},
          .values = {{"epochs", "12"}},
          .standIns = {{"epochs", "2"}},
          .render = render,
          .read = read};
}

}  // namespace discern::app

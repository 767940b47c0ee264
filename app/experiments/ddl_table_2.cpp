// iQIYI-VID-FACE: videos of the validation set found by the people of the training set.
#include <fstream>

#include "app/experiments.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 20, kVideos = 4, kFrames = 5;

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kPeople, kVideos * kFrames, 51000, 0.5, progress);
  fs::create_directories(data / "iqiyi");
  std::ofstream train(data / "iqiyi/train_gt.txt"), validation(data / "iqiyi/val_gt.txt");
  for (int p = 0; p < kPeople; ++p) {
    validation << p + 1;
    for (int v = 0; v < kVideos; ++v) {
      const bool isTrain = v < kVideos / 2;
      const std::string name = fmt::format("IQIYI_VID_{}_{:07}", isTrain ? "TRAIN" : "VAL", p * kVideos + v);
      if (isTrain)
        train << fmt::format("{}.mp4 {}\n", name, p + 1);
      else
        validation << fmt::format(" {}.mp4", name);
      for (int f = 0; f < kFrames; ++f) {
        const fs::path& from = people[static_cast<std::size_t>(p)][static_cast<std::size_t>(f * kVideos + v)];
        place(from, data / "iqiyi" / name / fmt::format("{:04}{}", f, from.extension().string()));
      }
    }
    validation << "\n";
  }
}

void read(const project::Project& project, results::ReproduceResult& table) {
  for (const bool byScores : {false, true}) {
    const auto run = newestResult<results::IdentifyResult>(project, [&](const auto& r) {
      return !r.galleries.empty() && r.galleries[0].gallery == "iqiyi/val" && r.scores.empty() != byScores;
    });
    addSearch(run, true, table);
    addSwitches(project, run, table);
  }
  const auto pairs =
      newestResult<results::EvaluateResult>(project, [](const auto& r) { return r.protocol == "iqiyi/val"; });
  addTars(pairs, table);  // the challenge's measure: TPR at FPR 1e-4
  addSwitches(project, pairs, table);
}

}  // namespace

Experiment ddlTable2() {
  return {.name = "ddl-table-2",
          .title =
              "iQIYI-VID-FACE: validation videos found by people, mAP and rank rates, average and DDL; TAR "
              "at FAR 1e-4 "
              "of every pair of them, every aggregation",
          .needs =
              "DATA/iqiyi (train_gt.txt, val_gt.txt and a folder of cut-out frames for each video) and "
              "DATA/train "
              "(people to train DDNet on)",
          .folders = {"iqiyi", "train"},
          .values = {{"epochs", "12"}},
          .standIns = {{"epochs", "2"}},
          .render = render,
          .read = read};
}

}  // namespace discern::app

// SKD, figures 5 and 7. LFW: what students of several sizes and modes verify, beside their teacher.
#include <fstream>

#include "app/experiments.h"
#include "core/results/students.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 20, kImages = 8, kFolds = 10, kHalf = 6;  // kHalf: genuine pairs of a fold

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kPeople, kImages, 55000, 0.25, progress);
  const auto name = [](int person) { return fmt::format("person_{:02}", person % kPeople); };
  for (int p = 0; p < kPeople; ++p)
    for (int i = 0; i < kImages; ++i) {
      const fs::path& from = people[static_cast<std::size_t>(p)][static_cast<std::size_t>(i)];
      place(from,
            data / "lfw" / name(p) / fmt::format("{}_{:04}{}", name(p), i + 1, from.extension().string()));
    }
  std::ofstream pairs(data / "lfw/pairs.txt");
  pairs << kFolds << "\t" << kHalf << "\n";
  for (int fold = 0; fold < kFolds; ++fold) {
    for (int k = 0; k < kHalf; ++k)
      pairs << fmt::format("{}\t{}\t{}\n", name(2 * fold + k % 2), k + 1, k + 2);
    for (int k = 0; k < kHalf; ++k)
      pairs << fmt::format("{}\t{}\t{}\t{}\n", name(2 * fold + k % 2), k + 1, name(2 * fold + k + 2), k + 2);
  }
}

template <int... Sizes>
void read(const project::Project& project, results::ReproduceResult& table) {
  for (const int size : {Sizes...})
    for (const char* mode : {"c", "s", "sc", "dc"}) {
      const std::string name = fmt::format("S-{}-{}", size, mode);
      const auto run = newestResult<results::DistilResult>(
          project, [&](const auto& r) { return r.name == name && !r.checks.empty(); });
      const auto& check = run.checks.front();
      table.rows.push_back({name, "accuracy %, mimic layer", {}, 100 * check.accuracyMimic});
      table.rows.push_back({name, "accuracy %, identity layer", {}, 100 * check.accuracyIdentity});
      if (size == 16 && mode == std::string("c"))
        table.rows.push_back({"teacher", "accuracy %, full faces", {}, 100 * check.accuracyTeacher});
      table.switches.push_back(fmt::format(
          "{}: {} training faces of {} classes, {} selected (lambda {:.4g}), {} epochs in its last stage",
          name, run.faces, run.classes, run.selected, run.lambda, run.epochs));
    }
}

}  // namespace

Experiment skdFigure5() {
  return {.name = "skd-figure-5",
          .title = "LFW: accuracy over ten folds of students of 16 and 32 pixels by mode, beside the teacher",
          .needs =
              "DATA/lfw (LFW with its pairs.txt in the folder) and DATA/train (people to distil on, none of "
              "them in "
              "LFW)",
          .folders = {"lfw", "train"},
          .values = {{"epochs", "30"}},
          .standIns = {{"epochs", "1"}},
          .render = render,
          .read = read<16, 32>};
}

Experiment skdFigure7() {
  Experiment item = skdFigure5();
  item.name = "skd-figure-7";
  item.title = "LFW: accuracy over the resolution, 16 to 96 pixels, by mode, beside the teacher";
  item.read = read<16, 32, 64, 96>;
  return item;
}

}  // namespace discern::app

// UCCS: a classifier of the most photographed subjects on a student's mimic layer.
#include <fstream>

#include "app/experiments.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kSubjects = 20, kImages = 15;
// Right and left are the person's own.
constexpr const char* kPoints =
    "38.2946,51.6963,73.5318,51.5014,56.0252,71.7366,41.5493,92.3655,70.7299,92.2041";

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kSubjects, kImages, 54000, 0.25, progress);
  fs::create_directories(data / "uccs");
  std::ofstream gallery(data / "uccs/gallery.csv");
  gallery
      << "FILE,SUBJECT_ID,REYE_X,REYE_Y,LEYE_X,LEYE_Y,NOSE_X,NOSE_Y,RMOUTH_X,RMOUTH_Y,LMOUTH_X,LMOUTH_Y\n";
  for (int p = 0; p < kSubjects; ++p)
    for (int i = 0; i < kImages; ++i) {
      const fs::path& from = people[static_cast<std::size_t>(p)][static_cast<std::size_t>(i)];
      const std::string file = fmt::format("{:04}_{}{}", p + 1, i, from.extension().string());
      place(from, data / "uccs/gallery_images" / fmt::format("{:04}", p + 1) / file);
      gallery << fmt::format("{},{},{}\n", file, p + 1, kPoints);
    }
}

void read(const project::Project& project, results::ReproduceResult& table) {
  for (const char* student : {"S-16-c", "S-16-sc"})
    for (const char* start : {"own", "random"}) {
      const auto run = newestResult<results::IdentifyResult>(project, [&](const auto& r) {
        return r.benchmark == "uccs" && r.features == std::string(student) + "-mimic" &&
               r.reductionStart == start;
      });
      const std::string row = fmt::format("{}, {} start", student, start);
      table.rows.push_back({row, "top-1 error %", {}, 100 * run.top1Error.value_or(results::kUnknown)});
      table.rows.push_back({row, "top-5 error %", {}, 100 * run.top5Error.value_or(results::kUnknown)});
      if (table.rows.size() == 2)
        table.switches.push_back(fmt::format(
            "{} subjects, {} images trained on and {} tested (4:1 within each), a reduction and softmax "
            "on the mimic layer, faces of 16 pixels",
            run.identities, run.gallery, run.probes));
    }
  table.switches.push_back(
      "own start: the reduction is the student's own identity layer at first; random start, the baseline: as "
      "many "
      "columns from Xavier's weights");
}

}  // namespace

Experiment skdUccs() {
  return {
      .name = "skd-uccs",
      .title =
          "UCCS: error of a classifier on 16 px students' features, mode c against sc, the reduction from "
          "its own layer and from scratch",
      .needs =
          "DATA/uccs (gallery.csv with gallery_images, validation.csv with validation_images) and DATA/train "
          "(people to distil on, none of them in UCCS)",
      .folders = {"uccs", "train"},
      .values = {{"epochs", "30"}, {"subjects", "180"}},
      .standIns = {{"epochs", "2"}, {"subjects", "20"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app

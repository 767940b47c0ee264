// SCface: mugshots found in surveillance images of three distances, by students and by their teacher.
#include "app/experiments.h"
#include "core/evaluation/protocols.h"
#include "core/results/students.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 20, kCameras = 5;
constexpr int kDistances = static_cast<int>(evaluation::kScfaceMetres.size());

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people =
      renderPeople(data / "rendered", kPeople, 1 + kCameras * kDistances, 56000, 0.4, progress);
  for (int p = 0; p < kPeople; ++p) {
    const auto& own = people[static_cast<std::size_t>(p)];
    place(own[0], data / "scface/mugshot_frontal_cropped_all" /
                      fmt::format("{:03}_frontal{}", p + 1, own[0].extension().string()));
    std::size_t next = 1;
    for (int distance = 1; distance <= kDistances; ++distance)
      for (int camera = 1; camera <= kCameras; ++camera, ++next)
        place(own[next],
              data / fmt::format("scface/surveillance_cameras_distance_{}/cam_{}/{:03}_cam{}_{}{}", distance,
                                 camera, p + 1, camera, distance, own[next].extension().string()));
  }
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto add = [&](const std::string& row, const std::string& features) {
    const auto run = newestResult<results::IdentifyResult>(
        project, [&](const auto& r) { return r.benchmark == "scface" && r.features == features; });
    for (const auto& at : run.byDistance)
      if (at.group >= 1 && at.group <= kDistances)
        table.rows.push_back({row,
                              fmt::format("rank 1 % at {:.2f} m",
                                          evaluation::kScfaceMetres[static_cast<std::size_t>(at.group - 1)]),
                              {},
                              100 * at.rate});
    if (!run.cmc.empty()) table.rows.push_back({row, "rank 1 %, all distances", {}, 100 * run.cmc.front()});
    return run;
  };
  for (const int size : {16, 32})
    for (const int dims : {128, 1024})
      for (const char* tuned : {"", "-tuned"}) {
        const std::string student = fmt::format("S-{}-{}{}", size, dims, tuned);
        add(student, student + "-identity");
      }
  const auto run = add("teacher", "teacher");
  const auto tuned =
      newestResult<results::DistilResult>(project, [](const auto& r) { return !r.startedFrom.empty(); });
  table.switches.push_back(
      fmt::format("{} subjects tested, a mugshot of each enrolled, {} probes of cameras 1 to 5",
                  run.identities, run.probes));
  table.switches.push_back(fmt::format(
      "'-tuned': started from the student above it and fine-tuned on {} images of {} other subjects "
      "of the benchmark, its infrared ones too where they are there; {} epochs",
      tuned.faces, tuned.classes, tuned.epochs));
  table.switches.push_back("S-PIXELS-NUMBERS: features of the identity layer, so many numbers");
}

}  // namespace

Experiment skdTable2() {
  return {
      .name = "skd-table-2",
      .title =
          "SCface: rank 1 by distance, students of 128 and 1,024 identity features before and after "
          "fine-tuning, and their teacher",
      .needs =
          "DATA/scface (SCface as it is published, mugshots and surveillance_cameras_distance_1 .. 3) and "
          "DATA/train (people to distil on)",
      .folders = {"scface", "train"},
      .values = {{"epochs", "30"},
                 {"tuning_epochs", "20"},
                 {"tuning", "c"},
                 {"training", "50"},
                 {"subjects", "80"}},
      .standIns = {{"epochs", "1"}, {"tuning_epochs", "20"}, {"training", "8"}, {"subjects", "12"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app

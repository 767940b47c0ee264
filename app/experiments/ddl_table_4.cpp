// IJB-B or IJB-C as InsightFace packs them: verification and search.
#include <fstream>

#include "app/experiments.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 24, kImages = 18;
// The landmarks that an aligned face of 112 pixels has.
constexpr const char* kPoints =
    "38.2946 51.6963 73.5318 51.5014 56.0252 71.7366 41.5493 92.3655 70.7299 92.2041";

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kPeople, kImages, 53000, 0.5, progress);
  fs::create_directories(data / "ijb/meta");
  const auto list = [&](const char* name) { return std::ofstream(data / "ijb/meta" / name); };
  auto faces = list("ijbc_face_tid_mid.txt"), points = list("ijbc_name_5pts_score.txt"),
       pairs = list("ijbc_template_pair_label.txt"), g1 = list("ijbc_1N_gallery_G1.csv"),
       g2 = list("ijbc_1N_gallery_G2.csv"), probes = list("ijbc_1N_probe_mixed.csv");
  for (std::ofstream* csv : {&g1, &g2, &probes}) *csv << "TEMPLATE_ID,SUBJECT_ID\n";
  int number = 0;
  for (int p = 0; p < kPeople; ++p)
    for (int i = 0; i < kImages; ++i) {
      const int which = 3 * p + i / 6;
      const fs::path& from = people[static_cast<std::size_t>(p)][static_cast<std::size_t>(i)];
      const std::string name = fmt::format("{}{}", ++number, from.extension().string());
      place(from, data / "ijb/loose_crop" / name);
      faces << fmt::format("{} {} {}\n", name, which, number / 2);
      points << fmt::format("{} {} 0.99\n", name, kPoints);
      if (i % 6 > 0) continue;
      if (i / 6 == 0) (p % 2 == 0 ? g1 : g2) << fmt::format("{},{}\n", which, p);
      if (i / 6 == 1) probes << fmt::format("{},{}\n", which, p);
    }
  for (int a = 0; a < 3 * kPeople; ++a)
    for (int b = a + 1; b < 3 * kPeople; ++b)
      pairs << fmt::format("{} {} {}\n", a, b, a / 3 == b / 3 ? 1 : 0);
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto pairs =
      newestResult<results::EvaluateResult>(project, [](const auto& r) { return r.protocol == "ijb/pairs"; });
  addTars(pairs, table);
  addSwitches(project, pairs, table);
  for (const bool byScores : {false, true}) {
    const auto search = newestResult<results::IdentifyResult>(project, [&](const auto& r) {
      return !r.galleries.empty() && r.galleries[0].gallery.starts_with("ijb/") &&
             r.scores.empty() != byScores;
    });
    addSearch(search, false, table);
    addSwitches(project, search, table);
  }
}

}  // namespace

Experiment ddlTable4() {
  return {
      .name = "ddl-table-4",
      .title = "IJB-B or IJB-C: TAR at FAR 1e-6 to 1e-1, every aggregation; search in G1 and G2",
      .needs =
          "DATA/ijb (IJB-B or IJB-C as InsightFace packs it: loose_crop and meta) and DATA/train (people to "
          "train "
          "DDNet on, none of them in IJB)",
      .folders = {"ijb", "train"},
      .values = {{"epochs", "12"}},
      .standIns = {{"epochs", "2"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app

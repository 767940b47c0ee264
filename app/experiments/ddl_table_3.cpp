// IJB-A: ten splits, verification and search.
#include <fstream>

#include "app/experiments.h"
#include "core/base/rng.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

constexpr int kPeople = 20, kImages = 18, kSplits = 10;

void render(const fs::path& data, Progress& progress) {
  renderTrainingSet(data, progress);
  const auto people = renderPeople(data / "rendered", kPeople, kImages, 52000, 0.5, progress);
  const auto name = [&](int person, int image) {
    const fs::path& from = people[static_cast<std::size_t>(person)][static_cast<std::size_t>(image)];
    return fmt::format("img/{}{}", person * kImages + image, from.extension().string());
  };
  for (int p = 0; p < kPeople; ++p)
    for (int i = 0; i < kImages; ++i)
      place(people[static_cast<std::size_t>(p)][static_cast<std::size_t>(i)],
            data / "ijba/images" / name(p, i));
  for (int split = 1; split <= kSplits; ++split) {
    const fs::path pairs = data / fmt::format("ijba/IJB-A_11_sets/split{}", split);
    const fs::path search = data / fmt::format("ijba/IJB-A_1N_sets/split{}", split);
    fs::create_directories(pairs);
    fs::create_directories(search);
    const std::string end = fmt::format("_{}.csv", split);
    std::ofstream metadata(pairs / ("verify_metadata" + end)),
        comparisons(pairs / ("verify_comparisons" + end));
    std::ofstream gallery(search / ("search_gallery" + end)), probes(search / ("search_probe" + end));
    for (std::ofstream* list : {&metadata, &gallery, &probes})
      *list << "TEMPLATE_ID,SUBJECT_ID,FILE,MEDIA_ID,SIGHTING_ID,FRAME,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT,"
               "RIGHT_EYE_X,RIGHT_EYE_Y,LEFT_EYE_X,LEFT_EYE_Y,NOSE_BASE_X,NOSE_BASE_Y,FACE_YAW,"
               "FOREHEAD_VISIBLE,EYES_VISIBLE,NOSE_MOUTH_VISIBLE,INDOOR,GENDER,SKIN_TONE,AGE,FACIAL_HAIR\n";
    Rng rng(static_cast<std::uint64_t>(split));
    for (int p = 0; p < kPeople; ++p) {
      std::vector<int> order(kImages);
      for (int i = 0; i < kImages; ++i) order[static_cast<std::size_t>(i)] = i;
      rng.shuffle(order);
      for (int i = 0; i < kImages; ++i) {
        const int which = i / 6;  // three templates of six
        const std::string row =
            fmt::format("{},{},{},{},{},,0,0,112,112,38.3,51.7,73.5,51.5,56,71.7,0,1,1,1,1,0,3,2,0\n",
                        3 * p + which, p, name(p, order[static_cast<std::size_t>(i)]), i, i);
        metadata << row;
        // One in four people is no one of the gallery.
        if (which == 0 && p % 4 != split % 4) gallery << row;
        if (which == 1) probes << row;
      }
    }
    for (int a = 0; a < 3 * kPeople; ++a)
      for (int b = a + 1; b < 3 * kPeople; ++b)
        if (a / 3 == b / 3 || (a + b) % 3 == 0) comparisons << a << "," << b << "\n";
  }
}

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto pairs = newestResult<results::EvaluateResult>(
      project, [](const auto& r) { return r.protocol == "ijba/pairs"; });
  addTars(pairs, table);
  addSwitches(project, pairs, table);
  for (const bool byScores : {false, true}) {
    const auto search = newestResult<results::IdentifyResult>(project, [&](const auto& r) {
      return !r.galleries.empty() && r.galleries[0].gallery.starts_with("ijba/") &&
             r.scores.empty() != byScores;
    });
    addSearch(search, false, table);
    addSwitches(project, search, table);
  }
}

std::string splits(const char* side) {
  std::string list;
  for (int split = 1; split <= kSplits; ++split)
    list += fmt::format("{}ijba/split{} {}", split == 1 ? "" : ",", split, side);
  return list;
}

}  // namespace

Experiment ddlTable3() {
  return {
      .name = "ddl-table-3",
      .title = "IJB-A: TAR at FAR over ten splits, every aggregation; rank rates and TPIR, average and DDL",
      .needs =
          "DATA/ijba (IJB-A_11_sets, IJB-A_1N_sets and images) and DATA/train (people to train DDNet on, "
          "none of "
          "them in IJB-A)",
      .folders = {"ijba", "train"},
      .values = {{"epochs", "12"}, {"galleries", splits("gallery")}, {"probes", splits("probes")}},
      .standIns = {{"epochs", "2"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app

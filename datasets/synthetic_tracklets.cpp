#include "datasets/synthetic_tracklets.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "datasets/mat_file.h"
#include "datasets/rendering/figure.h"
#include "datasets/rendering/whole_folder.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {
using rendering::Figure;
using rendering::Sight;

constexpr int kJunk = -1, kDistractor = 0;

struct Plan {
  bool train = false;
  int person = 0;  // as MARS numbers them
  int camera = 1, number = 1;
  int shown = 0;  // whose figure it is: of the set; junk shows somebody, too
  bool query = false;

  std::string code() const { return person == kJunk ? "00-1" : fmt::format("{:04}", person); }
  std::string name(int frame) const {
    return fmt::format("{}C{}T{:04}F{:03}.jpg", code(), camera, number, frame + 1);
  }
  std::string file(int frame) const {
    return fmt::format("{}/{}/{}", train ? "bbox_train" : "bbox_test", code(), name(frame));
  }
};

void check(const TrackletOptions& o, const fs::path& folder) {
  const auto within = [](const char* name, double value, double least, double most) {
    if (!(value >= least && value <= most)) fail("{} is {}, expected {} to {}.", name, value, least, most);
  };
  within("persons", o.trainPersons + o.testPersons, 2, 9999 - std::clamp(o.firstPerson, 0, 9997));
  within("first person", o.firstPerson, 0, 9997);
  within("cameras", o.cameras, 2, 6);
  within("frames of a tracklet", o.frames, 1, 999);
  within("bad share", o.badShare, 0, 1);
  within("distractors", o.distractors, -1, 9999);
  within("junk tracklets", o.junk, -1, 9999);
  if (fs::exists(folder)) fail("{} exists already; choose another folder or remove it.", folder.string());
}

std::vector<int> camerasOf(const TrackletOptions& o, Rng& rng) {
  std::vector<int> cameras;
  for (int c = 1; c <= o.cameras; ++c) cameras.push_back(c);
  rng.shuffle(cameras);
  cameras.resize(static_cast<std::size_t>(2 + rng.below(o.cameras - 1)));
  std::ranges::sort(cameras);
  return cameras;
}

// In the order of MARS's lists: junk, distractors, persons.
std::vector<Plan> planOf(const TrackletOptions& o) {
  std::vector<Plan> persons, others;
  for (int p = 0; p < o.trainPersons + o.testPersons; ++p) {
    Rng rng(mixSeed(mixSeed(o.seed, "tracks"), static_cast<std::uint64_t>(o.firstPerson + p)));
    for (const int camera : camerasOf(o, rng)) {
      const int tracks = 1 + static_cast<int>(rng.below(2));
      for (int t = 1; t <= tracks; ++t)
        persons.push_back({p < o.trainPersons, o.firstPerson + p + 1, camera, t, o.firstPerson + p,
                           p >= o.trainPersons && t == 1});
    }
  }
  Rng rng(mixSeed(mixSeed(o.seed, "others"), static_cast<std::uint64_t>(o.firstPerson)));
  const int junk = o.junk >= 0 ? o.junk : static_cast<int>(1.4 * o.testPersons);
  const int distractors = o.distractors >= 0 ? o.distractors : 5 * o.testPersons;
  for (int i = 0; o.testPersons > 0 && i < junk + distractors; ++i) {
    const int shown = i < junk ? o.firstPerson + o.trainPersons + static_cast<int>(rng.below(o.testPersons))
                               : 1'000'000 + o.firstPerson + i;
    others.push_back({false, i < junk ? kJunk : kDistractor, 1 + static_cast<int>(rng.below(o.cameras)),
                      (i < junk ? i : i - junk) + 1, shown, false});
  }
  others.insert(others.end(), persons.begin(), persons.end());
  return others;
}

struct Frame {
  Sight sight;
  std::string bad;     // empty: nothing
  bool empty = false;  // shows nobody
};

std::string makeBad(Rng& rng, Sight& s, int kind) {
  const auto between = [&](double low, double high) { return static_cast<float>(rng.uniform(low, high)); };
  switch (kind) {
    case 0:
      s.cover = between(0.45, 0.75);
      return "occluded";
    case 1:
      s.cover = between(0.5, 0.8);
      s.crowd = true;
      return "crowd";
    case 2:
      s.zoom = between(1.3, 2);
      s.dx = between(0.15, 0.4) * (rng.chance(0.5) ? 1.0F : -1.0F);
      s.dy = between(-0.4, 0.4);
      return "cut off";
    case 3:
      s.exposure *= between(0.12, 0.3);
      return "dark";
    default:
      s.resolution = between(7, 14);
      s.blur = between(0, 2);
      return "blurred";
  }
}

// A walk: phase and heading go on from frame to frame, what is bad lasts for a while.
std::vector<Frame> framesOf(const TrackletOptions& o, const Plan& plan, Rng& rng) {
  const auto between = [&](double low, double high) { return static_cast<float>(rng.uniform(low, high)); };
  Rng road(mixSeed(mixSeed(o.seed, "road"), static_cast<std::uint64_t>(plan.camera)));
  const float towards = static_cast<float>(road.uniform(0, 360)) + (rng.chance(0.5) ? 180.0F : 0.0F);
  Sight usual;
  usual.phase = between(0, 1);
  usual.heading = towards + between(-35, 35);
  usual.exposure = between(0.8, 1.1);
  const float step = between(0.06, 0.12), turn = between(-4, 4);
  const bool nobody = plan.person == kDistractor && rng.chance(0.5);
  std::vector<Frame> frames(static_cast<std::size_t>(o.frames));
  for (std::size_t i = 0; i < frames.size(); ++i) {
    Sight s = usual;
    s.phase += step * static_cast<float>(i);
    s.heading = std::fmod(s.heading + turn * static_cast<float>(i) + 720, 360.0F);
    s.dx = between(-0.05, 0.05);
    s.dy = between(-0.03, 0.03);
    s.zoom = between(0.92, 1.08);
    s.blur = between(0, 0.8);
    if (plan.person == kJunk) {
      s.dx = (i % 2 == 0 ? 0.45F : -0.45F) + between(-0.1, 0.1);
      s.zoom = between(0.5, 1.8);
    }
    frames[i] = {s, "", nobody};
  }
  // Runs of about half a tracklet.
  if (plan.person > 0 && rng.chance(std::min(1.0, o.badShare / 0.5))) {
    const double share = std::max(0.5, o.badShare);
    const auto length =
        std::max<std::int64_t>(1, std::llround(std::min(1.0, share * rng.uniform(0.6, 1.4)) * o.frames));
    const auto first = rng.below(o.frames - std::min<std::int64_t>(length, o.frames) + 1);
    const int kind = static_cast<int>(rng.below(5));
    for (auto i = first; i < std::min<std::int64_t>(first + length, o.frames); ++i) {
      auto& frame = frames[static_cast<std::size_t>(i)];
      frame.bad = makeBad(rng, frame.sight, kind);
    }
  }
  return frames;
}

// Renders one tracklet; its rows of walks.csv.
std::string renderTrack(const TrackletOptions& o, const Plan& plan, const fs::path& folder) {
  const auto seed = mixSeed(mixSeed(o.seed, plan.code()), fmt::format("C{}T{}", plan.camera, plan.number));
  Rng rng(seed);
  const Figure figure(mixSeed(mixSeed(o.seed, "person"), static_cast<std::uint64_t>(plan.shown)));
  const auto camera = mixSeed(mixSeed(o.seed, "camera"), static_cast<std::uint64_t>(plan.camera));
  const auto frames = framesOf(o, plan, rng);
  std::string truth;
  for (int i = 0; i < o.frames; ++i) {
    const Frame& frame = frames[static_cast<std::size_t>(i)];
    // The place behind changes slowly along a tracklet, the noise with each frame.
    const cv::Mat image = rendering::render(frame.empty ? nullptr : &figure, frame.sight, camera,
                                            mixSeed(seed, static_cast<std::uint64_t>(i)));
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", image, bytes, {cv::IMWRITE_JPEG_QUALITY, 85});
    rendering::writeImage(folder / plan.file(i), bytes);
    truth += fmt::format("{},{},{},{}\n", plan.file(i), plan.code(), plan.camera,
                         plan.person == kJunk         ? "junk"
                         : plan.person == kDistractor ? "distractor"
                                                      : frame.bad);
  }
  return truth;
}

nlohmann::ordered_json optionsJson(const TrackletOptions& o) {
  return {{"generator", "synthetic-tracklets"},
          {"version", 1},
          {"train_persons", o.trainPersons},
          {"test_persons", o.testPersons},
          {"cameras", o.cameras},
          {"frames", o.frames},
          {"bad_share", o.badShare},
          {"distractors", o.distractors},
          {"junk", o.junk},
          {"seed", o.seed},
          {"first_person", o.firstPerson}};
}
constexpr const char* kOptionsFile = "walks.json";

void writeLists(const TrackletOptions& o, const std::vector<Plan>& plans, const fs::path& info) {
  for (const bool train : {true, false}) {
    std::string names;
    std::vector<std::int32_t> first, last, person, camera, queries;
    for (const Plan& plan : plans) {
      if (plan.train != train) continue;
      first.push_back(last.empty() ? 1 : last.back() + 1);
      last.push_back(first.back() + o.frames - 1);
      person.push_back(plan.person);
      camera.push_back(plan.camera);
      if (plan.query) queries.push_back(static_cast<std::int32_t>(person.size()));
      for (int i = 0; i < o.frames; ++i) names += plan.name(i) + "\n";
    }
    if (person.empty()) continue;
    writeFileAtomically(info / (train ? "train_name.txt" : "test_name.txt"), names);
    writeMatrix(info / (train ? "tracks_train_info.mat" : "tracks_test_info.mat"),
                train ? "track_train_info" : "track_test_info", {first, last, person, camera});
    if (train) continue;
    std::vector<std::vector<std::int32_t>> row;  // 1 x n
    for (const auto query : queries) row.push_back({query});
    writeMatrix(info / "query_IDX.mat", "query_IDX", row);
  }
}

}  // namespace

void generateTracklets(const TrackletOptions& o, const fs::path& folder, Progress& progress) {
  check(o, folder);
  const auto plans = planOf(o);
  rendering::TemporaryFolder temporary(folder);
  for (const Plan& plan : plans) fs::create_directories((temporary.path() / plan.file(0)).parent_path());
  fs::create_directories(temporary.path() / "info");
  std::vector<std::string> truth(plans.size());
  progress.start("walks", std::ssize(plans));
  parallelFor(std::ssize(plans), 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      progress.throwIfStopped();
      const auto at = static_cast<std::size_t>(i);
      truth[at] = renderTrack(o, plans[at], temporary.path());
      progress.advance();
    }
  });
  writeLists(o, plans, temporary.path() / "info");
  std::string all = "file,person,camera,bad\n";
  for (const auto& rows : truth) all += rows;
  writeFileAtomically(temporary.path() / "walks.csv", all);
  writeFileAtomically(temporary.path() / kOptionsFile, optionsJson(o).dump(2) + "\n");
  temporary.keep();
  progress.finish();
}

bool isMadeWith(const fs::path& folder, const TrackletOptions& options) {
  return fs::is_regular_file(folder / kOptionsFile) &&
         readFile(folder / kOptionsFile) == optionsJson(options).dump(2) + "\n";
}

}  // namespace discern::datasets

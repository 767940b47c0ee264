#include "datasets/synthetic_actions.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/imaging/video.h"
#include "datasets/labelled_videos.h"
#include "datasets/rendering/mover.h"
#include "datasets/rendering/whole_folder.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {
using Layout = ActionOptions::Layout;

constexpr int kRate = 15;  // frames a second
constexpr int kWidth = 128, kHeight = 96;
constexpr int kQuality = 85;  // of JPEG
constexpr const char* kOptionsFile = "rendered.json";

struct Plan {
  int action = 0, number = 0;  // number: of the action's videos
  bool train = false;
  double seconds = 0, share = 0;  // of which the action fills that share

  std::string label() const {
    return std::string(rendering::actionNames()[static_cast<std::size_t>(action)]);
  }
  // Of eleven characters, as videos' names on the web have them.
  std::string id() const { return fmt::format("{:03}{}{:07}", action, train ? 't' : 'v', number); }
  std::string file(const ActionOptions& o) const {
    if (o.layout == Layout::ActivityNet) return fmt::format("{}/v_{}.avi", train ? "train" : "val", id());
    return fmt::format("{}/{}/{}_000000_{:06}.avi", train ? "train" : "validate", label(), id(),
                       static_cast<int>(seconds));
  }
};

// What a stretch of a video shows: its action, or a distraction.
enum class Shows { Action, Standing, Elsewhere, Dark, Blurred };
constexpr const char* kShown[] = {"action", "standing", "elsewhere", "dark", "blurred"};

struct Piece {
  Stretch when;
  Shows shows = Shows::Action;
};

void check(const ActionOptions& o, const fs::path& folder) {
  const auto within = [](const char* name, double value, double least, double most) {
    if (!(value >= least && value <= most)) fail("{} is {}, expected {} to {}.", name, value, least, most);
  };
  within("actions", o.actions, 2, static_cast<double>(rendering::actionNames().size()));
  within("videos of an action", o.trainVideos + o.testVideos, 1,
         9'999'999 - std::clamp(o.firstVideo, 0, 9'999'998));
  within("first video", o.firstVideo, 0, 9'999'998);
  within("seconds of a video", o.seconds, 4, 600);
  within("share of the action", o.actionShare, 0.05, 1);
  within("places", o.places, 0, 9'999'999);
  if (o.trainSeconds != 0) within("seconds of a video to train on", o.trainSeconds, 4, 600);
  if (o.trainShare != 0) within("share of the action in videos to train on", o.trainShare, 0.05, 1);
  if (fs::exists(folder)) fail("{} exists already; choose another folder or remove it.", folder.string());
}

std::vector<Plan> planOf(const ActionOptions& o) {
  std::vector<Plan> plans;
  for (int action = 0; action < o.actions; ++action)
    for (int v = 0; v < o.trainVideos + o.testVideos; ++v) {
      const bool train = v < o.trainVideos;
      plans.push_back({action, o.firstVideo + v, train,
                       train && o.trainSeconds != 0 ? o.trainSeconds : o.seconds,
                       train && o.trainShare != 0 ? o.trainShare : o.actionShare});
    }
  return plans;
}

// The action in one stretch or two, distractions of two to four seconds before, between and behind.
std::vector<Piece> timelineOf(const Plan& plan, Rng& rng) {
  const double action = plan.share * plan.seconds, rest = plan.seconds - action;
  const int parts = action > 6 && rng.chance(0.5) ? 2 : 1;
  std::vector<double> gaps, lengths;
  double all = 0;
  for (int i = 0; i <= parts; ++i) all += gaps.emplace_back(rng.uniform(0.1, 1));
  const double first = parts == 1 ? 1 : rng.uniform(0.4, 0.6);
  std::vector<Piece> pieces;
  double at = 0;
  for (int i = 0; i <= parts; ++i) {
    for (double left = rest * gaps[static_cast<std::size_t>(i)] / all; left > 1e-9;) {
      double length = rng.uniform(2, 4);
      if (left < length + 2) length = left;
      pieces.push_back({{at, at + length}, static_cast<Shows>(1 + rng.below(4))});
      at += length;
      left -= length;
    }
    if (i == parts) break;
    const double length = action * (i == 0 ? first : 1 - first);
    pieces.push_back({{at, at + length}, Shows::Action});
    at += length;
  }
  return pieces;
}

// One frame of a piece. Who stands holds a pose of some action.
cv::Mat frameOf(const rendering::Scene& scene, const Plan& plan, const Piece& piece, std::uint64_t seed,
                double seconds) {
  Rng rng(mixSeed(seed, static_cast<std::uint64_t>(std::llround(1000 * piece.when.begin))));
  const auto other = static_cast<std::size_t>(rng.below(std::ssize(rendering::actionNames())));
  const double still = rng.uniform();
  const auto action = static_cast<std::size_t>(plan.action);
  const rendering::Pose pose = piece.shows == Shows::Action
                                   ? rendering::poseOf(action, scene.tempo * seconds)
                                   : rendering::poseOf(other, still + 0.01 * std::sin(seconds));
  cv::Mat image = scene.frame(piece.shows == Shows::Elsewhere ? nullptr : &pose, seconds);
  if (piece.shows == Shows::Elsewhere) rendering::drawPassersBy(image, rng.next(), seconds);
  if (piece.shows == Shows::Dark) image.convertTo(image, -1, 0.12);
  if (piece.shows == Shows::Blurred) cv::GaussianBlur(image, image, {}, 5);
  return image;
}

// Of the place and of who is there.
std::uint64_t sceneSeed(const ActionOptions& o, const Plan& plan, std::uint64_t videoSeed) {
  if (o.places == 0) return videoSeed;
  return mixSeed(mixSeed(o.seed, "place"), static_cast<std::uint64_t>(plan.number % o.places));
}

// Its rows of truth.csv.
std::string renderVideo(const ActionOptions& o, const Plan& plan, const std::vector<Piece>& pieces,
                        std::uint64_t seed, const fs::path& folder) {
  const fs::path file = folder / plan.file(o);
  cv::VideoWriter writer(file.string(), cv::CAP_OPENCV_MJPEG, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'),
                         kRate, cv::Size(kWidth, kHeight));
  if (!writer.isOpened()) fail("{} cannot be written; check that the disk has room.", file.string());
  writer.set(cv::VIDEOWRITER_PROP_QUALITY, kQuality);
  const rendering::Scene scene(sceneSeed(o, plan, seed), {kWidth, kHeight});
  cv::RNG noise(seed);
  cv::Mat grain(kHeight, kWidth, CV_16SC3), image;
  const auto frames = static_cast<int>(std::llround(plan.seconds * kRate));
  std::size_t at = 0;
  for (int i = 0; i < frames; ++i) {
    const double seconds = static_cast<double>(i) / kRate;
    while (at + 1 < pieces.size() && seconds >= pieces[at].when.end) ++at;
    image = frameOf(scene, plan, pieces[at], seed, seconds);
    noise.fill(grain, cv::RNG::NORMAL, 0, 2);
    cv::add(image, grain, image, cv::noArray(), CV_8U);
    writer.write(image);
  }
  writer.release();
  if (imaging::probeVideo(file).frames != frames)  // the writer says nothing of a full disk
    fail("{} could not be written whole; check that the disk has room.", file.string());
  std::string truth;
  for (const Piece& piece : pieces)
    truth += fmt::format("{},{:.3f},{:.3f},{},{}\n", plan.file(o), piece.when.begin, piece.when.end,
                         plan.label(), kShown[static_cast<int>(piece.shows)]);
  return truth;
}

nlohmann::ordered_json optionsJson(const ActionOptions& o) {
  nlohmann::ordered_json json = {{"generator", "synthetic-actions"},
                                 {"version", 1},
                                 {"actions", o.actions},
                                 {"train_videos", o.trainVideos},
                                 {"test_videos", o.testVideos},
                                 {"seconds", o.seconds},
                                 {"action_share", o.actionShare},
                                 {"seed", o.seed},
                                 {"first_video", o.firstVideo},
                                 {"layout", o.layout == Layout::ActivityNet ? "activitynet" : "kinetics"}};
  if (o.places != 0) json["places"] = o.places;
  if (o.trainSeconds != 0) json["train_seconds"] = o.trainSeconds;
  if (o.trainShare != 0) json["train_share"] = o.trainShare;
  return json;
}

void writeActivityNet(const ActionOptions& o, const std::vector<Plan>& plans,
                      const std::vector<std::vector<Piece>>& timelines, const fs::path& folder) {
  nlohmann::ordered_json database = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < plans.size(); ++i) {
    auto annotations = nlohmann::ordered_json::array();
    for (const Piece& piece : timelines[i])
      if (piece.shows == Shows::Action)
        annotations.push_back({{"segment", {piece.when.begin, piece.when.end}}, {"label", plans[i].label()}});
    database[plans[i].id()] = {{"duration", plans[i].seconds},
                               {"subset", plans[i].train ? "training" : "validation"},
                               {"resolution", fmt::format("{}x{}", kWidth, kHeight)},
                               {"url", ""},
                               {"annotations", annotations}};
  }
  const nlohmann::ordered_json all = {
      {"database", database}, {"taxonomy", nlohmann::ordered_json::array()}, {"version", "VERSION 1.2"}};
  writeFileAtomically(folder / "activity_net.v1-2.min.json", all.dump() + "\n");
}

void writeKinetics(const ActionOptions& o, const std::vector<Plan>& plans, const fs::path& folder) {
  for (const bool train : {true, false}) {
    std::string rows;
    for (const Plan& plan : plans)
      if (plan.train == train)
        rows += fmt::format("{},{},0,{},{}\n", plan.label(), plan.id(), static_cast<int>(plan.seconds),
                            train ? "train" : "validate");
    if (!rows.empty())
      writeFileAtomically(folder / (train ? "train.csv" : "validate.csv"),
                          "label,youtube_id,time_start,time_end,split\n" + rows);
  }
}

}  // namespace

void generateActions(const ActionOptions& o, const fs::path& folder, Progress& progress) {
  check(o, folder);
  const auto plans = planOf(o);
  rendering::TemporaryFolder temporary(folder);
  std::vector<std::uint64_t> seeds;
  std::vector<std::vector<Piece>> timelines;
  for (const Plan& plan : plans) {
    fs::create_directories((temporary.path() / plan.file(o)).parent_path());
    seeds.push_back(mixSeed(mixSeed(o.seed, plan.label()), static_cast<std::uint64_t>(plan.number)));
    Rng rng(mixSeed(seeds.back(), "timeline"));
    timelines.push_back(timelineOf(plan, rng));
  }
  std::vector<std::string> truth(plans.size());
  progress.start("videos", std::ssize(plans));
  parallelFor(std::ssize(plans), 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i) {
      progress.throwIfStopped();
      const auto at = static_cast<std::size_t>(i);
      truth[at] = renderVideo(o, plans[at], timelines[at], seeds[at], temporary.path());
      progress.advance();
    }
  });
  if (o.layout == Layout::ActivityNet)
    writeActivityNet(o, plans, timelines, temporary.path());
  else
    writeKinetics(o, plans, temporary.path());
  std::string all = "video,begin,end,action,shows\n";
  for (const auto& rows : truth) all += rows;
  writeFileAtomically(temporary.path() / "truth.csv", all);
  writeFileAtomically(temporary.path() / kOptionsFile, optionsJson(o).dump(2) + "\n");
  temporary.keep();
  progress.finish();
}

bool isMadeWith(const fs::path& folder, const ActionOptions& options) {
  return fs::is_regular_file(folder / kOptionsFile) &&
         readFile(folder / kOptionsFile) == optionsJson(options).dump(2) + "\n";
}

}  // namespace discern::datasets

#include "core/pipeline/aggregate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>

#include "core/aggregation/methods.h"
#include "core/analysis/kept.h"
#include "core/analysis/template_features.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/data/no_picture.h"
#include "core/data/npy.h"
#include "core/data/place.h"
#include "core/evaluation/cost.h"
#include "core/features/base_model.h"
#include "core/pipeline/aggregators.h"
#include "core/pipeline/chosen_model.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/kept_images.h"
#include "core/pipeline/sample_source.h"
#include "core/training/train_ddnet.h"
#include "core/training/trained_ddnet.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Groups = std::vector<std::vector<int>>;
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kWarmUp = 8;  // faces: what a model does at its first call is not timed

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Ddnet {
  training::TrainedDdnet network;
  double macs = 0;
};
Ddnet openDdnet(const project::Project& project, const std::string& name, Device device) {
  const auto row = project.model(name);
  if (row && row->kind != "ddnet")
    failField("network", name,
              "is a {}, which needs the base model's feature or tells none; a DDNet was expected", row->kind);
  if (!row && !fs::is_regular_file(name))
    failField("network", name, "is neither a DDNet of this project nor a file; train one first");
  const fs::path file = row ? row->file : fs::path(name);
  training::TrainedDdnet network(file, device);
  const double macs = row ? row->macs : training::networkCost(file.string(), network.shape()).macs;
  return {std::move(network), macs};
}

std::vector<int> samplesOf(const Groups& groups) {
  std::vector<int> all;
  for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Features of the images that somebody asked for so far, in the order in which they were.
class Features {
 public:
  Features(const Roster& roster, const data::GroupKind& kind, features::BaseModel& model,
           const AggregateOptions& options)
      : roster_(roster), kind_(kind), model_(model), options_(options) {}

  bool has(int sample) const { return rows_.contains(sample); }
  // Seconds that it took. keep: whether the features matter.
  double extract(const std::vector<int>& samples, bool keep, Progress& progress) {
    const auto start = Clock::now();
    features::extractAll(
        model_, std::ssize(samples),
        [&](std::int64_t i) { return load(samples[static_cast<std::size_t>(i)]); },
        [&](std::int64_t i, std::span<const float> feature) {
          if (keep) put(samples[static_cast<std::size_t>(i)], feature);
        },
        [&](std::int64_t i, const std::string&) {
          if (keep) put(samples[static_cast<std::size_t>(i)], {});
        },
        {options_.batch}, progress);
    return since(start);
  }
  void warmUp(const std::vector<int>& samples) {
    std::vector<cv::Mat> faces;
    for (std::size_t i = 0; i < samples.size() && faces.size() < kWarmUp; ++i) {
      try {
        faces.push_back(load(samples[i]));
      } catch (const Error&) {  // told where it is met
      }
    }
    if (!faces.empty()) model_.extract(faces);
  }
  bool isUsable(int sample) const { return usable_[static_cast<std::size_t>(rows_.at(sample))]; }
  int row(int sample) const { return rows_.at(sample); }
  const std::vector<int>& samples() const { return samples_; }
  data::MatrixView view() const { return {values_.data(), std::ssize(samples_), model_.dims()}; }

 private:
  cv::Mat load(int sample) const {
    return imaging::loadSample(kind_, roster_.samples[static_cast<std::size_t>(sample)].image,
                               model_.recipe().shape());
  }
  void put(int sample, std::span<const float> feature) {
    rows_[sample] = static_cast<int>(samples_.size());
    samples_.push_back(sample);
    usable_.push_back(!feature.empty() && data::isFinite(feature) && data::norm(feature) > 0);
    if (usable_.back())
      values_.insert(values_.end(), feature.begin(), feature.end());
    else
      values_.resize(values_.size() + static_cast<std::size_t>(model_.dims()), kUnknown);
  }

  const Roster& roster_;
  const data::GroupKind& kind_;
  features::BaseModel& model_;
  const AggregateOptions& options_;
  std::map<int, int> rows_;
  std::vector<int> samples_;
  std::vector<bool> usable_;
  std::vector<float> values_;
};

// The groups less the images that turned out to be of no use, so that a template has its next best one.
Groups withoutFailed(const Groups& groups, const Features& features) {
  Groups rest = groups;
  for (auto& group : rest)
    std::erase_if(group, [&](int s) { return features.has(s) && !features.isUsable(s); });
  return rest;
}

// The templates of the protocol as one feature each; the rest of what evaluate takes of them is not asked
// for.
struct Combined {
  data::Matrix features;
  std::vector<std::vector<double>> weights;  // of each kept image; empty: no weighted mean
};
Combined combine(const Features& features, const Roster& roster, const Groups& kept,
                 const std::vector<float>& scores, const analysis::PlannedAggregation& planned) {
  std::vector<project::SampleRow> samples;
  data::ScoreTable table;
  for (const int s : features.samples()) {
    samples.push_back(roster.samples[static_cast<std::size_t>(s)]);
    table.score.push_back(scores[static_cast<std::size_t>(s)]);
  }
  Groups rows = kept;
  for (auto& group : rows)
    for (int& s : group) s = features.row(s);
  const auto sources = analysis::templateSources(features.view(), &table, nullptr, samples, {});
  Combined combined{analysis::templateFeatures(sources, rows, planned), {}};
  for (std::size_t t = 0; t < rows.size(); ++t)
    combined.weights.push_back(
        analysis::imageWeights(sources, rows[t], planned, static_cast<std::int64_t>(t)));
  return combined;
}

// `count` of `all`, evenly spread; all where there are fewer or count is -1.
std::vector<int> spread(const std::vector<int>& all, int count) {
  if (count < 0 || std::ssize(all) <= count) return all;
  std::vector<int> some;
  for (std::int64_t k = 0; k < count; ++k)
    some.push_back(all[static_cast<std::size_t>(k * std::ssize(all) / count)]);
  return some;
}

struct Tables {
  std::string templates = "template,name,subject,images,kept\n";
  std::string images = "template,name,image,score,kept,weight\n";
};
Tables tablesOf(const data::Protocol& protocol, const Roster& roster, const Groups& groups,
                const Groups& kept, const std::vector<float>& scores, const Combined& combined) {
  Tables tables;
  for (std::size_t t = 0; t < groups.size(); ++t) {
    const auto& one = protocol.templates[t];
    const std::string name = data::csvField(one.name);
    const std::string subject =
        one.identity < 0 ? std::string()
                         : data::csvField(roster.identities[static_cast<std::size_t>(one.identity)].name);
    tables.templates += fmt::format("{},{},{},{},{}\n", t, name, subject, groups[t].size(), kept[t].size());
    for (const int s : groups[t]) {
      const auto i = static_cast<std::size_t>(s);
      const auto at = std::ranges::find(kept[t], s);
      const bool stays = at != kept[t].end();
      const auto& weights = combined.weights[t];
      const std::string weight =
          !stays            ? "0"
          : weights.empty() ? ""
                            : fmt::format("{:.6g}", weights[static_cast<std::size_t>(at - kept[t].begin())]);
      tables.images += fmt::format(
          "{},{},{},{},{},{}\n", t, name, data::csvField(data::placeOf(roster.samples[i].image)),
          std::isfinite(scores[i]) ? fmt::format("{:.6g}", scores[i]) : "", stays ? 1 : 0, weight);
    }
  }
  return tables;
}

fs::path fileFor(const project::Project& project, const AggregateOptions& options,
                 const std::string& protocol) {
  std::string name = protocol;
  std::ranges::replace(name, '/', '-');
  fs::path file = options.out.empty() ? project.folder() / "exports" / ("templates-" + name + ".npy")
                                      : fs::path(options.out);
  if (file.extension() != ".npy") file += ".npy";
  if (!file.parent_path().empty()) fs::create_directories(file.parent_path());
  return file;
}

// Those that are named, and for a method that needs a network the newest that fit.
Aggregators aggregatorsTaken(const project::Project& project, const AggregateOptions& options,
                             features::BaseModel& model, const std::string& path, Progress& progress) {
  const auto& method = aggregation::infoOf(aggregation::parseMethod(options.aggregation));
  if (options.aggregators.empty() && method.needs != aggregation::MethodInfo::Needs::Network) return {};
  return aggregatorsFor(project, options.aggregators,
                        {std::to_string(features::hashOfModel(path)), toJson(model.recipe())}, progress);
}

void tellShares(AggregateResult& result) {
  evaluation::CostModel cost;
  cost.baseMacs = result.baseMacs;
  cost.ddnetMacs = result.ddnetMacs;
  if (result.baseMacs > 0) result.macsShare = evaluation::cost(cost, result.images, result.kept).share;
  result.timeShare = (result.scoreSeconds + result.keptSeconds) / result.allSeconds;
}

}  // namespace

AggregateResult aggregate(const project::Project& project, const AggregateOptions& options,
                          Progress& progress) {
  jobs::aggregateFields().check(options);
  auto start = Clock::now();
  const Ddnet ddnet = openDdnet(project, options.ddnet, options.device);
  const double openSeconds = since(start);
  const ChosenModel chosen = chooseModel(project, options.model, options.recipe, options.layer, "");
  if (!chosen.note.empty()) progress.note(chosen.note);
  const Roster roster = readRoster(project);
  requirePictures(roster.samples, "combining templates from images");
  const data::GroupKind& kind = kindOf(project);
  PairCounts counts;
  const auto protocol =
      protocolToday(project, chosenProtocol(project, options.protocol, progress), roster, counts, progress);
  Groups groups = analysis::groupsOf(protocol);
  for (auto& group : groups)
    std::erase_if(
        group, [&](int s) { return !data::hasPicture(roster.samples[static_cast<std::size_t>(s)].image); });
  const auto all = samplesOf(groups);
  AggregateResult result;
  result.protocol = protocol.name;
  result.ddnet = options.ddnet;
  result.model = chosen.path;
  result.threshold = options.threshold;
  result.lengths = options.lengths;
  result.templates = std::ssize(groups);
  result.images = std::ssize(all);
  const fs::path file = fileFor(project, options, protocol.name);

  start = Clock::now();
  const auto model = features::openBaseModel(chosen.path, chosen.recipe, options.device);
  const auto method = aggregation::parseMethod(options.aggregation);
  const auto network =
      networkFor(method, aggregatorsTaken(project, options, *model, chosen.path, progress), "aggregation");
  Features features(roster, kind, *model, options);
  features.warmUp(all);
  for (const auto& note : model->takeNotes()) progress.note(note);
  std::vector<data::ImageRef> images;
  for (const int s : all) images.push_back(roster.samples[static_cast<std::size_t>(s)].image);
  const auto source = sourceOf(kind, images, ddnet.network.shape(), project.folder().string());
  Progress unheard;
  auto few = source;
  few.count = std::min<std::int64_t>(source.count, kWarmUp);
  ddnet.network.scores(few, options.batch, unheard);
  result.startSeconds = openSeconds + since(start);
  start = Clock::now();
  const auto told = ddnet.network.scores(source, options.batch, progress);
  result.scoreSeconds = since(start);
  std::vector<float> scores(roster.samples.size(), kUnknown);
  for (std::size_t k = 0; k < all.size(); ++k) scores[static_cast<std::size_t>(all[k])] = told[k];

  Groups kept = analysis::keptOf(groups, scores, options.threshold);
  progress.start("features of kept images", std::ssize(samplesOf(kept)));
  while (true) {  // again where a kept image is of no use and the template has others
    auto wanted = samplesOf(kept);
    std::erase_if(wanted, [&](int s) { return features.has(s); });
    if (wanted.empty()) break;
    result.keptSeconds += features.extract(wanted, true, progress);
    kept = analysis::keptOf(withoutFailed(groups, features), scores, options.threshold);
  }
  progress.finish();
  result.kept = std::ssize(features.samples());
  std::vector<int> dropped = all;
  std::erase_if(dropped, [&](int s) { return features.has(s); });
  const auto measured = spread(dropped, options.measure);
  if (!measured.empty()) {
    progress.start("timing the base model on dropped images", std::ssize(measured));
    const double seconds = features.extract(measured, false, progress);
    progress.finish();
    result.allSeconds = result.keptSeconds +
                        seconds * static_cast<double>(dropped.size()) / static_cast<double>(measured.size());
  } else if (dropped.empty()) {
    result.allSeconds = result.keptSeconds;
  }
  result.measured = std::ssize(measured);

  analysis::PlannedAggregation planned;
  planned.how.method = method;
  planned.how.threshold = options.threshold;
  planned.how.rescale = options.rescale;
  planned.how.k = options.k;
  planned.how.normaliseFeatures = options.lengths == data::Lengths::Unit;
  planned.how.network = network;
  planned.name = aggregation::labelOf(planned.how);
  result.aggregation = planned.name;
  result.published = publishedText(jobs::aggregateFields().departures(options, "paper"));
  const Combined combined = combine(features, roster, kept, scores, planned);
  result.dims = model->dims();
  result.ddnetMacs = ddnet.macs;
  result.baseMacs = model->macs();
  for (const int s : all) {
    const bool isBad =
        features.has(s) ? !features.isUsable(s) : !std::isfinite(scores[static_cast<std::size_t>(s)]);
    result.failed += isBad ? 1 : 0;
  }
  result.empty = std::ranges::count_if(kept, [](const auto& group) { return group.empty(); });
  tellShares(result);

  const auto tables = tablesOf(protocol, roster, groups, kept, scores, combined);
  result.file = file.string();
  result.templatesCsv = fs::path(file).replace_extension(".csv").string();
  result.imagesCsv = fs::path(file).replace_extension(".images.csv").string();
  data::saveNpy(file, combined.features.view());
  writeFileAtomically(result.templatesCsv, tables.templates);
  writeFileAtomically(result.imagesCsv, tables.images);
  return result;
}

}  // namespace discern::pipeline

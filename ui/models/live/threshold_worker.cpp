#include "ui/models/live/threshold_worker.h"

#include <QMetaObject>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/analysis/cost_model.h"
#include "core/analysis/kept.h"
#include "core/analysis/only_kept.h"
#include "core/analysis/protocol_today.h"
#include "core/project/project.h"

namespace discern::ui {
namespace {

using Options = sweep::ThresholdEvaluator::Options;
using Clock = std::chrono::steady_clock;

// A point of the curve lies far from the hand: going there and back would cost the next step several times
// its own time, so the curve waits until the hand rests.
constexpr std::size_t kPointsAtOnce = 10;  // that are drawn anew
constexpr auto kRest = std::chrono::milliseconds(60);

// The same but for the weighting.
bool sameMeasure(const Options& a, const Options& b) {
  return a.far == b.far && a.accuracy == b.accuracy && a.autoMinimum == b.autoMinimum &&
         a.autoSpread == b.autoSpread && a.cost == b.cost;
}

bool sameWeighting(const Options& a, const Options& b) {
  return a.byWeights == b.byWeights && (a.byWeights || a.rescale == b.rescale);
}

}  // namespace

struct ThresholdWorker::State {
  int generation = 0;
  std::optional<Evaluator> evaluator;
  Clock::time_point answered;      // the last question
  qint64 asked = 0;                // how many questions were asked when the last one was taken
  Options measured;                // of the curves, but for their weightings
  std::vector<double> thresholds;  // of the curves
  // A curve a weighting, in a sweep's order; empty until something is asked.
  struct Curve {
    Options options;
    std::vector<Evaluator::Point> points;
  };
  std::vector<Curve> curves;
  std::size_t shown = 0;
  bool weighed = false;
  evaluation::CostModel weightsCost;
  bool proposed = false;
  sweep::Target target;  // empty: none
  bool sought = true;    // it was told

  void reset() {
    evaluator.reset();
    thresholds.clear();
    curves.clear();
  }
  // Makes the curves those of `options`, and that weighting the shown one; whether another one was.
  bool show(const Options& options);
  // The next one to go on with, the shown one first; null: all are complete.
  Curve* unfinished();
  bool complete() const {
    return !evaluator || curves.empty() ||
           (proposed && sought && std::ranges::all_of(curves, [this](const Curve& curve) {
              return curve.points.size() == thresholds.size();
            }));
  }
};

bool ThresholdWorker::State::show(const Options& options) {
  if (curves.empty() || !sameMeasure(measured, options)) {
    measured = options;
    curves.clear();
    proposed = false;
    sought = target.empty();
    for (const auto rescale : sweep::SweepOptions{}.rescales) {
      curves.push_back({options, {}});
      curves.back().options.rescale = rescale;
      curves.back().options.byWeights = false;
    }
    if (weighed) {
      curves.push_back({options, {}});
      curves.back().options.byWeights = true;
      curves.back().options.cost = analysis::withWeights(options.cost, weightsCost);
    }
  }
  const auto same = [&](const Curve& curve) { return sameWeighting(curve.options, options); };
  const auto found = std::ranges::find_if(curves, same);
  const std::size_t before = shown;
  shown = found == curves.end() ? 0 : static_cast<std::size_t>(found - curves.begin());
  return shown != before;
}

ThresholdWorker::State::Curve* ThresholdWorker::State::unfinished() {
  const auto open = [this](const Curve& curve) { return curve.points.size() < thresholds.size(); };
  if (open(curves[shown])) return &curves[shown];
  const auto found = std::ranges::find_if(curves, open);
  return found == curves.end() ? nullptr : &*found;
}

ThresholdWorker::ThresholdWorker(QObject* parent)
    : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ThresholdWorker::~ThresholdWorker() {
  thread_.request_stop();
  thread_.join();  // answers that are still queued die with this object
}

void ThresholdWorker::load(ThresholdInputs inputs) {
  const std::lock_guard lock(mutex_);
  inputs_ = std::move(inputs);
  question_.reset();
  wanted_ = ++generation_;
  busy_ = true;
  ++asked_;
  wake_.notify_one();
}

void ThresholdWorker::unload() {
  const std::lock_guard lock(mutex_);
  inputs_.reset();
  question_.reset();
  unload_ = true;
  wanted_ = ++generation_;
  busy_ = false;
  ++asked_;
  wake_.notify_one();
}

void ThresholdWorker::ask(double threshold, const Evaluator::Options& options) {
  const std::lock_guard lock(mutex_);
  question_ = Question{threshold, options};
  busy_ = true;
  ++asked_;
  wake_.notify_one();
}

void ThresholdWorker::seek(const sweep::Target& target) {
  const std::lock_guard lock(mutex_);
  target_ = target;
  busy_ = true;
  ++asked_;
  wake_.notify_one();
}

template <typename Function>
void ThresholdWorker::post(int generation, Function function) {
  QMetaObject::invokeMethod(
      this,
      [this, generation, function] {
        if (generation == generation_) function();
      },
      Qt::QueuedConnection);
}

void ThresholdWorker::run(const std::stop_token& stop) {
  State state;
  bool told = true;  // the window knows that nothing is left to do
  while (!stop.stop_requested()) {
    std::optional<ThresholdInputs> inputs;
    std::optional<Question> question;
    {
      std::unique_lock lock(mutex_);
      const auto hasWork = [&] { return inputs_ || question_ || target_ || unload_; };
      if (!hasWork() && state.complete()) {
        if (!told)
          post(state.generation, [this, asked = state.asked] {
            if (asked != asked_) return;  // something was asked meanwhile
            busy_ = false;
            emit settled();
          });
        told = true;
        if (!wake_.wait(lock, stop, hasWork)) return;
      }
      wake_.wait_until(lock, stop, state.answered + kRest, hasWork);
      if (stop.stop_requested()) return;
      inputs = std::exchange(inputs_, {});
      question = std::exchange(question_, {});
      if (target_) {
        state.target = *std::exchange(target_, {});
        state.sought = state.target.empty();
      }
      if (std::exchange(unload_, false)) state.reset();
      state.generation = wanted_;
      state.asked = asked_;
    }
    told = false;
    try {
      if (inputs) doLoad(state, *inputs);
      if (question && state.evaluator) doAnswer(state, *question);
      if (!inputs && !question) doCurve(state);
    } catch (const std::exception& error) {
      state.reset();
      const QString message = QString::fromUtf8(error.what());
      post(state.generation, [this, message] { emit failed(message); });
    }
  }
}

void ThresholdWorker::doLoad(State& state, const ThresholdInputs& inputs) {
  state.reset();
  const auto project = project::Project::open(inputs.folder.toStdString(), project::Project::Mode::Read);
  const data::MappedNpy features = project.features(inputs.featureTable.toStdString());
  analysis::PairCounts counts;
  data::Protocol today = analysis::protocolToday(*inputs.protocol, project.identities(), inputs.who, counts);
  analysis::requireEveryImage(project, inputs.featureTable.toStdString());
  analysis::requireFeatures(today, features.view(), inputs.featureTable.toStdString());
  analysis::requireScores(today, *inputs.scores);
  analysis::leaveOutUnusable(today, features.view(), counts);
  const auto protocol = std::make_shared<const data::Protocol>(std::move(today));
  // A project that grew since the extraction has more scores than feature rows.
  const std::span<const float> scores = inputs.scores->score;
  const auto rows = std::min(scores.size(), static_cast<std::size_t>(features.view().rows));
  const data::MatrixView view{features.view().values, static_cast<std::int64_t>(rows), features.view().cols};
  std::vector<float> weights;
  if (inputs.weights) {
    analysis::requireScores(*protocol, *inputs.weights);
    weights = inputs.weights->score;
    weights.resize(rows, std::numeric_limits<float>::quiet_NaN());
  }
  state.evaluator.emplace(view, scores.first(rows), *protocol, weights, inputs.lengths);
  state.weighed = inputs.weights != nullptr;
  state.weightsCost = inputs.weightsCost;
  const auto sorted = state.evaluator->sortedScores();
  state.thresholds = sweep::thresholdsOf(sorted, sweep::SweepOptions{}.thresholds);
  const std::vector<float> copy(sorted.begin(), sorted.end());
  const std::vector<float> leaving = analysis::leavingThresholds(*protocol, scores);
  post(state.generation, [this, protocol, copy, leaving] { emit loaded(protocol, copy, leaving); });
}

void ThresholdWorker::doAnswer(State& state, const Question& question) {
  const bool other = state.show(question.options);
  const State::Curve& curve = state.curves[state.shown];
  const Evaluator::Point point = state.evaluator->at(question.threshold, curve.options);
  post(state.generation, [this, point] { emit answered(point); });
  if (other && !curve.points.empty()) {  // it was left for another weighting, and is back
    const bool whole = curve.points.size() == state.thresholds.size();
    post(state.generation, [this, points = curve.points, whole] { emit curveChanged(points, whole); });
  }
  state.answered = Clock::now();
}

void ThresholdWorker::doCurve(State& state) {
  if (state.complete()) return;
  State::Curve* curve = state.unfinished();
  if (curve == nullptr) return state.proposed ? doSeek(state) : propose(state);
  curve->points.push_back(state.evaluator->at(state.thresholds[curve->points.size()], curve->options));
  const bool whole = curve->points.size() == state.thresholds.size();
  if (curve != &state.curves[state.shown] || (!whole && curve->points.size() % kPointsAtOnce != 1)) return;
  post(state.generation, [this, points = curve->points, whole] { emit curveChanged(points, whole); });
}

void ThresholdWorker::propose(State& state) {
  state.proposed = true;
  sweep::SweepResult all;
  for (const auto& curve : state.curves) all.curves.push_back({{}, false, curve.points});
  sweep::proposeKnee(all);
  std::shared_ptr<const ThresholdProposal> proposal;
  if (all.kneeCurve >= 0) {
    const auto& curve = state.curves[static_cast<std::size_t>(all.kneeCurve)];
    proposal = std::make_shared<const ThresholdProposal>(
        ThresholdProposal{curve.options, curve.points[static_cast<std::size_t>(all.kneePoint)]});
  }
  post(state.generation, [this, proposal] { emit proposed(proposal); });
}

void ThresholdWorker::doSeek(State& state) {
  constexpr int kBootstraps = 1000;
  state.sought = true;
  auto answer = std::make_shared<ThresholdAnswer>();
  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  answer->reference = state.evaluator->baseline(mean, state.measured).tar;
  std::vector<sweep::Curve> curves;
  for (const auto& curve : state.curves) curves.push_back({{}, false, curve.points});
  if (const auto at = sweep::reach(state.target, curves, answer->reference); at.point >= 0) {
    const auto& curve = state.curves[static_cast<std::size_t>(at.curve)];
    answer->reached = true;
    answer->best = {curve.options, curve.points[static_cast<std::size_t>(at.point)]};
    const auto difference =
        sweep::againstEveryImage(*state.evaluator, answer->best.point.threshold, curve.options, kBootstraps);
    answer->low = difference.low;
    answer->high = difference.high;
  }
  post(state.generation, [this, answer] { emit found(answer); });
}

}  // namespace discern::ui

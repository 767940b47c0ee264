#include "ui/models/threshold_worker.h"

#include <QMetaObject>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/evaluation/protocols.h"
#include "core/project/project.h"

namespace discern::ui {
namespace {

using Options = sweep::ThresholdEvaluator::Options;
using Clock = std::chrono::steady_clock;

// A point of the curve lies far from the hand: going there and back would cost the next step several times
// its own time, so the curve waits until the hand rests.
constexpr auto kRest = std::chrono::milliseconds(60);

bool sameCurve(const Options& a, const Options& b) {
  return a.rescale == b.rescale && a.far == b.far && a.accuracy == b.accuracy &&
         a.autoMinimum == b.autoMinimum && a.autoSpread == b.autoSpread && a.cost == b.cost;
}

// Thresholds that keep evenly spaced shares, from everything to almost nothing, ascending.
std::vector<double> curveThresholds(std::span<const float> sorted, int points) {
  std::vector<double> thresholds;
  if (sorted.empty()) return thresholds;
  thresholds.push_back(0);
  for (int i = 1; i <= points; ++i) {
    const auto at = std::min(sorted.size() - 1, sorted.size() * std::size_t(i) / std::size_t(points));
    const double score = sorted[at];
    if (std::isfinite(score) && score > thresholds.back()) thresholds.push_back(score);
  }
  return thresholds;
}

// The protocol with the truth of today, as the engine's evaluate and sweep take it.
data::Protocol protocolToday(const ThresholdInputs& inputs, const project::Project& project) {
  data::Protocol protocol = *inputs.protocol;
  std::vector<std::string> names;
  for (const auto& row : project.identities()) names.push_back(row.name);
  if (!evaluation::isDrawn(protocol, names)) return protocol;
  std::vector<int> owners = inputs.owners;
  // A protocol that a job has just drawn again may name images that came after the inputs were read.
  for (const data::Template& group : protocol.templates)
    for (const int sample : group.samples)
      if (std::size_t(sample) >= owners.size()) owners.resize(std::size_t(sample) + 1, -1);
  evaluation::followIdentities(protocol, owners);
  return protocol;
}

// Refuses what the engine refuses: images without features would silently be left out, and images that came
// after the scores would count as the worst.
void requireComplete(const data::Protocol& protocol, data::MatrixView features,
                     const ThresholdInputs& inputs) {
  if (const auto gaps = evaluation::featureGaps(protocol, features); gaps.tooMany)
    fail("{} images of protocol '{}' have no features in '{}' yet; bring them up to date first.",
         gaps.missing, protocol.name, inputs.featureTable.toStdString());
  if (const auto later = evaluation::laterThan(*inputs.scores, protocol); later > 0)
    fail(
        "{} images of protocol '{}' were not there yet when scores '{}' were made; bring them up to date "
        "first.",
        later, protocol.name, inputs.scores->name);
}

// As the evaluator keeps them: those above the threshold and a template's best one; without any score, all.
std::vector<float> leavingScores(std::span<const float> scores, const data::Protocol& protocol) {
  constexpr float kNever = std::numeric_limits<float>::infinity();
  std::vector<float> leaving;
  for (const data::Template& group : protocol.templates) {
    const std::size_t begin = leaving.size();
    for (const int sample : group.samples) {
      const float score = scores[std::size_t(sample)];
      leaving.push_back(std::isfinite(score) ? score : -kNever);
    }
    const auto first = leaving.begin() + std::ptrdiff_t(begin);
    const auto best = std::max_element(first, leaving.end());
    if (best == leaving.end()) continue;
    if (*best == -kNever) std::fill(first, leaving.end(), kNever);
    *best = kNever;
  }
  std::sort(leaving.begin(), leaving.end());
  return leaving;
}

}  // namespace

struct ThresholdWorker::State {
  int generation = 0;
  std::optional<Evaluator> evaluator;
  Clock::time_point answered;      // the last question
  qint64 asked = 0;                // how many questions were asked when the last one was taken
  std::optional<Options> options;  // of the curve
  std::vector<double> thresholds;  // of the curve
  std::vector<Evaluator::Point> curve;

  void reset() {
    evaluator.reset();
    options.reset();
    thresholds.clear();
    curve.clear();
  }
  bool curveComplete() const { return !evaluator || !options || curve.size() == thresholds.size(); }
};

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
      const auto hasWork = [&] { return inputs_ || question_ || unload_; };
      if (!hasWork() && state.curveComplete()) {
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
  data::Protocol today = protocolToday(inputs, project);
  requireComplete(today, features.view(), inputs);
  evaluation::leaveOutUnusable(today, features.view());
  const auto protocol = std::make_shared<const data::Protocol>(std::move(today));
  // A project that grew since the extraction has more scores than feature rows.
  const std::span<const float> scores = inputs.scores->score;
  const auto rows = std::min(scores.size(), static_cast<std::size_t>(features.view().rows));
  const data::MatrixView view{features.view().values, static_cast<std::int64_t>(rows), features.view().cols};
  state.evaluator.emplace(view, scores.first(rows), *protocol);
  const auto sorted = state.evaluator->sortedScores();
  state.thresholds = curveThresholds(sorted, curvePoints_);
  const std::vector<float> copy(sorted.begin(), sorted.end());
  const std::vector<float> leaving = leavingScores(scores, *protocol);
  post(state.generation, [this, protocol, copy, leaving] { emit loaded(protocol, copy, leaving); });
}

void ThresholdWorker::doAnswer(State& state, const Question& question) {
  if (!state.options || !sameCurve(*state.options, question.options)) {
    state.options = question.options;
    state.curve.clear();
  }
  const Evaluator::Point point = state.evaluator->at(question.threshold, question.options);
  post(state.generation, [this, point] { emit answered(point); });
  state.answered = Clock::now();
}

void ThresholdWorker::doCurve(State& state) {
  if (state.curveComplete()) return;
  state.curve.push_back(state.evaluator->at(state.thresholds[state.curve.size()], *state.options));
  const bool complete = state.curveComplete();
  post(state.generation, [this, curve = state.curve, complete] { emit curveChanged(curve, complete); });
}

}  // namespace discern::ui

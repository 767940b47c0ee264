// The evaluator behind the threshold slider, in a thread of
// its own: the latest question wins, the window never waits.
#pragma once

#include <QObject>
#include <QString>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/analysis/roster.h"
#include "core/data/dataset.h"
#include "core/data/score_table.h"
#include "core/sweep/sweep.h"
#include "core/sweep/target.h"

namespace discern::ui {

struct ThresholdInputs {
  QString folder;  // of the project
  QString featureTable;
  std::shared_ptr<const data::ScoreTable> scores;
  std::shared_ptr<const data::ScoreTable> weights;  // that weigh what the scores keep; null: none
  evaluation::CostModel weightsCost;                // of what tells them
  data::Lengths lengths = data::Lengths::Unit;      // of the features that are combined
  std::shared_ptr<const data::Protocol> protocol;
  analysis::Who who;  // of the samples: a drawn protocol follows merges and exclusions
};

struct ThresholdProposal {
  sweep::ThresholdEvaluator::Options options;  // whose rescale and byWeights it was found with
  sweep::ThresholdEvaluator::Point point;
};

// The best point that reaches a target over all thresholds and weightings.
struct ThresholdAnswer {
  bool reached = false;
  ThresholdProposal best;
  double reference = 0;      // TAR of the plain mean of every image
  double low = 0, high = 0;  // 95 % interval of the difference to it, paired bootstrap
};

class ThresholdWorker : public QObject {
  Q_OBJECT

 public:
  using Evaluator = sweep::ThresholdEvaluator;

  explicit ThresholdWorker(QObject* parent = nullptr);
  ~ThresholdWorker() override;

  void load(ThresholdInputs inputs);  // forgets every earlier question
  void unload();
  // Answers `threshold` first. While nothing else is asked it fills the curve of these options at a sweep's
  // thresholds, then those of the other weightings, and says which point a sweep would propose. cost: of what
  // tells the scores.
  void ask(double threshold, const Evaluator::Options& options);
  // Looked for when the curves of the last question are complete, and told by found(). An empty one: not any
  // more.
  void seek(const sweep::Target& target);
  bool isBusy() const { return busy_; }

 signals:
  // protocol: as it is compared today. leaving: of every image the threshold at which its template drops it,
  // ascending; infinity: never, -infinity: always.
  void loaded(const std::shared_ptr<const discern::data::Protocol>& protocol,
              const std::vector<float>& sortedScores, const std::vector<float>& leaving);
  void failed(const QString& message);
  void answered(const discern::sweep::ThresholdEvaluator::Point& point);
  void curveChanged(const std::vector<discern::sweep::ThresholdEvaluator::Point>& points, bool complete);
  // The knee over all weightings; null: there is none.
  void proposed(const std::shared_ptr<const discern::ui::ThresholdProposal>& proposal);
  void found(const std::shared_ptr<const discern::ui::ThresholdAnswer>& answer);
  void settled();  // nothing asked is unanswered

 private:
  struct Question {
    double threshold = 0;
    Evaluator::Options options;
  };
  struct State;  // of the thread alone

  void run(const std::stop_token& stop);
  void doLoad(State& state, const ThresholdInputs& inputs);
  void doAnswer(State& state, const Question& question);
  void doCurve(State& state);
  void propose(State& state);
  void doSeek(State& state);
  template <typename Function>
  void post(int generation, Function function);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<ThresholdInputs> inputs_;  // guarded by mutex_
  std::optional<Question> question_;       // guarded by mutex_
  std::optional<sweep::Target> target_;    // guarded by mutex_: a new one
  bool unload_ = false;                    // guarded by mutex_
  int wanted_ = 0;                         // generation, guarded by mutex_
  qint64 asked_ = 0;                       // written by the GUI thread, guarded by mutex_
  int generation_ = 0;                     // of the GUI thread: older answers are dropped
  bool busy_ = false;                      // of the GUI thread
  std::jthread thread_;
};

}  // namespace discern::ui

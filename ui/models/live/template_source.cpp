#include "ui/models/live/template_source.h"

#include <algorithm>

#include "core/analysis/only_kept.h"
#include "core/analysis/protocol_today.h"

namespace discern::ui {
namespace {

constexpr int kRestMs = 120, kPollMs = 100;

// Of a point the parts that say how templates are made and when they are accepted.
bool sameRule(const analysis::OperatingPoint& a, const analysis::OperatingPoint& b) {
  return a.threshold == b.threshold && a.rescale == b.rescale && a.weights == b.weights &&
         a.lengths == b.lengths && a.far == b.far;
}

}  // namespace

// All that the matcher is made of.
struct TemplateSource::Inputs {
  QString folder;
  std::string features, made;  // when the table was
  ScoresPtr scores, weights;
  ProtocolPtr protocol;
  std::shared_ptr<const Snapshot> snapshot;

  bool complete() const { return !made.empty() && protocol != nullptr; }
  bool same(const Inputs& other) const {
    return folder == other.folder && features == other.features && made == other.made &&
           scores == other.scores && weights == other.weights && protocol == other.protocol &&
           snapshot->who.identity == other.snapshot->who.identity &&
           snapshot->who.leftOut == other.snapshot->who.leftOut &&
           snapshot->who.moved == other.snapshot->who.moved;
  }
};

TaskProgress::TaskProgress(LatestTask::Stopped stopped, std::shared_ptr<std::atomic<int>> percent)
    : progress_(
          [this, stopped = std::move(stopped), percent = std::move(percent)](const ProgressEvent& event) {
            if (stopped()) stop_.request_stop();
            if (percent && event.total > 0) *percent = static_cast<int>(100 * event.done / event.total);
          },
          stop_.get_token()) {}

TemplateSource& TemplateSource::of(Session& session) {
  if (auto* found = session.findChild<TemplateSource*>()) return *found;
  return *new TemplateSource(session);
}

TemplateSource::TemplateSource(Session& session) : QObject(&session), session_(session) {
  timer_.setSingleShot(true);
  poll_.setInterval(kPollMs);
  connect(&timer_, &QTimer::timeout, this, &TemplateSource::start);
  connect(&poll_, &QTimer::timeout, this, &TemplateSource::progressed);
  connect(&session, &Session::projectChanged, this, [this] {
    timer_.stop();
    poll_.stop();
    task_.cancel();
    inputs_.reset();
    loaded_.reset();
    problem_.clear();
    setCurrent(-1);
    if (std::exchange(answer_, nullptr)) emit changed();
  });
}

void TemplateSource::setCurrent(int index) {
  if (std::exchange(current_, index) != index) emit currentChanged();
}

void TemplateSource::follow() {
  const analysis::OperatingPoint& point = session_.point();
  Inputs now;
  now.folder = session_.folder();
  now.features = point.features;
  now.snapshot = session_.snapshot();
  for (const auto& table : now.snapshot->featureTables)
    if (table.name == point.features) now.made = table.created.empty() ? table.name : table.created;
  now.scores = session_.scores();
  if (!point.weights.empty()) now.weights = session_.scores(QString::fromStdString(point.weights));
  now.protocol = session_.protocol();
  const bool sameInputs = inputs_ && inputs_->same(now);
  if (sameInputs && sameRule(asked_, point)) return;
  if (!sameInputs) {
    inputs_ = std::make_shared<const Inputs>(std::move(now));
    loaded_.reset();
    if (inputs_->protocol != nullptr && answer_ && answer_->point.protocol != point.protocol) setCurrent(-1);
  }
  asked_ = point;
  task_.cancel();
  if (!inputs_->complete()) {
    timer_.stop();
    poll_.stop();
    problem_.clear();
    answer_.reset();
    emit changed();
    return;
  }
  timer_.start(sameInputs ? kRestMs : 0);
}

void TemplateSource::start() {
  *percent_ = 0;
  poll_.start();
  task_.run(
      [inputs = inputs_, point = asked_, before = loaded_,
       percent = percent_](const LatestTask::Stopped& stopped) -> std::shared_ptr<const TemplateAnswer> {
        TaskProgress task(stopped, percent);
        auto answer = std::make_shared<TemplateAnswer>();
        answer->loaded = before;
        answer->point = point;
        if (!before) {
          const auto project =
              project::Project::open(inputs->folder.toStdString(), project::Project::Mode::Read);
          data::MappedNpy features = project.features(inputs->features);
          const Snapshot& snapshot = *inputs->snapshot;
          analysis::PairCounts counts;
          data::Protocol protocol =
              analysis::protocolToday(*inputs->protocol, snapshot.identities, snapshot.who, counts);
          analysis::requireEveryImage(project, inputs->features);
          analysis::requireFeatures(protocol, features.view(), inputs->features);
          for (const auto& table : {inputs->scores, inputs->weights})
            if (table) analysis::requireScores(protocol, *table);
          std::vector<int> identityOf = analysis::ownersOf(protocol, snapshot.who);
          std::vector<int> owners = analysis::templateOwners(protocol, snapshot.who.identity);
          analysis::leaveOutUnusable(protocol, features.view(), counts);
          auto sources = analysis::templateSources(features.view(), inputs->scores.get(),
                                                   inputs->weights.get(), snapshot.samples, protocol);
          answer->loaded = std::make_shared<const LoadedTemplates>(std::move(features), std::move(sources),
                                                                   std::move(protocol), std::move(owners),
                                                                   std::move(identityOf));
        }
        answer->report = answer->loaded->matcher.report(point, task.progress());
        return answer;
      },
      [this](std::shared_ptr<const TemplateAnswer> answer) {
        poll_.stop();
        problem_.clear();
        loaded_ = answer->loaded;
        answer_ = std::move(answer);
        emit changed();
      },
      [this](const std::string& message) {
        poll_.stop();
        problem_ = QString::fromStdString(message);
        answer_.reset();
        emit changed();
      });
  emit progressed();
}

}  // namespace discern::ui

#include "ui/models/project/session.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/analysis/defaults.h"
#include "core/base/error.h"

namespace discern::ui {
namespace {

constexpr int kPollMs = 500;
constexpr int kSaveMs = 400;
constexpr int kCheapSamples = 2000;  // up to here a re-read takes a few milliseconds

using Scores = ScoresPtr;

analysis::OperatingPoint readPoint(const project::Project& project) {
  try {
    return analysis::storedPoint(project);
  } catch (const Error&) {
    return {};  // what another program wrote there is no reason not to look at the project
  }
}

analysis::Choices choicesOf(const Snapshot& snapshot) {
  return {analysis::namesOf(snapshot.featureTables), snapshot.scoreTables, snapshot.protocols};
}

}  // namespace

struct Session::Impl {
  explicit Impl(Session& session) : session(session) {}

  void setPoint(const analysis::OperatingPoint& wanted);  // says what moved
  void savePoint();
  void take(Reading reading);

  Session& session;
  std::optional<project::Project> project;
  QString folder;
  int generation = 0;  // of open projects: what a worker read from an older one is dropped
  std::int64_t version = -1;
  bool reading = false, gone = false;
  std::shared_ptr<const Snapshot> snapshot = std::make_shared<Snapshot>();
  mutable QHash<QString, Scores> scores;
  ProtocolPtr protocol;
  analysis::OperatingPoint point;
  bool unsaved = false;
  std::vector<int> selection;
  int current = -1;
  QTimer poll, save;  // a hand on a slider is not a write each
};

Session::Session(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>(*this)) {
  impl_->poll.setInterval(kPollMs);
  connect(&impl_->poll, &QTimer::timeout, this, &Session::reload);
  impl_->save.setSingleShot(true);
  impl_->save.setInterval(kSaveMs);
  connect(&impl_->save, &QTimer::timeout, this, [this] { impl_->savePoint(); });
}

Session::~Session() { impl_->savePoint(); }

void Session::Impl::savePoint() {
  save.stop();
  if (!std::exchange(unsaved, false) || !project) return;
  try {
    analysis::storePoint(*project, point);
  } catch (const std::exception&) {
    // A folder that may only be read still can be looked at.
  }
}

void Session::Impl::setPoint(const analysis::OperatingPoint& wanted) {
  const analysis::OperatingPoint old = std::exchange(point, analysis::resolved(wanted, choicesOf(*snapshot)));
  if (point == old) return;
  if (point.protocol != old.protocol) protocol.reset();
  if (point.scores != old.scores || point.features != old.features) emit session.scoresChanged();
  if (point.protocol != old.protocol) emit session.protocolChanged();
  if (point.weights != old.weights || point.rescale != old.rescale || point.far != old.far)
    emit session.weightingChanged();
  if (point.threshold != old.threshold) emit session.thresholdChanged(point.threshold);
  emit session.pointChanged();
}

void Session::open(const QString& folder) {
  if (folder.isEmpty()) return close();
  // Everything that can throw comes first, so that a failure leaves the old project open.
  project::Project project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
  const std::int64_t version = project.dataVersion();
  Reading reading = readProject(project, {}, {});
  Impl& d = *impl_;
  d.savePoint();
  ++d.generation;
  d.project.emplace(std::move(project));
  d.folder = folder;
  d.version = version;
  d.reading = d.gone = false;
  d.scores.clear();
  d.protocol.reset();
  d.selection.clear();
  d.current = -1;
  d.snapshot = std::move(reading.snapshot);
  d.point = analysis::resolved(readPoint(*d.project), choicesOf(*d.snapshot));
  d.poll.start();
  emit projectChanged();
  emit snapshotChanged();
  emit scoresChanged();
  emit protocolChanged();
  emit weightingChanged();
  emit thresholdChanged(d.point.threshold);
  emit pointChanged();
  emit selectionChanged();
}

void Session::close() {
  Impl& d = *impl_;
  d.savePoint();
  d.poll.stop();
  ++d.generation;
  d.project.reset();
  d.folder.clear();
  d.snapshot = std::make_shared<Snapshot>();
  d.scores.clear();
  d.protocol.reset();
  d.point = {};
  d.selection.clear();
  d.current = -1;
  emit projectChanged();
  emit snapshotChanged();
  emit scoresChanged();
  emit protocolChanged();
  emit pointChanged();
  emit selectionChanged();
}

bool Session::isOpen() const { return impl_->project.has_value(); }
QString Session::folder() const { return impl_->folder; }

const project::Project& Session::project() const {
  if (!impl_->project) throw std::logic_error("no project is open");
  return *impl_->project;
}

std::shared_ptr<const Snapshot> Session::snapshot() const { return impl_->snapshot; }
Scores Session::scores() const { return scores(scoreTable()); }

Scores Session::scores(const QString& table) const {
  if (!impl_->project || table.isEmpty()) return nullptr;
  const auto cached = impl_->scores.constFind(table);
  if (cached != impl_->scores.constEnd()) return *cached;
  const auto& names = impl_->snapshot->scoreTables;
  Scores scores;
  if (std::find(names.begin(), names.end(), table.toStdString()) != names.end()) {
    try {
      scores = std::make_shared<const data::ScoreTable>(impl_->project->scores(table.toStdString()));
    } catch (const Error&) {
      // Dropped by a job since the snapshot was read; the next one will not list it.
    }
  }
  return *impl_->scores.insert(table, scores);
}

ProtocolPtr Session::protocol() const {
  Impl& d = *impl_;
  if (!d.project || d.point.protocol.empty()) return nullptr;
  if (!d.protocol) {
    try {
      d.protocol = std::make_shared<const data::Protocol>(d.project->protocol(d.point.protocol));
    } catch (const Error&) {
      return nullptr;
    }
  }
  return d.protocol;
}

const analysis::OperatingPoint& Session::point() const { return impl_->point; }
QString Session::scoreTable() const { return QString::fromStdString(impl_->point.scores); }
QString Session::featureTable() const { return QString::fromStdString(impl_->point.features); }
QString Session::protocolName() const { return QString::fromStdString(impl_->point.protocol); }
double Session::threshold() const { return impl_->point.threshold; }

void Session::setPoint(analysis::OperatingPoint point) {
  if (!std::isfinite(point.threshold)) return;
  point.threshold = std::clamp(point.threshold, 0.0, 1.0);
  if (point == impl_->point) return;
  impl_->unsaved = true;
  impl_->save.start();
  impl_->setPoint(point);
}

void Session::setScoreTable(const QString& name) {
  auto point = impl_->point;
  point.scores = name.toStdString();
  setPoint(std::move(point));
}

void Session::setFeatureTable(const QString& name) {
  auto point = impl_->point;
  point.features = name.toStdString();
  setPoint(std::move(point));
}

void Session::setProtocolName(const QString& name) {
  auto point = impl_->point;
  point.protocol = name.toStdString();
  setPoint(std::move(point));
}

void Session::setThreshold(double score) {
  auto point = impl_->point;
  point.threshold = score;
  setPoint(std::move(point));
}

const std::vector<int>& Session::selection() const { return impl_->selection; }
int Session::current() const { return impl_->current; }

void Session::select(std::vector<int> samples, int current) {
  std::sort(samples.begin(), samples.end());
  samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
  if (current < 0 && samples.size() == 1) current = samples.front();
  if (samples == impl_->selection && current == impl_->current) return;
  impl_->selection = std::move(samples);
  impl_->current = current;
  emit selectionChanged();
}

void Session::reload() {
  Impl& d = *impl_;
  if (!d.project || d.reading) return;
  // The open file answers on after its folder was moved or removed.
  if (!QFileInfo::exists(d.folder + "/project.sqlite")) {
    if (!std::exchange(d.gone, true)) emit folderGone(d.folder);
    return;
  }
  d.gone = false;  // a network drive that is back
  std::int64_t version = 0;
  try {
    version = d.project->dataVersion();
  } catch (const std::exception&) {
    return;  // the folder is away for a moment (a network drive); the next poll tries again
  }
  if (version == d.version) return;
  d.version = version;
  const QStringList tables = d.scores.keys();
  if (d.snapshot->samples.size() <= kCheapSamples) {
    try {
      d.take(readProject(*d.project, tables, protocolName()));
    } catch (const std::exception&) {
      d.version = -1;  // read again at the next poll
    }
    return;
  }
  d.reading = true;
  QPointer<Session> self(this);
  QThreadPool::globalInstance()->start(
      [self, tables, folder = d.folder, protocol = protocolName(), generation = d.generation] {
        auto reading = std::make_shared<Reading>();
        try {
          const auto project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
          *reading = readProject(project, tables, protocol);
        } catch (const std::exception&) {
          reading->snapshot.reset();
        }
        QMetaObject::invokeMethod(qApp, [self, reading, generation] {
          if (!self || self->impl_->generation != generation) return;
          self->impl_->reading = false;
          if (reading->snapshot) {
            self->impl_->take(std::move(*reading));
          } else {
            self->impl_->version = -1;
          }
        });
      });
}

void Session::Impl::take(Reading reading) {
  const analysis::OperatingPoint old = point;
  const Scores oldScores = scores.value(session.scoreTable());
  const bool newSnapshot = !same(*snapshot, *reading.snapshot);
  bool newProtocol = protocol && !same(protocol, reading.protocol);
  if (newSnapshot) snapshot = reading.snapshot;
  // Unchanged tables keep their address, so that a page can tell what moved by comparing pointers.
  for (auto it = reading.scores.begin(); it != reading.scores.end(); ++it)
    if (const Scores old = scores.value(it.key()); same(old, it.value())) it.value() = old;
  scores = reading.scores;
  if (newProtocol) protocol = reading.protocol;
  point = analysis::resolved(point, choicesOf(*snapshot));  // keeps the chosen ones while they exist
  if (point.protocol != old.protocol) {
    protocol.reset();
    newProtocol = true;
  }
  if (newSnapshot) emit session.snapshotChanged();
  if (point.scores != old.scores || point.features != old.features ||
      scores.value(session.scoreTable()) != oldScores)
    emit session.scoresChanged();
  if (newProtocol) emit session.protocolChanged();
  if (point.weights != old.weights) emit session.weightingChanged();
  if (point != old) emit session.pointChanged();
}

}  // namespace discern::ui

#include "ui/models/project/session.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QPointer>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <future>

#include "core/analysis/defaults.h"
#include "core/base/error.h"
#include "ui/models/live/workers.h"

namespace discern::ui {
namespace {

constexpr int kPollMs = 500;
constexpr int kSaveMs = 400;
constexpr std::size_t kCheapSamples = kFewSamples;
constexpr qint64 kCheapBytes = 4 << 20;  // of a database that is read at once

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

project::Project openToRead(const QString& folder) {
  return project::Project::open(folder.toStdString(), project::Project::Mode::Read);
}

Scores readScores(const project::Project& project, const std::string& name) {
  try {
    return std::make_shared<const data::ScoreTable>(project.scores(name));
  } catch (const Error&) {
    return nullptr;  // dropped by a job meanwhile; the next snapshot will not list it
  }
}

ProtocolPtr readProtocol(const project::Project& project, const std::string& name) {
  try {
    return std::make_shared<const data::Protocol>(project.protocol(name));
  } catch (const Error&) {
    return nullptr;
  }
}

// What is shown first: the project's tables at its operating point.
struct FirstTables {
  analysis::OperatingPoint point;
  QHash<QString, Scores> scores;
  ProtocolPtr protocol;
};

FirstTables readFirst(const project::Project& project) {
  FirstTables first;
  first.point = analysis::resolved(readPoint(project), {analysis::namesOf(project.featureTables()),
                                                        project.scoreTables(), project.protocols()});
  for (const auto& name : {first.point.scores, first.point.weights})
    if (!name.empty() && !first.scores.contains(QString::fromStdString(name)))
      if (auto scores = readScores(project, name)) first.scores[QString::fromStdString(name)] = scores;
  if (!first.point.protocol.empty()) first.protocol = readProtocol(project, first.point.protocol);
  return first;
}

}  // namespace

struct Session::Impl {
  explicit Impl(Session& session) : session(session) {}

  void setPoint(const analysis::OperatingPoint& wanted);  // says what moved
  void savePoint();
  void take(Reading reading);
  void install(project::Project opened, const QString& folder, std::int64_t version, Reading reading,
               FirstTables first);
  void readOthers();  // of a large project, while nobody waits for them
  void forget(const QString& folder);

  Session& session;
  std::optional<project::Project> project;
  QString folder;
  int generation = 0;  // of open projects: what a worker read from an older one is dropped
  std::int64_t version = -1;
  bool reading = false, gone = false;
  std::shared_ptr<const Snapshot> snapshot = std::make_shared<Snapshot>();
  mutable QHash<QString, Scores> scores;
  mutable QHash<QString, ProtocolPtr> protocols;
  QString opening;
  int openings = 0;  // of openSoon(): the last one counts
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
  if (point.scores != old.scores || point.features != old.features) emit session.scoresChanged();
  if (point.protocol != old.protocol) emit session.protocolChanged();
  if (point.weights != old.weights || point.rescale != old.rescale || point.lengths != old.lengths ||
      point.far != old.far)
    emit session.weightingChanged();
  if (point.threshold != old.threshold) emit session.thresholdChanged(point.threshold);
  emit session.pointChanged();
}

void Session::open(const QString& folder) {
  if (folder.isEmpty()) return close();
  // Everything that can throw comes first, so that a failure leaves the old project open.
  project::Project project = openToRead(folder);
  const std::int64_t version = project.dataVersion();
  Reading reading = readProject(project, {}, {});
  FirstTables first;
  first.point = analysis::resolved(readPoint(project), choicesOf(*reading.snapshot));
  impl_->install(std::move(project), folder, version, std::move(reading), std::move(first));
}

void Session::openSoon(const QString& folder) {
  Impl& d = *impl_;
  auto project = std::make_shared<project::Project>(openToRead(folder));
  const std::int64_t version = project->dataVersion();
  if (QFileInfo(folder + "/project.sqlite").size() <= kCheapBytes) {
    open(folder);
    emit opened();
    return;
  }
  d.opening = folder;
  emit openingChanged();
  QPointer<Session> self(this);
  workers().start([self, project, folder, version, opening = ++d.openings] {
    auto reading = std::make_shared<Reading>();
    auto first = std::make_shared<FirstTables>();
    QString problem;
    try {
      // Beside the samples, which take longest.
      auto tables = std::async(std::launch::async, [folder] { return readFirst(openToRead(folder)); });
      *reading = readProject(openToRead(folder), {}, {});
      *first = tables.get();
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(qApp, [self, project, folder, version, opening, reading, first, problem] {
      if (!self || self->impl_->openings != opening || self->impl_->opening.isEmpty()) return;
      self->impl_->opening.clear();
      emit self->openingChanged();
      if (!problem.isEmpty()) return emit self->openFailed(problem);
      self->impl_->install(std::move(*project), folder, version, std::move(*reading), std::move(*first));
      emit self->opened();
    });
  });
}

QString Session::opening() const { return impl_->opening; }

void Session::Impl::forget(const QString& next) {
  savePoint();
  ++generation;
  ++openings;
  if (!std::exchange(opening, {}).isEmpty()) emit session.openingChanged();
  folder = next;
  reading = gone = false;
  scores.clear();
  protocols.clear();
  selection.clear();
  current = -1;
}

void Session::Impl::install(project::Project opened, const QString& next, std::int64_t itsVersion,
                            Reading read, FirstTables first) {
  forget(next);
  project.emplace(std::move(opened));
  version = itsVersion;
  snapshot = std::move(read.snapshot);
  point = analysis::resolved(first.point, choicesOf(*snapshot));
  scores = std::move(first.scores);
  if (first.protocol) protocols[QString::fromStdString(first.protocol->name)] = first.protocol;
  poll.start();
  emit session.projectChanged();
  emit session.snapshotChanged();
  emit session.scoresChanged();
  emit session.protocolChanged();
  emit session.weightingChanged();
  emit session.thresholdChanged(point.threshold);
  emit session.pointChanged();
  emit session.selectionChanged();
  if (snapshot->samples.size() > kCheapSamples) readOthers();
}

// So that choosing another table or protocol need not read it on the window's thread.
void Session::Impl::readOthers() {
  static constexpr std::size_t kMost = 6;  // of each, the newest: a table of a million samples takes 21 MB
  QStringList tables, names;
  const auto add = [](QStringList& list, const std::vector<std::string>& all, const auto& known) {
    for (std::size_t i = all.size() - std::min(all.size(), kMost); i < all.size(); ++i)
      if (const QString name = QString::fromStdString(all[i]); !known.contains(name)) list << name;
  };
  add(tables, snapshot->scoreTables, scores);
  add(names, snapshot->protocols, protocols);
  if (tables.isEmpty() && names.isEmpty()) return;
  QPointer<Session> self(&session);
  workers().start([self, tables, names, folder = folder, version = version, generation = generation] {
    QHash<QString, Scores> readTables;
    QHash<QString, ProtocolPtr> readProtocols;
    try {
      const auto project = openToRead(folder);
      for (const QString& name : tables)
        if (auto table = readScores(project, name.toStdString())) readTables[name] = table;
      for (const QString& name : names)
        if (auto protocol = readProtocol(project, name.toStdString())) readProtocols[name] = protocol;
    } catch (const std::exception&) {
      return;  // they are read when they are asked for
    }
    QMetaObject::invokeMethod(qApp, [self, readTables, readProtocols, version, generation] {
      if (!self || self->impl_->generation != generation || self->impl_->version != version) return;
      for (auto it = readTables.begin(); it != readTables.end(); ++it)
        if (!self->impl_->scores.contains(it.key())) self->impl_->scores.insert(it.key(), it.value());
      for (auto it = readProtocols.begin(); it != readProtocols.end(); ++it)
        if (!self->impl_->protocols.contains(it.key())) self->impl_->protocols.insert(it.key(), it.value());
    });
  });
}

void Session::close() {
  Impl& d = *impl_;
  d.poll.stop();
  d.forget({});
  d.project.reset();
  d.snapshot = std::make_shared<Snapshot>();
  d.point = {};
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
  if (std::find(names.begin(), names.end(), table.toStdString()) != names.end())
    scores = readScores(*impl_->project, table.toStdString());
  return *impl_->scores.insert(table, scores);
}

Scores Session::knownScores(const QString& table) const { return impl_->scores.value(table); }

ProtocolPtr Session::protocol() const {
  Impl& d = *impl_;
  if (!d.project || d.point.protocol.empty()) return nullptr;
  const QString name = protocolName();
  if (const auto known = d.protocols.value(name)) return known;
  auto protocol = readProtocol(*d.project, d.point.protocol);
  if (protocol) d.protocols[name] = protocol;
  return protocol;
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
  if (d.snapshot->samples.size() <= kCheapSamples) {
    try {
      Reading reading = readProject(*d.project, d.scores.keys(), d.protocols.keys());
      keepSame(reading, d.snapshot, d.scores, d.protocols);
      d.take(std::move(reading));
    } catch (const std::exception&) {
      d.version = -1;  // read again at the next poll
    }
    return;
  }
  d.reading = true;
  QPointer<Session> self(this);
  workers().start([self, folder = d.folder, before = ReadBefore{d.snapshot, d.scores, d.protocols},
                   generation = d.generation]() mutable {
    auto reading = std::make_shared<Reading>();
    try {
      *reading = readAgain(openToRead(folder), before);
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
  const bool newSnapshot = snapshot != reading.snapshot;
  const ProtocolPtr known = protocols.value(session.protocolName());
  bool newProtocol = known && known != reading.protocols.value(session.protocolName());
  snapshot = reading.snapshot;
  scores = reading.scores;
  protocols = reading.protocols;
  point = analysis::resolved(point, choicesOf(*snapshot));  // keeps the chosen ones while they exist
  newProtocol = newProtocol || point.protocol != old.protocol;
  if (newSnapshot) emit session.snapshotChanged();
  if (point.scores != old.scores || point.features != old.features ||
      scores.value(session.scoreTable()) != oldScores)
    emit session.scoresChanged();
  if (newProtocol) emit session.protocolChanged();
  if (point.weights != old.weights) emit session.weightingChanged();
  if (point != old) emit session.pointChanged();
}

}  // namespace discern::ui

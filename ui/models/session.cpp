#include "ui/models/session.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace discern::ui {
namespace {

constexpr int kPollMs = 500;
constexpr int kSaveMs = 400;
constexpr double kDefaultThreshold = 0.15;
constexpr int kCheapSamples = 2000;  // up to here a re-read takes a few milliseconds

using Scores = ScoresPtr;

QString setting(const project::Project& project, const char* key) {
  return QString::fromStdString(project.setting(key).value_or(""));
}

// The wanted one when it exists, else the first that `prefers` likes, else the newest.
QString choose(const QString& wanted, const std::vector<std::string>& names, const QStringList& preferred) {
  const auto has = [&](const QString& name) {
    return std::find(names.begin(), names.end(), name.toStdString()) != names.end();
  };
  if (has(wanted)) return wanted;
  for (const QString& name : preferred)
    if (has(name)) return name;
  return names.empty() ? QString() : QString::fromStdString(names.front());
}

std::vector<std::string> namesOf(const std::vector<project::FeatureTableRow>& tables) {
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table.name);
  return names;
}

}  // namespace

struct Session::Impl {
  explicit Impl(Session& session) : session(session) {}

  void chooseTables();                                       // keeps the chosen ones while they exist
  void saveLater(const QString& key, const QString& value);  // a hand on a slider is not a write each
  void saveSettings();
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
  QString scoreTable, featureTable, protocolName;
  double threshold = kDefaultThreshold;
  std::vector<int> selection;
  int current = -1;
  QTimer poll, save;
  QHash<QString, QString> unsaved;
};

Session::Session(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>(*this)) {
  impl_->poll.setInterval(kPollMs);
  connect(&impl_->poll, &QTimer::timeout, this, &Session::reload);
  impl_->save.setSingleShot(true);
  impl_->save.setInterval(kSaveMs);
  connect(&impl_->save, &QTimer::timeout, this, [this] { impl_->saveSettings(); });
}

Session::~Session() { impl_->saveSettings(); }

void Session::Impl::saveSettings() {
  save.stop();
  const auto settings = std::exchange(unsaved, {});
  if (!project) return;
  for (auto it = settings.begin(); it != settings.end(); ++it) {
    try {
      project->putSetting(it.key().toStdString(), it.value().toStdString());
    } catch (const std::exception&) {
      // A folder that may only be read still can be looked at.
    }
  }
}

void Session::Impl::saveLater(const QString& key, const QString& value) {
  unsaved[key] = value;
  save.start();
}

void Session::Impl::chooseTables() {
  scoreTable = choose(scoreTable, snapshot->scoreTables, {"dscore", "ddnet"});
  QString ofScores;
  if (const Scores table = session.scores()) ofScores = QString::fromStdString(table->featureTable);
  featureTable = choose(featureTable, namesOf(snapshot->featureTables), {ofScores});
  protocolName = choose(protocolName, snapshot->protocols, {});
}

void Session::open(const QString& folder) {
  if (folder.isEmpty()) return close();
  // Everything that can throw comes first, so that a failure leaves the old project open.
  project::Project project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
  const std::int64_t version = project.dataVersion();
  Reading reading = readProject(project, {}, {});
  Impl& d = *impl_;
  d.saveSettings();
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
  bool isNumber = false;
  const double threshold = setting(*d.project, "threshold").toDouble(&isNumber);
  d.threshold = isNumber && threshold >= 0 && threshold <= 1 ? threshold : kDefaultThreshold;
  d.scoreTable = setting(*d.project, "score_table");
  d.featureTable = setting(*d.project, "feature_table");
  d.protocolName = setting(*d.project, "protocol");
  d.chooseTables();
  d.poll.start();
  emit projectChanged();
  emit snapshotChanged();
  emit scoresChanged();
  emit protocolChanged();
  emit thresholdChanged(d.threshold);
  emit selectionChanged();
}

void Session::close() {
  Impl& d = *impl_;
  d.saveSettings();
  d.poll.stop();
  ++d.generation;
  d.project.reset();
  d.folder.clear();
  d.snapshot = std::make_shared<Snapshot>();
  d.scores.clear();
  d.protocol.reset();
  d.scoreTable = d.featureTable = d.protocolName = QString();
  d.threshold = kDefaultThreshold;
  d.selection.clear();
  d.current = -1;
  emit projectChanged();
  emit snapshotChanged();
  emit scoresChanged();
  emit protocolChanged();
  emit selectionChanged();
}

bool Session::isOpen() const { return impl_->project.has_value(); }
QString Session::folder() const { return impl_->folder; }

const project::Project& Session::project() const {
  if (!impl_->project) throw std::logic_error("no project is open");
  return *impl_->project;
}

std::shared_ptr<const Snapshot> Session::snapshot() const { return impl_->snapshot; }
Scores Session::scores() const { return scores(impl_->scoreTable); }

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
  if (!d.project || d.protocolName.isEmpty()) return nullptr;
  if (!d.protocol) {
    try {
      d.protocol = std::make_shared<const data::Protocol>(d.project->protocol(d.protocolName.toStdString()));
    } catch (const Error&) {
      return nullptr;
    }
  }
  return d.protocol;
}

QString Session::scoreTable() const { return impl_->scoreTable; }
QString Session::featureTable() const { return impl_->featureTable; }
QString Session::protocolName() const { return impl_->protocolName; }

void Session::setScoreTable(const QString& name) {
  if (name == impl_->scoreTable) return;
  impl_->scoreTable = name;
  impl_->saveLater("score_table", name);
  emit scoresChanged();
}

void Session::setFeatureTable(const QString& name) {
  if (name == impl_->featureTable) return;
  impl_->featureTable = name;
  impl_->saveLater("feature_table", name);
  emit scoresChanged();
}

void Session::setProtocolName(const QString& name) {
  if (name == impl_->protocolName) return;
  impl_->protocolName = name;
  impl_->protocol.reset();
  impl_->saveLater("protocol", name);
  emit protocolChanged();
}

double Session::threshold() const { return impl_->threshold; }

void Session::setThreshold(double score) {
  if (!std::isfinite(score)) return;
  score = std::clamp(score, 0.0, 1.0);
  if (score == impl_->threshold) return;
  impl_->threshold = score;
  impl_->saveLater("threshold", QString::number(score, 'g', 9));
  emit thresholdChanged(score);
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
      d.take(readProject(*d.project, tables, d.protocolName));
    } catch (const std::exception&) {
      d.version = -1;  // read again at the next poll
    }
    return;
  }
  d.reading = true;
  QPointer<Session> self(this);
  QThreadPool::globalInstance()->start(
      [self, tables, folder = d.folder, protocol = d.protocolName, generation = d.generation] {
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
  const QString oldScoreTable = scoreTable, oldFeatureTable = featureTable, oldProtocol = protocolName;
  const Scores oldScores = scores.value(scoreTable);
  const bool newSnapshot = !same(*snapshot, *reading.snapshot);
  bool newProtocol = protocol && !same(protocol, reading.protocol);
  if (newSnapshot) snapshot = reading.snapshot;
  // Unchanged tables keep their address, so that a page can tell what moved by comparing pointers.
  for (auto it = reading.scores.begin(); it != reading.scores.end(); ++it)
    if (const Scores old = scores.value(it.key()); same(old, it.value())) it.value() = old;
  scores = reading.scores;
  if (newProtocol) protocol = reading.protocol;
  chooseTables();
  if (protocolName != oldProtocol) {
    protocol.reset();
    newProtocol = true;
  }
  if (newSnapshot) emit session.snapshotChanged();
  if (scoreTable != oldScoreTable || featureTable != oldFeatureTable || scores.value(scoreTable) != oldScores)
    emit session.scoresChanged();
  if (newProtocol) emit session.protocolChanged();
}

}  // namespace discern::ui

#include "ui/models/live/selection_source.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "ui/models/live/workers.h"

namespace discern::ui {
namespace {

constexpr int kPollMs = 300, kSaveMs = 400;
constexpr double kFirstShare = 0.5;  // kept at first, before anybody moved the slider

QStringList list(const std::vector<std::string>& names) {
  QStringList result;
  for (const std::string& name : names) result << QString::fromStdString(name);
  return result;
}

// The wanted one if it is there, else the newest.
QString choose(const QString& wanted, const QStringList& names) {
  if (names.isEmpty()) return {};
  return names.contains(wanted) ? wanted : names.back();
}

bool sameNumbers(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool same(const project::SelectionRow& a, const project::SelectionRow& b) {
  return a.name == b.name && a.features == b.features && a.centers == b.centers && a.options == b.options &&
         sameNumbers(a.enters, b.enters);
}

bool same(const MapLayout& a, const MapLayout& b) {
  return a.name == b.name && a.iteration == b.iteration && a.iterations == b.iterations && a.of == b.of &&
         a.samples == b.samples && a.points == b.points;
}

void put(const QString& folder, const QHash<QString, QString>& settings) {
  try {
    auto project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
    for (auto it = settings.begin(); it != settings.end(); ++it)
      project.putSetting(it.key().toStdString(), it.value().toStdString());
  } catch (const std::exception&) {
    // A folder that may only be read still can be looked at.
  }
}

}  // namespace

struct SelectionSource::Reading {
  QStringList selections, maps;
  std::shared_ptr<const SelectionPath> path;
  std::shared_ptr<const Snapshot> snapshot;  // that the path follows
  std::shared_ptr<const MapLayout> layout;
  bool withPath = false;
  qint64 pathMs = 0;
};

SelectionSource& SelectionSource::of(Session& session) {
  if (auto* found = session.findChild<SelectionSource*>()) return *found;
  return *new SelectionSource(session);
}

SelectionSource::SelectionSource(Session& session) : QObject(&session), session_(session) {
  poll_.setInterval(kPollMs);
  save_.setSingleShot(true);
  save_.setInterval(kSaveMs);
  connect(&poll_, &QTimer::timeout, this, &SelectionSource::poll);
  connect(&save_, &QTimer::timeout, this, &SelectionSource::save);
  connect(&session, &Session::projectChanged, this, &SelectionSource::openProject);
  connect(&session, &Session::scoresChanged, this, &SelectionSource::compare);
  connect(&session, &Session::snapshotChanged, this, [this] {
    // Identities may have been merged.
    if (path_ && pathSnapshot_ != session_.snapshot()) version_ = -1, sincePath_.invalidate(), poll();
  });
  openProject();
}

SelectionSource::~SelectionSource() {
  if (!unsaved_.isEmpty()) put(folder_, unsaved_);
}

void SelectionSource::openProject() {
  if (!unsaved_.isEmpty()) put(folder_, std::exchange(unsaved_, {}));
  save_.stop();
  reading_.cancel();
  comparing_.cancel();
  folder_ = session_.folder();
  selections_.clear();
  maps_.clear();
  path_.reset();
  pathSnapshot_.reset();
  layout_.reset();
  comparison_.reset();
  version_ = -1;
  sincePath_.invalidate();
  lambda_ = 0;
  lambdaChosen_ = false;
  colour_.clear();
  metadata_.clear();
  if (session_.isOpen()) {
    const auto setting = [&](const char* key) {
      try {
        return QString::fromStdString(session_.project().setting(key).value_or(""));
      } catch (const Error&) {  // of a damaged row, which is as good as missing
        return QString();
      }
    };
    wantedSelection_ = setting(analysis::settings::kSelectionName);
    wantedMap_ = setting(analysis::settings::kSelectionMap);
    colour_ = setting(analysis::settings::kMapColour);
    metadata_ = setting(analysis::settings::kMetadata);
    const double lambda = setting(analysis::settings::kSelectionLambda).toDouble(&lambdaChosen_);
    lambdaChosen_ = lambdaChosen_ && lambda <= 0;
    if (lambdaChosen_) lambda_ = lambda;
    poll_.start();
  } else {
    poll_.stop();
  }
  emit namesChanged();
  emit pathChanged();
  emit layoutChanged();
  emit comparisonChanged();
  emit lambdaChanged(lambda_);
  emit colourChanged();
  poll();
}

void SelectionSource::poll() {
  if (!session_.isOpen() || reading_.busy()) return;
  std::int64_t version = 0;
  try {
    version = session_.project().dataVersion();
  } catch (const std::exception&) {
    return;  // the folder is away for a moment; the next poll tries again
  }
  const bool moved = version != version_;
  pathIsOld_ = pathIsOld_ || moved;
  const bool rested = !sincePath_.isValid() || sincePath_.elapsed() > 10 * pathMs_;
  if (!moved && !(pathIsOld_ && rested)) return;
  version_ = version;
  read(pathIsOld_ && rested);
}

void SelectionSource::read(bool withPath) {
  reading_.run(
      [folder = folder_, wantedSelection = wantedSelection_, wantedMap = wantedMap_, path = path_,
       before = pathSnapshot_, layout = layout_, snapshot = session_.snapshot(),
       withPath](const LatestTask::Stopped&) {
        QElapsedTimer timer;
        timer.start();
        const auto project = project::Project::open(folder.toStdString(), project::Project::Mode::Read);
        Reading reading;
        reading.withPath = withPath;
        reading.snapshot = snapshot;
        reading.selections = list(project.selections());
        reading.maps = list(project.maps());
        if (const QString name = choose(wantedMap, reading.maps); !name.isEmpty()) {
          try {
            auto fresh = std::make_shared<const MapLayout>(project.map(name.toStdString()));
            reading.layout = layout && same(*layout, *fresh) ? layout : fresh;
          } catch (const Error&) {
            reading.layout = layout;  // replaced at this very moment; the next change brings it
          }
        }
        timer.restart();
        if (const QString name = choose(wantedSelection, reading.selections); withPath && !name.isEmpty()) {
          auto row = project.selection(name.toStdString());
          if (path && before == snapshot && same(path->row(), row))
            reading.path = path;
          else
            reading.path = std::make_shared<const SelectionPath>(std::move(row), snapshot->who);
        }
        reading.pathMs = timer.elapsed();
        return reading;
      },
      [this](Reading reading) { take(std::move(reading)); },
      [this](const std::string&) {
        // A map is replaced, or the folder is away, at this very moment: the next poll reads it again.
        version_ = -1;
        pathIsOld_ = true;
      });
}

void SelectionSource::take(Reading reading) {
  if (reading.withPath) {
    pathIsOld_ = false;
    pathMs_ = reading.pathMs;
    sincePath_.start();
  }
  const bool names = reading.selections != selections_ || reading.maps != maps_;
  const bool newPath = reading.withPath && reading.path != path_;
  const bool newLayout = reading.layout != layout_;
  selections_ = std::move(reading.selections);
  maps_ = std::move(reading.maps);
  const bool had = path_ != nullptr, wasOrder = isOrder();
  const double share = had ? path_->share(lambda()) : kFirstShare;
  if (newPath) path_ = std::move(reading.path);
  if (reading.withPath) pathSnapshot_ = std::move(reading.snapshot);
  layout_ = std::move(reading.layout);
  if (newPath && path_ && !isCut() && !lambdaChosen_) {
    lambda_ = path_->lambdaForShare(kFirstShare);
  } else if (newPath && path_ && !isCut() && had && isOrder() != wasOrder) {
    lambda_ = path_->lambdaForShare(share);  // a lambda of the one says nothing of the other
    saveLater(analysis::settings::kSelectionLambda, QString::number(lambda_, 'g', 17));
  }
  if (names || newPath || newLayout) emit namesChanged();
  if (newPath) emit pathChanged();
  if (newPath) emit lambdaChanged(lambda());
  if (newLayout) emit layoutChanged();
  if (newPath) compare();
}

void SelectionSource::compare() {
  const auto scores = session_.scores();
  if (!path_ || !scores) {
    comparing_.cancel();
    if (std::exchange(comparison_, nullptr)) emit comparisonChanged();
    return;
  }
  comparing_.run(
      [path = path_, scores](const LatestTask::Stopped&) {
        return std::make_shared<const ScoreComparison>(*path, scores);
      },
      [this](std::shared_ptr<const ScoreComparison> comparison) {
        comparison_ = std::move(comparison);
        emit comparisonChanged();
      });
}

void SelectionSource::chooseSelection(const QString& name) {
  wantedSelection_ = name;
  saveLater(analysis::settings::kSelectionName, name);
  if (session_.isOpen()) read(true);
}

void SelectionSource::chooseMap(const QString& name) {
  wantedMap_ = name;
  saveLater(analysis::settings::kSelectionMap, name);
  if (session_.isOpen()) read(pathIsOld_);
}

void SelectionSource::setLambda(double lambda) {
  if (!std::isfinite(lambda) || isCut()) return;
  lambda = std::min(lambda, 0.0);
  if (lambda == lambda_ && lambdaChosen_) return;
  lambda_ = lambda;
  lambdaChosen_ = true;
  saveLater(analysis::settings::kSelectionLambda, QString::number(lambda, 'g', 17));
  emit lambdaChanged(lambda);
}

void SelectionSource::setColour(const QString& colour) {
  if (colour == colour_) return;
  colour_ = colour;
  saveLater(analysis::settings::kMapColour, colour);
  emit colourChanged();
}

void SelectionSource::setMetadata(const QString& file) {
  metadata_ = file;
  saveLater(analysis::settings::kMetadata, file);
  emit colourChanged();
}

void SelectionSource::saveLater(const QString& key, const QString& value) {
  unsaved_[key] = value;
  save_.start();
}

void SelectionSource::save() {
  if (folder_.isEmpty()) return unsaved_.clear();
  workers().start([folder = folder_, settings = std::exchange(unsaved_, {})] { put(folder, settings); });
}

}  // namespace discern::ui

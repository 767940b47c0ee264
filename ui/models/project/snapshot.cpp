#include "ui/models/project/snapshot.h"

#include <QCoreApplication>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/analysis/cost_model.h"
#include "core/analysis/settings.h"
#include "ui/models/live/workers.h"

namespace discern::ui {
namespace {

void groupSamples(Snapshot& snapshot) {
  snapshot.samplesOfIdentity.assign(snapshot.identities.size(), {});
  for (const project::SampleRow& sample : snapshot.samples) {
    int identity = sample.movedTo >= 0 ? sample.movedTo : sample.identity;
    // A merge into a merged identity is followed; the bound guards against a circle.
    for (std::size_t hops = 0; hops < snapshot.identities.size() && identity >= 0; ++hops) {
      const int into = snapshot.identities[static_cast<std::size_t>(identity)].mergedInto;
      if (into < 0) break;
      identity = into;
    }
    if (identity >= 0) snapshot.samplesOfIdentity[static_cast<std::size_t>(identity)].push_back(sample.id);
  }
}

void tellWhoIsWho(Snapshot& snapshot) {
  snapshot.who = analysis::whoIs(snapshot.samples, snapshot.identities);
  snapshot.totals = analysis::totals(snapshot.who, snapshot.samples);
  groupSamples(snapshot);
}

template <typename T, typename Key>
bool sameBy(const std::vector<T>& a, const std::vector<T>& b, Key key) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const T& x, const T& y) { return key(x) == key(y); });
}

bool sameIdentities(const Snapshot& a, const Snapshot& b) {
  return sameBy(a.identities, b.identities, [](const auto& i) {
    return std::tie(i.id, i.name, i.set, i.role, i.excluded, i.mergedInto);
  });
}

bool sameHistory(const Snapshot& a, const Snapshot& b) {
  return sameBy(a.history, b.history, [](const auto& d) { return std::tie(d.id, d.what, d.time, d.undone); });
}

// A million samples take a while to be let go of: the window's thread need not do it.
void letGo(const Snapshot* snapshot) {
  if (snapshot->samples.size() > kFewSamples && qApp != nullptr && QThread::currentThread() == qApp->thread())
    workers().start([snapshot] { delete snapshot; });
  else
    delete snapshot;
}

std::shared_ptr<const Snapshot> readSnapshot(const project::Project& project) {
  const std::shared_ptr<Snapshot> snapshot(new Snapshot, letGo);
  snapshot->kind = &imaging::findGroupKind(project.groupKind());
  snapshot->workDone = project::workDone(project);
  snapshot->samples = project.samples();  // before the identities, which an import may be adding
  snapshot->identities = project.identities();
  snapshot->featureTables = project.featureTables();
  snapshot->scoreTables = project.scoreTables();
  for (const auto& name : snapshot->scoreTables)
    snapshot->scoreCosts.push_back(project.setting(analysis::settings::scoreCost(name)).value_or(""));
  snapshot->protocols = project.protocols();
  snapshot->models = project.models();
  snapshot->runs = project.runs();
  for (auto& [sample, mark] : project::marks(project)) snapshot->marks.emplace(sample, std::move(mark));
  snapshot->history = project::history(project);
  tellWhoIsWho(*snapshot);
  return snapshot;
}

// No job worked since `before` was read: only what people decide is read. null: that is as it was.
std::shared_ptr<const Snapshot> decidedAnew(const project::Project& project, const Snapshot& before) {
  const std::shared_ptr<Snapshot> snapshot(new Snapshot, letGo);
  snapshot->identities = project.identities();
  auto marks = project::marks(project);
  snapshot->history = project::history(project);
  for (const auto& [sample, mark] : marks) snapshot->marks.emplace(sample, mark);
  if (sameIdentities(before, *snapshot) && before.marks == snapshot->marks && sameHistory(before, *snapshot))
    return nullptr;
  snapshot->kind = before.kind;
  snapshot->workDone = before.workDone;
  snapshot->samples = before.samples;
  project::applyMarks(snapshot->samples, marks);
  snapshot->featureTables = before.featureTables;
  snapshot->scoreTables = before.scoreTables;
  snapshot->scoreCosts = before.scoreCosts;
  snapshot->protocols = before.protocols;
  snapshot->models = before.models;
  snapshot->runs = before.runs;
  tellWhoIsWho(*snapshot);
  return snapshot;
}

bool sameValues(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

const project::Mark& Snapshot::mark(int sample) const {
  static const project::Mark kNone;
  const auto found = marks.find(sample);
  return found == marks.end() ? kNone : found->second;
}

evaluation::CostModel costModel(const Snapshot& snapshot, const QString& featureTable,
                                const data::ScoreTable& scores) {
  std::string recorded;
  for (std::size_t i = 0; i < snapshot.scoreCosts.size(); ++i)
    if (snapshot.scoreTables[i] == scores.name) recorded = snapshot.scoreCosts[i];
  return analysis::costModel({snapshot.featureTables, snapshot.models}, featureTable.toStdString(), scores,
                             recorded);
}

Reading readProject(const project::Project& project, const QStringList& tables,
                    const QStringList& protocols) {
  Reading reading;
  reading.snapshot = readSnapshot(project);
  for (const QString& table : tables) {
    const auto& names = reading.snapshot->scoreTables;
    if (std::find(names.begin(), names.end(), table.toStdString()) != names.end())
      reading.scores[table] = std::make_shared<const data::ScoreTable>(project.scores(table.toStdString()));
  }
  for (const QString& protocol : protocols) {
    const auto& names = reading.snapshot->protocols;
    if (std::find(names.begin(), names.end(), protocol.toStdString()) != names.end())
      reading.protocols[protocol] =
          std::make_shared<const data::Protocol>(project.protocol(protocol.toStdString()));
  }
  return reading;
}

Reading readAgain(const project::Project& project, const ReadBefore& before) {
  const std::string done = project::workDone(project);
  if (!done.empty() && done == before.snapshot->workDone) {
    auto anew = decidedAnew(project, *before.snapshot);
    return {anew ? std::move(anew) : before.snapshot, before.scores, before.protocols};
  }
  Reading reading = readProject(project, before.scores.keys(), before.protocols.keys());
  keepSame(reading, before.snapshot, before.scores, before.protocols);
  return reading;
}

void keepSame(Reading& reading, const std::shared_ptr<const Snapshot>& snapshot,
              const QHash<QString, ScoresPtr>& scores, const QHash<QString, ProtocolPtr>& protocols) {
  if (same(*snapshot, *reading.snapshot)) reading.snapshot = snapshot;
  const auto keep = [](auto& read, const auto& known) {
    for (auto it = read.begin(); it != read.end(); ++it)
      if (const auto old = known.value(it.key()); same(old, it.value())) it.value() = old;
  };
  keep(reading.scores, scores);
  keep(reading.protocols, protocols);
}

bool same(const ScoresPtr& a, const ScoresPtr& b) {
  if (!a || !b) return !a && !b;
  return a->featureTable == b->featureTable && a->covered == b->covered && sameValues(a->score, b->score) &&
         sameValues(a->ratio, b->ratio);
}

bool same(const ProtocolPtr& a, const ProtocolPtr& b) {
  if (!a || !b) return !a && !b;
  const auto samePair = [](const data::Pair& x, const data::Pair& y) {
    return x.a == y.a && x.b == y.b && x.genuine == y.genuine && x.fold == y.fold;
  };
  const auto sameTemplate = [](const data::Template& x, const data::Template& y) {
    return x.name == y.name && x.samples == y.samples;
  };
  return std::equal(a->pairs.begin(), a->pairs.end(), b->pairs.begin(), b->pairs.end(), samePair) &&
         std::equal(a->templates.begin(), a->templates.end(), b->templates.begin(), b->templates.end(),
                    sameTemplate);
}

// A face may be moved inside its photograph.
bool samePlace(const data::ImageRef& a, const data::ImageRef& b) {
  const auto samePoint = [](const data::Point& p, const data::Point& q) { return p.x == q.x && p.y == q.y; };
  return a.crop == b.crop && a.landmarks.has_value() == b.landmarks.has_value() &&
         (!a.landmarks ||
          std::equal(a.landmarks->begin(), a.landmarks->end(), b.landmarks->begin(), samePoint));
}

bool same(const Snapshot& a, const Snapshot& b) {
  return a.kind == b.kind && sameIdentities(a, b) &&
         sameBy(a.samples, b.samples,
                [](const auto& s) {
                  return std::tie(s.id, s.identity, s.leftOut, s.movedTo, s.problem, s.nuisance);
                }) &&
         a.marks == b.marks && sameHistory(a, b) &&
         std::equal(a.samples.begin(), a.samples.end(), b.samples.begin(),
                    [](const auto& x, const auto& y) { return samePlace(x.image, y.image); }) &&
         sameBy(a.featureTables, b.featureTables,
                [](const auto& t) {
                  return std::tie(t.name, t.model, t.recipe, t.dims, t.macs, t.milliseconds, t.created);
                }) &&
         a.scoreTables == b.scoreTables && a.scoreCosts == b.scoreCosts && a.protocols == b.protocols &&
         sameBy(a.models, b.models,
                [](const auto& m) { return std::tie(m.name, m.kind, m.options, m.macs, m.milliseconds); }) &&
         sameBy(a.runs, b.runs, [](const auto& r) { return std::tie(r.id, r.status, r.finished, r.result); });
}

}  // namespace discern::ui

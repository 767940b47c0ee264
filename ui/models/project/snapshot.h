// What a project holds at one moment, and whether another moment differs. Any thread; no widgets.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/analysis/inventory.h"
#include "core/analysis/roster.h"
#include "core/evaluation/cost.h"
#include "core/imaging/sample.h"
#include "core/project/decisions.h"
#include "core/project/project.h"

namespace discern::ui {

inline constexpr std::size_t kFewSamples = 2000;  // up to here reading takes a few milliseconds

// Read from the project in one go; never changed afterwards, replaced when the project changes on disk.
struct Snapshot {
  const data::GroupKind* kind = &imaging::findGroupKind("");  // what the samples are
  std::vector<project::IdentityRow> identities;
  std::vector<project::SampleRow> samples;
  std::vector<project::FeatureTableRow> featureTables;
  std::vector<std::string> scoreTables;
  std::vector<std::string> scoreCosts;  // of each, as predict recorded it: {"macs", "ms"}; empty: it did not
  std::vector<std::string> protocols;
  std::vector<project::ModelRow> models;
  std::vector<project::RunRow> runs;
  std::unordered_map<int, project::Mark> marks;  // what people decided, by sample
  std::vector<project::Decision> history;        // oldest first
  std::string workDone;                          // as of the reading (core/project/decisions.h)
  analysis::Who who;                             // of the samples, as the engine counts people
  analysis::Totals totals;
  std::vector<std::vector<int>> samplesOfIdentity;  // merged and moved ones are listed with the identity they
                                                    // went to; left out ones stay

  const project::Mark& mark(int sample) const;  // of one nobody looked at where there is none
};

using ScoresPtr = std::shared_ptr<const data::ScoreTable>;
using ProtocolPtr = std::shared_ptr<const data::Protocol>;

// What one image costs the base model of a feature table and what tells these scores.
evaluation::CostModel costModel(const Snapshot& snapshot, const QString& featureTable,
                                const data::ScoreTable& scores);

// What one re-read brings.
struct Reading {
  std::shared_ptr<const Snapshot> snapshot;
  QHash<QString, ScoresPtr> scores;  // of the tables that were asked for and exist
  QHash<QString, ProtocolPtr> protocols;
};
Reading readProject(const project::Project& project, const QStringList& tables, const QStringList& protocols);
// The same again, after a reading: where only people decided since, the rest is taken from there.
struct ReadBefore {
  std::shared_ptr<const Snapshot> snapshot;
  QHash<QString, ScoresPtr> scores;
  QHash<QString, ProtocolPtr> protocols;
};
Reading readAgain(const project::Project& project, const ReadBefore& before);
// What is as it was keeps its address, so that who follows can tell what moved by comparing pointers.
void keepSame(Reading& reading, const std::shared_ptr<const Snapshot>& snapshot,
              const QHash<QString, ScoresPtr>& scores, const QHash<QString, ProtocolPtr>& protocols);

// A running job commits metrics several times a second; only what a page shows counts as a change.
bool same(const Snapshot& a, const Snapshot& b);
bool same(const ScoresPtr& a, const ScoresPtr& b);
bool same(const ProtocolPtr& a, const ProtocolPtr& b);

}  // namespace discern::ui

// What was done with a project, in words, tables and the numbers of its charts: the Report page and its files
// show it. It is made of the project and its operating point alone, whatever pages show. No widgets.
#pragma once

#include <QHash>
#include <QImage>
#include <QStringList>
#include <QVector>
#include <memory>
#include <optional>
#include <vector>

#include "ui/models/images/heat_rows.h"
#include "ui/models/images/score_overview.h"
#include "ui/models/live/template_source.h"
#include "ui/models/project/session.h"
#include "ui/models/results/identification.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/slice_runs.h"
#include "ui/models/results/training_curves.h"

namespace discern::ui {

struct ReportTable {
  QString title;  // empty: none
  QStringList columns;
  QVector<QStringList> rows;
  QString note = {};                        // beneath it
  QVector<std::vector<int>> pictures = {};  // samples that stand behind each row; empty: none
};

struct ReportSection {
  QString title;
  QStringList paragraphs;
  std::vector<ReportTable> tables;
  QString listing = {};  // lines to be copied: a shell script; empty: none

  bool isEmpty() const { return paragraphs.isEmpty() && tables.empty() && listing.isEmpty(); }
};

// What the charts are drawn from; each names its own part of it.
struct ReportFigures {
  struct Training {
    QString network;
    int run = -1;
    TrainingCurves curves;
  };
  std::optional<EvaluationRun> evaluation;  // the newest of the point's protocol, else of any
  std::optional<SweepRun> sweep;            // as the Trade-off page would show it
  ScoreOverview scores;                     // of the point's
  double scoresAbove = 0;                   // share of the scored that are above the threshold
  std::vector<HeatRow> worst;               // templates, the worst genuine comparison first
  std::vector<Training> trainings;          // finished, of networks that tell scores of this project
  std::vector<IdentifyRun> searches;        // newest first
  std::vector<SliceRun> slices;             // the newest of each column
  QHash<int, QImage> pictures;              // of samples beside tables
};

struct ProjectReport {
  QString project;  // its name
  QString asOf;     // when its newest run ended (UTC); empty: there is none
  QString version;  // of Discern
  const data::GroupKind* kind = nullptr;
  analysis::OperatingPoint point;
  std::vector<ReportSection> sections;
  ReportFigures figures;
};

struct ReportRequest {
  QString folder;  // of the project; opened for reading
  std::shared_ptr<const Snapshot> snapshot;
  analysis::OperatingPoint point;
  std::shared_ptr<const TemplateAnswer> templates = {};  // at this point; null: none
  QString templatesProblem = {};                         // why
  bool faces = false;                                    // tables of templates name their images
};

// Any thread. The same for the same project: neither the clock nor the place of the world is in it. Throws
// discern::Error when the project cannot be read.
ProjectReport projectReport(const ReportRequest& request);

}  // namespace discern::ui

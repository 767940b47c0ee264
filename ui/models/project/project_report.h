// What was done with a project, in words and tables: the Report page and its files show it. No widgets.
#pragma once

#include <QStringList>
#include <QVector>
#include <memory>
#include <vector>

#include "ui/models/project/session.h"

namespace discern::ui {

struct ReportTable {
  QString title;  // empty: none
  QStringList columns;
  QVector<QStringList> rows;
  QString note = {};  // beneath it
};

struct ReportSection {
  QString title;
  QStringList paragraphs;
  std::vector<ReportTable> tables;
  QString listing;                // lines to be copied: a shell script; empty: none
  QStringList charts;             // name prefixes of the charts that belong here
  bool takesOtherCharts = false;  // that no section names

  bool isEmpty() const { return paragraphs.isEmpty() && tables.empty() && listing.isEmpty(); }
};

struct ProjectReport {
  QString project, made, version;  // name, the time it was made, of Discern
  std::vector<ReportSection> sections;
};

struct ReportRequest {
  QString folder;  // of the project; opened for reading
  std::shared_ptr<const Snapshot> snapshot;
  analysis::OperatingPoint point;
};

// Any thread. Throws discern::Error when the project cannot be read.
ProjectReport projectReport(const ReportRequest& request);

}  // namespace discern::ui

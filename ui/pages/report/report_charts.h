// The report's own charts: made of its figures alone, whatever pages show, choose or zoom.
#pragma once

#include <memory>
#include <vector>

#include "ui/charts/chart.h"
#include "ui/models/project/project_report.h"

namespace discern::ui {

struct ReportFigure {
  std::unique_ptr<Chart> chart;
  QString section;    // title of the one it belongs to
  QString caption;    // "Receiver operating characteristic of 'templates'"
  QSize size;         // pixels, as a widget would have
  bool wide = false;  // one a line
};
// Those that have something to show, in the order of the sections. Needs the window's thread.
std::vector<ReportFigure> reportFigures(const ProjectReport& report);

}  // namespace discern::ui

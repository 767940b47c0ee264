// A report as one well-formed HTML document: for a browser as a file of its own, and for Qt's text documents.
#pragma once

#include <functional>

#include "ui/models/project/project_report.h"

namespace discern::ui {

struct ReportChart {
  QString name, caption;
  QString source;  // of the picture: a data: URL, or a name that a text document resolves
};

struct ReportStyle {
  QString text = "#1f2430", muted = "#667080", line = "#d0d6dd", band = "#f5f6f8", ground = "#ffffff";
  int chartWidth = 530;  // pixels
  int points = 10;       // size of the text
};

QString reportHtml(const ProjectReport& report, const QVector<ReportChart>& charts,
                   const ReportStyle& style = {});

}  // namespace discern::ui

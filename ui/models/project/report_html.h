// A report as one well-formed HTML document: for a browser as a file of its own, and for Qt's text documents.
#pragma once

#include <QColor>
#include <functional>

#include "ui/models/project/project_report.h"

namespace discern::ui {

struct ReportChart {
  QString name, section, caption;
  QString source;     // a browser: <svg> itself; a text document: what it resolves
  bool wide = false;  // one a line
};

struct ReportStyle {
  // Document: Qt's, which knows few rules and draws captions with the charts. Browser: light or dark as the
  // reader's system is, and pages when it is printed.
  enum class For { Document, Browser } target = For::Document;
  QString text = "#1f2430", muted = "#667080", line = "#d0d6dd", band = "#f5f6f8", ground = "#ffffff";
  int width = 1016;    // pixels for charts of a document
  double points = 10;  // size of the text
  // Colours of drawings, and which a dark page shows in their place.
  std::vector<std::pair<QColor, QColor>> dark = {};
  // The address of a sample's picture; empty: there is none.
  std::function<QString(int sample)> picture = {};
};

QString reportHtml(const ProjectReport& report, const QVector<ReportChart>& charts,
                   const ReportStyle& style = {});

}  // namespace discern::ui

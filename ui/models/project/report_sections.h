// The sections that project_report.cpp puts together, and how a report writes numbers and times.
#pragma once

#include "ui/models/project/project_report.h"

namespace discern::ui {

const QLocale& reportLocale();                     // one for everybody
QString reportCount(qint64 n);                     // "12,000", wherever it is read
QString reportNumber(double value, int decimals);  // NaN: a dash
QString reportTime(const std::string& iso);        // "2026-11-30 20:11" (UTC)
QString reportName(const std::string& name);       // empty: a dash

// What the operating point makes of the protocol, against the plain mean of every image.
ReportSection summarySection(const ReportRequest& request, const ReportFigures& figures);
// The newest parts of each column; empty: none were compared.
ReportSection sliceSection(const ReportFigures& figures);
ReportSection pointSection(const ReportRequest& request);
// The worst and the best templates.
ReportSection templateSection(const ReportRequest& request);
// How templates match, the worst first, for the heat map.
std::vector<HeatRow> worstTemplates(const ReportRequest& request, const project::Project& project,
                                    std::size_t most);
ReportSection decisionSection(const Snapshot& snapshot);
ReportSection oldSection(const project::Project& project);
ReportSection versionSection(const Snapshot& snapshot);

}  // namespace discern::ui

#include "ui/models/project/report_html.h"

#include <algorithm>

namespace discern::ui {
namespace {

// Only what Qt's text documents understand too.
constexpr auto kSheet = R"(
body { font-family: "DejaVu Sans", "Segoe UI", sans-serif; font-size: %1pt; color: %2; background-color: %6; max-width: 1100px; margin: 24px auto; padding: 0 16px; }
h1 { font-size: %7pt; margin-bottom: 2px; }
h2 { font-size: %8pt; margin-top: 26px; }
h3 { font-size: %1pt; font-weight: bold; margin-top: 16px; margin-bottom: 4px; }
p { margin-top: 4px; margin-bottom: 6px; }
.muted { color: %3; }
table { border-collapse: collapse; margin-top: 6px; margin-bottom: 10px; }
th, td { border-bottom: 1px solid %4; padding: 3px 7px; text-align: left; vertical-align: top; font-size: %9pt; }
th { background-color: %5; font-weight: bold; }
.small { font-size: %9pt; }
.name { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
pre { font-family: "DejaVu Sans Mono", monospace; font-size: %9pt; background-color: %5; padding: 8px; white-space: pre-wrap; }
.charts td { border: none; }
)";

QString sheet(const ReportStyle& style) {
  QString text = QString::fromLatin1(kSheet);
  // By hand: QString::arg would take "100%;" for a place of its own.
  const std::pair<const char*, QString> places[] = {{"%1", QString::number(style.points)},
                                                    {"%2", style.text},
                                                    {"%3", style.muted},
                                                    {"%4", style.line},
                                                    {"%5", style.band},
                                                    {"%6", style.ground},
                                                    {"%7", QString::number(2 * style.points)},
                                                    {"%8", QString::number(1.4 * style.points)},
                                                    {"%9", QString::number(0.9 * style.points)}};
  for (const auto& [place, value] : places) text.replace(place, value);
  return text;
}

bool isNumber(const QString& text) {
  return text == "–" || (text.size() < 28 && !text.isEmpty() && text[0].isDigit() && !text.contains('/'));
}

QString tableHtml(const ReportTable& table) {
  QString html;
  if (!table.title.isEmpty()) html += "<h3>" + table.title.toHtmlEscaped() + "</h3>\n";
  html += "<table cellspacing=\"0\" cellpadding=\"4\">\n<tr>";
  for (qsizetype c = 0; c < table.columns.size(); ++c) {
    const bool right =
        c > 0 && !table.rows.isEmpty() && isNumber(table.rows.front().value(c));  // as its first number
    html += right ? "<th class=\"number\" align=\"right\">" : "<th align=\"left\">";
    html += table.columns[c].toHtmlEscaped() + "</th>";
  }
  html += "</tr>\n";
  for (const QStringList& row : table.rows) {
    html += "<tr>";
    for (qsizetype c = 0; c < row.size(); ++c)
      html += (c == 0             ? "<td class=\"name\">"
               : isNumber(row[c]) ? "<td class=\"number\" align=\"right\">"
                                  : "<td>") +
              row[c].toHtmlEscaped() + "</td>";
    html += "</tr>\n";
  }
  html += "</table>\n";
  if (!table.note.isEmpty()) html += "<p class=\"muted small\">" + table.note.toHtmlEscaped() + "</p>\n";
  return html;
}

// Two beside each other.
QString chartsHtml(const QVector<ReportChart>& charts, const ReportStyle& style) {
  if (charts.isEmpty()) return {};
  QString html = "<table class=\"charts\" cellspacing=\"0\" cellpadding=\"4\">\n";
  for (qsizetype i = 0; i < charts.size(); ++i) {
    const QString name = charts[i].caption.toHtmlEscaped();
    html += i % 2 == 0 ? "<tr>" : "";
    html +=
        QString("<td><img src=\"%1\" width=\"%2\" alt=\"%3\" /><br /><span class=\"muted\">%3</span></td>")
            .arg(charts[i].source.toHtmlEscaped())
            .arg(style.chartWidth)
            .arg(name);
    html += i % 2 == 1 || i + 1 == charts.size() ? "</tr>\n" : "";
  }
  return html + "</table>\n";
}

bool belongs(const ReportChart& chart, const ReportSection& section) {
  return std::any_of(section.charts.begin(), section.charts.end(),
                     [&](const QString& prefix) { return chart.name.startsWith(prefix); });
}

// A chart goes to the first section that names it.
QVector<ReportChart> chartsOf(std::size_t at, const ProjectReport& report,
                              const QVector<ReportChart>& charts) {
  QVector<ReportChart> own;
  for (const ReportChart& chart : charts) {
    const auto home = std::find_if(report.sections.begin(), report.sections.end(),
                                   [&](const ReportSection& section) { return belongs(chart, section); });
    if (home == report.sections.end() ? report.sections[at].takesOtherCharts
                                      : home - report.sections.begin() == std::ptrdiff_t(at))
      own.append(chart);
  }
  return own;
}

}  // namespace

QString reportHtml(const ProjectReport& report, const QVector<ReportChart>& charts,
                   const ReportStyle& style) {
  const QString title = report.project.toHtmlEscaped();
  QString html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\" /><title>" + title +
                 " – Discern report</title>\n<style>" + sheet(style) + "</style></head>\n<body>\n<h1>" +
                 title + "</h1>\n<p class=\"muted\">Discern " + report.version.toHtmlEscaped() +
                 ", report of " + report.made.toHtmlEscaped() + "</p>\n";
  for (std::size_t s = 0; s < report.sections.size(); ++s) {
    const ReportSection& section = report.sections[s];
    const QVector<ReportChart> own = chartsOf(s, report, charts);
    if (section.isEmpty() && own.isEmpty()) continue;
    html += "<h2>" + section.title.toHtmlEscaped() + "</h2>\n";
    for (const QString& paragraph : section.paragraphs) html += "<p>" + paragraph.toHtmlEscaped() + "</p>\n";
    for (const ReportTable& table : section.tables) html += tableHtml(table);
    if (!section.listing.isEmpty()) html += "<pre>" + section.listing.toHtmlEscaped() + "</pre>\n";
    html += chartsHtml(own, style);
  }
  return html + "</body></html>\n";
}

}  // namespace discern::ui

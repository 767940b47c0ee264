#include "ui/models/project/report_html.h"

#include <algorithm>

#include "ui/language/language.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

using For = ReportStyle::For;

constexpr qsizetype kShort = 20;  // letters: not broken

// Only what Qt's text documents understand.
constexpr auto kDocumentSheet = R"(
body { font-family: "DejaVu Sans", sans-serif; font-size: %1pt; color: %2; background-color: %6; }
h1 { font-size: %7pt; margin-bottom: 2px; }
h2 { font-size: %8pt; margin-top: 20px; margin-bottom: 4px; }
h3 { font-size: %1pt; font-weight: bold; margin-top: 12px; margin-bottom: 2px; }
p { margin-top: 3px; margin-bottom: 5px; }
.muted { color: %3; }
table { border-collapse: collapse; margin-top: 4px; margin-bottom: 8px; }
th, td { border-bottom: 1px solid %4; padding: 2px 6px; text-align: left; vertical-align: top; font-size: %9pt; }
th { background-color: %5; font-weight: bold; }
.small { font-size: %9pt; }
.number { text-align: right; }
.faces, .name { white-space: nowrap; }
pre { font-family: "DejaVu Sans Mono", monospace; font-size: %9pt; background-color: %5; white-space: pre-wrap; }
)";

constexpr auto kBrowserSheet = R"(
:root { color-scheme: light dark; --ink: %2; --muted: %3; --line: %4; --band: %5; --ground: %6; }
@media screen and (prefers-color-scheme: dark) {
:root { --ink: #e6e8ec; --muted: #9aa3af; --line: #343a44; --band: #20242b; --ground: #16181d; }
%dark}
* { box-sizing: border-box; }
body { font: 15px/1.45 "DejaVu Sans", "Segoe UI", sans-serif; color: var(--ink); background: var(--ground); max-width: 1180px; margin: 24px auto 60px; padding: 0 20px; }
h1 { font-size: 28px; margin: 0 0 2px; }
h2 { font-size: 20px; margin: 36px 0 6px; padding-top: 10px; border-top: 1px solid var(--line); }
h3 { font-size: 15px; margin: 20px 0 4px; }
p { margin: 4px 0 8px; max-width: 90ch; }
nav { margin: 12px 0 0; font-size: 13px; }
nav a { color: inherit; margin-right: 14px; }
.muted { color: var(--muted); }
.small { font-size: 13px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 6px 0 10px; font-size: 13px; }
th, td { border-bottom: 1px solid var(--line); padding: 4px 8px; text-align: left; vertical-align: top; }
th { background: var(--band); font-weight: 600; }
.name { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.above td { border-bottom: none; }
.faces { padding: 0 8px 6px; }
.faces img { height: 48px; margin-right: 2px; vertical-align: middle; }
pre { font: 12px/1.5 "DejaVu Sans Mono", monospace; background: var(--band); padding: 10px; white-space: pre-wrap; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 18px; margin: 12px 0; }
figure { margin: 0; }
figure.full { grid-column: 1 / -1; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
figcaption { color: var(--muted); font-size: 13px; margin-top: 4px; }
@media (max-width: 760px) { .charts { grid-template-columns: minmax(0, 1fr); } }
@page { size: A4 landscape; margin: 14mm; }
@media print {
body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
table, .small, figcaption { font-size: 8.5pt; }
nav { display: none; }
.wide { overflow: visible; }
h1, h2, h3 { break-after: avoid; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; }
}
)";

// By hand: QString::arg would take "100%;" for a place of its own.
QString sheet(const ReportStyle& style) {
  QString text = QString::fromLatin1(style.target == For::Browser ? kBrowserSheet : kDocumentSheet);
  QString dark;
  // Text on a colour of its own keeps the one that suits that.
  for (const auto& [day, night] : style.dark)
    if (day != QColor(Qt::white))
      dark += QString("svg text[fill=\"%1\"] { fill: %2; }\n").arg(day.name(), night.name());
  for (const auto& [day, night] : style.dark)
    for (const char* what : {"fill", "stroke"})
      dark += QString("svg :not(text)[%1=\"%2\"] { %1: %3; }\n").arg(what, day.name(), night.name());
  // Masks are white where something is seen, by day and by night.
  if (!dark.isEmpty())
    for (const char* what : {"fill", "stroke"})
      dark += QString("svg defs [%1=\"#ffffff\"] { %1: #ffffff; }\n").arg(what);
  const std::pair<const char*, QString> places[] = {{"%1", QString::number(style.points)},
                                                    {"%2", style.text},
                                                    {"%3", style.muted},
                                                    {"%4", style.line},
                                                    {"%5", style.band},
                                                    {"%6", style.ground},
                                                    {"%7", QString::number(2 * style.points)},
                                                    {"%8", QString::number(1.4 * style.points)},
                                                    {"%9", QString::number(0.9 * style.points)},
                                                    {"%dark", dark}};
  for (const auto& [place, value] : places) text.replace(place, value);
  return text;
}

bool isNumber(const QString& text) {
  if (text == "–") return true;
  const bool starts = !text.isEmpty() &&
                      (text[0].isDigit() || ((text[0] == '-' || text[0] == '+' || text[0] == QChar(0x2212)) &&
                                             text.size() > 1 && text[1].isDigit()));
  return starts && text.size() < 28 && !text.contains('/') && !text.contains(':');
}

// A column is one of numbers where each of its cells is.
QVector<bool> numberColumns(const ReportTable& table) {
  QVector<bool> numbers(table.columns.size(), !table.rows.isEmpty());
  for (qsizetype c = 0; c < table.columns.size(); ++c)
    for (const QStringList& row : table.rows)
      if (c == 0 || (!row.value(c).isEmpty() && !isNumber(row.value(c)))) numbers[c] = false;
  return numbers;
}

QString cell(const char* tag, const QString& text, bool number, bool name, bool document,
             const QString& strut = {}) {
  QString open = QString("<%1%2%3>")
                     .arg(tag,
                          number ? " class=\"number\""
                          : name ? " class=\"name\""
                                 : "",
                          number && document ? " align=\"right\"" : "");
  return open + strut + text.toHtmlEscaped() + "</" + tag + ">";
}

QString picturesOf(const std::vector<int>& samples, const ReportStyle& style) {
  QString html;
  for (const int sample : samples)
    if (const QString source = style.picture ? style.picture(sample) : QString(); !source.isEmpty())
      html += QString("<img src=\"%1\" alt=\"\" />").arg(source);
  return html;
}

QString tableHtml(const ReportTable& table, const ReportStyle& style) {
  const bool document = style.target == For::Document;
  const QVector<bool> numbers = numberColumns(table);
  const bool pictures = !table.pictures.isEmpty();
  QString html;
  if (!table.title.isEmpty()) html += "<h3>" + table.title.toHtmlEscaped() + "</h3>\n";
  html += document ? "<table cellspacing=\"0\" cellpadding=\"3\">\n" : "<div class=\"wide\"><table>\n";
  html += "<thead><tr>";
  for (qsizetype c = 0; c < table.columns.size(); ++c)
    html += cell("th", table.columns[c], numbers[c], false, document);
  html += pictures && document ? "<th></th></tr></thead>\n<tbody>\n" : "</tr></thead>\n<tbody>\n";
  // As high as a picture, in each cell: no page parts a row from its pictures.
  const QString strut = pictures && document ? "<img src=\"face:\" style=\"vertical-align: middle\" />" : "";
  for (qsizetype r = 0; r < table.rows.size(); ++r) {
    html += pictures && !document ? "<tr class=\"above\">" : "<tr>";
    for (qsizetype c = 0; c < table.columns.size(); ++c)
      html += cell("td", table.rows[r].value(c), numbers[c], c == 0 || table.rows[r].value(c).size() < kShort,
                   document, strut);
    if (pictures && document)
      html += "<td class=\"faces\">" + picturesOf(table.pictures.value(r), style) + "</td>";
    if (pictures && !document)
      html += QString("</tr>\n<tr><td class=\"faces\" colspan=\"%1\">").arg(table.columns.size()) +
              picturesOf(table.pictures.value(r), style) + "</td>";
    html += "</tr>\n";
  }
  html += document ? "</tbody></table>\n" : "</tbody></table></div>\n";
  if (!table.note.isEmpty()) html += "<p class=\"muted small\">" + table.note.toHtmlEscaped() + "</p>\n";
  return html;
}

QString figuresOfBrowser(const QVector<ReportChart>& charts) {
  QString html = "<div class=\"charts\">\n";
  for (const ReportChart& chart : charts)
    html += QString("<figure%1>").arg(chart.wide ? " class=\"full\"" : "") + chart.source + "<figcaption>" +
            chart.caption.toHtmlEscaped() + "</figcaption></figure>\n";
  return html + "</div>\n";
}

// Two beside each other, as characters of a line: a line never breaks.
QString figuresOfDocument(const QVector<ReportChart>& charts, int width) {
  QString html;
  int beside = 0;
  for (const ReportChart& chart : charts) {
    const bool opens = beside == 0 || chart.wide;
    if (opens) html += html.isEmpty() ? "<p>" : "</p>\n<p>";
    html += QString("<img src=\"%1\" width=\"%2\" alt=\"%3\" />")
                .arg(chart.source.toHtmlEscaped())
                .arg(chart.wide ? width : width / 2)
                .arg(chart.caption.toHtmlEscaped());
    beside = chart.wide ? 0 : opens ? 1 : 0;
  }
  return html + "</p>\n";
}

QString anchorOf(const QString& title) { return title.toLower().replace(' ', '-').toHtmlEscaped(); }

}  // namespace

QString reportHtml(const ProjectReport& report, const QVector<ReportChart>& charts,
                   const ReportStyle& style) {
  const bool browser = style.target == For::Browser;
  const QString title = report.project.toHtmlEscaped();
  QString html = "<!DOCTYPE html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\" />";
  html = html.arg(spokenLanguage());
  if (browser) html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />";
  html += "<title>" + Words::tr("%1 – Discern report").arg(title) + "</title>\n<style>" + sheet(style) +
          "</style></head>\n<body>\n<h1>" + title + "</h1>\n<p class=\"muted\">" +
          (report.asOf.isEmpty() ? QString("Discern %1").arg(report.version)
                                 : Words::tr("Discern %1, as of %2 UTC").arg(report.version, report.asOf))
              .toHtmlEscaped() +
          "</p>\n";
  QString links, body;
  for (const ReportSection& section : report.sections) {
    QVector<ReportChart> own;
    std::ranges::copy_if(charts, std::back_inserter(own),
                         [&](const ReportChart& chart) { return chart.section == section.title; });
    if (section.isEmpty() && own.isEmpty()) continue;
    const QString anchor = anchorOf(section.title);
    links += "<a href=\"#" + anchor + "\">" + section.title.toHtmlEscaped() + "</a>\n";
    body += "<h2" + (browser ? " id=\"" + anchor + '"' : QString()) + ">" + section.title.toHtmlEscaped() +
            "</h2>\n";
    for (const QString& paragraph : section.paragraphs) body += "<p>" + paragraph.toHtmlEscaped() + "</p>\n";
    if (!own.isEmpty()) body += browser ? figuresOfBrowser(own) : figuresOfDocument(own, style.width);
    for (const ReportTable& table : section.tables) body += tableHtml(table, style);
    if (!section.listing.isEmpty()) body += "<pre>" + section.listing.toHtmlEscaped() + "</pre>\n";
  }
  if (browser) html += "<nav>" + links + "</nav>\n";
  return html + body + "</body></html>\n";
}

}  // namespace discern::ui

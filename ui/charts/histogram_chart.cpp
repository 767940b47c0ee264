#include "ui/charts/histogram_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"
#include "ui/charts/styles.h"
#include "ui/charts/ticks.h"
#include "ui/charts/tip.h"
#include "ui/language/words.h"

namespace discern::ui {

HistogramChart::HistogramChart(const QString& name, QWidget* parent) : PlotChart(name, parent) {}

void HistogramChart::setDistributions(std::vector<Distribution> distributions) {
  distributions_ = std::move(distributions);
  QStringList names;
  for (const Distribution& one : distributions_) names << one.name;
  styles_ = stylesOf(names);
  for (std::size_t d = 0; d < styles_.size(); ++d)
    if (distributions_[d].style >= 0) styles_[d] = distributions_[d].style;
  count();
}

void HistogramChart::setBins(int bins) {
  bins_ = std::max(1, bins);
  count();
}

void HistogramChart::setRange(std::optional<double> low, std::optional<double> high) {
  wantedLow_ = low;
  wantedHigh_ = high;
  count();
}

void HistogramChart::setShares(bool shares) {
  shares_ = shares;
  changed();
}

void HistogramChart::count() {
  Range range;
  for (const Distribution& distribution : distributions_)
    for (float value : distribution.values) range.add(value, false);
  const auto [low, high] = niceRange(range.empty ? 0 : range.low, range.empty ? 1 : range.high);
  low_ = wantedLow_.value_or(low);
  high_ = wantedHigh_.value_or(high);
  if (!(high_ > low_)) high_ = low_ + 1;
  counts_.assign(distributions_.size(), std::vector<double>(static_cast<std::size_t>(bins_), 0));
  totals_.assign(distributions_.size(), 0);
  for (std::size_t d = 0; d < distributions_.size(); ++d)
    for (float value : distributions_[d].values) {
      if (!std::isfinite(value) || value < low_ || value > high_) continue;
      const auto bin = static_cast<std::size_t>((value - low_) / (high_ - low_) * bins_);
      counts_[d][std::min(bin, static_cast<std::size_t>(bins_ - 1))] += 1;
      totals_[d] += 1;
    }
  hoverBin_ = -1;
  changed();
}

bool HistogramChart::isShown(int d) const {
  return !isHidden(distributions_[static_cast<std::size_t>(d)].name);
}

double HistogramChart::bar(int d, int bin) const {
  const auto index = static_cast<std::size_t>(d);
  const double n = counts_[index][static_cast<std::size_t>(bin)];
  return shares_ ? (totals_[index] > 0 ? n / totals_[index] : 0) : n;
}

bool HistogramChart::hasData() const {
  return std::any_of(totals_.begin(), totals_.end(), [](double total) { return total > 0; });
}

void HistogramChart::dataRange(Range& x, Range& y) const {
  x.add(low_, false);
  x.add(high_, false);
  if (!yAxis().log) y.add(0, false);
  for (int d = 0; d < static_cast<int>(counts_.size()); ++d)
    for (int b = 0; b < bins_ && isShown(d); ++b) y.add(bar(d, b), yAxis().log);
}

void HistogramChart::addSeries(const PlotFrame& frame, bool vectors) {
  const bool dark = ChartTheme::of(palette()).dark;
  const double base = frame.plot.bottom();
  const auto place = [&](double x) {
    return std::clamp(frame.pixelX(x), frame.plot.left(), frame.plot.right());
  };
  for (int d = 0; d < static_cast<int>(counts_.size()); ++d) {
    if (!isShown(d)) continue;
    QPolygonF heads{{place(low_), base}};
    for (int b = 0; b < bins_; ++b) {
      const double from = low_ + (high_ - low_) * b / bins_, to = low_ + (high_ - low_) * (b + 1) / bins_;
      const double n = bar(d, b);
      const double y = n > 0 ? std::clamp(frame.pixelY(n), frame.plot.top(), base) : base;
      heads << QPointF(place(from), y) << QPointF(place(to), y);
    }
    heads << QPointF(place(high_), base);
    const int style = styles_[static_cast<std::size_t>(d)];
    QColor fill = styleColour(style, dark);
    fill.setAlpha(counts_.size() > 1 ? 80 : 130);
    addArea(heads, {heads.front(), heads.back()}, fill, stylePen(style, dark, 1.5));
  }
}

std::vector<LegendEntry> HistogramChart::legend() const {
  std::vector<LegendEntry> entries;
  for (std::size_t d = 0; d < distributions_.size(); ++d)
    if (!distributions_[d].name.isEmpty()) entries.push_back({distributions_[d].name, styles_[d], true});
  return entries;
}

void HistogramChart::hoverAt(const QPointF& pixel) {
  const double x = frame().valueX(pixel.x());
  const int bin = static_cast<int>(std::floor((x - low_) / (high_ - low_) * bins_));
  const int found = bin >= 0 && bin < bins_ ? bin : -1;
  if (found == hoverBin_) return;
  hoverBin_ = found;
  update();
}

void HistogramChart::hoverEnd() {
  if (hoverBin_ < 0) return;
  hoverBin_ = -1;
  update();
}

QString HistogramChart::hoverText() const {
  if (hoverBin_ < 0 || hoverBin_ >= bins_) return {};
  QString text = shortNumber(low_ + (high_ - low_) * hoverBin_ / bins_) + " – " +
                 shortNumber(low_ + (high_ - low_) * (hoverBin_ + 1) / bins_);
  for (std::size_t d = 0; d < counts_.size(); ++d) {
    if (!isShown(static_cast<int>(d))) continue;
    const double n = counts_[d][static_cast<std::size_t>(hoverBin_)];
    const double share = totals_[d] > 0 ? n / totals_[d] : 0;
    text += '\n' +
            (distributions_[d].name.isEmpty() ? QString() : engineText(distributions_[d].name) + ": ") +
            QString::number(static_cast<qint64>(n)) + " (" + QLocale().toString(share * 100, 'f', 1) + " %)";
  }
  return text;
}

void HistogramChart::drawHover(QPainter& painter, const PlotFrame& frame) {
  if (hoverBin_ < 0) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const auto place = [&](int bin) {
    return std::clamp(frame.pixelX(low_ + (high_ - low_) * bin / bins_), frame.plot.left(),
                      frame.plot.right());
  };
  const double from = place(hoverBin_), to = place(hoverBin_ + 1);
  QColor veil = theme.text;
  veil.setAlpha(28);
  painter.fillRect(QRectF(from, frame.plot.top(), to - from, frame.plot.height()), veil);
  drawTip(painter, rect(), QPointF((from + to) / 2, frame.plot.center().y()), hoverText(), theme, font());
}

ChartTable HistogramChart::table() const {
  ChartTable table;
  table.columns = {QStringLiteral("from"), QStringLiteral("to")};
  for (std::size_t d = 0; d < distributions_.size(); ++d)
    table.columns << (distributions_[d].name.isEmpty() ? QStringLiteral("count") : distributions_[d].name);
  for (int b = 0; b < bins_; ++b) {
    QStringList row{QString::number(low_ + (high_ - low_) * b / bins_, 'g', 8),
                    QString::number(low_ + (high_ - low_) * (b + 1) / bins_, 'g', 8)};
    for (std::size_t d = 0; d < counts_.size(); ++d)
      row << QString::number(counts_[d][static_cast<std::size_t>(b)], 'g', 12);
    table.rows << row;
  }
  return table;
}

}  // namespace discern::ui

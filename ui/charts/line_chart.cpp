#include "ui/charts/line_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/colours.h"
#include "ui/charts/tip.h"

namespace discern::ui {
namespace {

// Thins a line to what can be seen: per half pixel column the first, lowest, highest and last point.
class Thinner {
 public:
  explicit Thinner(QPolygonF& out) : out_(out) {}

  void add(const QPointF& p) {
    const auto column = static_cast<std::int64_t>(std::floor(p.x() * 2));
    if (!held_ || column != column_) {
      flush();
      held_ = true;
      column_ = column;
      n_ = 0;
      first_ = low_ = high_ = p;
      lowAt_ = highAt_ = 0;
    }
    if (p.y() < low_.y()) low_ = p, lowAt_ = n_;
    if (p.y() > high_.y()) high_ = p, highAt_ = n_;
    last_ = p;
    ++n_;
  }
  void flush() {
    if (!held_) return;
    held_ = false;
    put(first_);
    put(lowAt_ < highAt_ ? low_ : high_);  // in the order they came, or dashes would run back and forth
    put(lowAt_ < highAt_ ? high_ : low_);
    put(last_);
  }

 private:
  void put(const QPointF& p) {
    if (out_.isEmpty() || out_.last() != p) out_ << p;
  }

  QPolygonF& out_;
  bool held_ = false;
  std::int64_t column_ = 0, n_ = 0, lowAt_ = 0, highAt_ = 0;
  QPointF first_, low_, high_, last_;
};

}  // namespace

LineChart::LineChart(const QString& name, QWidget* parent) : PlotChart(name, parent) {}

void LineChart::setSeries(QVector<LineSeries> series) {
  series_ = std::move(series);
  hover_ = {-1, -1};
  changed();
}

int LineChart::styleOf(int series) const {
  return series_[series].style < 0 ? series : series_[series].style;
}

bool LineChart::hasData() const {
  return std::any_of(series_.begin(), series_.end(), [](const LineSeries& s) { return !s.points.isEmpty(); });
}

void LineChart::dataRange(Range& x, Range& y) const {
  for (const LineSeries& series : series_)
    for (qsizetype i = 0; i < series.points.size(); ++i) {
      const QPointF& p = series.points[i];
      const double deviation = i < series.deviation.size() ? series.deviation[i] : 0;
      x.add(p.x(), xAxis().log);
      y.add(p.y() - deviation, yAxis().log);
      y.add(p.y() + deviation, yAxis().log);
    }
}

std::vector<LegendEntry> LineChart::legend() const {
  std::vector<LegendEntry> entries;
  for (int i = 0; i < series_.size(); ++i)
    if (!series_[i].name.isEmpty())
      entries.push_back({series_[i].name, styleOf(i), series_[i].line, true, false});
  return entries;
}

std::vector<QPointF> LineChart::inkSample() const {
  constexpr qsizetype kOfALine = 200;
  const auto between = [](double a, double b, double part, bool log) {
    return log ? a * std::pow(b / a, part) : a + part * (b - a);
  };
  std::vector<QPointF> sample;
  for (const LineSeries& series : series_) {
    const qsizetype n = series.points.size(), step = std::max<qsizetype>(1, n / kOfALine);
    const int parts = series.line && n > 0 ? int(std::max<qsizetype>(1, kOfALine / n)) : 1;
    for (qsizetype i = 0; i < n; i += step) {
      const QPointF& from = series.points[i];
      sample.push_back(from);
      if (i + 1 == n) continue;
      const QPointF& to = series.points[i + 1];  // few points make long lines, which are ink as well
      for (int k = 1; k < parts; ++k) {
        const double x = between(from.x(), to.x(), double(k) / parts, xAxis().log);
        const double y = between(from.y(), to.y(), double(k) / parts, yAxis().log);
        sample.emplace_back(x, series.stepped ? from.y() : y);
        if (series.stepped) sample.emplace_back(to.x(), y);
      }
    }
  }
  return sample;
}

void LineChart::drawSeries(QPainter& painter, const PlotFrame& frame, int index) const {
  const LineSeries& series = series_[index];
  const bool dark = ChartTheme::of(palette()).dark;
  const QColor colour = styleColour(styleOf(index), dark);
  if (series.deviation.size() == series.points.size() && !series.points.isEmpty()) {
    QPolygonF band;
    for (qsizetype i = 0; i < series.points.size(); ++i) {
      const QPointF& p = series.points[i];
      if (frame.valid(p.x(), p.y() + series.deviation[i]))
        band << QPointF(frame.pixelX(p.x()), frame.pixelY(p.y() + series.deviation[i]));
    }
    for (qsizetype i = series.points.size() - 1; i >= 0; --i) {
      const QPointF& p = series.points[i];
      if (frame.valid(p.x(), p.y() - series.deviation[i]))
        band << QPointF(frame.pixelX(p.x()), frame.pixelY(p.y() - series.deviation[i]));
    }
    QColor faint = colour;
    faint.setAlpha(45);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint);
    painter.drawPolygon(band);
  }
  QPolygonF line;
  Thinner thinner(line);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(stylePen(styleOf(index), dark));
  QPointF before;
  const auto finish = [&] {
    thinner.flush();
    if (series.line && line.size() > 1) painter.drawPolyline(line);
    line.clear();
  };
  bool broken = true;
  for (const QPointF& p : series.points) {
    if (!frame.valid(p.x(), p.y())) {
      finish();
      broken = true;
      continue;
    }
    const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
    if (series.stepped && !broken) thinner.add({pixel.x(), before.y()});
    thinner.add(pixel);
    before = pixel;
    broken = false;
  }
  finish();

  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  double last = -std::numeric_limits<double>::infinity();
  const double apart = series.markers ? 0 : frame.plot.width() / 7;
  for (const QPointF& p : series.points) {
    if (!frame.valid(p.x(), p.y())) continue;
    const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
    if (std::abs(pixel.x() - last) < apart && std::isfinite(last)) continue;
    if (!series.markers &&
        !std::isfinite(last)) {  // shifted by series, so that markers of equal lines do not hide each other
      last = pixel.x() - apart + apart * ((index % 4) + 1) / 4.0;
      continue;
    }
    last = pixel.x();
    painter.drawPath(
        styleMarker(styleOf(index), pixel, series.markers && series.points.size() > 60 ? 2.5 : 4));
  }
}

void LineChart::drawData(QPainter& painter, const PlotFrame& frame) {
  for (int i = 0; i < series_.size(); ++i) drawSeries(painter, frame, i);
}

std::pair<int, int> LineChart::nearest(const QPointF& pixel, double within) const {
  const PlotFrame shown = frame();
  std::pair<int, int> best{-1, -1};
  double bestDistance = within * within;
  for (int s = 0; s < series_.size(); ++s)
    for (int i = 0; i < series_[s].points.size(); ++i) {
      const QPointF& p = series_[s].points[i];
      if (!shown.valid(p.x(), p.y())) continue;
      const double dx = shown.pixelX(p.x()) - pixel.x(), dy = shown.pixelY(p.y()) - pixel.y();
      if (dx * dx + dy * dy >= bestDistance) continue;
      bestDistance = dx * dx + dy * dy;
      best = {s, i};
    }
  return best;
}

void LineChart::hoverAt(const QPointF& pixel) {
  const auto found = nearest(pixel, 40);
  if (found == hover_) return;
  hover_ = found;
  update();
}

void LineChart::hoverEnd() {
  if (hover_.first < 0) return;
  hover_ = {-1, -1};
  update();
}

QString LineChart::hoverText() const {
  const auto [s, i] = hover_;
  if (s < 0 || s >= series_.size() || i >= series_[s].points.size()) return {};
  const QPointF& p = series_[s].points[i];
  const auto value = [](double v, bool percent) {
    return percent ? QString::number(v * 100, 'g', 4) + QStringLiteral(" %") : shortNumber(v);
  };
  QString text = series_[s].name.isEmpty() ? QString() : series_[s].name + QLatin1Char('\n');
  text += (xAxis().title.isEmpty() ? QStringLiteral("x") : xAxis().title) + ": " +
          value(p.x(), xAxis().percent) + '\n';
  text +=
      (yAxis().title.isEmpty() ? QStringLiteral("y") : yAxis().title) + ": " + value(p.y(), yAxis().percent);
  if (i < series_[s].deviation.size()) text += " ± " + value(series_[s].deviation[i], yAxis().percent);
  return text;
}

void LineChart::drawHover(QPainter& painter, const PlotFrame& frame) {
  const QString text = hoverText();
  if (text.isEmpty()) return;
  const ChartTheme theme = ChartTheme::of(palette());
  const QPointF& p = series_[hover_.first].points[hover_.second];
  const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
  painter.setPen(QPen(theme.text, 1.2));
  painter.setBrush(styleColour(styleOf(hover_.first), theme.dark));
  painter.drawEllipse(pixel, 5, 5);
  drawTip(painter, rect(), pixel, text, theme, font());
}

void LineChart::mousePressEvent(QMouseEvent* event) {
  PlotChart::mousePressEvent(event);
  if (event->isAccepted() || event->button() != Qt::LeftButton) return;
  const auto [series, point] = nearest(event->position(), 12);
  if (series >= 0) emit pointClicked(series, point);
  event->accept();
}

ChartTable LineChart::table() const {
  const bool deviation =
      std::any_of(series_.begin(), series_.end(), [](const LineSeries& s) { return !s.deviation.isEmpty(); });
  ChartTable table;
  table.columns = {QStringLiteral("series"), xAxis().title.isEmpty() ? QStringLiteral("x") : xAxis().title,
                   yAxis().title.isEmpty() ? QStringLiteral("y") : yAxis().title};
  if (deviation) table.columns << QStringLiteral("deviation");
  for (const LineSeries& series : series_)
    for (qsizetype i = 0; i < series.points.size(); ++i) {
      QStringList row{series.name, QString::number(series.points[i].x(), 'g', 10),
                      QString::number(series.points[i].y(), 'g', 10)};
      if (deviation)
        row << (i < series.deviation.size() ? QString::number(series.deviation[i], 'g', 10) : QString());
      table.rows << row;
    }
  return table;
}

}  // namespace discern::ui

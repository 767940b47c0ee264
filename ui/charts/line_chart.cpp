#include "ui/charts/line_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/charts/colours.h"
#include "ui/charts/styles.h"
#include "ui/charts/tip.h"
#include "ui/language/words.h"

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

void LineChart::setSeries(QVector<LineSeries> series, const QStringList& beside) {
  series_ = std::move(series);
  QStringList names;
  for (const LineSeries& one : series_) names << one.name;
  styles_ = stylesOf(names, beside);
  for (int i = 0; i < series_.size(); ++i)
    if (series_[i].style >= 0) styles_[std::size_t(i)] = series_[i].style;
  hover_ = {-1, -1};
  changed();
}

bool LineChart::hasData() const {
  return std::any_of(series_.begin(), series_.end(), [](const LineSeries& s) { return !s.points.isEmpty(); });
}

void LineChart::dataRange(Range& x, Range& y) const {
  for (int s = 0; s < series_.size(); ++s) {
    if (!isShown(s)) continue;
    const LineSeries& series = series_[s];
    for (qsizetype i = 0; i < series.points.size(); ++i) {
      const QPointF& p = series.points[i];
      const double deviation = i < series.deviation.size() ? series.deviation[i] : 0;
      x.add(p.x(), xAxis().log);
      y.add(p.y() - deviation, yAxis().log);
      y.add(p.y() + deviation, yAxis().log);
    }
  }
}

std::vector<LegendEntry> LineChart::legend() const {
  std::vector<LegendEntry> entries;
  if (!yAxis().names.empty()) return entries;  // the axis names them
  for (int i = 0; i < series_.size(); ++i)
    if (!series_[i].name.isEmpty()) entries.push_back({series_[i].name, styles_[std::size_t(i)]});
  return entries;
}

std::vector<QPolygonF> LineChart::stretches(const LineSeries& series, const PlotFrame& frame) {
  const QRectF box = frame.plot.adjusted(-0.5, -0.5, 0.5, 0.5);
  std::vector<QPolygonF> lines;
  QPolygonF line;
  Thinner thinner(line);
  bool open = false;
  const auto close = [&] {
    thinner.flush();
    if (line.size() > 1) lines.push_back(line);
    line.clear();
    open = false;
  };
  const auto draw = [&](const QPointF& from, const QPointF& to) {
    QPointF a = from, b = to;
    if (!cut(a, b, box)) return close();
    if (!open || a != from) {
      close();
      thinner.add(a);
    }
    thinner.add(b);
    open = true;
    if (b != to) close();
  };
  std::optional<QPointF> before;
  for (const QPointF& p : series.points) {
    if (!frame.valid(p.x(), p.y())) {
      close();
      before.reset();
      continue;
    }
    const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
    if (before && series.stepped) {
      const QPointF corner(pixel.x(), before->y());
      draw(*before, corner);
      draw(corner, pixel);
    } else if (before) {
      draw(*before, pixel);
    }
    before = pixel;
  }
  close();
  return lines;
}

void LineChart::addSeries(const PlotFrame& frame, bool vectors) {
  const bool dark = ChartTheme::of(palette()).dark;
  gapped_.clear();
  for (int i = 0; i < series_.size(); ++i) {
    if (!isShown(i)) continue;
    const int style = styles_[std::size_t(i)];
    addBand(frame, i, styleColour(style, dark));
    if (series_[i].line) {
      std::vector<QPolygonF> lines = stretches(series_[i], frame);
      if (lines.size() == 1)
        addLine(lines.front(), stylePen(style, dark));
      else
        gapped_.emplace_back(i, std::move(lines));
    }
    addMarkers(frame, i, styleColour(style, dark));
  }
}

void LineChart::paintPlot(QPainter& painter, const PlotFrame&) {
  for (const auto& [series, lines] : gapped_) {
    painter.setPen(stylePen(styles_[std::size_t(series)], ChartTheme::of(palette()).dark));
    for (const QPolygonF& line : lines) painter.drawPolyline(line);
  }
}

void LineChart::addBand(const PlotFrame& frame, int index, const QColor& colour) {
  const LineSeries& series = series_[index];
  if (series.deviation.size() != series.points.size()) return;
  QColor faint = colour;
  faint.setAlpha(45);
  const QRectF& plot = frame.plot;
  QPolygonF upper, lower;
  const auto close = [&] {
    if (upper.size() > 1) addArea(upper, lower, faint, Qt::NoPen);
    upper.clear();
    lower.clear();
  };
  const auto add = [&](double x, double top, double bottom) {
    upper << QPointF(x, std::clamp(top, plot.top(), plot.bottom()));
    lower << QPointF(x, std::clamp(bottom, plot.top(), plot.bottom()));
  };
  struct Slice {
    double x, top, bottom;
  };
  Slice before{};
  bool open = false;
  for (qsizetype i = 0; i < series.points.size(); ++i) {
    const QPointF& p = series.points[i];
    const double deviation = series.deviation[i];
    if (!frame.valid(p.x(), p.y() + deviation)) {
      close();
      open = false;
      continue;
    }
    const double low = p.y() - deviation;
    const Slice here{frame.pixelX(p.x()), frame.pixelY(p.y() + deviation),
                     frame.valid(p.x(), low) ? frame.pixelY(low) : plot.bottom()};
    for (const double edge : {plot.left(), plot.right()})
      if (open && (before.x < edge) != (here.x < edge)) {
        const double part = (edge - before.x) / (here.x - before.x);
        add(edge, before.top + part * (here.top - before.top),
            before.bottom + part * (here.bottom - before.bottom));
      }
    if (here.x >= plot.left() && here.x <= plot.right()) add(here.x, here.top, here.bottom);
    before = here;
    open = true;
  }
  close();
}

void LineChart::addMarkers(const PlotFrame& frame, int index, const QColor& colour) {
  const LineSeries& series = series_[index];
  const QRectF box = frame.plot.adjusted(-0.5, -0.5, 0.5, 0.5);
  // Shifted by series, so that markers of equal lines do not hide each other.
  const double apart = series.markers ? 2 : frame.plot.width() / 7;
  QPolygonF dots;
  QPointF last(series.markers ? -1e9 : frame.plot.left() - apart + apart * ((index % 4) + 1) / 4.0, 0);
  for (const QPointF& p : series.points) {
    if (!frame.valid(p.x(), p.y())) continue;
    const QPointF pixel(frame.pixelX(p.x()), frame.pixelY(p.y()));
    if (!box.contains(pixel) || std::abs(pixel.x() - last.x()) < apart) {
      if (!series.markers || !box.contains(pixel) || std::abs(pixel.y() - last.y()) < apart) continue;
    }
    last = pixel;
    dots << pixel;
  }
  const double radius = series.markers && series.points.size() > 60 ? 2.5 : 4;
  if (!dots.isEmpty()) addDots(dots, styles_[std::size_t(index)], radius, colour, Qt::NoPen);
}

std::pair<int, int> LineChart::nearest(const QPointF& pixel, double within) const {
  const PlotFrame shown = frame();
  std::pair<int, int> best{-1, -1};
  double bestDistance = within * within;
  const QRectF box = shown.plot.adjusted(-1, -1, 1, 1);
  for (int s = 0; s < series_.size(); ++s) {
    if (!isShown(s)) continue;
    for (int i = 0; i < series_[s].points.size(); ++i) {
      const QPointF& p = series_[s].points[i];
      if (!shown.valid(p.x(), p.y())) continue;
      const QPointF at(shown.pixelX(p.x()), shown.pixelY(p.y())), away = at - pixel;
      const double distance = QPointF::dotProduct(away, away);
      if (distance >= bestDistance || !box.contains(at)) continue;
      bestDistance = distance;
      best = {s, i};
    }
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
    return percent ? QLocale().toString(v * 100, 'g', 4) + QStringLiteral(" %") : shortNumber(v);
  };
  QString text =
      series_[s].name.isEmpty() ? QString() : shownName(*this, series_[s].name) + QLatin1Char('\n');
  text += (xAxis().title.isEmpty() ? QStringLiteral("x") : xAxis().title) + ": " +
          value(p.x(), xAxis().percent) + '\n';
  const auto& names = yAxis().names;
  const auto named = std::ranges::find(names, p.y(), &std::pair<double, QString>::first);
  text += (yAxis().title.isEmpty() ? QStringLiteral("y") : yAxis().title) + ": " +
          (named != names.end() ? named->second : value(p.y(), yAxis().percent));
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
  painter.setBrush(styleColour(styles_[std::size_t(hover_.first)], theme.dark));
  painter.drawEllipse(pixel, 5, 5);
  drawTip(painter, rect(), pixel, text, theme, font());
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

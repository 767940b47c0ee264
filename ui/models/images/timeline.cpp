#include "ui/models/images/timeline.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/aggregation/methods.h"

namespace discern::ui {

namespace {
constexpr double kSame = 1e-4;  // seconds
}  // namespace

int Timeline::nearest(double time) const {
  if (points.empty()) return -1;
  const auto at = std::ranges::min_element(
      points, {}, [time](const TimelinePoint& point) { return std::abs(point.time - time); });
  return static_cast<int>(at - points.begin());
}

int Timeline::after(double time, int by) const {
  if (by > 0) {
    const auto at = std::ranges::find_if(points, [time](const auto& p) { return p.time > time + kSame; });
    return at == points.end() ? -1 : static_cast<int>(at - points.begin());
  }
  const auto at = std::ranges::find_if(points, [time](const auto& p) { return p.time >= time - kSame; });
  return static_cast<int>(at - points.begin()) - 1;
}

int Timeline::placeOf(int sample) const {
  const auto at = std::ranges::find(points, sample, &TimelinePoint::sample);
  return at == points.end() ? -1 : static_cast<int>(at - points.begin());
}

Timeline timelineOf(const SampleTable& table, const std::vector<int>& samples, int sample,
                    const std::function<bool(int)>& isKept) {
  Timeline timeline;
  if (sample < 0 || sample >= table.size()) return timeline;
  const auto& rows = table.snapshot().samples;
  const data::ImageRef& image = rows[static_cast<std::size_t>(sample)].image;
  if (!image.moment) return timeline;
  timeline.file = image.file;
  for (const int one : samples) {
    const auto& row = rows[static_cast<std::size_t>(one)];
    if (!row.image.moment || row.image.file != timeline.file || (row.parent >= 0 && one != sample)) continue;
    if (one != sample && !table.shows(one)) continue;
    timeline.points.push_back({one, row.image.moment->time, row.image.moment->seconds,
                               table.number(one, Field::Score), isKept(one)});
  }
  std::ranges::stable_sort(timeline.points, {}, &TimelinePoint::time);
  return timeline;
}

std::vector<int> bestOf(const SampleTable& table, const std::vector<int>& samples, int k) {
  std::vector<float> scores;
  for (const int sample : samples) scores.push_back(static_cast<float>(table.number(sample, Field::Score)));
  std::vector<int> best;
  for (const std::size_t place : aggregation::bestOf(scores, static_cast<std::size_t>(k)))
    best.push_back(samples[place]);
  return best;
}

void markBest(Timeline& timeline, const SampleTable& table, int k) {
  std::map<int, std::vector<int>> ofIdentity;
  for (TimelinePoint& point : timeline.points) {
    point.kept = false;
    const auto& row = table.snapshot().samples[static_cast<std::size_t>(point.sample)];
    if (row.leftOut == project::LeftOut::Nothing && row.parent < 0)
      ofIdentity[table.identityOf(point.sample)].push_back(point.sample);
  }
  for (auto& [identity, samples] : ofIdentity) {
    std::ranges::sort(samples);  // of equal scores the first, as the aggregation takes it
    for (const int sample : bestOf(table, samples, k))
      timeline.points[static_cast<std::size_t>(timeline.placeOf(sample))].kept = true;
  }
}

QString timeText(double seconds) {
  const auto hundredths = std::llround(std::max(0.0, seconds) * 100);
  const auto whole = hundredths / 100;
  const QString rest = QStringLiteral("%1:%2.%3")
                           .arg(whole / 60 % 60, whole >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                           .arg(whole % 60, 2, 10, QLatin1Char('0'))
                           .arg(hundredths % 100, 2, 10, QLatin1Char('0'));
  return whole >= 3600 ? QStringLiteral("%1:%2").arg(whole / 3600).arg(rest) : rest;
}

}  // namespace discern::ui

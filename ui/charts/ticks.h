// Where an axis puts its numbers.
#pragma once

#include <QString>
#include <utility>
#include <vector>

namespace discern::ui {

struct Tick {
  double position = 0;  // in axis units: the value, or its log10
  QString label;        // empty: a minor tick
};

// Steps of 1, 2 or 5 times a power of ten, at most `most` of them.
std::vector<Tick> linearTicks(double low, double high, int most, bool percent);
// Powers of ten with minor ticks between; 1-2-5 steps when
// less than two powers are seen. low, high: exponents.
std::vector<Tick> logTicks(double low, double high, int most, bool percent);
// [low, high] widened to round numbers; a range of one value becomes one around it.
std::pair<double, double> niceRange(double low, double high);

}  // namespace discern::ui

#include "ui/charts/ticks.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/charts/colours.h"

namespace discern::ui {
namespace {

double niceStep(double span, int most) {
  const double raw = span / std::max(1, most);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

QString label(double value, double step, bool percent) {
  if (std::abs(value) < step * 1e-6) value = 0;
  if (percent) {
    const int digits = std::clamp(static_cast<int>(-std::floor(std::log10(step * 100) + 1e-9)), 0, 12);
    return QLocale().toString(value * 100, 'f', digits) + QStringLiteral(" %");
  }
  // Three digits are enough where they tell neighbours apart.
  const bool coarse = step >= std::abs(value) / 100;
  if (coarse && (std::abs(value) >= 1e5 || (value != 0 && step < 1e-5))) return shortNumber(value);
  const int digits = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 12);
  return QLocale().toString(value, 'f', digits);
}

QString powerLabel(double exponent, bool percent) {
  if (percent) {
    const double value = std::pow(10.0, exponent) * 100;
    return QLocale().toString(value, 'g', 3) + QStringLiteral(" %");
  }
  if (exponent >= -3 && exponent <= 4) return QLocale().toString(std::pow(10.0, exponent), 'g', 6);
  return QStringLiteral("1e") + QString::number(static_cast<int>(exponent));
}

}  // namespace

std::vector<Tick> linearTicks(double low, double high, int most, bool percent) {
  std::vector<Tick> ticks;
  if (!(high > low)) return ticks;
  const double step = niceStep(high - low, most);
  const auto first = static_cast<std::int64_t>(std::ceil(low / step - 1e-6));
  const auto last = static_cast<std::int64_t>(std::floor(high / step + 1e-6));
  for (std::int64_t i = first; i <= last; ++i) {
    const double value = static_cast<double>(i) * step;
    ticks.push_back({value, label(value, step, percent)});
  }
  return ticks;
}

std::vector<Tick> logTicks(double low, double high, int most, bool percent) {
  std::vector<Tick> ticks;
  if (!(high > low)) return ticks;
  const int every = std::max(1, static_cast<int>(std::ceil((high - low) / std::max(1, most))));
  const bool few = high - low < 2;
  for (int power = static_cast<int>(std::floor(low)); power <= static_cast<int>(std::ceil(high)); ++power)
    for (int digit = 1; digit < 10; ++digit) {
      const double position = power + std::log10(digit);
      if (position < low - 1e-9 || position > high + 1e-9) continue;
      if (digit == 1 && power % every == 0)
        ticks.push_back({position, powerLabel(power, percent)});
      else if (few && (digit == 2 || digit == 5))
        ticks.push_back({position, percent ? QLocale().toString(std::pow(10.0, position) * 100, 'g', 3) + " %"
                                           : shortNumber(std::pow(10.0, position))});
      else if (every == 1)
        ticks.push_back({position, {}});
    }
  return ticks;
}

std::pair<double, double> niceRange(double low, double high) {
  if (!(high > low)) {
    const double around = low == 0 ? 1 : std::abs(low) * 0.1;
    return {low - around, low + around};
  }
  const double step = niceStep(high - low, 5);
  return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step};
}

}  // namespace discern::ui

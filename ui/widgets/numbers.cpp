#include "ui/widgets/numbers.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace discern::ui {
namespace {

// Than 0, as it is written.
bool isMore(const QString& text) {
  return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isDigit() && c.digitValue() > 0; });
}

}  // namespace

QString numberText(double value, int digits) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const QString text = QLocale().toString(std::abs(value), 'f', digits);
  return value < 0 && isMore(text) ? QStringLiteral("−") + text : text;
}

QString signedText(double value, int digits) {
  const QString text = numberText(value, digits);
  return value > 0 && isMore(text) ? QStringLiteral("+") + text : text;
}

}  // namespace discern::ui

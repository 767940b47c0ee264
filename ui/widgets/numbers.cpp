#include "ui/widgets/numbers.h"

#include <cmath>

namespace discern::ui {

QString numberText(double value, int digits) {
  if (!std::isfinite(value)) return QStringLiteral("–");
  const QString text = QString::number(std::abs(value), 'f', digits);
  return value < 0 && text.toDouble() != 0 ? QStringLiteral("−") + text : text;
}

QString signedText(double value, int digits) {
  const QString text = numberText(value, digits);
  return value > 0 && text.toDouble() != 0 ? QStringLiteral("+") + text : text;
}

}  // namespace discern::ui

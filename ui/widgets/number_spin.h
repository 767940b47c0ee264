// A number over many orders of magnitude: written as 0.00123
// or 1.2e-05, stepped by a tenth of its leading digit.
#pragma once

#include <QDoubleSpinBox>

namespace discern::ui {

class NumberSpin : public QDoubleSpinBox {
  Q_OBJECT

 public:
  explicit NumberSpin(QWidget* parent = nullptr) : QDoubleSpinBox(parent) {
    setDecimals(15);
    setStepType(AdaptiveDecimalStepType);
    setKeyboardTracking(false);
  }

 protected:
  QString textFromValue(double value) const override { return QString::number(value, 'g', 6); }
  double valueFromText(const QString& text) const override { return text.toDouble(); }
  QValidator::State validate(QString& text, int&) const override {
    bool isNumber = false;
    text.toDouble(&isNumber);
    return isNumber ? QValidator::Acceptable : QValidator::Intermediate;
  }
};

}  // namespace discern::ui

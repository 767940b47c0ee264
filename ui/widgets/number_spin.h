// A number over many orders of magnitude: written as 0.00123
// or 1.2e-05, stepped by a tenth of its leading digit.
#pragma once

#include <QDoubleSpinBox>
#include <QLocale>

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
  QString textFromValue(double value) const override {
    QLocale plain = locale();
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return plain.toString(value, 'g', 6);
  }
  // A point is understood in every language.
  double valueFromText(const QString& text) const override { return number(text); }
  QValidator::State validate(QString& text, int&) const override {
    bool isNumber = false;
    number(text, &isNumber);
    return isNumber ? QValidator::Acceptable : QValidator::Intermediate;
  }

 private:
  double number(QString text, bool* isNumber = nullptr) const {
    return text.replace(locale().decimalPoint(), QStringLiteral(".")).toDouble(isNumber);
  }
};

}  // namespace discern::ui

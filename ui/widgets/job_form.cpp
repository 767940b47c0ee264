#include "ui/widgets/job_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace discern::ui {
namespace {

using Kind = FormField::Kind;

// A line with a button that opens the file dialog; the line itself is the editor.
QWidget* withBrowse(QLineEdit* line) {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* browse = new QToolButton;
  browse->setText("…");
  browse->setToolTip("Choose a file");
  browse->setAccessibleName("Choose a file");
  layout->addWidget(line, 1);
  layout->addWidget(browse);
  QObject::connect(browse, &QToolButton::clicked, line, [line] {
    const QString file = QFileDialog::getOpenFileName(line->window(), "Choose a file", line->text());
    if (!file.isEmpty()) line->setText(file);
  });
  return row;
}

FormField field(FormField::Kind kind, const QString& option, const QString& label, const QVariant& value,
                const QString& tooltip) {
  FormField field;
  field.kind = kind;
  field.option = option;
  field.label = label;
  field.value = value;
  field.tooltip = tooltip;
  return field;
}

}  // namespace

FormField textField(const QString& option, const QString& label, const QString& value,
                    const QString& tooltip) {
  return field(Kind::Text, option, label, value, tooltip);
}

FormField integerField(const QString& option, const QString& label, int value, double low, double high,
                       const QString& tooltip) {
  FormField result = field(Kind::Integer, option, label, value, tooltip);
  result.low = low;
  result.high = high;
  return result;
}

FormField numberField(const QString& option, const QString& label, double value, double low, double high,
                      int decimals, const QString& tooltip) {
  FormField result = field(Kind::Number, option, label, value, tooltip);
  result.low = low;
  result.high = high;
  result.decimals = decimals;
  return result;
}

FormField choiceField(const QString& option, const QString& label, const QString& value,
                      const QStringList& choices, const QString& tooltip) {
  FormField result = field(Kind::Choice, option, label, value, tooltip);
  result.choices = choices;
  return result;
}

FormField flagField(const QString& option, const QString& label, const QString& tooltip) {
  return field(Kind::Flag, option, label, false, tooltip);
}

FormField deviceField() {
  return choiceField("--device", "Device", "cpu", {"cpu", "cuda"},
                     "cuda needs a build with CUDA and a device.");
}

JobForm::JobForm(std::vector<FormField> fields, QWidget* parent)
    : QWidget(parent), fields_(std::move(fields)) {
  auto* layout = new QFormLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  for (const FormField& field : fields_) {
    QWidget* editor = makeEditor(field);
    editor->setObjectName(field.option);
    editor->setToolTip(field.tooltip);
    editors_[field.option] = editor;
    QWidget* shown = field.kind == Kind::File ? withBrowse(static_cast<QLineEdit*>(editor)) : editor;
    auto* label = new QLabel(field.kind == Kind::Flag ? QString() : field.label);
    label->setToolTip(field.tooltip);
    layout->addRow(label, shown);
    setValue(field.option, field.value);
  }
}

QWidget* JobForm::makeEditor(const FormField& field) {
  switch (field.kind) {
    case Kind::Integer: {
      auto* spin = new QSpinBox;
      spin->setRange(int(field.low), int(std::min(field.high, 2e9)));
      connect(spin, &QSpinBox::valueChanged, this, &JobForm::changed);
      return spin;
    }
    case Kind::Number: {
      auto* spin = new QDoubleSpinBox;
      spin->setDecimals(field.decimals);
      spin->setRange(field.low, field.high);
      spin->setSingleStep(std::pow(10, -field.decimals + 1));
      connect(spin, &QDoubleSpinBox::valueChanged, this, &JobForm::changed);
      return spin;
    }
    case Kind::Choice:
    case Kind::EditableChoice: {
      auto* combo = new QComboBox;
      combo->setEditable(field.kind == Kind::EditableChoice);
      combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
      combo->setMinimumContentsLength(10);
      combo->addItems(field.choices);
      connect(combo, &QComboBox::currentTextChanged, this, &JobForm::changed);
      return combo;
    }
    case Kind::Flag: {
      auto* box = new QCheckBox(field.label);
      connect(box, &QCheckBox::toggled, this, &JobForm::changed);
      return box;
    }
    case Kind::Text:
    case Kind::File:
      break;
  }
  auto* line = new QLineEdit;
  connect(line, &QLineEdit::textChanged, this, &JobForm::changed);
  return line;
}

QVariant JobForm::value(const QString& option) const {
  QWidget* editor = editors_.value(option);
  if (const auto* spin = qobject_cast<QSpinBox*>(editor)) return spin->value();
  if (const auto* spin = qobject_cast<QDoubleSpinBox*>(editor)) return spin->value();
  if (const auto* combo = qobject_cast<QComboBox*>(editor)) return combo->currentText();
  if (const auto* box = qobject_cast<QCheckBox*>(editor)) return box->isChecked();
  if (const auto* line = qobject_cast<QLineEdit*>(editor)) return line->text();
  return {};
}

void JobForm::setValue(const QString& option, const QVariant& value) {
  QWidget* editor = editors_.value(option);
  if (auto* spin = qobject_cast<QSpinBox*>(editor)) {
    spin->setValue(value.toInt());
  } else if (auto* number = qobject_cast<QDoubleSpinBox*>(editor)) {
    number->setValue(value.toDouble());
  } else if (auto* combo = qobject_cast<QComboBox*>(editor)) {
    if (combo->isEditable()) {
      combo->setCurrentText(value.toString());
    } else if (const int at = combo->findText(value.toString()); at >= 0) {
      combo->setCurrentIndex(at);
    }
  } else if (auto* box = qobject_cast<QCheckBox*>(editor)) {
    box->setChecked(value.toBool());
  } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
    line->setText(value.toString());
  }
}

void JobForm::setChoices(const QString& option, const QStringList& choices) {
  auto* combo = qobject_cast<QComboBox*>(editors_.value(option));
  if (combo == nullptr) return;
  QStringList before;
  for (int i = 0; i < combo->count(); ++i) before << combo->itemText(i);
  if (before == choices) return;  // somebody may be typing
  const QString chosen = combo->currentText();
  const int cursor = combo->isEditable() ? combo->lineEdit()->cursorPosition() : 0;
  combo->clear();
  combo->addItems(choices);
  for (const FormField& field : fields_)
    if (field.option == option)
      setValue(option,
               choices.contains(chosen) || (combo->isEditable() && !chosen.isEmpty()) ? chosen : field.value);
  if (combo->isEditable()) combo->lineEdit()->setCursorPosition(cursor);
}

bool JobForm::agreesWith(const QJsonObject& options) const {
  return std::all_of(fields_.begin(), fields_.end(), [&](const FormField& field) {
    const QString recorded = options[field.option.mid(2)].toVariant().toString();
    const QVariant value = this->value(field.option);
    if (field.kind == Kind::Flag) return value.toBool() == (recorded == "true");
    if (field.kind == Kind::Number) return std::abs(value.toDouble() - recorded.toDouble()) < 1e-9;
    return value.toString().trimmed() == recorded;
  });
}

QStringList JobForm::options() const {
  QStringList words;
  for (const FormField& field : fields_) {
    const QVariant value = this->value(field.option);
    if (field.kind == Kind::Flag) {
      if (value.toBool()) words << field.option;
      continue;
    }
    const QString text =
        field.kind == Kind::Number ? QString::number(value.toDouble(), 'g', 9) : value.toString().trimmed();
    if (!text.isEmpty()) words << field.option << text;
  }
  return words;
}

JobDialog::JobDialog(const QString& title, const QString& explanation, const QString& start,
                     std::vector<FormField> fields, QWidget* parent)
    : QDialog(parent), form_(new JobForm(std::move(fields))), start_(new QPushButton(start)) {
  setWindowTitle(title);
  setMinimumWidth(460);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(14);
  auto* text = new QLabel(explanation);
  text->setWordWrap(true);
  text->setProperty("muted", true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  start_->setProperty("primary", true);
  start_->setDefault(true);
  buttons->addButton(start_, QDialogButtonBox::AcceptRole);
  layout->addWidget(text);
  layout->addWidget(form_);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

}  // namespace discern::ui

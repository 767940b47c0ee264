#include "ui/widgets/job_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/field_json.h"
#include "core/base/json.h"
#include "ui/language/words.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/number_spin.h"

namespace discern::ui {
namespace {

constexpr double kLargest = 2e9;  // that a spin box holds
constexpr int kRow = 26;          // of every kind of editor

// A line, or a list to choose from, with a button that opens the file dialog; what is typed in is the editor.
QWidget* withBrowse(QWidget* editor, const JobField& field) {
  const bool folder = field.kind == FieldKind::Folder;
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* browse = new QToolButton;
  const QString title = (folder ? Words::tr("%1: choose a folder") : Words::tr("%1: choose a file"))
                            .arg(engineText(field.label));
  browse->setObjectName("browse");
  browse->setIcon(icon("folder"));  // words would leave the field no room
  browse->setToolTip(title);
  browse->setAccessibleName(title);
  layout->addWidget(editor, 1);
  layout->addWidget(browse);
  auto* combo = qobject_cast<QComboBox*>(editor);
  QLineEdit* line = combo != nullptr ? combo->lineEdit() : qobject_cast<QLineEdit*>(editor);
  QObject::connect(browse, &QToolButton::clicked, line, [line, title, folder, filter = fileFilter(field)] {
    auto* dialog = new QFileDialog(line->window(), title, QFileInfo(line->text()).path(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    QObject::connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
    dialog->open();
  });
  return row;
}

QString tooltipOf(const JobField& field) {
  QString text = engineText(field.help);
  if (field.choices)
    for (const FieldChoice& choice : field.choices())
      if (!choice.help.empty())
        text += QString("\n%1: %2").arg(engineText(choice.name), engineText(choice.help));
  if (!field.empty.empty()) text += '\n' + Words::tr("Empty: %1").arg(engineText(field.empty));
  return text;
}

// Where something else than what is listed may be typed.
bool isOpen(const JobField& field) { return field.open || field.kind == FieldKind::List; }

bool isChosen(const JobField& field) { return field.choices || field.source != FieldSource::Nothing; }

}  // namespace

QString spellingOf(const JobField& field) { return "--" + QString::fromStdString(field.name); }

JobForm::JobForm(std::vector<JobField> fields, QWidget* parent)
    : QWidget(parent), fields_(std::move(fields)), problem_(new QLabel) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  const auto makeRows = [layout] {
    auto* holder = new QWidget;
    auto* rows = new QFormLayout(holder);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addWidget(holder);
    return rows;
  };
  QFormLayout* usual = usual_ = makeRows();
  QFormLayout* advanced = nullptr;
  for (const JobField& field : fields_) {
    if (field.advanced && advanced == nullptr) {
      auto* button = new QToolButton;
      button->setObjectName("moreOptions");
      button->setText(tr("More options"));
      button->setCheckable(true);
      button->setAutoRaise(true);
      button->setArrowType(Qt::RightArrow);
      button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
      layout->addWidget(button);
      advanced = makeRows();
      more_ = advanced->parentWidget();
      more_->hide();
      connect(button, &QToolButton::toggled, this, [this, button](bool open) {
        button->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        more_->setVisible(open);
      });
    }
    const QString name = QString::fromStdString(field.name);
    QWidget* editor = makeEditor(field);
    editor->setObjectName(name);
    editor->setToolTip(tooltipOf(field));
    editor->setAccessibleName(engineText(field.label));
    editor->setMinimumHeight(kRow);
    editors_[name] = editor;
    const bool isFile = field.kind == FieldKind::File || field.kind == FieldKind::Folder;
    QWidget* shown = isFile ? withBrowse(editor, field) : editor;
    auto* label = new QLabel(field.kind == FieldKind::Flag ? QString() : engineText(field.label));
    label->setToolTip(tooltipOf(field));
    (field.advanced ? advanced : usual)->addRow(label, shown);
    rows_[name] = shown;
    setValue(name, QString::fromStdString(field.fallback));
    atFirst_[name] = text(name);
  }
  problem_->setObjectName("formProblem");
  problem_->setProperty("problem", true);
  problem_->setWordWrap(true);
  problem_->hide();
  layout->addWidget(problem_);
  connect(this, &JobForm::changed, this, &JobForm::unmark);
}

QWidget* JobForm::makeLine(const JobField& field) {
  auto* line = new QLineEdit;
  line->setPlaceholderText(engineText(field.empty));
  connect(line, &QLineEdit::textChanged, this, &JobForm::changed);
  return line;
}

namespace {
// What is empty is called what an empty field means: "the newest".
void addChoice(QComboBox* combo, const JobField& field, const QString& choice) {
  combo->addItem(choice.isEmpty() && !combo->isEditable() ? engineText(field.empty) : choice, choice);
}
}  // namespace

QWidget* JobForm::makeEditor(const JobField& field) {
  if (isChosen(field) && (field.kind != FieldKind::List || field.source != FieldSource::Nothing)) {
    auto* combo = new QComboBox;
    combo->setEditable(isOpen(field));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(field.kind == FieldKind::File ? 5 : 10);  // a button stands beside it
    if (!combo->isEditable() && field.fallback.empty() && !field.empty.empty() && field.choices)
      addChoice(combo, field, {});
    if (field.choices)
      for (const FieldChoice& choice : field.choices()) {
        addChoice(combo, field, QString::fromStdString(choice.name));
        if (!combo->isEditable()) combo->setItemText(combo->count() - 1, engineText(choice.name));
        combo->setItemData(combo->count() - 1, engineText(choice.help), Qt::ToolTipRole);
      }
    if (combo->isEditable()) combo->lineEdit()->setPlaceholderText(engineText(field.empty));
    connect(combo, &QComboBox::currentTextChanged, this, &JobForm::changed);
    return combo;
  }
  if (field.kind == FieldKind::Integer) {
    auto* spin = new QSpinBox;
    spin->setRange(int(std::max(field.low, -kLargest)), int(std::min(field.high, kLargest)));
    if (!field.unit.empty()) spin->setSuffix(' ' + engineText(field.unit));
    connect(spin, &QSpinBox::valueChanged, this, &JobForm::changed);
    return spin;
  }
  if (field.kind == FieldKind::Number && field.empty.empty()) {
    auto* spin = new NumberSpin;
    spin->setRange(std::max(field.low, -1e12), std::min(field.high, 1e12));
    connect(spin, &QDoubleSpinBox::valueChanged, this, &JobForm::changed);
    return spin;
  }
  if (field.kind == FieldKind::Flag) {
    auto* box = new QCheckBox(engineText(field.label));
    connect(box, &QCheckBox::toggled, this, &JobForm::changed);
    return box;
  }
  return makeLine(field);
}

const JobField& JobForm::fieldOf(const QString& name) const {
  return *std::find_if(fields_.begin(), fields_.end(),
                       [&](const JobField& field) { return field.name == name.toStdString(); });
}

QVariant JobForm::value(const QString& field) const {
  QWidget* editor = editors_.value(field);
  if (const auto* spin = qobject_cast<QSpinBox*>(editor)) return spin->value();
  if (const auto* spin = qobject_cast<QDoubleSpinBox*>(editor)) return spin->value();
  if (const auto* combo = qobject_cast<QComboBox*>(editor))
    return combo->isEditable() ? combo->currentText() : combo->currentData().toString();
  if (const auto* box = qobject_cast<QCheckBox*>(editor)) return box->isChecked();
  if (const auto* line = qobject_cast<QLineEdit*>(editor)) return line->text();
  return {};
}

QString JobForm::text(const QString& field) const {
  const QVariant value = this->value(field);
  if (value.typeId() == QMetaType::Double) return QString::fromStdString(field_text::write(value.toDouble()));
  return value.toString().trimmed();
}

void JobForm::setValue(const QString& field, const QVariant& value) {
  QWidget* editor = editors_.value(field);
  if (auto* spin = qobject_cast<QSpinBox*>(editor)) {
    spin->setValue(value.toInt());
  } else if (auto* number = qobject_cast<QDoubleSpinBox*>(editor)) {
    number->setValue(value.toDouble());
  } else if (auto* combo = qobject_cast<QComboBox*>(editor)) {
    if (combo->isEditable()) {
      combo->setCurrentText(value.toString());
    } else if (const int at = combo->findData(value.toString()); at >= 0) {
      combo->setCurrentIndex(at);
    }
  } else if (auto* box = qobject_cast<QCheckBox*>(editor)) {
    box->setChecked(value.toBool());
  } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
    line->setText(value.toString());
    line->setCursorPosition(0);  // of a long text the beginning is seen
  }
}

void JobForm::setChoiceText(const QString& field, const QString& choice, const QString& text) {
  auto* combo = qobject_cast<QComboBox*>(editors_.value(field));
  if (combo == nullptr || combo->isEditable()) return;
  const QSignalBlocker quiet(combo);  // the value is what it was
  if (const int at = combo->findData(choice); at >= 0) combo->setItemText(at, text);
}

void JobForm::setChoices(const QString& field, const QStringList& choices) {
  auto* combo = qobject_cast<QComboBox*>(editors_.value(field));
  if (combo == nullptr) return;
  QStringList before;
  for (int i = 0; i < combo->count(); ++i) before << combo->itemData(i).toString();
  if (before == choices) return;  // somebody may be typing
  const QString chosen = value(field).toString();
  const int cursor = combo->isEditable() ? combo->lineEdit()->cursorPosition() : 0;
  combo->clear();
  for (const QString& choice : choices) addChoice(combo, fieldOf(field), choice);
  const QString fallback = QString::fromStdString(fieldOf(field).fallback);
  setValue(field, choices.contains(chosen) || (combo->isEditable() && !chosen.isEmpty()) ? chosen : fallback);
  if (combo->isEditable()) combo->lineEdit()->setCursorPosition(cursor);
}

bool JobForm::lacksChoices(const QString& field) const {
  const auto* combo = qobject_cast<const QComboBox*>(editors_.value(field));
  return combo != nullptr && combo->count() == 0;
}

bool JobForm::agreesWith(const std::string& options) const {
  const auto stored = parseJson(options);
  return std::all_of(fields_.begin(), fields_.end(), [&](const JobField& field) {
    const QString name = QString::fromStdString(field.name);
    std::string text = field.fallback;  // an older run knew fewer options
    findText(stored, field, text);
    const QString recorded = QString::fromStdString(text);
    const QVariant value = this->value(name);
    if (field.kind == FieldKind::Flag) return value.toBool() == (recorded == "true");
    if (value.typeId() == QMetaType::Double) return std::abs(value.toDouble() - recorded.toDouble()) < 1e-9;
    return value.toString().trimmed() == recorded;
  });
}

void JobForm::addWords(QStringList& words, const JobField& field) const {
  const QString text = this->text(QString::fromStdString(field.name));
  if (field.kind == FieldKind::Flag) {
    if (text == "true") words << spellingOf(field);
  } else if (!text.isEmpty()) {
    words << spellingOf(field) << text;
  }
}

bool JobForm::follow(const QString& field, const QString& text) {
  const QString here = this->text(field);
  const bool changed = !here.isEmpty() && here != atFirst_.value(field) && here != text;
  if (!changed && here != text) setValue(field, text);
  atFirst_[field] = changed ? text : this->text(field);
  return !changed;
}

QStringList JobForm::options() const {
  QStringList words;
  for (const JobField& field : fields_)
    if (!field.advanced || text(QString::fromStdString(field.name)) != QString::fromStdString(field.fallback))
      addWords(words, field);
  return words;
}

QStringList JobForm::changedOptions() const {
  QStringList words;
  for (const JobField& field : fields_)
    if (text(QString::fromStdString(field.name)) != QString::fromStdString(field.fallback))
      addWords(words, field);
  return words;
}

namespace {
// Names, and tables and models of the project, are another one's elsewhere.
bool isKept(const JobField& field) {
  return field.source == FieldSource::Nothing && field.name != "name" && !field.positional;
}
}  // namespace

QString JobForm::keptValues() const {
  QJsonObject values;
  const int preset = presetInUse();
  const auto isOfPreset = [&](const JobField& field) {
    return preset >= 0 && std::ranges::any_of(presets_[std::size_t(preset)].values,
                                              [&](const auto& value) { return value.first == field.name; });
  };
  for (const JobField& field : fields_) {
    const QString name = QString::fromStdString(field.name), text = this->text(name);
    if (isKept(field) && !isOfPreset(field) && text != atFirst_.value(name)) values[name] = text;
  }
  return values.isEmpty() ? QString()
                          : QString::fromUtf8(QJsonDocument(values).toJson(QJsonDocument::Compact));
}

void JobForm::restoreValues(const QString& json) {
  const QJsonObject values = QJsonDocument::fromJson(json.toUtf8()).object();
  for (const JobField& field : fields_) {
    const QString name = QString::fromStdString(field.name);
    if (!isKept(field) || !values.value(name).isString()) continue;
    const QString text = values.value(name).toString();
    try {
      checkText(field, text.toStdString());
    } catch (const Error&) {
      continue;  // of another version
    }
    setValue(name, field.kind == FieldKind::Flag ? QVariant(text == "true") : QVariant(text));
  }
}

bool JobForm::check() {
  try {
    for (const JobField& field : fields_)
      checkText(field, text(QString::fromStdString(field.name)).toStdString());
  } catch (const FieldError& e) {
    mark(QString::fromStdString(e.field()), QString::fromStdString(e.what()));
    return false;
  }
  const auto [field, why] = rule_ ? rule_() : std::pair<QString, QString>();
  if (!why.isEmpty()) mark(field, why);
  return why.isEmpty();
}

void JobForm::mark(const QString& field, const QString& message) {
  unmark();
  problem_->setText(message);
  problem_->setVisible(!message.isEmpty());
  QWidget* editor = editors_.value(field);
  if (editor == nullptr) return;
  if (fieldOf(field).advanced) findChild<QToolButton*>("moreOptions")->setChecked(true);
  marked_ = field;
  editor->setProperty("wrong", true);
  editor->style()->polish(editor);
}

void JobForm::warn(const QString& field, const QString& message) {
  if (message.isEmpty()) {
    if (warned_) unmark();
  } else if (warned_ || problem().isEmpty()) {
    mark(field, message);
    warned_ = true;
  }
}

QString JobForm::problem() const { return problem_->isHidden() ? QString() : problem_->text(); }

void JobForm::addPresets(const std::vector<Preset>& presets) {
  if (presets.empty() || preset_ != nullptr) return;
  presets_ = presets;
  preset_ = new QComboBox;
  preset_->setObjectName("preset");
  preset_->setAccessibleName(tr("Preset"));
  preset_->setMinimumHeight(kRow);
  preset_->addItem(tr("recommended"), -1);
  preset_->setItemData(0, tr("What serves most sets best"), Qt::ToolTipRole);
  QString all = tr("Options that belong together: the recommended ones, or a paper's as published");
  for (std::size_t i = 0; i < presets_.size(); ++i) {
    const QString name = engineText(presets_[i].name), changes = presetText(presets_[i], fields_);
    preset_->addItem(name, int(i));
    preset_->setItemData(preset_->count() - 1, changes, Qt::ToolTipRole);
    all += QString("\n\n%1: %2").arg(name, changes);
  }
  preset_->addItem(tr("your own"), -2);
  preset_->setToolTip(all);
  auto* label = new QLabel(tr("Preset"));
  label->setToolTip(preset_->toolTip());
  usual_->insertRow(0, label, preset_);
  connect(preset_, &QComboBox::activated, this, [this] { usePreset(preset_->currentData().toInt()); });
  const auto follow = [this] { preset_->setCurrentIndex(preset_->findData(presetInUse())); };
  connect(this, &JobForm::changed, this, follow);
  follow();
}

void JobForm::forgetPreset() {
  if (presetInUse() >= 0) usePreset(-1);
}

void JobForm::usePreset(int index) {
  if (index >= 0) {
    for (const auto& [field, text] : presets_[std::size_t(index)].values)
      if (const QString name = QString::fromStdString(field); has(name))
        setValue(name, fieldOf(name).kind == FieldKind::Flag ? QVariant(text == "true")
                                                             : QVariant(QString::fromStdString(text)));
  } else if (index == -1) {
    for (const Preset& preset : presets_)
      for (const auto& [field, text] : preset.values)
        if (const QString name = QString::fromStdString(field); has(name))
          setValue(name, fieldOf(name).kind == FieldKind::Flag ? QVariant(atFirst_.value(name) == "true")
                                                               : QVariant(atFirst_.value(name)));
  }
  emit changed();
}

int JobForm::presetInUse() const {
  const auto same = [this](const QString& name, const QString& wanted) {
    if (!has(name)) return true;
    const QString text = this->text(name);
    bool isNumber = false, wasNumber = false;
    const double value = text.toDouble(&isNumber), was = wanted.toDouble(&wasNumber);
    return text == wanted || (isNumber && wasNumber && value == was);
  };
  bool allFirst = true;
  for (std::size_t i = 0; i < presets_.size(); ++i) {
    bool all = true;
    for (const auto& [field, text] : presets_[i].values) {
      const QString name = QString::fromStdString(field);
      all = all && same(name, QString::fromStdString(text));
      allFirst = allFirst && same(name, atFirst_.value(name));
    }
    if (all) return int(i);
  }
  return allFirst ? -1 : -2;
}

void JobForm::unmark() {
  warned_ = false;
  problem_->hide();
  if (QWidget* editor = editors_.value(std::exchange(marked_, {}))) {
    editor->setProperty("wrong", false);
    editor->style()->polish(editor);
  }
}

void JobForm::setShown(const QString& field, bool shown) {
  QWidget* row = rows_.value(field);
  if (row == nullptr) return;
  auto* form = qobject_cast<QFormLayout*>(row->parentWidget()->layout());
  if (form == nullptr) return;
  if (QWidget* label = form->labelForField(row)) label->setVisible(shown);
  row->setVisible(shown);
}

JobDialog::JobDialog(const QString& title, const QString& explanation, const QString& start,
                     std::vector<JobField> fields, QWidget* parent)
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

void JobDialog::accept() {
  if (form_->check()) QDialog::accept();
}

}  // namespace discern::ui

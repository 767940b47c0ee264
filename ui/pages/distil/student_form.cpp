#include "ui/pages/distil/student_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/analysis/defaults.h"
#include "core/base/json.h"
#include "core/jobs/jobs.h"
#include "core/jobs/stored.h"
#include "ui/language/words.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/kind_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/number_spin.h"

namespace discern::ui {
namespace {

// SKD does not say how it fine-tunes: gently, for some hundred faces of few people, as `reproduce
// skd-table-2`.
constexpr double kTuningRate = 0.01;
constexpr int kTuningBatch = 32;

bool selects(const QString& mode) { return mode == "s" || mode == "sc"; }

QCheckBox* makeBox(const QString& prefix, const std::string& value, const std::string& tooltip,
                   bool checked) {
  auto* box = new QCheckBox(QString::fromStdString(value));
  box->setObjectName(prefix + box->text());
  box->setToolTip(engineText(tooltip));
  box->setChecked(checked);
  return box;
}

QStringList chosen(const std::vector<QCheckBox*>& boxes) {
  QStringList values;
  for (const QCheckBox* box : boxes)
    if (box->isChecked()) values << box->text();
  return values;
}

QString nameOf(const QString& size, const QString& mode, const QString& ending) {
  return QString("S-%1-%2").arg(size, mode) + (ending.isEmpty() ? QString() : '-' + ending);
}

std::vector<JobField> howFields() {
  auto fields = withoutFields(formFields("distil"), {"teacher", "selection"});
  for (JobField& field : fields)
    if (field.name == "name") {  // several students start at once
      field.label = QT_TRANSLATE_NOOP("engine", "Name ending");
      field.help = QT_TRANSLATE_NOOP("engine", "Put after the names S-16-sc and so on, to tell trials apart");
      field.empty = QT_TRANSLATE_NOOP("engine", "nothing");
    }
  return fields;
}

}  // namespace

StudentForm::StudentForm(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      showLambda_(*this, [this] { showLambda(); }),
      choices_(*this, [this] { showChoices(); }) {
  auto* scroll = new QScrollArea;
  auto* holder = new QWidget;
  auto* inner = new QVBoxLayout(holder);
  inner->setContentsMargins(0, 0, 8, 0);
  inner->addWidget(buildFields());
  scroll->setWidget(holder);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  buildButtons();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll, 1);
  layout->addWidget(hint_);
  layout->addWidget(select_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(start_, 1);
  buttons->addWidget(stopAll_);
  layout->addLayout(buttons);
  connectAll();
  choices_.ask();
  showLambda_.ask();
}

void StudentForm::buildButtons() {
  hint_ = mutedNote("distilHint");
  select_ = new QPushButton(tr("Select {samples} first…"));
  select_->setObjectName("goToSelection");
  start_ = new QPushButton;
  start_->setObjectName("startDistil");
  start_->setProperty("primary", true);
  stopAll_ = new QPushButton(tr("Stop all"));
  stopAll_->setObjectName("stopAll");
  stopAll_->setToolTip(tr("The running one and those that wait; what was learned so far is kept."));
}

QHBoxLayout* StudentForm::buildAmount() {
  amount_ = makeCombo("amount", tr("How many of the {subjects} are kept"), {tr("Lambda"), tr("Share kept")});
  amount_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  amount_->setMinimumContentsLength(7);
  lambda_ = new NumberSpin;
  lambda_->setObjectName("distilLambda");
  lambda_->setAccessibleName(tr("Lambda"));
  lambda_->setRange(-1e12, 0);
  lambda_->setToolTip(tr("At first the one of the Selection page."));
  keep_ = new QDoubleSpinBox;
  keep_->setObjectName("distilKeep");
  keep_->setAccessibleName(tr("Share kept"));
  keep_->setRange(1, 100);
  keep_->setDecimals(1);
  keep_->setSuffix(" %");
  keep_->setValue(80);
  amounts_ = new QStackedWidget;
  amounts_->addWidget(lambda_);
  amounts_->addWidget(keep_);
  amounts_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout;
  row->addWidget(amount_);
  row->addWidget(amounts_, 1);
  return row;
}

QWidget* StudentForm::buildStudents() {
  auto* students = new QGroupBox(tr("Students"));
  auto* form = new QFormLayout(students);
  auto* sizes = new QHBoxLayout;
  const auto& all = jobs::jobOf("distil").fields;
  const JobField &size = *findField(all, "size"), &mode = *findField(all, "mode");
  for (const FieldChoice& choice : size.choices()) {
    sizes_.push_back(makeBox("size-", choice.name, size.help, choice.name == size.fallback));
    sizes->addWidget(sizes_.back());
  }
  auto* modes = new QHBoxLayout;
  for (const FieldChoice& choice : mode.choices()) {
    modes_.push_back(makeBox("mode-", choice.name, choice.help, choice.name == mode.fallback));
    modes->addWidget(modes_.back());
  }
  form->addRow(tr("Pixels"), sizes);
  form->addRow(tr("Modes"), modes);
  return students;
}

QWidget* StudentForm::buildFields() {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  what_ = new JobForm(onlyFields(formFields("distil"), {"teacher", "selection"}));
  layout->addWidget(what_);
  layout->addLayout(buildAmount());
  layout->addWidget(buildStudents());
  how_ = new JobForm(howFields());
  how_->addPresets(formPresets("distil"));
  how_->setObjectName("distil");
  layout->addWidget(how_);
  layout->addStretch(1);
  return box;
}

void StudentForm::connectAll() {
  connect(&session_, &Session::projectChanged, this, [this] {
    what_->setValue("teacher", session_.featureTable());
    how_->forgetPreset();
    lambdaFollows_ = true;
  });
  connect(&session_, &Session::snapshotChanged, &choices_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::namesChanged, &choices_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &showLambda_, &WhenSeen::ask);
  connect(lambda_, &QDoubleSpinBox::valueChanged, this, [this] { lambdaFollows_ = false; });
  connect(amount_, &QComboBox::currentIndexChanged, amounts_, &QStackedWidget::setCurrentIndex);
  connect(what_, &JobForm::changed, this, &StudentForm::showForm);
  connect(how_, &JobForm::changed, this, &StudentForm::warnOfNames);
  for (const auto* boxes : {&sizes_, &modes_})
    for (QCheckBox* box : *boxes) connect(box, &QCheckBox::toggled, this, &StudentForm::showForm);
  connect(start_, &QPushButton::clicked, this, &StudentForm::start);
  connect(stopAll_, &QPushButton::clicked, this, &StudentForm::stopAllRequested);
  connect(select_, &QPushButton::clicked, this, &StudentForm::selectionPageRequested);
}

void StudentForm::mark(const QString& field, const QString& problem) {
  (what_->has(field) ? what_ : how_)->mark(field, problem);
}

void StudentForm::showStopAll(bool shown) { stopAll_->setVisible(shown); }

QString StudentForm::device() const { return how_->text("device"); }

void StudentForm::tune(const QString& student, const QString& set) {
  const auto snapshot = session_.snapshot();
  const auto model = std::ranges::find(snapshot->models, student.toStdString(), &project::ModelRow::name);
  if (model == snapshot->models.end() || model->kind != "student") return;
  const auto made = parseJson(model->options);
  const auto madeWith = [&](const char* name) {
    const JobField& field = *findField(jobs::jobOf("distil").fields, name);
    std::string text = field.fallback;
    jobs::findStored(made, "distil", field, text);
    return QString::fromStdString(text);
  };
  // Another size could not begin with these weights, and an identity layer of another width starts anew.
  for (QCheckBox* box : sizes_) box->setChecked(box->text() == madeWith("size"));
  for (QCheckBox* box : modes_) box->setChecked(box->text() == "c");
  how_->setValue("init-from", student);
  how_->setValue("set", set);
  how_->setValue("identity-dims", madeWith("identity-dims"));
  how_->setValue("learning-rate", kTuningRate);
  how_->setValue("batch", kTuningBatch);
  how_->setValue("name", freeEnding("tuned"));
}

QStringList StudentForm::optionsOf(const QString& size, const QString& mode) const {
  QStringList options = {
      "--teacher", what_->value("teacher").toString().remove(' '), "--size", size, "--mode", mode};
  if (selects(mode)) {
    options << "--selection" << what_->value("selection").toString();
    // The Selection page's lambda, or where that selection has none its share.
    const auto path = source_.path();
    const bool isOrder =
        path && path->isOrder() && path->row().name == what_->value("selection").toString().toStdString();
    if (amount_->currentIndex() == 0 && isOrder)
      options << "--keep" << QString::number(path->share(source_.lambda()), 'g', 17);
    else if (amount_->currentIndex() == 0)
      options << "--lambda" << QString::number(lambda_->value(), 'g', 17);
    else
      options << "--keep" << QString::number(keep_->value() / 100, 'g', 6);
  }
  QStringList how = how_->options();
  const QString ending = how_->text("name");
  if (const auto at = how.indexOf("--name"); at >= 0) how.remove(at, 2);
  return options << how << "--name" << nameOf(size, mode, ending);
}

QStringList StudentForm::chosenNames(const QString& ending) const {
  QStringList names;
  for (const QString& size : chosen(sizes_))
    for (const QString& mode : chosen(modes_)) names << nameOf(size, mode, ending);
  return names;
}

QString StudentForm::freeEnding(const QString& stem) const {
  const auto isTaken = [&](const QString& ending) {
    return std::ranges::any_of(chosenNames(ending), [&](const QString& name) {
      return !takenName(*session_.snapshot(), name, "student", false).isEmpty();
    });
  };
  QString ending = stem;
  for (int next = 2; isTaken(ending); ++next) ending = stem + QString::number(next);
  return ending;
}

void StudentForm::suggestNames() {
  if (how_->text("name") != ending_) return;
  ending_ = freeEnding({});
  how_->setValue("name", ending_);
}

void StudentForm::warnOfNames() {
  QString taken;
  for (const QString& name : chosenNames(how_->text("name")))
    if (taken.isEmpty())
      taken = takenName(*session_.snapshot(), name, "student", how_->value("replace").toBool());
  how_->warn("name", taken);
}

void StudentForm::start() {
  if (!what_->check() || !how_->check()) return;
  // A job each: when one fails the others still run. Modes of
  // a size come after each other and share its first stage.
  for (const QString& size : chosen(sizes_))
    for (const QString& mode : chosen(modes_)) emit jobRequested("distil", optionsOf(size, mode));
}

void StudentForm::showLambda() {
  if (!lambdaFollows_ || !source_.path()) return;
  const QSignalBlocker blocker(lambda_);
  lambda_->setValue(source_.lambda());
}

void StudentForm::showChoices() {
  {
    const QSignalBlocker quiet(what_);
    what_->setChoices("teacher", toList(analysis::namesOf(session_.snapshot()->featureTables)));
    const bool typing = what_->findChild<QComboBox*>("teacher")->hasFocus();
    if (!typing && what_->value("teacher").toString().isEmpty())
      what_->setValue("teacher", session_.featureTable());
    what_->setChoices("selection", source_.selections());
    const auto snapshot = session_.snapshot();
    QStringList students = {QString()}, sets = {QString()};
    for (const auto& model : snapshot->models)
      if (model.kind == "student") students << QString::fromStdString(model.name);
    for (const auto& identity : snapshot->identities)
      if (const QString set = QString::fromStdString(identity.set); !sets.contains(set)) sets << set;
    const QSignalBlocker still(how_);
    how_->setChoices("init-from", students);
    how_->setChoices("set", sets);
  }
  showForm();
}

void StudentForm::showForm() {
  const QStringList modes = chosen(modes_);
  const qsizetype runs = chosen(sizes_).size() * modes.size();
  const bool selecting = std::ranges::any_of(modes, selects);
  const bool teacher = !what_->value("teacher").toString().trimmed().isEmpty();
  const bool selection = !source_.selections().isEmpty();
  QString hint;
  if (!session_.kind().shape.isSquare())
    hint = tr("Students look at one square picture, and no {sample} is that.");
  else if (!teacher)
    hint = tr("A teacher must have looked at the {subjects} first: extract features.");
  else if (selecting && !selection)
    hint = tr("Modes s and sc learn from selected {subjects}, and none are selected yet.");
  else if (runs == 0)
    hint = tr("Choose at least one size and one mode.");
  hint_->setText(inWords(session_.kind(), hint));
  hint_->setVisible(!hint.isEmpty());
  select_->setVisible(teacher && selecting && !selection);
  start_->setEnabled(hint.isEmpty());
  start_->setText(runs > 1 ? tr("Start %1 trainings").arg(runs) : tr("Start training"));
  for (QWidget* widget : std::initializer_list<QWidget*>{amount_, amounts_})
    widget->setEnabled(selecting && selection);
  suggestNames();
  warnOfNames();
}

}  // namespace discern::ui

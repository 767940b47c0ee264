// How the Distil page is laid out; what it shows is in distil_page.cpp.
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/jobs/jobs.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/pages/distil_page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/job_progress.h"
#include "ui/widgets/number_spin.h"

namespace discern::ui {
namespace {

QCheckBox* makeBox(const QString& prefix, const std::string& value, const std::string& tooltip,
                   bool checked) {
  auto* box = new QCheckBox(QString::fromStdString(value));
  box->setObjectName(prefix + box->text());
  box->setToolTip(QString::fromStdString(tooltip));
  box->setChecked(checked);
  return box;
}

QComboBox* makeCombo(const QString& name, const QString& tooltip, const QStringList& items = {}) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->addItems(items);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(7);
  return combo;
}

// A chart under its heading and what it can be asked.
QWidget* chartCard(const QString& title, const QList<QWidget*>& controls, QWidget* chart, QWidget* parent) {
  auto* inside = new QWidget;
  auto* layout = new QVBoxLayout(inside);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(10, 6, 10, 0);
  auto* heading = new QLabel(title);
  heading->setObjectName("sectionHeading");
  heading->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(heading, 1);
  for (QWidget* control : controls) row->addWidget(control);
  layout->addLayout(row);
  layout->addWidget(chart, 1);
  return cardAround(inside, parent);
}

}  // namespace

QWidget* DistilPage::buildHow() {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  const std::vector<JobField> fields = formFields("distil");
  what_ = new JobForm(onlyFields(fields, {"teacher", "selection"}));
  amount_ = makeCombo("amount", "How many of the faces are kept", {"Lambda", "Share kept"});
  lambda_ = new NumberSpin;
  lambda_->setObjectName("distilLambda");
  lambda_->setRange(-1e12, 0);
  lambda_->setToolTip("At first the one of the Selection page.");
  keep_ = new QDoubleSpinBox;
  keep_->setObjectName("distilKeep");
  keep_->setRange(1, 100);
  keep_->setDecimals(1);
  keep_->setSuffix(" %");
  keep_->setValue(80);
  amounts_ = new QStackedWidget;
  amounts_->addWidget(lambda_);
  amounts_->addWidget(keep_);
  amounts_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* keep = new QHBoxLayout;
  keep->addWidget(amount_);
  keep->addWidget(amounts_, 1);
  layout->addWidget(what_);
  layout->addLayout(keep);

  auto* students = new QGroupBox("Students");
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
  form->addRow("Pixels", sizes);
  form->addRow("Modes", modes);
  layout->addWidget(students);

  auto how = withoutFields(fields, {"teacher", "selection"});
  for (JobField& field : how)
    if (field.name == "name") {  // several students start at once
      field.label = "Name ending";
      field.help = "Put after the names S-16-sc and so on, to tell trials apart";
      field.empty = "nothing";
    }
  how_ = new JobForm(std::move(how));
  layout->addWidget(how_);
  layout->addStretch(1);
  return box;
}

QWidget* DistilPage::buildControls() {
  auto* scroll = new QScrollArea;
  auto* holder = new QWidget;
  auto* inner = new QVBoxLayout(holder);
  inner->setContentsMargins(0, 0, 8, 0);
  inner->addWidget(buildHow());
  scroll->setWidget(holder);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  hint_ = new QLabel;
  hint_->setObjectName("distilHint");
  hint_->setProperty("muted", true);
  hint_->setWordWrap(true);
  select_ = new QPushButton("Select faces first…");
  select_->setObjectName("goToSelection");
  start_ = new QPushButton;
  start_->setObjectName("startDistil");
  start_->setProperty("primary", true);
  stopAll_ = new QPushButton("Stop all");
  stopAll_->setObjectName("stopAll");
  stopAll_->setToolTip("The running one and those that wait; what was learned so far is kept.");
  auto* panel = new QWidget;
  panel->setFixedWidth(286);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll, 1);
  layout->addWidget(hint_);
  layout->addWidget(select_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(start_, 1);
  buttons->addWidget(stopAll_);
  layout->addLayout(buttons);
  layout->addWidget(new JobProgress(jobs_));
  return panel;
}

QWidget* DistilPage::buildCurves() {
  curves_ = new LineChart("distil-curves");
  curves_->setEmptyText("The curves of the chosen runs appear here while they train.");
  metric_ = makeCombo("curveMetric", "Which curve");
  metric_->setMinimumContentsLength(13);
  return chartCard("Training", {metric_}, curves_, this);
}

QWidget* DistilPage::buildCosts() {
  costs_ = new ScatterChart("distil-accuracy");
  quality_ = makeCombo("quality", "Upwards", {"AUC", "Accuracy"});
  layer_ =
      makeCombo("layer", "Whose features are compared: the identity layer's, or those that mimic the teacher",
                {"identity", "mimic"});
  layer_->setMinimumContentsLength(6);
  cost_ = makeCombo("cost", "To the right", {"Parameters", "File MB", "Memory MB", "ms / face"});
  return chartCard("Costs", {quality_, layer_, cost_}, costs_, this);
}

QWidget* DistilPage::buildTable() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 4, 0, 0);
  auto* row = new QHBoxLayout;
  auto* heading = new QLabel("Students and their teacher");
  heading->setObjectName("sectionHeading");
  protocol_ = makeCombo("distilProtocol", "The comparisons AUC and accuracy are measured on");
  protocol_->setMinimumContentsLength(14);
  measure_ = new QPushButton("Measure costs");
  measure_->setObjectName("measureCosts");
  measure_->setToolTip("Parameters, memory and time of every recogniser of the project, the teacher's too.");
  row->addWidget(heading);
  row->addStretch(1);
  row->addWidget(new QLabel("Protocol"));
  row->addWidget(protocol_);
  row->addWidget(measure_);
  layout->addLayout(row);
  protocolNote_ = new QLabel(
      "AUC and accuracy need pairs of single images: import a set with its pairs file, or make a protocol of "
      "size 1, "
      "before students are trained.");
  protocolNote_->setObjectName("protocolNote");
  protocolNote_->setProperty("muted", true);
  protocolNote_->setWordWrap(true);
  protocolNote_->hide();
  layout->addWidget(protocolNote_);
  table_ = new QTableView;
  table_->setObjectName("students");
  table_->setModel(sorted_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSortIndicatorShown(true);
  table_->setSortingEnabled(true);
  layout->addWidget(table_, 1);
  return panel;
}

QWidget* DistilPage::buildContent() {
  auto* charts = new QSplitter(Qt::Horizontal);
  charts->addWidget(buildCurves());
  charts->addWidget(buildCosts());
  charts->setChildrenCollapsible(false);
  charts->setSizes({380, 420});
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(charts);
  splitter->addWidget(buildTable());
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({400, 270});
  return splitter;
}

}  // namespace discern::ui

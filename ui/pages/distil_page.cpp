#include "ui/pages/distil_page.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/live/student_jobs.h"
#include "ui/pages/distil/benchmark_panel.h"
#include "ui/pages/distil/cost_chart.h"
#include "ui/pages/distil/run_curves.h"
#include "ui/pages/distil/student_form.h"
#include "ui/pages/distil/students_panel.h"
#include "ui/pages/pages.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/job_progress.h"

namespace discern::ui {

DistilPage::DistilPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent),
      source_(SelectionSource::of(session)),
      runner_(runner),
      jobs_(session, runner, {"distil", "cost"}),
      students_(new StudentTable(this)),
      rows_(*this, [this] { showRows(); }) {
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildControls());
  stack_ = new QStackedWidget;
  empty_ = new EmptyState("distil", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  layout->addWidget(stack_, 1);
  connectParts();
  connectJobs();
  rows_.ask();
}

QWidget* DistilPage::buildControls() {
  form_ = new StudentForm(session_);
  auto* panel = new QWidget;
  panel->setFixedWidth(286);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(form_, 1);
  layout->addWidget(new JobProgress(jobs_));
  return panel;
}

QWidget* DistilPage::buildContent() {
  benchmarks_ = new BenchmarkPanel(session_, runner_);
  auto* tabs = new QTabWidget;
  tabs->setObjectName("distilTabs");
  tabs->setDocumentMode(true);
  tabs->addTab(buildStudents(), tr("Students"));
  tabs->addTab(benchmarks_, tr("Benchmarks"));
  return tabs;
}

QWidget* DistilPage::buildStudents() {
  curves_ = new RunCurves(session_);
  costs_ = new CostChart(session_, *students_);
  panel_ = new StudentsPanel(*students_);
  auto* charts = new QSplitter(Qt::Horizontal);
  charts->setObjectName("charts");
  charts->addWidget(curves_);
  charts->addWidget(costs_);
  charts->setChildrenCollapsible(false);
  charts->setSizes({380, 420});
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("rows");
  splitter->addWidget(charts);
  splitter->addWidget(panel_);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({400, 270});
  return splitter;
}

void DistilPage::connectParts() {
  connect(&session_, &Session::snapshotChanged, &rows_, &WhenSeen::ask);
  connect(form_, &StudentForm::jobRequested, this, &Page::jobRequested);
  connect(form_, &StudentForm::selectionPageRequested, this, [this] { emit pageRequested("Selection"); });
  connect(panel_, &StudentsPanel::costsRequested, this, [this] {
    emit jobRequested("cost", {"--batches", "1"});
    if (const QString device = form_->device(); device != "cpu")
      emit jobRequested("cost", {"--batches", "1", "--device", device});
  });
  connect(benchmarks_, &BenchmarkPanel::jobRequested, this, &Page::jobRequested);
  connect(benchmarks_, &BenchmarkPanel::tuneRequested, form_, &StudentForm::tune);
  connect(panel_, &StudentsPanel::chosenChanged, this, &DistilPage::showChosen);
  connect(panel_, &StudentsPanel::protocolChanged, this, &DistilPage::showQuality);
  connect(costs_, &CostChart::layerChanged, this, &DistilPage::showQuality);
  connect(costs_, &CostChart::rowClicked, panel_, &StudentsPanel::chooseRow);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(emptyJob_, {}); });
}

void DistilPage::connectJobs() {
  connect(&session_, &Session::projectChanged, this, [this] { runOfJob_.clear(); });
  connect(&jobs_, &JobWatch::changed, &rows_, &WhenSeen::ask);
  connect(form_, &StudentForm::stopAllRequested, this, [this] {
    std::vector<int> ids;
    for (const Job* job : jobs_.unfinished()) ids.push_back(job->id);
    for (auto id = ids.rbegin(); id != ids.rend(); ++id) runner_.cancel(*id);  // those that wait first
  });
  connect(&runner_, &JobRunner::jobEvent, this, [this](int id, const JobEvent& event) {
    if (event.kind == JobEvent::Kind::Start && event.text == "distil") runOfJob_[id] = event.run;
  });
  connect(&runner_, &JobRunner::jobFinished, this, [this](int id) {
    const Job* job = runner_.find(id);
    if (job->name == "distil" && job->state == Job::State::Failed && !job->errorField.isEmpty())
      form_->mark(job->errorField, job->error);
  });
}

std::vector<Chart*> DistilPage::charts() {
  return {&curves_->chart(), &costs_->chart(), &benchmarks_->chart()};
}

QStringList DistilPage::exportTo(const QString& folder) { return benchmarks_->exportTo(folder); }

bool DistilPage::settled() const { return !curves_->isBusy() && !source_.busy(); }

void DistilPage::showRows() {
  const auto unfinished = jobs_.unfinished();
  form_->showStopAll(unfinished.size() > 1);
  panel_->set(withJobs(studentRows(*session_.snapshot()), unfinished, runOfJob_));
  showEmpty();
  showQuality();
  curves_->setRuns(panel_->shownRuns());
}

void DistilPage::showQuality() {
  students_->setQuality(panel_->protocol(), costs_->layer());
  showCosts();
}

void DistilPage::showCosts() { costs_->setShown(panel_->protocol(), panel_->chosenRows()); }

void DistilPage::showChosen() {
  showCosts();
  if (const auto rows = panel_->chosenRows(); !rows.empty())
    benchmarks_->choose(students_->at(rows.front()).name);
  curves_->setRuns(panel_->shownRuns());
}

void DistilPage::showEmpty() {
  const auto snapshot = session_.snapshot();
  stack_->setCurrentIndex(students_->rowCount() > 0 ? 1 : 0);
  const auto show = [this](const QString& job, const QString& title, const QString& text,
                           const QString& button) {
    emptyJob_ = job;
    empty_->setTexts(words(title), words(text), button);
  };
  const bool fits = session_.kind().shape.isSquare();
  form_->setEnabled(fits);
  if (!fits)
    show({}, tr("No students of such {samples}"),
         tr("Students are made for square pictures of one {subject}; those of this project have another "
            "shape."),
         {});
  else if (snapshot->samples.empty())
    show("import", tr("No {samples} yet"), tr("Import the {subjects} that a student should learn from."),
         tr("Import…"));
  else if (snapshot->featureTables.empty())
    show("extract", tr("No teacher yet"),
         tr("A student learns the features of a teacher, which must look at the {subjects} first."),
         tr("Extract features…"));
  else
    show(
        {}, tr("No students yet"),
        tr("Choose sizes and modes on the left and start: each becomes a run. They are put beside each other "
           "and their teacher here, with accuracy against what they cost."),
        {});
}

Page* makeDistilPage(const PageTools& tools) { return new DistilPage(tools.session, tools.runner); }

}  // namespace discern::ui

#include "ui/pages/selection_page.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

#include "core/analysis/defaults.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/pages.h"
#include "ui/pages/selection/choice_boxes.h"
#include "ui/pages/selection/chosen_panel.h"
#include "ui/pages/selection/discarded_panel.h"
#include "ui/pages/selection/face_map.h"
#include "ui/pages/selection/identity_graph_view.h"
#include "ui/pages/selection/kept_curve.h"
#include "ui/pages/selection/lambda_box.h"
#include "ui/pages/selection/rankings_panel.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/job_progress.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kMapLimit = 5000;  // faces on a map unless more are asked for

}  // namespace

SelectionPage::SelectionPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent),
      source_(SelectionSource::of(session)),
      table_(TableSource::of(session)),
      jobs_(session, runner, {"select", "tsne"}) {
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildControls());
  stack_ = new QStackedWidget;
  empty_ = new EmptyState("selection", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  layout->addWidget(stack_, 1);
  connect(empty_, &EmptyState::clicked, this, [this] {
    if (emptyJob_ == "select") return askSelect();
    emit jobRequested(emptyJob_, {});
  });
  connect(&session_, &Session::snapshotChanged, this, &SelectionPage::showEmpty);
  connect(&source_, &SelectionSource::namesChanged, this, &SelectionPage::showEmpty);
  connect(&source_, &SelectionSource::pathChanged, this, &SelectionPage::showEmpty);
  connect(&source_, &SelectionSource::layoutChanged, this, &SelectionPage::showEmpty);
  connectJobs();
  showEmpty();
  followMap();
}

std::vector<Chart*> SelectionPage::charts() {
  return {&curve_->chart(), &map_->chart(), &rankings_->chart()};
}

bool SelectionPage::settled() const {
  return !source_.busy() && !graph_->busy() && !table_.busy() && !map_->busy() &&
         ThumbnailLoader::of(session_).idle();
}

QWidget* SelectionPage::buildControls() {
  auto* selection = new SelectionBox(session_);
  auto* map = new MapBox(session_);
  connect(selection, &ChoiceBox::asked, this, &SelectionPage::askSelect);
  connect(map, &ChoiceBox::asked, this, &SelectionPage::askMap);
  auto* inner = new QWidget;
  auto* layout = new QVBoxLayout(inner);
  layout->setContentsMargins(0, 0, 4, 0);
  layout->addWidget(selection);
  layout->addWidget(new LambdaBox(session_));
  layout->addWidget(map);
  layout->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setWidget(inner);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* panel = new QWidget;
  panel->setFixedWidth(290);
  auto* rows = new QVBoxLayout(panel);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->addWidget(scroll, 1);
  rows->addWidget(new JobProgress(jobs_));
  return panel;
}

QWidget* SelectionPage::buildContent() {
  map_ = new FaceMap(session_);
  chosen_ = new ChosenPanel(session_, [this](int sample) { return map_->valueOf(sample); });
  curve_ = new KeptCurve(session_);
  rankings_ = new RankingsPanel(session_);
  auto* discarded = new DiscardedPanel(session_);
  connect(map_, &FaceMap::inspectRequested, this, &SelectionPage::showInInspector);
  connect(rankings_, &RankingsPanel::inspectRequested, this, &SelectionPage::showInInspector);
  connect(discarded, &DiscardedPanel::inspectRequested, this, &SelectionPage::showInInspector);
  connect(chosen_, &ChosenPanel::inspectRequested, this, &SelectionPage::showInInspector);
  connect(map_, &FaceMap::coloured, chosen_, &ChosenPanel::recaption);
  auto* charts = new QSplitter(Qt::Horizontal);
  charts->setObjectName("charts");
  auto* beside = new QTabWidget;
  beside->setObjectName("besideMap");
  beside->setDocumentMode(true);
  beside->addTab(curve_, tr("Kept by lambda"));
  beside->addTab(chosen_, QString());
  charts->addWidget(map_);
  charts->addWidget(beside);
  charts->setChildrenCollapsible(false);
  charts->setSizes({470, 340});
  connect(map_, &FaceMap::chosen, this, [this, beside] {
    chosen_->hold();
    if (chosen_->held() != 1) beside->setCurrentIndex(chosen_->held() > 1 ? 1 : 0);
  });
  auto* tabs = new QTabWidget;
  tabs->setObjectName("selectionTabs");
  tabs->setDocumentMode(true);
  tabs->addTab(discarded, QString());
  tabs->addTab(rankings_, tr("Against the scores"));
  graph_ = new IdentityGraphView(session_);
  connect(graph_, &IdentityGraphView::inspectRequested, this, &SelectionPage::showInInspector);
  tabs->addTab(graph_, tr("Graph"));
  followKind(session_, tabs, [tabs, beside](const data::GroupKind& kind) {
    tabs->setTabText(0, inWords(kind, tr("Discarded {samples}")));
    beside->setTabText(1, inWords(kind, tr("Chosen {samples}")));
  });
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("rows");
  splitter->addWidget(charts);
  splitter->addWidget(tabs);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({350, 330});
  return splitter;
}

void SelectionPage::connectJobs() {
  connect(&jobs_, &JobWatch::changed, this, &SelectionPage::followMap);
  connect(&jobs_, &JobWatch::finished, this, [this](const Job& job) {
    if (job.state == Job::State::Done && job.name == "select")
      source_.chooseSelection(optionOf(job, "--name"));
  });
}

void SelectionPage::followMap() {
  const Job* job = jobs_.current();
  if (job == nullptr || job->name != "tsne" || job->state != Job::State::Running || job->id == followed_)
    return;
  followed_ = job->id;
  source_.chooseMap(optionOf(*job, "--name"));
}

void SelectionPage::showEmpty() {
  const auto snapshot = session_.snapshot();
  stack_->setCurrentIndex(source_.path() || source_.layout() ? 1 : 0);  // a map alone is worth a look, too
  const auto show = [this](const QString& job, const QString& title, const QString& text,
                           const QString& button) {
    emptyJob_ = job;
    empty_->setTexts(words(title), words(text), words(button));
  };
  if (snapshot->samples.empty()) {
    show("import", tr("No {samples} yet"),
         tr("Import the {samples} to learn from; the ones worth it are selected by their features."),
         tr("Import…"));
  } else if (snapshot->featureTables.empty()) {
    show("extract", tr("No features yet"),
         tr("A teacher must look at the {samples} before the ones worth learning from are known."),
         tr("Extract features…"));
  } else {
    show("select", tr("No selection yet"),
         tr("Selecting finds the training {samples} worth learning from, exactly and for every lambda at "
            "once; "
            "then a slider shows what each lambda keeps and discards."),
         tr("Select {samples}…"));
  }
}

void SelectionPage::askSelect() {
  const QStringList tables = toList(analysis::namesOf(session_.snapshot()->featureTables));
  if (tables.isEmpty()) return emit jobRequested("extract", {});
  auto* dialog = new JobDialog(
      words(tr("Select {samples}")),
      words(tr(
          "Which training {samples} are worth learning from, exactly and for every lambda at once: one that "
          "looks more like other {identities} than like its own is discarded first.")),
      tr("Select"), formFields("select"), this);
  JobForm& form = dialog->form();
  form.setChoices("features", tables);
  form.setValue("features", session_.featureTable());
  form.addPresets(formPresets("select"));
  const auto cuts = [&form] { return form.text("method") == "cut"; };
  // At first the one that is looked at; a path has none.
  const auto follow = [this, &form, cuts, cut = std::make_shared<bool>(false)] {
    if (std::exchange(*cut, cuts()) == *cut) return form.setShown("lambda", *cut);
    form.setShown("lambda", *cut);
    form.setValue("lambda", *cut && source_.path() ? QString::number(source_.lambda(), 'g', 6) : QString());
  };
  connect(&form, &JobForm::changed, &form, follow);
  follow();
  form.setRule([&form, cuts]() -> std::pair<QString, QString> {
    if (!cuts() || !form.text("lambda").isEmpty()) return {};
    return {"lambda", tr("One cut is made at one lambda: say which.")};
  });
  emit dialogMade(*dialog, "select");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog] { emit jobRequested("select", dialog->form().options()); });
  dialog->open();
}

void SelectionPage::askMap() {
  const QStringList tables = toList(analysis::namesOf(session_.snapshot()->featureTables));
  if (tables.isEmpty()) return emit jobRequested("extract", {});
  const auto path = source_.path();
  auto* dialog = new JobDialog(
      tr("Make a map"),
      words(tr(
          "{Samples} that are alike come to lie beside each other. The map is drawn here while it grows.")),
      tr("Make it"), formFields("tsne"), this);
  dialog->form().setChoices("features", tables);
  dialog->form().setValue("features",
                          path ? QString::fromStdString(path->row().features) : session_.featureTable());
  dialog->form().setValue("limit", kMapLimit);
  if (path) {
    const auto at = [](double number) { return QString::number(number, 'g', 17); };
    const QString what =
        path->isOrder() ? at(100 * path->share(source_.lambda())) + '%' : at(source_.lambda());
    dialog->form().setChoices("kept", {QString(), QString::fromStdString(path->row().name) + '@' + what});
  }
  emit dialogMade(*dialog, "tsne");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog] { emit jobRequested("tsne", dialog->form().options()); });
  dialog->open();
}

Page* makeSelectionPage(const PageTools& tools) { return new SelectionPage(tools.session, tools.runner); }

}  // namespace discern::ui

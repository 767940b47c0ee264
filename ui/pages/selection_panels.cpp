// How the Selection page is laid out and wired, and what it
// asks before a job; what it shows is in selection_page.cpp.
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <cmath>

#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/selection_page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/job_progress.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kSliderSteps = 10000;
constexpr int kThumbnail = 72;
constexpr int kMapLimit = 5000;  // faces on a map unless more are asked for

QLabel* makeNote(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setProperty("muted", true);
  label->setWordWrap(true);
  return label;
}

QComboBox* namedCombo(const QString& name, const QString& tooltip, const QStringList& items = {}) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->addItems(items);
  return combo;
}

QDoubleSpinBox* makeReading(QDoubleSpinBox* spin, const QString& name, double low, double high,
                            const QString& tooltip) {
  spin->setObjectName(name);
  spin->setRange(low, high);
  spin->setKeyboardTracking(false);
  spin->setToolTip(tooltip);
  return spin;
}

// A combo box that gives way and a button beside it.
QHBoxLayout* beside(QComboBox* combo, QPushButton* button) {
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(8);
  auto* row = new QHBoxLayout;
  row->addWidget(combo, 1);
  row->addWidget(button);
  return row;
}

}  // namespace

QWidget* SelectionPage::buildSelectionBox() {
  auto* box = new QGroupBox("Selection");
  auto* layout = new QVBoxLayout(box);
  selections_ = namedCombo("selectionName", "Which selection is looked at");
  select_ = new QPushButton("Select…");
  select_->setObjectName("selectFaces");
  select_->setToolTip("Works out, for every lambda at once, which faces are worth learning from.");
  about_ = makeNote("selectionAbout");
  layout->addLayout(beside(selections_, select_));
  layout->addWidget(about_);
  return box;
}

QWidget* SelectionPage::buildLambdaBox() {
  auto* box = new QGroupBox("Lambda");
  auto* layout = new QVBoxLayout(box);
  slider_ = new QSlider(Qt::Horizontal);
  slider_->setObjectName("lambdaSlider");
  slider_->setAccessibleName("Lambda");
  slider_->setRange(0, kSliderSteps);
  slider_->setPageStep(kSliderSteps / 50);
  slider_->setToolTip(
      "How much being alike counts against looking like others, on a logarithmic scale: to the right "
      "more faces are kept.");
  layout->addWidget(slider_);
  raw_ = makeReading(new NumberSpin, "lambdaRaw", -1e12, 0,
                     "As in the paper: 0 keeps nobody, far below keeps all.");
  normalised_ = makeReading(new NumberSpin, "lambdaNormalised", -1e9, 0,
                            "Divided by the number of other identities: travels between data sets.");
  share_ =
      makeReading(new QDoubleSpinBox, "keptShare", 0, 100,
                  "Of the faces that some lambda keeps; the smallest selection that keeps at least so many.");
  share_->setDecimals(1);
  share_->setSuffix(" %");
  auto* form = new QFormLayout;
  form->addRow("λ", raw_);
  form->addRow("λ / (C − 1)", normalised_);
  form->addRow("Share kept", share_);
  layout->addLayout(form);
  keptText_ = makeNote("keptText");
  layout->addWidget(keptText_);
  lambdaBox_ = box;
  return box;
}

QWidget* SelectionPage::buildMapBox() {
  auto* box = new QGroupBox("Map");
  auto* layout = new QVBoxLayout(box);
  maps_ = namedCombo("mapName", "Which map is looked at");
  makeMap_ = new QPushButton("Make…");
  makeMap_->setObjectName("makeMap");
  makeMap_->setToolTip("Lays the faces out in two dimensions by t-SNE; the map is drawn while it grows.");
  mapNote_ = makeNote("mapNote");
  layout->addLayout(beside(maps_, makeMap_));
  layout->addWidget(mapNote_);
  return box;
}

QWidget* SelectionPage::buildControls() {
  auto* inner = new QWidget;
  auto* layout = new QVBoxLayout(inner);
  layout->setContentsMargins(0, 0, 4, 0);
  layout->addWidget(buildSelectionBox());
  layout->addWidget(buildLambdaBox());
  layout->addWidget(buildMapBox());
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

QWidget* SelectionPage::buildMap() {
  map_ = new ScatterChart("selection-map");
  map_->setTitle("Kept: coloured by identity. Discarded: grey");
  map_->setXAxis({.title = "t-SNE 1"});
  map_->setYAxis({.title = "t-SNE 2"});
  map_->setLasso(true);
  map_->setToolTip("Draw around faces to choose them on every page.");
  return cardAround(map_, this);
}

QWidget* SelectionPage::buildCurve() {
  curve_ = new LineChart("selection-curve");
  curve_->setEmptyText("How many faces each lambda keeps appears here.");
  axis_ = namedCombo("curveAxis", "What stands on the axis", {"−λ", "−λ / (C − 1)"});
  measure_ =
      namedCombo("curveMeasure", "Counts, or shares of those that can be kept", {"Share kept", "Faces kept"});
  auto* inside = new QWidget;
  auto* layout = new QVBoxLayout(inside);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(10, 6, 10, 0);
  auto* heading = new QLabel("Kept against lambda");
  heading->setObjectName("sectionHeading");
  heading->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  heading->setToolTip("With faces chosen, the curves of their identities beside that of all.");
  row->addWidget(heading, 1);
  row->addWidget(measure_);
  row->addWidget(axis_);
  layout->addLayout(row);
  layout->addWidget(curve_, 1);
  return cardAround(inside, this);
}

QWidget* SelectionPage::buildDiscarded() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(4);
  discardedText_ = new QLabel;
  discardedText_->setObjectName("discardedText");
  discardedText_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  order_ = namedCombo("discardedOrder", "Which of the discarded faces come first",
                      {"Farthest from being kept first", "Nearest to being kept first"});
  auto* row = new QHBoxLayout;
  row->addWidget(discardedText_, 1);
  row->addWidget(order_);
  layout->addLayout(row);
  gallery_ = new GalleryView(session_, ThumbnailLoader::of(session_));
  gallery_->setObjectName("discarded");
  gallery_->setThumbnailSize(kThumbnail);
  gallery_->setEmptyText("No face is discarded at this lambda.");
  layout->addWidget(gallery_, 1);
  return panel;
}

QWidget* SelectionPage::buildRankings() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(6);
  overlap_ = new QLabel;
  overlap_->setObjectName("overlap");
  overlap_->setWordWrap(true);
  ranking_ = namedCombo("ranking", "Where as many lowest scores are taken from",
                        {"Inside each identity", "Over all faces"});
  auto* row = new QHBoxLayout;
  row->addWidget(overlap_, 1);
  row->addWidget(ranking_);
  layout->addLayout(row);
  auto* strips = new QWidget;
  auto* rows = new QVBoxLayout(strips);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(6);
  byPath_ = new ImageStrip(session_, kThumbnail, false, strips);
  byPath_->gallery().setObjectName("byPath");
  byScore_ = new ImageStrip(session_, kThumbnail, false, strips);
  byScore_->gallery().setObjectName("byScore");
  for (ImageStrip* strip : {byPath_, byScore_}) {
    strip->gallery().setEmptyText("No face is discarded at this lambda.");
    strip->gallery().setMinimumHeight(60);
    rows->addWidget(strip, 1);
  }
  scores_ = new ScatterChart("selection-scores");
  scores_->setLasso(true);
  scores_->setEmptyText("Score the images to put the two rankings side by side.");
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->addWidget(strips);
  splitter->addWidget(cardAround(scores_, splitter));
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setChildrenCollapsible(false);
  layout->addWidget(splitter, 1);
  return panel;
}

QWidget* SelectionPage::buildContent() {
  auto* charts = new QSplitter(Qt::Horizontal);
  charts->addWidget(buildMap());
  charts->addWidget(buildCurve());
  charts->setChildrenCollapsible(false);
  charts->setSizes({430, 380});
  tabs_ = new QTabWidget;
  tabs_->setObjectName("selectionTabs");
  tabs_->setDocumentMode(true);
  tabs_->addTab(buildDiscarded(), "Discarded faces");
  tabs_->addTab(buildRankings(), "Against the scores");
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(charts);
  splitter->addWidget(tabs_);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({350, 330});
  return splitter;
}

void SelectionPage::connectAll() {
  connect(&source_, &SelectionSource::namesChanged, this, &SelectionPage::showNames);
  connect(&source_, &SelectionSource::pathChanged, this, &SelectionPage::showPath);
  connect(&source_, &SelectionSource::layoutChanged, this, &SelectionPage::showLayout);
  connect(&source_, &SelectionSource::comparisonChanged, this, &SelectionPage::showComparison);
  connect(&source_, &SelectionSource::lambdaChanged, this, &SelectionPage::showLambda);
  connect(&session_, &Session::selectionChanged, this, &SelectionPage::showSelection);
  connect(&session_, &Session::snapshotChanged, this, &SelectionPage::showEmpty);
  const auto showTable = [this] {
    for (GalleryView* gallery : {gallery_, &byPath_->gallery(), &byScore_->gallery()})
      gallery->setTable(table_.table());
  };
  connect(&table_, &TableSource::changed, this, showTable);
  showTable();
  connect(&jobs_, &JobWatch::changed, this, &SelectionPage::showJobs);
  connect(&jobs_, &JobWatch::finished, this, [this](const Job& job) {
    if (job.state == Job::State::Done && job.name == "select")
      source_.chooseSelection(optionOf(job, "--name"));
  });
  connect(selections_, &QComboBox::textActivated, &source_, &SelectionSource::chooseSelection);
  connect(maps_, &QComboBox::textActivated, &source_, &SelectionSource::chooseMap);
  connect(select_, &QPushButton::clicked, this, &SelectionPage::askSelect);
  connect(makeMap_, &QPushButton::clicked, this, &SelectionPage::askMap);
  connect(empty_, &EmptyState::clicked, this, [this] {
    if (emptyJob_ == "select") return askSelect();
    emit jobRequested(emptyJob_, {});
  });

  connect(slider_, &QSlider::valueChanged, this, [this](int step) {
    const auto path = source_.path();
    if (path)
      source_.setLambda(-path->low() *
                        std::pow(path->high() / path->low(), double(step) / slider_->maximum()));
  });
  connect(raw_, &QDoubleSpinBox::valueChanged, &source_, &SelectionSource::setLambda);
  connect(normalised_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    if (const auto path = source_.path()) source_.setLambda(path->raw(value));
  });
  connect(share_, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
    if (const auto path = source_.path()) source_.setLambda(path->lambdaForShare(percent / 100));
  });
  connect(curve_, &LineChart::cursorMoved, this, [this](double x) { source_.setLambda(-x / scale()); });
  connect(scores_, &ScatterChart::cursorMoved, this, [this](double x) { source_.setLambda(-x); });
  for (QComboBox* combo : {axis_, measure_})
    connect(combo, &QComboBox::currentIndexChanged, this, [this] {
      showCurve();
      showLambda();  // the cursor stands on the axis
    });
  connect(order_, &QComboBox::currentIndexChanged, this, &SelectionPage::showDiscarded);
  connect(ranking_, &QComboBox::currentIndexChanged, this, &SelectionPage::showRankings);
  connect(tabs_, &QTabWidget::currentChanged, this, &SelectionPage::showLambda);

  const auto follow = [this](ScatterChart* chart, auto sampleOf) {
    connect(chart, &ScatterChart::pointClicked, this,
            [this, sampleOf](int point) { session_.select({sampleOf(point)}, sampleOf(point)); });
    connect(chart, &ScatterChart::pointDoubleClicked, this,
            [this, sampleOf](int point) { showInInspector(sampleOf(point)); });
    connect(chart, &ScatterChart::selectionMade, this, [this, sampleOf](const std::vector<int>& points) {
      std::vector<int> samples;
      for (const int point : points) samples.push_back(sampleOf(point));
      session_.select(std::move(samples));
    });
    chart->setTooltip([this, sampleOf](int point) { return describe(sampleOf(point)); });
    chart->setTableColumns(
        {"sample", "identity", "-lambda", "kept"}, [this, sampleOf](int point) -> QStringList {
          const int sample = sampleOf(point);
          const auto path = source_.path();
          const double enters = path ? path->enters(sample) : std::nan("");
          return {QString::number(sample), table_.table()->text(sample, Field::Identity),
                  QString::number(enters, 'g', 10),
                  std::isnan(enters) ? QString()
                                     : QString::number(int(selection::isKept(enters, source_.lambda())))};
        });
  };
  follow(map_, [this](int point) { return sampleOnMap(point); });
  follow(scores_, [this](int point) {
    return point >= 0 && point < int(compared_.size()) ? compared_[std::size_t(point)] : -1;
  });
  for (GalleryView* gallery : {gallery_, &byPath_->gallery(), &byScore_->gallery()})
    connect(gallery, &GalleryView::inspectRequested, this, &SelectionPage::showInInspector);
}

void SelectionPage::askSelect() {
  QStringList tables;
  for (const auto& table : session_.snapshot()->featureTables) tables << QString::fromStdString(table.name);
  if (tables.isEmpty()) return emit jobRequested("extract", {});
  auto* dialog = new JobDialog(
      "Select faces",
      "Which training faces are worth learning from, exactly and for every lambda at once: a face that looks "
      "more "
      "like other people than like its own is discarded first.",
      "Select", formFields("select"), this);
  dialog->form().setChoices("features", tables);
  dialog->form().setValue("features", session_.featureTable());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog] { emit jobRequested("select", dialog->form().options()); });
  dialog->open();
}

void SelectionPage::askMap() {
  QStringList tables;
  for (const auto& table : session_.snapshot()->featureTables) tables << QString::fromStdString(table.name);
  if (tables.isEmpty()) return emit jobRequested("extract", {});
  const auto path = source_.path();
  auto* dialog = new JobDialog(
      "Make a map",
      "Faces that are alike come to lie beside each other. The map is drawn here while it grows.", "Make it",
      formFields("tsne"), this);
  dialog->form().setChoices("features", tables);
  dialog->form().setValue("features",
                          path ? QString::fromStdString(path->row().features) : session_.featureTable());
  dialog->form().setValue("limit", kMapLimit);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this,
          [this, dialog] { emit jobRequested("tsne", dialog->form().options()); });
  dialog->open();
}

}  // namespace discern::ui

// How the Inspector is laid out; what it shows is in inspector_page.cpp.
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/charts/histogram_chart.h"
#include "ui/pages/inspector/explain_panel.h"
#include "ui/pages/inspector_page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/video_timeline.h"

namespace discern::ui {
namespace {

QTableWidget* makeTable(const QStringList& columns, const QString& name, QWidget* parent) {
  auto* table = new QTableWidget(0, static_cast<int>(columns.size()), parent);
  table->setHorizontalHeaderLabels(columns);
  table->setAccessibleName(name);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(25);
  table->setShowGrid(false);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionMode(QAbstractItemView::NoSelection);
  table->setFocusPolicy(Qt::NoFocus);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return table;
}

}  // namespace

QWidget* InspectorPage::makeBar() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  previous_ = new QToolButton(bar);
  previous_->setObjectName(QStringLiteral("previous"));
  previous_->setIcon(icon(QStringLiteral("previous")));
  previous_->setAccessibleName(tr("Previous {sample}"));
  previous_->setToolTip(tr("Previous {sample} (Left); previous {identity}: Up"));
  next_ = new QToolButton(bar);
  next_->setObjectName(QStringLiteral("next"));
  next_->setIcon(icon(QStringLiteral("next")));
  next_->setAccessibleName(tr("Next {sample}"));
  next_->setToolTip(tr("Next {sample} (Right); next {identity}: Down"));
  heading_ = new ElidedLabel(bar);
  heading_->setObjectName(QStringLiteral("heading"));
  heading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  position_ = new QLabel(bar);
  position_->setObjectName(QStringLiteral("muted"));
  layout->addWidget(previous_);
  layout->addWidget(next_);
  layout->addSpacing(6);
  layout->addWidget(heading_, 1);
  layout->addWidget(position_);
  decide_ = new QToolButton(bar);
  decide_->setObjectName(QStringLiteral("decide"));
  decide_->setText(tr("Decide"));
  decide_->setToolTip(
      tr("Leave it out, move it to another {identity}, mark, tag or note it; undone with Ctrl+Z"));
  decide_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(decide_);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    menu->clear();
    if (const ImageActions* actions = ImageActions::of(session_)) actions->addTo(*menu);
  });
  decide_->setMenu(menu);
  layout->addWidget(decide_);
  return bar;
}

QFrame* InspectorPage::makeCard(const QString& heading, QVBoxLayout*& layout) {
  auto* card = new QFrame(this);
  card->setObjectName(QStringLiteral("card"));
  layout = new QVBoxLayout(card);
  layout->setContentsMargins(14, 12, 14, 12);
  layout->setSpacing(8);
  if (heading.isEmpty()) return card;
  auto* label = new QLabel(heading, card);
  label->setObjectName(QStringLiteral("sectionHeading"));
  layout->addWidget(label);
  return card;
}

QWidget* InspectorPage::makeAlignBar(QWidget* parent) {
  auto* bar = new QWidget(parent);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(8, 0, 8, 4);
  layout->setSpacing(8);
  alignHint_ = new QLabel(bar);
  alignHint_->setObjectName(QStringLiteral("muted"));
  alignHint_->setWordWrap(true);
  const auto button = [&](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text, bar);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  placeFace_ = button(tr("Place the face"), QStringLiteral("placeFace"),
                      tr("Puts five points on the picture, to be dragged onto eyes, nose and mouth"));
  saveFace_ =
      button(tr("Save"), QStringLiteral("saveFace"),
             tr("The face is aligned by these points from now on; its features are stale until they are "
                "extracted again"));
  resetFace_ = button(tr("Undo"), QStringLiteral("resetFace"), tr("Back to the points that are stored"));
  layout->addWidget(alignHint_, 1);
  for (auto* made : {placeFace_, saveFace_, resetFace_}) layout->addWidget(made);
  return bar;
}

QWidget* InspectorPage::makePictures() {
  auto* column = new QWidget(this);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  QVBoxLayout* inside = nullptr;
  QFrame* card = makeCard({}, inside);
  inside->setContentsMargins(4, 4, 4, 4);
  stored_ = new ImageView(card);
  stored_->setObjectName(QStringLiteral("stored"));
  stored_->setMinimumHeight(72);  // with the bar below it fits a small screen
  stored_->setAccessibleName(tr("The stored {sample}"));
  inside->addWidget(stored_, 1);
  inside->addWidget(makeAlignBar(card));
  layout->addWidget(card, 1);
  timeline_ = new VideoTimeline(QStringLiteral("score-in-video"), column);
  connect(timeline_, &VideoTimeline::sampleChosen, this,
          [this](int sample) { session_.select({sample}, sample); });
  connect(timeline_, &VideoTimeline::markingChanged, this, &InspectorPage::showTimeline);
  timelineCard_ = cardAround(timeline_, column);
  timelineCard_->hide();  // until a sample of a video is looked at
  layout->addWidget(timelineCard_);
  rivals_ = new ImageStrip(session_, 80, true, column);
  own_ = new ImageStrip(session_, 80, true, column);
  strips_ = new QBoxLayout(QBoxLayout::TopToBottom);
  strips_->setSpacing(10);
  strips_->addWidget(rivals_);
  strips_->addWidget(own_);
  layout->addLayout(strips_);
  column->setMinimumWidth(380);
  return column;
}

QLabel* InspectorPage::addFact(QGridLayout* grid, const QString& name, const QString& tooltip) {
  const int row = grid->rowCount();
  auto* label = new QLabel(name, this);
  label->setObjectName(QStringLiteral("muted"));
  label->setToolTip(tooltip);
  auto* value = new QLabel(this);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  value->setToolTip(tooltip);
  value->setWordWrap(true);
  grid->addWidget(label, row, 0, Qt::AlignTop);
  grid->addWidget(value, row, 1);
  return value;
}

QWidget* InspectorPage::makeFacts(JobRunner* runner) {
  auto* column = new QWidget(this);
  auto* layout = new QVBoxLayout(column);
  layout->setContentsMargins(0, 0, 6, 0);
  layout->setSpacing(10);
  QVBoxLayout* inside = nullptr;

  QFrame* scoreCard = makeCard({}, inside);
  auto* top = new QHBoxLayout;
  top->setSpacing(14);
  face_ = new ImageView(scoreCard);
  face_->setObjectName(QStringLiteral("face"));
  face_->setAccessibleName(tr("The {subject} as the base model sees it"));
  face_->setToolTip(
      tr("The {subject} as the base model sees it: aligned or cropped, and damaged if it is a damaged copy"));
  face_->setMinimumSize(124, 124);
  face_->setFixedSize(124, 124);
  auto* figures = new QVBoxLayout;
  figures->setSpacing(2);
  score_ = new QLabel(scoreCard);
  score_->setObjectName(QStringLiteral("figure"));
  sentence_ = new QLabel(scoreCard);
  sentence_->setWordWrap(true);
  figures->addWidget(score_);
  figures->addWidget(sentence_);
  decided_ = new QLabel(scoreCard);
  decided_->setObjectName(QStringLiteral("decided"));
  decided_->setWordWrap(true);
  figures->addWidget(decided_);
  figures->addStretch();
  top->addWidget(face_);
  top->addLayout(figures, 1);
  inside->addLayout(top);
  histogram_ = new HistogramChart(QStringLiteral("score-of-image"), scoreCard);
  histogram_->setRange(0, 1);
  histogram_->setXAxis({{}, false, 0.0, 1.0});
  histogram_->setYAxis({{}, false, 0.0, {}});
  histogram_->setCursorDraggable(false);
  histogram_->setFixedHeight(120);
  inside->addWidget(histogram_);
  auto* grid = new QGridLayout;
  grid->setColumnStretch(1, 1);
  grid->setHorizontalSpacing(14);
  grid->setVerticalSpacing(4);
  percentile_ = addFact(grid, tr("Percentile"), tr("Share of the scored {samples} with a lower score"));
  ratio_ = addFact(grid, tr("Ratio"),
                   tr("Own cosine divided by the most-confused {identity}'s, before normalising"));
  ownCosine_ = addFact(grid, tr("Own cosine"), tr("To the centroid of its own {identity}"));
  rivalCosine_ = addFact(grid, tr("Hardest cosine"), tr("To the nearest centroid of another {identity}"));
  rivalName_ = addFact(grid, tr("Most confused with"), tr("The {identity} of that centroid"));
  about_ = addFact(grid, tr("Sample"), tr("Number, set, role, medium and damage"));
  file_ = addFact(grid, tr("File"), {});
  inside->addLayout(grid);
  layout->addWidget(scoreCard);

  QFrame* whatIfCard = makeCard(tr("Without this {sample}"), inside);
  whatIfVerdict_ = new QLabel(whatIfCard);
  whatIfVerdict_->setWordWrap(true);
  whatIf_ = makeTable({tr("{Group}'s match"), tr("With"), tr("Without"), tr("Change")},
                      tr("Without this {sample}"), whatIfCard);
  whatIfNote_ = new QLabel(whatIfCard);
  whatIfNote_->setObjectName(QStringLiteral("muted"));
  whatIfNote_->setWordWrap(true);
  inside->addWidget(whatIfVerdict_);
  inside->addWidget(whatIf_);
  inside->addWidget(whatIfNote_);
  layout->addWidget(whatIfCard);

  explain_ = new ExplainPanel(session_, runner, column);
  connect(explain_, &ExplainPanel::jobRequested, this, &InspectorPage::jobRequested);
  layout->addWidget(explain_);

  QFrame* comparatorCard = makeCard(tr("All scores of this {sample}"), inside);
  comparators_ = makeTable({tr("Scores"), tr("Score"), tr("Raw"), tr("Percentile")},
                           tr("All scores of this {sample}"), comparatorCard);
  inside->addWidget(comparators_);
  layout->addWidget(comparatorCard);
  layout->addStretch(1);

  auto* scroll = new QScrollArea(this);
  scroll->setWidget(column);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumWidth(380);
  return scroll;
}

}  // namespace discern::ui

#include "ui/pages/template_page.h"

#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/analysis/protocol_today.h"
#include "core/analysis/what_if.h"
#include "ui/charts/score_strip.h"
#include "ui/charts/timeline_chart.h"
#include "ui/models/images/template_images.h"
#include "ui/models/images/timeline.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/thumbnail_loader.h"
#include "ui/widgets/video_timeline.h"

namespace discern::ui {
namespace {

using analysis::TemplateOrder;

constexpr int kPicture = 44;

// "0.412", and behind it by how much it moved: "0.412 +0.031".
QString moved(float now, float before) {
  if (!std::isfinite(now) || !std::isfinite(before) || now == before) return numberText(now);
  const double by = static_cast<double>(now) - static_cast<double>(before);
  return numberText(now) + QChar(0x2002) + signedText(by);
}

// "ddl auto".
QString shortName(const std::string& aggregation) {
  return QString::fromStdString(aggregation).replace(QStringLiteral(" rescale="), QStringLiteral(" "));
}

QString rankText(int now, int before) {
  const auto text = [](int rank) { return rank > 0 ? QString::number(rank) : QStringLiteral("–"); };
  return now == before ? text(now) : text(now) + QStringLiteral(" (%1)").arg(text(before));
}

}  // namespace

TemplatePage::TemplatePage(Session& session, QWidget* parent)
    : Page(session, parent),
      source_(TableSource::of(session)),
      templates_(TemplateSource::of(session)),
      refresh_(*this, [this] { refresh(); }),
      table_(*this,
             [this] {
               if (!tried_) return;
               showTable();
               showStrip();
               showTimeline();
             }),
      follow_(*this, [this] { templates_.follow(); }),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(QStringLiteral("template"), {}, {}, {}, this)) {
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(10);
  layout->addWidget(makeBar());
  auto* top = new QSplitter(Qt::Horizontal, content);
  top->setObjectName("columns");
  top->setChildrenCollapsible(false);
  top->setHandleWidth(12);
  top->addWidget(makeImages());
  top->addWidget(makeMatch());
  top->setStretchFactor(0, 1);
  top->setSizes({600, 470});
  strip_ = new ScoreStrip(QStringLiteral("template-scores"), content);
  auto* both = new QSplitter(Qt::Vertical, content);
  both->setObjectName("rows");
  both->setChildrenCollapsible(false);
  both->setHandleWidth(10);
  both->addWidget(top);
  both->addWidget(cardAround(strip_, content));
  timeline_ = new VideoTimeline(QStringLiteral("template-in-video"), content);
  timelineCard_ = cardAround(timeline_, content);
  timelineCard_->hide();
  both->addWidget(timelineCard_);
  both->setStretchFactor(0, 3);
  both->setStretchFactor(1, 2);
  both->setStretchFactor(2, 2);
  both->setSizes({380, 240, 200});
  layout->addWidget(both, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  connectAll();
  refresh_.ask();
}

QWidget* TemplatePage::makeBar() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  const auto button = [&](const char* name, const char* picture, const QString& text, Qt::Key key) {
    auto* made = new QToolButton(bar);
    made->setObjectName(QString::fromLatin1(name));
    made->setIcon(icon(QString::fromLatin1(picture)));
    made->setAccessibleName(text);
    made->setShortcut(QKeySequence(Qt::ALT | key));
    made->setToolTip(text + QStringLiteral(" (%1)").arg(made->shortcut().toString()));
    return made;
  };
  previous_ = button("previousWorst", "previous", tr("The next worse {group}"), Qt::Key_Left);
  next_ = button("nextWorst", "next", tr("The next better {group}"), Qt::Key_Right);
  names_ =
      makeCombo(QStringLiteral("templateName"), tr("Any {group} of the protocol: type a part of its name"));
  names_->setAccessibleName(tr("{Group}"));
  names_->setEditable(true);
  names_->setInsertPolicy(QComboBox::NoInsert);
  names_->completer()->setFilterMode(Qt::MatchContains);
  names_->completer()->setCompletionMode(QCompleter::PopupCompletion);
  names_->setMinimumContentsLength(18);
  names_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  order_ = makeCombo(QStringLiteral("templateOrder"), tr("Which {groups} are the worst"));
  order_->setAccessibleName(tr("Worst by"));
  keepChoice(order_);
  order_->addItem(tr("Worst genuine match"), static_cast<int>(TemplateOrder::WorstGenuine));
  order_->addItem(tr("Best impostor match"), static_cast<int>(TemplateOrder::BestImpostor));
  order_->addItem(tr("Largest rank"), static_cast<int>(TemplateOrder::Rank));
  order_->addItem(tr("Smallest kept share"), static_cast<int>(TemplateOrder::KeptShare));
  order_->addItem(tr("Name"), static_cast<int>(TemplateOrder::Name));
  position_ = new QLabel(bar);
  position_->setObjectName(QStringLiteral("muted"));
  progress_ = new ElidedLabel(bar);
  progress_->setObjectName(QStringLiteral("muted"));
  progress_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  layout->addWidget(previous_);
  layout->addWidget(next_);
  layout->addWidget(names_);
  layout->addSpacing(4);
  layout->addWidget(new QLabel(tr("Worst by"), bar));
  layout->addWidget(order_);
  layout->addWidget(position_);
  layout->addWidget(progress_, 1);
  return bar;
}

QWidget* TemplatePage::makeImages() {
  auto* panel = new QWidget(this);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  model_ = new TemplateImages(this);
  auto& thumbnails = ThumbnailLoader::of(session_);
  model_->setThumbnails([&thumbnails](int sample) {
    const QPixmap picture = thumbnails.thumbnail(sample, 2 * kPicture);
    return picture.isNull() ? QVariant() : QVariant(QIcon(picture));
  });
  sorted_ = new QSortFilterProxyModel(this);
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(TemplateImages::SortRole);
  images_ = new QTableView(panel);
  images_->setObjectName(QStringLiteral("templateImages"));
  images_->setAccessibleName(tr("{Samples} of the {group}"));
  images_->setModel(sorted_);
  images_->setSortingEnabled(true);
  images_->sortByColumn(TemplateImages::Score, Qt::AscendingOrder);
  images_->setSelectionBehavior(QAbstractItemView::SelectRows);
  images_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  images_->setAlternatingRowColors(true);
  images_->setShowGrid(false);
  images_->setWordWrap(false);
  images_->setIconSize({kPicture, kPicture});
  images_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  images_->verticalHeader()->hide();
  images_->verticalHeader()->setDefaultSectionSize(kPicture + 4);
  QHeaderView* header = images_->horizontalHeader();
  header->setHighlightSections(false);
  header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header->setDefaultSectionSize(92);
  header->setMinimumSectionSize(44);
  reset_ = new QPushButton(tr("All on"), panel);
  reset_->setObjectName(QStringLiteral("allOn"));
  reset_->setToolTip(tr("Switches every {sample} on again"));
  asPoint_ = new QPushButton(tr("As the point keeps"), panel);
  asPoint_->setObjectName(QStringLiteral("asPoint"));
  asPoint_->setToolTip(tr("Switches off what the operating point drops"));
  note_ = new ElidedLabel(panel);
  note_->setObjectName(QStringLiteral("muted"));
  leaveOut_ = new QPushButton(tr("Leave out"), panel);
  leaveOut_->setObjectName(QStringLiteral("leaveOut"));
  leaveOut_->setToolTip(tr("What is off leaves every {group} from now on; it can be undone"));
  auto* actions = new QHBoxLayout;
  actions->setSpacing(8);
  for (QPushButton* button : {reset_, asPoint_, leaveOut_}) actions->addWidget(button);
  actions->addWidget(note_, 1);
  narrow_ = new QLabel(panel);
  narrow_->setObjectName(QStringLiteral("muted"));
  narrow_->hide();
  images_->viewport()->installEventFilter(this);
  layout->addWidget(images_, 1);
  layout->addWidget(narrow_);
  layout->addLayout(actions);
  panel->setMinimumWidth(300);
  return panel;
}

QWidget* TemplatePage::makeMatch() {
  auto* inside = new QWidget(this);
  auto* layout = new QVBoxLayout(inside);
  layout->setContentsMargins(10, 8, 10, 8);
  layout->setSpacing(8);
  verdict_ = new QLabel(inside);
  verdict_->setObjectName(QStringLiteral("verdict"));
  verdict_->setWordWrap(true);
  verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  match_ = new QTableWidget(0, 5, inside);
  match_->setObjectName(QStringLiteral("templateMatch"));
  match_->setAccessibleName(tr("How the {group} matches"));
  match_->setHorizontalHeaderLabels(
      {tr("Aggregation"), tr("Genuine"), tr("Impostor"), tr("Rank"), tr("Accepted")});
  const QStringList tips = {
      tr("Every aggregation for which there is what it needs"),
      tr("The lowest similarity to another {group} of the same {identity}, and by how much the switches move "
         "it"),
      tr("The highest similarity to {a group} of another {identity}, and by how much the switches move it"),
      tr("Place of its own {identity} in a search among all {groups}; in brackets: with every {sample}"),
      tr("Genuine comparisons that are accepted at the point's FAR")};
  for (int column = 0; column < tips.size(); ++column) {
    match_->horizontalHeaderItem(column)->setToolTip(tips[column]);
    if (column > 0) match_->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  }
  match_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  match_->horizontalHeader()->setStretchLastSection(true);
  match_->horizontalHeader()->setHighlightSections(false);
  match_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  match_->verticalHeader()->hide();
  match_->verticalHeader()->setDefaultSectionSize(24);
  match_->setShowGrid(false);
  match_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  match_->setSelectionMode(QAbstractItemView::NoSelection);
  layout->addWidget(verdict_);
  layout->addWidget(match_, 1);
  QFrame* card = cardAround(inside, this);
  card->setMinimumWidth(400);
  return card;
}

void TemplatePage::connectAll() {
  connect(&templates_, &TemplateSource::changed, &refresh_, &WhenSeen::ask);
  connect(&templates_, &TemplateSource::currentChanged, &refresh_, &WhenSeen::ask);
  connect(&templates_, &TemplateSource::progressed, this, [this] {
    if (isVisible()) showProgress();
  });
  connect(&source_, &TableSource::changed, &table_, &WhenSeen::ask);
  connect(&session_, &Session::protocolChanged, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&session_, &Session::weightingChanged, &follow_, &WhenSeen::ask);
  connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
  connect(next_, &QToolButton::clicked, this, [this] { step(1); });
  connect(names_, &QComboBox::activated, this,
          [this](int at) { templates_.setCurrent(names_->itemData(at).toInt()); });
  connect(order_, &QComboBox::currentIndexChanged, &refresh_, &WhenSeen::ask);
  connect(model_, &TemplateImages::switched, this, &TemplatePage::switchImage);
  connect(reset_, &QPushButton::clicked, this, [this] {
    on_.assign(on_.size(), true);
    ask();
  });
  connect(asPoint_, &QPushButton::clicked, this, [this] {
    if (tried_ && tried_->kept.size() == on_.size()) on_ = tried_->kept;
    ask();
  });
  connect(leaveOut_, &QPushButton::clicked, this, [this] {
    const ImageActions* decisions = ImageActions::of(session_);
    if (decisions == nullptr) return;
    session_.select(switchedOff());
    decisions->action(QStringLiteral("leave-out-templates"))->trigger();
  });
  connect(images_, &QTableView::doubleClicked, this, [this](const QModelIndex& at) {
    if (at.column() != TemplateImages::On) showInInspector(at.data(TemplateImages::SampleRole).toInt());
  });
  connect(images_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& at) {
            if (!at.isValid()) return;
            const int sample = at.data(TemplateImages::SampleRole).toInt();
            strip_->setCurrent(sample);
            if (tried_) showTimeline();
            if (images_->hasFocus()) session_.select({sample}, sample);
          });
  const auto inspect = [this](int sample) { showInInspector(sample); };
  images_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(images_, &QWidget::customContextMenuRequested, this, [this, inspect](const QPoint& at) {
    const QModelIndex row = images_->indexAt(at);
    if (!row.isValid()) return;
    const int sample = row.data(TemplateImages::SampleRole).toInt();
    session_.select(selectedSamples(), sample);
    QMenu menu(this);
    addImageMenu(menu, session_, sample, inspect);
    menu.exec(images_->viewport()->mapToGlobal(at));
  });
  addImageMenu(
      *strip_, session_, [this](const QPoint& at) { return strip_->idAt(at); }, inspect);
  connect(strip_, &ScoreStrip::imageClicked, this, &TemplatePage::chooseSample);
  connect(strip_, &ScoreStrip::imageOpened, this, &TemplatePage::showInInspector);
  connect(timeline_, &VideoTimeline::sampleChosen, this, &TemplatePage::chooseSample);
  connect(timeline_, &VideoTimeline::markingChanged, this, [this] {
    if (tried_) showTimeline();
  });
  auto& thumbnails = ThumbnailLoader::of(session_);
  strip_->setPictures([&thumbnails](int sample, int pixels) { return thumbnails.thumbnail(sample, pixels); });
  connect(&thumbnails, &ThumbnailLoader::ready, this, [this](int sample) {
    if (!isVisible()) return;
    model_->thumbnailReady(sample);
    strip_->update();
  });
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(emptyJob_, {}); });
}

std::vector<Chart*> TemplatePage::charts() { return {strip_, &timeline_->chart()}; }

bool TemplatePage::settled() const {
  return !source_.busy() && !templates_.busy() && !task_.busy() && !timeline_->busy() &&
         ThumbnailLoader::of(session_).idle();
}

void TemplatePage::updateEmptyState() {
  const bool any = answer_ && !answer_->report.rows.empty();
  stack_->setCurrentIndex(any ? 1 : 0);
  if (any) return;
  const auto snapshot = session_.snapshot();
  const auto say = [this](const QString& title, const QString& text, const QString& button, const char* job) {
    emptyJob_ = QString::fromLatin1(job);
    empty_->setTexts(title, text, button);
  };
  if (!session_.isOpen())
    say(tr("No project is open"),
        words(tr("Open one from the File menu, or import {samples} to make a new one.")),
        words(tr("Import {samples}…")), "import");
  else if (snapshot->samples.empty())
    say(words(tr("No {samples} yet")), words(tr("Import {samples} first; {groups} are made of them.")),
        words(tr("Import {samples}…")), "import");
  else if (snapshot->featureTables.empty())
    say(tr("No features yet"), words(tr("{Groups} are compared by the features of their {samples}.")),
        tr("Extract features…"), "extract");
  else if (session_.protocol() == nullptr)
    say(tr("No protocol yet"), words(tr("A protocol says which {groups} there are and which are compared.")),
        tr("Make a protocol…"), "protocol");
  else if (!templates_.problem().isEmpty())
    say(words(tr("The {groups} cannot be compared")), templates_.problem(), tr("Bring up to date"),
        "refresh");
  else
    say(words(tr("Comparing {groups}")), words(tr("Each {group} is compared with all others, once.")), {},
        "");
}

void TemplatePage::refresh() {
  templates_.follow();
  answer_ = templates_.answer();
  updateEmptyState();
  showProgress();
  if (stack_->currentIndex() == 0) {
    task_.cancel();
    tried_.reset();
    named_.reset();
    asked_ = -1;
    strip_->setImages({});
    timeline_->clear();
    return;
  }
  const auto& protocol = answer_->loaded->matcher.protocol();
  sequence_ = analysis::worstFirst(answer_->report, protocol,
                                   static_cast<TemplateOrder>(order_->currentData().toInt()));
  showNames();
  int wanted = templates_.current();
  if (wanted < 0 || wanted >= std::ssize(protocol.templates)) wanted = sequence_.front();
  const std::size_t n = protocol.templates[static_cast<std::size_t>(wanted)].samples.size();
  if (wanted != asked_ || on_.size() != n) on_.assign(n, true);
  asked_ = wanted;
  {
    const QSignalBlocker quiet(names_);
    names_->setCurrentIndex(names_->findData(asked_));
  }
  const auto at = std::ranges::find(sequence_, asked_) - sequence_.begin();
  position_->setText(tr("%L1 of %L2").arg(at + 1).arg(sequence_.size()));
  previous_->setEnabled(at > 0);
  next_->setEnabled(at + 1 < std::ssize(sequence_));
  ask();
}

void TemplatePage::showNames() {
  if (named_ == answer_->loaded) return;
  named_ = answer_->loaded;
  const QSignalBlocker quiet(names_);
  names_->clear();
  const auto& groups = named_->matcher.protocol().templates;
  for (std::size_t t = 0; t < groups.size(); ++t)
    names_->addItem(QString::fromStdString(groups[t].name), static_cast<int>(t));
}

void TemplatePage::ask() {
  if (!answer_ || asked_ < 0) return;
  task_.run(
      [answer = answer_, index = asked_, on = on_](const LatestTask::Stopped& stopped) {
        TaskProgress task(stopped);
        return std::make_shared<const analysis::TriedTemplate>(
            answer->loaded->matcher.tried(index, on, answer->point, task.progress()));
      },
      [this](std::shared_ptr<const analysis::TriedTemplate> tried) { show(std::move(tried)); });
}

void TemplatePage::show(std::shared_ptr<const analysis::TriedTemplate> tried) {
  tried_ = std::move(tried);
  showTable();
  showMatch();
  showVerdict();
  showStrip();
  showTimeline();
  reset_->setEnabled(std::ranges::find(tried_->on, false) != tried_->on.end());
  asPoint_->setEnabled(tried_->kept != tried_->on);
  leaveOut_->setEnabled(reset_->isEnabled() && ImageActions::of(session_) != nullptr);
}

void TemplatePage::showTable() {
  const QModelIndex was = images_->currentIndex();
  const int row = was.row(), sample = was.isValid() ? was.data(TemplateImages::SampleRole).toInt() : -1;
  model_->set(source_.table(), tried_);
  stayAt(sample, row);
  fitImages();
  const std::size_t hidden = tried_->samples.size() - static_cast<std::size_t>(model_->rowCount());
  const auto off = std::ranges::count(tried_->on, false);
  QString text = words(tr("%1 of %2 {samples} on")).arg(std::ssize(tried_->on) - off).arg(tried_->on.size());
  if (hidden > 0) text += tr(" · %1 not shown").arg(hidden);
  note_->setText(text);
  note_->setToolTip(hidden > 0 ? words(tr("The tool bar's switch hides them; they still count."))
                               : QString());
}

// At the same image, or where it was left out at the one that took its row: it is what keys act on from now
// on.
void TemplatePage::stayAt(int sample, int row) {
  if (sample < 0 || sorted_->rowCount() == 0 || images_->currentIndex().isValid()) return;
  const int now = model_->rowOf(sample);
  const QModelIndex at = now >= 0 ? sorted_->mapFromSource(model_->index(now, 0))
                                  : sorted_->index(std::min(row, sorted_->rowCount() - 1), 0);
  images_->selectionModel()->setCurrentIndex(at,
                                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  const int next = at.data(TemplateImages::SampleRole).toInt();
  if (next != sample && session_.selection() == std::vector<int>{sample}) session_.select({next}, next);
}

// What does not fit beside the image is not shown, but for the operating point's own weights.
void TemplatePage::fitImages() {
  if (std::exchange(fitting_, true)) return;
  constexpr int kAggregation = 112, kLeastAggregation = 74;
  constexpr int kAround = 12, kSortSign = 14;
  QFont bold = images_->horizontalHeader()->font();
  bold.setBold(true);
  const auto headOf = [&](int column) {  // in any language
    const QString text = model_->headerData(column, Qt::Horizontal).toString();
    return QFontMetrics(bold).horizontalAdvance(text) + kAround;
  };
  int left = images_->viewport()->width(), hidden = 0;
  for (int column = 0; column < model_->columnCount(); ++column) {
    const int width = column == TemplateImages::On        ? kPicture + 36
                      : column == TemplateImages::File    ? 66
                      : column == TemplateImages::Score   ? std::max(58, headOf(column) + kSortSign)
                      : column == TemplateImages::AtPoint ? std::max(72, headOf(column))
                                                          : kAggregation;
    const bool fits = column <= TemplateImages::AtPoint || left >= kLeastAggregation;
    if (!columnsLeft(*images_)) images_->setColumnWidth(column, fits ? std::min(width, left) : width);
    images_->setColumnHidden(column, !fits);
    if (fits) left -= images_->columnWidth(column);
    hidden += fits ? 0 : 1;
  }
  if (!columnsLeft(*images_) && left > 0)  // for the words of other languages
    for (const int column : {int(TemplateImages::Score), int(TemplateImages::AtPoint)})
      images_->setColumnWidth(column, images_->columnWidth(column) + left / 2);
  narrow_->setText(hidden == 0   ? QString()
                   : hidden == 1 ? tr("One aggregation more where the page is wider")
                                 : tr("%1 aggregations more where the page is wider").arg(hidden));
  narrow_->setVisible(hidden > 0);
  fitting_ = false;
}

bool TemplatePage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == images_->viewport() && event->type() == QEvent::Resize && tried_) fitImages();
  return Page::eventFilter(watched, event);
}

void TemplatePage::showMatch() {
  match_->setRowCount(static_cast<int>(tried_->aggregations.size()));
  for (int row = 0; row < match_->rowCount(); ++row) {
    const auto& one = tried_->aggregations[static_cast<std::size_t>(row)];
    const QStringList texts = {
        shortName(one.name), moved(one.tried.worstGenuine, one.all.worstGenuine),
        moved(one.tried.bestImpostor, one.all.bestImpostor), rankText(one.tried.rank, one.all.rank),
        std::isfinite(one.accept) && one.tried.genuine > 0
            ? QStringLiteral("%1/%2").arg(one.tried.genuineAccepted).arg(one.tried.genuine)
            : QStringLiteral("–")};
    for (int column = 0; column < texts.size(); ++column) {
      auto* item = new QTableWidgetItem(texts[column]);
      if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      QFont font = match_->font();
      font.setBold(row == 0);
      item->setFont(font);
      match_->setItem(row, column, item);
    }
    match_->item(row, 4)->setToolTip(
        tr("accepted from %1 at FAR %2").arg(numberText(one.accept), farText(answer_->point.far)));
  }
}

void TemplatePage::showVerdict() {
  const auto& point = tried_->aggregations.front();
  const analysis::TemplateMatch &now = point.tried, &all = point.all;
  const auto& groups = answer_->loaded->matcher.protocol().templates;
  if (std::ranges::find(tried_->on, true) == tried_->on.end()) {
    verdict_->setText(words(tr("Every {sample} is off: there is nothing to compare.")));
    return;
  }
  QString text;
  if (now.genuine == 0)
    text = words(tr("The protocol compares it with no {group} of its own {identity}."));
  else
    text =
        words(tr("<b>%1 of %2</b> genuine comparisons are accepted at FAR %3 (similarity from %4); the worst "
                 "is <b>%5</b>, with %6."))
            .arg(now.genuineAccepted)
            .arg(now.genuine)
            .arg(farText(answer_->point.far), numberText(point.accept), numberText(now.worstGenuine),
                 QString::fromStdString(groups[static_cast<std::size_t>(now.genuineWith)].name)
                     .toHtmlEscaped());
  if (now.impostor > 0)
    text += words(tr(" Of %L1 impostors %2 are accepted; the nearest is <b>%3</b>, %4."))
                .arg(now.impostor)
                .arg(now.impostorAccepted)
                .arg(numberText(now.bestImpostor),
                     QString::fromStdString(groups[static_cast<std::size_t>(now.impostorWith)].name)
                         .toHtmlEscaped());
  if (!answer_->report.supported)
    text += QLatin1Char(' ') +
            tooFewImpostors(analysis::impostorsOf(answer_->loaded->matcher.protocol()), answer_->point.far);
  if (now.rank > 0) text += tr(" Rank <b>%1</b>.").arg(now.rank);
  if (std::ranges::find(tried_->on, false) != tried_->on.end() && std::isfinite(all.worstGenuine) &&
      std::isfinite(now.worstGenuine)) {
    const double by = static_cast<double>(now.worstGenuine) - static_cast<double>(all.worstGenuine);
    const auto judged = analysis::judge(by);
    text += judged == analysis::Judged::Even     ? words(tr(" With every {sample} it is about even."))
            : judged == analysis::Judged::Better ? tr(" It matches <b>better</b> so.")
                                                 : tr(" It matches <b>worse</b> so.");
  }
  verdict_->setText(text);
}

void TemplatePage::showStrip() {
  const SampleTable& table = *source_.table();
  std::vector<StripImage> images;
  for (std::size_t i = 0; i < tried_->samples.size(); ++i) {
    const int sample = tried_->samples[i];
    if (sample >= table.size() || !table.shows(sample)) continue;
    const int row = model_->rowOf(sample);
    images.push_back({sample,
                      row < 0 ? QString() : model_->index(row, TemplateImages::File).data().toString(),
                      table.number(sample, Field::Score), tried_->kept[i], tried_->on[i]});
  }
  strip_->setImages(std::move(images));
  strip_->setTitle(session_.scoreTable());
  const analysis::OperatingPoint& point = answer_->point;
  const auto& shown = answer_->loaded->matcher.protocol().templates[static_cast<std::size_t>(asked_)];
  strip_->setContext(contextText(
      QString::fromStdString(point.features), session_.scoreTable(), QString::fromStdString(point.protocol),
      QString::fromStdString(shown.name + ", " + analysis::aggregationName(point))));
  strip_->setThreshold(session_.scoreTable().isEmpty() ? std::nan("") : answer_->point.threshold);
  strip_->setEmptyText(words(tr("None of its {samples} is shown: the tool bar's switch hides them.")));
}

// Of the video in which the table's current sample lies; without one, of the first sample that lies in a
// video.
void TemplatePage::showTimeline() {
  const SampleTable& table = *source_.table();
  const QModelIndex at = images_->currentIndex();
  int sample = at.isValid() ? at.data(TemplateImages::SampleRole).toInt() : -1;
  const auto isThere = [&](int one) {
    return one >= 0 && one < table.size() &&
           table.snapshot().samples[static_cast<std::size_t>(one)].image.moment;
  };
  if (!isThere(sample)) {
    const auto first = std::ranges::find_if(tried_->samples, isThere);
    sample = first == tried_->samples.end() ? -1 : *first;
  }
  std::vector<int> samples;
  std::vector<bool> isKept(static_cast<std::size_t>(table.size()));  // by sample
  for (std::size_t i = 0; i < tried_->samples.size(); ++i) {
    const int one = tried_->samples[i];
    if (one >= table.size()) continue;
    samples.push_back(one);
    isKept[static_cast<std::size_t>(one)] = tried_->kept[i];
  }
  if (const Marking marking = timeline_->marking(); marking.best) {
    isKept.assign(isKept.size(), false);
    for (const int one : bestOf(table, samples, marking.k)) isKept[static_cast<std::size_t>(one)] = true;
  }
  const auto kept = [&isKept](int one) { return bool(isKept[static_cast<std::size_t>(one)]); };
  timeline_->setTimeline(timelineOf(table, samples, sample, kept),
                         session_.scoreTable().isEmpty() ? std::nan("") : answer_->point.threshold,
                         session_.folder().toStdString(), sample);
  timelineCard_->setVisible(!timeline_->timeline().points.empty());
}

void TemplatePage::showProgress() {
  progress_->setText(templates_.busy() ? words(tr("comparing {groups}: %1 %")).arg(templates_.percent())
                                       : QString());
}

void TemplatePage::switchImage(int place, bool on) {
  if (static_cast<std::size_t>(place) >= on_.size()) return;
  on_[static_cast<std::size_t>(place)] = on;
  ask();
}

void TemplatePage::step(int by) {
  const auto at = std::ranges::find(sequence_, asked_) - sequence_.begin() + by;
  if (at >= 0 && at < std::ssize(sequence_)) templates_.setCurrent(sequence_[static_cast<std::size_t>(at)]);
}

void TemplatePage::chooseSample(int sample) {
  const int row = model_->rowOf(sample);
  if (row < 0) return;
  images_->setFocus();
  const QModelIndex at = sorted_->mapFromSource(model_->index(row, TemplateImages::File));
  images_->selectionModel()->setCurrentIndex(at,
                                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  images_->scrollTo(at);
  session_.select({sample}, sample);
}

std::vector<int> TemplatePage::switchedOff() const {
  std::vector<int> off;
  if (tried_)
    for (std::size_t i = 0; i < tried_->samples.size() && i < on_.size(); ++i)
      if (!on_[i]) off.push_back(tried_->samples[i]);
  std::ranges::sort(off);
  return off;
}

std::vector<int> TemplatePage::selectedSamples() const {
  std::vector<int> samples;
  for (const QModelIndex& at : images_->selectionModel()->selectedRows())
    samples.push_back(at.data(TemplateImages::SampleRole).toInt());
  std::ranges::sort(samples);
  return samples;
}

Page* makeTemplatePage(const PageTools& tools) { return new TemplatePage(tools.session); }

}  // namespace discern::ui

#include "ui/pages/review_page.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "ui/models/project/counts.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kSuspect = 176, kTypical = 96;
constexpr int kButtonText = 120;  // pixels: long names of identities would widen the window
constexpr std::size_t kMostListed = 5000, kMostTypical = 24;
constexpr int kMostPatched = 50;  // rows: of more the table is filled anew

}  // namespace

ReviewPage::ReviewPage(Session& session, QWidget* parent)
    : Page(session, parent), source_(TableSource::of(session)), reload_(*this, [this] { reload(); }) {
  empty_ = new EmptyState(iconName(), {}, {}, {}, this);
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 12);
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->setObjectName(QStringLiteral("columns"));
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(12);
  splitter->addWidget(makeCases());
  splitter->addWidget(makeCase());
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({300, 770});
  layout->addWidget(splitter);
  stack_ = new QStackedWidget(this);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::scoresChanged})
    connect(&session_, signal, &reload_, &WhenSeen::ask);
  connect(&source_, &TableSource::changed, &reload_, &WhenSeen::ask);
  connect(&Decisions::of(session_), &Decisions::decided, this, [this](const QString&, bool undone) {
    // While nobody looks, or a large project is still being read, the next list is the one.
    if (undone) gone_.clear();
    const int back = undone && isVisible() ? takeReturned() : -1;
    undone_ = undone && back < 0;
    acted_ = isVisible();
    if (back >= 0) choose(back);
  });
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(missingJob_, {}); });
  reload_.ask();
}

QWidget* ReviewPage::makeCases() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  left_ = new QLabel;
  left_->setObjectName(QStringLiteral("casesLeft"));
  left_->setProperty("muted", true);
  left_->setWordWrap(true);
  list_ = new QTableWidget(0, 4);
  list_->setObjectName(QStringLiteral("cases"));
  list_->setAccessibleName(tr("What is doubtful"));
  list_->setHorizontalHeaderLabels({tr("Called"), tr("Looks like"), tr("cos"), tr("Δ")});
  list_->horizontalHeaderItem(2)->setToolTip(
      tr("To the centroid of whom it looks like; of two names that of their centroids"));
  list_->horizontalHeaderItem(3)->setToolTip(tr(
      "By how much it is nearer to the other one's centroid than to its own; two names have no such number"));
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setSelectionBehavior(QAbstractItemView::SelectRows);
  list_->setSelectionMode(QAbstractItemView::SingleSelection);
  list_->setAlternatingRowColors(true);
  list_->setShowGrid(false);
  list_->setWordWrap(false);
  list_->verticalHeader()->hide();
  list_->verticalHeader()->setDefaultSectionSize(26);
  fitToWidth(*list_, {0, 1});
  connect(list_, &QTableWidget::itemSelectionChanged, this, [this] {
    acted_ = true;
    showCase();
  });
  layout->addWidget(left_);
  layout->addWidget(list_, 1);
  panel->setMinimumWidth(124);
  return panel;
}

QPushButton* ReviewPage::makeButton(const char* name, const char* iconName, Qt::Key key,
                                    void (ReviewPage::*work)()) {
  auto* button = new QPushButton(icon(QString::fromLatin1(iconName)), {});
  button->setObjectName(QString::fromLatin1(name));
  // Of this page alone (leaveKeys()): what they decide is the case, not what is chosen.
  auto* shortcut = new QShortcut(QKeySequence(key), this);
  shortcut->setContext(Qt::WidgetWithChildrenShortcut);
  connect(shortcut, &QShortcut::activated, button, [button] {
    if (button->isVisible() && button->isEnabled()) button->click();
  });
  connect(button, &QPushButton::clicked, this, work);
  return button;
}

QWidget* ReviewPage::makeCase() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  question_ = new QLabel;
  question_->setObjectName(QStringLiteral("question"));
  question_->setProperty("figure", true);
  question_->setWordWrap(true);
  cosines_ = new QLabel;
  cosines_->setObjectName(QStringLiteral("cosines"));
  cosines_->setProperty("muted", true);
  cosines_->setWordWrap(true);
  suspect_ = new ImageStrip(session_, kSuspect, true, panel);
  own_ = new ImageStrip(session_, kTypical, false, panel);
  other_ = new ImageStrip(session_, kTypical, false, panel);
  for (ImageStrip* strip : {suspect_, own_, other_}) {
    connect(&strip->gallery(), &GalleryView::inspectRequested, this, &ReviewPage::showInInspector);
    strip->gallery().setCaption([this](int sample) {
      const bool known = dscores_ && std::size_t(sample) < dscores_->own.size();
      return known ? numberText(dscores_->own[std::size_t(sample)], 2) : QString();
    });
  }
  auto* left = new QWidget;
  auto* inLeft = new QVBoxLayout(left);
  inLeft->setContentsMargins(0, 0, 0, 0);
  inLeft->addWidget(suspect_);
  inLeft->addWidget(own_, 1);
  auto* sides = new QSplitter(Qt::Horizontal);
  sides->setObjectName(QStringLiteral("sides"));
  sides->setChildrenCollapsible(false);
  sides->setHandleWidth(12);
  sides->addWidget(left);
  sides->addWidget(other_);
  sides->setSizes({400, 400});
  move_ = makeButton("reviewMove", "merge", Qt::Key_M, &ReviewPage::move);
  right_ = makeButton("reviewRight", "check", Qt::Key_R, &ReviewPage::right);
  different_ = makeButton("reviewDifferent", "check", Qt::Key_D, &ReviewPage::different);
  leaveOut_ = makeButton("reviewLeaveOut", "exclude", Qt::Key_X, &ReviewPage::leaveOut);
  unsure_ = makeButton("reviewUnsure", "help", Qt::Key_U, &ReviewPage::unsure);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  for (QPushButton* button : {move_, right_, different_, leaveOut_, unsure_}) buttons->addWidget(button);
  buttons->addStretch(1);
  layout->addWidget(question_);
  layout->addWidget(cosines_);
  layout->addWidget(sides, 1);
  layout->addLayout(buttons);
  return panel;
}

bool ReviewPage::settled() const {
  return !source_.busy() && !task_.busy() && ThumbnailLoader::of(session_).idle();
}

// The Image menu and its other keys are about what is chosen here, else about the image in doubt.
void ReviewPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (auto* actions = ImageActions::of(session_)) {
    actions->leaveKeys({"M", "R", "X", "U"});  // which decide about the case, and go on
    actions->limitTo(
        this,
        [this](int sample) {
          return std::ranges::any_of(std::array{suspect_, own_, other_}, [&](ImageStrip* strip) {
            return strip->isVisible() && strip->gallery().positionOf(sample) >= 0;
          });
        },
        [this] { return isVisible() && current() != nullptr ? current()->sample : -1; });
  }
}

void ReviewPage::hideEvent(QHideEvent* event) {
  Page::hideEvent(event);
  if (auto* actions = ImageActions::of(session_)) {
    actions->leaveKeys({});
    actions->limitTo(this, {});
  }
}

int ReviewPage::takeReturned() {
  if (!returned_) return -1;
  const auto found = std::ranges::find(cases_, *std::exchange(returned_, {}));
  return found == cases_.end() ? -1 : int(found - cases_.begin());
}

const ReviewCase* ReviewPage::current() const {
  const int row = list_->currentRow();
  return row >= 0 && row < std::ssize(cases_) ? &cases_[std::size_t(row)] : nullptr;
}

void ReviewPage::reload() {
  task_.cancel();
  if (!session_.isOpen()) return install({});
  ReviewRequest request{session_.snapshot(), {}, cases_};
  if (const auto scores = session_.scores()) request.known.push_back(scores);
  if (request.snapshot->samples.size() > kFewSamples) {
    if (std::exchange(readAt_, request.snapshot->runs.size()) != request.snapshot->runs.size()) read_.clear();
    request.known.insert(request.known.end(), read_.begin(), read_.end());
    task_.run(
        [request = std::move(request), folder = session_.folder().toStdString()](const LatestTask::Stopped&) {
          return reviewList(project::Project::open(folder, project::Project::Mode::Read), request);
        },
        [this](ReviewList list) {
          read_.insert(read_.end(), list.read.begin(), list.read.end());
          install(std::move(list));
        });
    return;
  }
  try {
    install(reviewList(session_.project(), request));
  } catch (const std::exception&) {  // a busy database: the list comes with the next change
  }
}

void ReviewPage::install(ReviewList list) {
  const auto isIn = [](const std::vector<ReviewCase>& cases) {
    return [&cases](const ReviewCase& one) { return std::ranges::find(cases, one) != cases.end(); };
  };
  std::erase_if(gone_, std::not_fn(isIn(list.cases)));
  std::erase_if(list.cases, isIn(gone_));
  dscores_ = std::move(list.dscores);
  cases_ = std::move(list.cases);
  names_ = std::move(list.names);
  returned_ = list.returned;
  if (cases_.empty()) sayWhyNone();
  stack_->setCurrentIndex(cases_.empty() ? 0 : 1);
  for (ImageStrip* strip : {suspect_, own_, other_}) strip->gallery().setTable(source_.table());
  int row = std::max(0, list_->currentRow());
  if (undone_)
    if (const int back = takeReturned(); back >= 0) {
      row = back;
      undone_ = false;
    }
  fill();
  choose(row);
}

void ReviewPage::sayWhyNone() {
  const auto snapshot = session_.snapshot();
  missingJob_ = snapshot->samples.empty()         ? QStringLiteral("import")
                : snapshot->featureTables.empty() ? QStringLiteral("extract")
                : dscores_ == nullptr             ? QStringLiteral("score")
                                                  : QString();
  if (missingJob_.isEmpty())
    empty_->setTexts(tr("No label is in doubt"),
                     words(tr("No {sample} is nearer to another {identity} than to its own, and no two "
                              "{identities} look like one, of those that nobody has decided about.")));
  else
    empty_->setTexts(
        tr("Nothing to review yet"),
        words(tr("D-scores say which {samples} are nearer to another {identity} than to their own.")),
        missingJob_ == QLatin1String("import")    ? words(tr("Import {samples}…"))
        : missingJob_ == QLatin1String("extract") ? tr("Extract features…")
                                                  : tr("Compute scores…"));
}

// After a decision a row or two are other ones.
void ReviewPage::fill() {
  const QSignalBlocker quiet(list_);
  const auto snapshot = session_.snapshot();
  const std::vector<ReviewCase> wanted(cases_.begin(),
                                       cases_.begin() + std::ptrdiff_t(std::min(cases_.size(), kMostListed)));
  if (names_ != listedNames_ || !patch(wanted)) {
    listed_ = wanted;
    listedNames_ = names_;
    list_->setRowCount(int(listed_.size()));
    for (std::size_t row = 0; row < listed_.size(); ++row) putRow(int(row), listed_[row]);
  }
  const auto pairs = std::ranges::count_if(cases_, &ReviewCase::isPair);
  left_->setText(tr("%1 and %2 to look at")
                     .arg(countText(snapshot->kind->sample, std::ssize(cases_) - pairs),
                          pairs == 1 ? tr("1 pair") : tr("%L1 pairs").arg(pairs)));
}

// False: too much is another one.
bool ReviewPage::patch(const std::vector<ReviewCase>& wanted) {
  const auto same = [](const ReviewCase& a, const ReviewCase& b) {
    return a == b && a.cosineOwn == b.cosineOwn && a.cosineOther == b.cosineOther;
  };
  int edits = 0;
  for (std::size_t row = 0; row < wanted.size(); ++row) {
    if (row < listed_.size() && same(listed_[row], wanted[row])) continue;
    if (++edits > kMostPatched) return false;
    const auto at = listed_.begin() + std::ptrdiff_t(row);
    if (row + 1 < listed_.size() && same(listed_[row + 1], wanted[row])) {
      list_->removeRow(int(row));
      listed_.erase(at);
    } else {
      list_->insertRow(int(row));
      listed_.insert(at, wanted[row]);
      putRow(int(row), wanted[row]);
    }
  }
  listed_.resize(wanted.size());
  list_->setRowCount(int(wanted.size()));
  return true;
}

void ReviewPage::putRow(int row, const ReviewCase& one) {
  const QStringList texts = {
      nameOf(one.own), one.isPair() ? tr("= %1").arg(nameOf(one.other)) : nameOf(one.other),
      numberText(one.cosineOther, 2),
      one.isPair() ? QString("–") : numberText(std::abs(one.cosineOther - one.cosineOwn), 2)};
  for (int column = 0; column < texts.size(); ++column) {
    auto* item = new QTableWidgetItem(texts[column]);
    item->setToolTip(one.isPair() ? words(tr("Two names that look like one {identity}"))
                                  : words(tr("{A sample} that looks like another {identity}")));
    if (column >= 2) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    list_->setItem(row, column, item);
  }
}

void ReviewPage::choose(int row) {
  if (list_->rowCount() > 0) {
    const QSignalBlocker quiet(list_);
    list_->setCurrentCell(std::clamp(row, 0, list_->rowCount() - 1), 0);
  }
  showCase();
}

void ReviewPage::showCase() {
  const ReviewCase* one = current();
  if (one == nullptr) return;
  const auto snapshot = session_.snapshot();
  const QString own = nameOf(one->own), other = nameOf(one->other);
  const data::ScoreTable none;
  const auto typical = [&](int identity) {
    const auto& index = snapshot->samplesOfIdentity;
    auto found = analysis::typicalImages(
        identity, std::size_t(identity) < index.size() ? index[std::size_t(identity)] : std::vector<int>(),
        dscores_ ? *dscores_ : none, snapshot->who, snapshot->samples);
    std::erase(found, one->sample);
    if (found.size() > kMostTypical) found.resize(kMostTypical);
    return found;
  };
  const auto images = [&](int identity) { return words(tr("%1, most typical first")).arg(nameOf(identity)); };
  question_->setText(one->isPair() ? tr("Are %1 and %2 one person?").arg(own, other)
                                   : tr("Is this %1, or %2?").arg(own, other));
  cosines_->setText(
      one->isPair()
          ? tr("The cosine of their centroids is %1. Below each image: its cosine to its own centroid.")
                .arg(numberText(one->cosineOther))
          : words(tr("%1 to the centroid of %2, %3 to that of %4. Below each {sample}: to its own centroid."))
                .arg(numberText(one->cosineOwn), own, numberText(one->cosineOther), other));
  suspect_->setVisible(!one->isPair());
  if (!one->isPair()) {
    suspect_->setHeading(words(tr("The {sample} in doubt")));
    suspect_->gallery().setSamples({one->sample});
  }
  own_->setHeading(images(one->own));
  own_->gallery().setSamples(typical(one->own));
  other_->setHeading(images(one->other));
  other_->gallery().setSamples(typical(one->other));
  const auto label = [](QPushButton* button, const QString& text, const QString& key, bool shown) {
    const QString room = button->fontMetrics().elidedText(text, Qt::ElideRight, kButtonText);
    button->setText(tr("%1  (%2)").arg(room, key));
    button->setToolTip(room == text ? QString() : text);
    button->setVisible(shown);
  };
  label(move_, one->isPair() ? tr("One person: merge") : tr("It is %1").arg(other), QStringLiteral("M"),
        true);
  label(right_, tr("It is %1").arg(own), QStringLiteral("R"), !one->isPair());
  label(different_, tr("Different people"), QStringLiteral("D"), one->isPair());
  label(leaveOut_, tr("Neither: leave out"), QStringLiteral("X"), !one->isPair());
  label(unsure_, tr("Unsure"), QStringLiteral("U"), true);
  if (std::exchange(acted_, false) && !one->isPair()) session_.select({one->sample}, one->sample);
  if (auto* actions = ImageActions::of(session_); actions != nullptr && isVisible()) actions->update();
}

void ReviewPage::act(const std::function<void(const ReviewCase&)>& decide) {
  if (current() == nullptr) return;
  acted_ = true;
  const ReviewCase one = *current();
  const int row = list_->currentRow();
  decide(one);
  // Of many images the project is read anew in the background: until then the next key is not for this one.
  if (std::erase(cases_, one) == 0) return;
  if (session_.snapshot()->samples.size() > kFewSamples) gone_.push_back(one);
  if (cases_.empty()) stack_->setCurrentIndex(0);
  fill();
  choose(row);
}

void ReviewPage::move() {
  act([this](const ReviewCase& one) {
    if (one.isPair())
      Decisions::of(session_).merge(one.own, one.other);
    else
      Decisions::of(session_).mark({one.sample}, {.moveTo = one.other});
  });
}
void ReviewPage::right() {
  act([this](const ReviewCase& one) {
    if (!one.isPair()) Decisions::of(session_).mark({one.sample}, {.verdict = project::Verdict::Right});
  });
}
void ReviewPage::leaveOut() {
  act([this](const ReviewCase& one) {
    if (!one.isPair()) Decisions::of(session_).mark({one.sample}, {.leftOut = project::LeftOut::Everything});
  });
}
void ReviewPage::different() {
  act([this](const ReviewCase& one) {
    if (one.isPair()) Decisions::of(session_).decidePair(one.own, one.other, project::PairVerdict::Different);
  });
}
void ReviewPage::unsure() {
  act([this](const ReviewCase& one) {
    if (one.isPair())
      Decisions::of(session_).decidePair(one.own, one.other, project::PairVerdict::Unsure);
    else
      Decisions::of(session_).mark({one.sample}, {.verdict = project::Verdict::Unsure});
  });
}

Page* makeReviewPage(const PageTools& tools) { return new ReviewPage(tools.session); }

}  // namespace discern::ui

#include "ui/pages/inspector_page.h"

#include <QFileInfo>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/imaging/aligned.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/timeline_chart.h"
#include "ui/language/words.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/inspector/explain_panel.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/thumbnail_loader.h"
#include "ui/widgets/video_timeline.h"

namespace discern::ui {
namespace {

constexpr int kPicture = 224, kNeighbours = 24;

void setRow(QTableWidget* table, int row, const QStringList& texts) {
  for (int column = 0; column < texts.size(); ++column) {
    auto* item = new QTableWidgetItem(texts[column]);
    if (column == 0) item->setToolTip(texts[column]);  // where it is cut
    if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->setItem(row, column, item);
  }
}

// A table inside a scrolling column is as high as its rows.
void fitHeight(QTableWidget* table) {
  table->setFixedHeight(table->horizontalHeader()->sizeHint().height() + 4 +
                        table->rowCount() * table->verticalHeader()->defaultSectionSize());
}

}  // namespace

InspectorPage::InspectorPage(Session& session, QWidget* parent, JobRunner* runner)
    : Page(session, parent),
      source_(TableSource::of(session)),
      refresh_(*this, [this] { refresh(); }),
      follow_(*this, [this] { source_.followThreshold(); }),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(QStringLiteral("inspector"), {}, {}, {}, this)) {
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(10);
  layout->addWidget(makeBar());
  auto* splitter = new QSplitter(Qt::Horizontal, content);
  splitter->setObjectName("columns");
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(12);
  splitter->addWidget(makePictures());
  splitter->addWidget(makeFacts(runner));
  splitter->setStretchFactor(0, 1);
  splitter->setSizes({780, 430});
  layout->addWidget(splitter, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  setFocusPolicy(Qt::StrongFocus);

  connect(&source_, &TableSource::changed, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, this, &InspectorPage::follow);
  connect(&session_, &Session::protocolChanged, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::weightingChanged, &refresh_, &WhenSeen::ask);
  connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
  connect(next_, &QToolButton::clicked, this, [this] { step(1); });
  connect(stored_, &ImageView::landmarksMoved, this, [this] {
    faceMoved_ = true;
    showAlignBar();
  });
  connect(placeFace_, &QPushButton::clicked, this, &InspectorPage::placeFace);
  connect(saveFace_, &QPushButton::clicked, this, &InspectorPage::saveFace);
  connect(resetFace_, &QPushButton::clicked, this, [this] { showPictures(Pictures(pictures_)); });
  const auto shortcut = [this](Qt::Key key, auto action) {
    auto* keys = new QShortcut(QKeySequence(key), this);
    keys->setContext(Qt::WidgetWithChildrenShortcut);
    connect(keys, &QShortcut::activated, this, action);
  };
  shortcut(Qt::Key_Left, [this] { step(-1); });
  shortcut(Qt::Key_Right, [this] { step(1); });
  shortcut(Qt::Key_Up, [this] { stepIdentity(-1); });
  shortcut(Qt::Key_Down, [this] { stepIdentity(1); });
  connect(empty_, &EmptyState::clicked, this, [this] {
    if (emptyJob_.isEmpty())
      emit pageRequested(QStringLiteral("Data"));
    else
      emit jobRequested(emptyJob_, {});
  });
  refresh_.ask();
}

std::vector<Chart*> InspectorPage::charts() { return {histogram_, &timeline_->chart()}; }

bool InspectorPage::settled() const {
  return !source_.busy() && !pictureTask_.busy() && !inspectTask_.busy() && !explain_->busy() &&
         !timeline_->busy() && ThumbnailLoader::of(session_).idle();
}

void InspectorPage::follow() {
  int wanted = session_.current();
  if (wanted < 0 && !session_.selection().empty()) wanted = session_.selection().front();
  if (wanted == sample_) return;
  sample_ = wanted;
  refresh_.ask();
}

void InspectorPage::updateEmptyState() {
  const bool images = source_.table()->size() > 0;
  const bool shown = images && sample_ >= 0 && sample_ < source_.table()->size();
  stack_->setCurrentIndex(shown ? 1 : 0);
  if (shown) return;
  emptyJob_.clear();
  if (images) {
    empty_->setTexts(
        words(tr("No {sample} is chosen")),
        words(tr("Double-click {a sample} on the Data or Scores page to see everything about it.")),
        tr("Go to Data"));
  } else if (session_.isOpen()) {
    empty_->setTexts(words(tr("No {samples} yet")),
                     words(tr("Import {samples} first; then look at any of them here.")),
                     words(tr("Import {samples}…")));
    emptyJob_ = QStringLiteral("import");
  } else {
    empty_->setTexts(tr("No project is open"),
                     words(tr("Open one from the File menu, or import {samples} to make a new one.")),
                     words(tr("Import {samples}…")));
    emptyJob_ = QStringLiteral("import");
  }
}

InspectionRequest InspectorPage::request() const {
  InspectionRequest request;
  request.sample = sample_;
  request.table = source_.table();
  request.protocol = session_.protocol();
  request.point = session_.point();
  request.point.threshold = request.table->threshold();
  if (!request.point.weights.empty())
    request.weights = session_.scores(QString::fromStdString(request.point.weights));
  request.root = session_.folder().toStdString();
  if (!session_.featureTable().isEmpty())
    request.features = session_.project().featureFile(session_.featureTable().toStdString());
  return request;
}

void InspectorPage::refresh() {
  if (sample_ < 0) {
    sample_ = session_.current();
    if (sample_ < 0 && !session_.selection().empty()) sample_ = session_.selection().front();
  }
  if (!session_.isOpen()) sample_ = -1;
  updateEmptyState();
  if (stack_->currentIndex() == 0) {
    pictureTask_.cancel();
    inspectTask_.cancel();
    timeline_->clear();
    return;
  }
  showFacts();
  showComparators();
  showTimeline();
  const InspectionRequest wanted = request();
  rivals_->gallery().setTable(wanted.table);
  own_->gallery().setTable(wanted.table);
  pictureTask_.run([wanted](const LatestTask::Stopped&) { return loadPictures(wanted, kPicture); },
                   [this](const Pictures& pictures) { showPictures(pictures); });
  inspectTask_.run([wanted](const LatestTask::Stopped&) { return inspect(wanted, kNeighbours); },
                   [this](const Inspection& inspection) { showInspection(inspection); });
}

const std::vector<analysis::Use>& InspectorPage::uses() {
  const auto table = source_.table();
  const auto protocol = session_.protocol();
  if (table != usesTable_ || protocol != usesProtocol_ || sample_ != usesSample_) {
    const auto& rows = table->snapshot().samples;
    const data::ImageRef& image = rows[static_cast<std::size_t>(sample_)].image;
    std::vector<int> of{sample_};
    for (int sample = 0; image.moment && sample < table->size(); ++sample)
      if (rows[static_cast<std::size_t>(sample)].image.file == image.file) of.push_back(sample);
    uses_ = usesToday(*table, protocol.get(), of);
    usesTable_ = table;
    usesProtocol_ = protocol;
    usesSample_ = sample_;
  }
  return uses_;
}

QString InspectorPage::fateText(double score) {
  const double threshold = source_.table()->threshold();
  const bool kept = uses()[static_cast<std::size_t>(sample_)] == analysis::Use::Kept;
  const QString text = !kept               ? tr("Dropped at the threshold %L1.")
                       : score > threshold ? tr("Kept at the threshold %L1.")
                                           : words(tr("Kept at the threshold %L1: the best of its {group}."));
  return text.arg(threshold, 0, 'f', 3);
}

void InspectorPage::showFacts() {
  const SampleTable& table = *source_.table();
  const project::SampleRow& row = table.snapshot().samples[static_cast<std::size_t>(sample_)];
  const QString path = table.text(sample_, Field::File);
  const QString copy = table.copyText(sample_);
  heading_->setText(table.text(sample_, Field::Identity) + QStringLiteral("  ·  ") +
                    (copy.isEmpty() ? QFileInfo(path).fileName() : copy));
  const std::vector<int> order = sequence();
  const auto at = std::find(order.begin(), order.end(), sample_);
  const auto& samples = table.snapshot().samples;
  const auto copies = std::count_if(order.begin(), order.end(), [&](int sample) {
    return samples[static_cast<std::size_t>(sample)].parent >= 0;
  });
  const qint64 originals = qint64(order.size()) - copies;
  position_->setText(at == order.end() ? QString()
                     : session_.selection().size() > 1
                         ? tr("%1 of %2 selected").arg(at - order.begin() + 1).arg(order.size())
                         : words(tr("%1 of this {identity}'s %2, lowest score first"))
                               .arg(at - order.begin() + 1)
                               .arg(imageCounts(session_.kind().sample, originals, copies)));
  const double score = table.number(sample_, Field::Score);
  const bool scored = std::isfinite(score);
  score_->setText(scored ? tr("Score %L1").arg(score, 0, 'f', 3) : tr("No score"));
  if (!row.problem.empty())
    sentence_->setText(words(tr("The {sample} cannot be used: %1")).arg(QString::fromStdString(row.problem)));
  else if (table.scores() == nullptr)
    sentence_->setText(tr("Scores have not been computed yet."));
  else if (!scored)
    sentence_->setText(tr("Why: %1.").arg(engineText(data::explain(table.status(sample_)))));
  else
    sentence_->setText(fateText(score));
  const QString decided = table.decisionText(sample_);
  decided_->setText(decided.isEmpty() ? QString() : tr("Decided: %1").arg(decided));
  decided_->setVisible(!decided.isEmpty());
  percentile_->setText(numberText(table.number(sample_, Field::Percentile), 1));
  ratio_->setText(numberText(table.number(sample_, Field::Ratio)));
  ownCosine_->setText(numberText(table.number(sample_, Field::Own)));
  rivalCosine_->setText(numberText(table.number(sample_, Field::Hardest)));
  const QString rival = table.text(sample_, Field::HardestIdentity);
  rivalName_->setText(rival.isEmpty() ? QStringLiteral("–") : rival);
  QStringList about{QStringLiteral("#%1").arg(sample_)};
  for (Field field : {Field::Set, Field::Role, Field::Media, Field::Damage})
    if (const QString text = table.shownText(sample_, field); !text.isEmpty()) about << text;
  about_->setText(about.join(QStringLiteral(" · ")));
  // Zero-width spaces let a long path wrap at its slashes.
  file_->setText(QString(path).replace(QLatin1Char('/'), QStringLiteral("/\u200b")));
  file_->setToolTip(path);
  std::vector<Distribution> all;
  if (table.scores() != nullptr) {
    all.push_back({{}, {}, -1});
    for (int i = 0; i < table.size(); ++i)
      if (table.shows(i)) all.back().values.push_back(static_cast<float>(table.number(i, Field::Score)));
  }
  histogram_->setDistributions(std::move(all));
  histogram_->setContext(contextText({}, session_.scoreTable(), {}));
  histogram_->setVisible(table.scores() != nullptr);
  histogram_->setCursorLine(scored ? std::optional<double>(score) : std::nullopt, words(tr("this {sample}")));
}

void InspectorPage::showComparators() {
  const auto& names = session_.snapshot()->scoreTables;
  comparators_->setRowCount(0);
  for (const std::string& name : names) {
    const auto table = session_.scores(QString::fromStdString(name));
    if (!table) continue;
    const Comparison comparison = compareIn(*table, sample_);
    const int row = comparators_->rowCount();
    comparators_->insertRow(row);
    setRow(comparators_, row,
           {comparison.table, numberText(comparison.score),
            numberText(comparison.raw, std::abs(comparison.raw) >= 100 ? 0 : 3),
            numberText(comparison.percentile, 1)});
    comparators_->item(row, 0)->setToolTip(tr("%1 (%2)").arg(comparison.table, comparison.method));
  }
  fitHeight(comparators_);
  comparators_->parentWidget()->setVisible(comparators_->rowCount() > 0);
}

// Of the samples in the same video, whosever they are.
void InspectorPage::showTimeline() {
  const SampleTable& table = *source_.table();
  std::vector<int> all;
  if (sample_ >= 0 && sample_ < table.size() &&
      table.snapshot().samples[static_cast<std::size_t>(sample_)].image.moment) {
    all.resize(static_cast<std::size_t>(table.size()));
    std::iota(all.begin(), all.end(), 0);
  }
  const auto kept = [this](int sample) {
    return uses()[static_cast<std::size_t>(sample)] == analysis::Use::Kept;
  };
  Timeline timeline = timelineOf(table, all, sample_, kept);
  if (const Marking marking = timeline_->marking(); marking.best) markBest(timeline, table, marking.k);
  timeline_->setTimeline(std::move(timeline), table.scores() != nullptr ? table.threshold() : std::nan(""),
                         session_.folder().toStdString(), sample_);
  const bool isVideo = !timeline_->timeline().points.empty();
  timelineCard_->setVisible(isVideo);
  strips_->setDirection(isVideo ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void InspectorPage::showPictures(const Pictures& pictures) {
  const data::ImageRef& image = source_.table()->snapshot().samples[static_cast<std::size_t>(sample_)].image;
  stored_->setText(QString::fromStdString(pictures.problem));
  face_->setText(pictures.face.isNull() ? words(tr("no {subject}")) : QString());
  QVector<QPointF> landmarks;
  if (image.landmarks)
    for (const data::Point& point : *image.landmarks) landmarks << QPointF(point.x, point.y);
  QRectF crop;
  if (image.crop) crop = QRectF(image.crop->x, image.crop->y, image.crop->width, image.crop->height);
  const bool copy = source_.table()->snapshot().samples[static_cast<std::size_t>(sample_)].parent >= 0;
  if (copy)  // the original's file says nothing of what was scored
    stored_->setMarks(pictures.face.size(), {}, {});
  else
    stored_->setMarks(pictures.storedSize, crop, landmarks);
  stored_->setImage(copy ? pictures.face : pictures.stored);
  face_->setImage(pictures.face);
  explain_->setSample(sample_, pictures.face);
  pictures_ = pictures;
  faceMoved_ = false;
  showAlignBar();
}

void InspectorPage::showAlignBar() {
  const project::SampleRow& row = source_.table()->snapshot().samples[static_cast<std::size_t>(sample_)];
  const bool editable = row.parent < 0 && !pictures_.stored.isNull();
  const bool placed = !stored_->landmarks().isEmpty();
  const bool alignable = imaging::isAlignable(session_.kind());
  stored_->setEditable(editable && alignable);
  const bool copy = row.parent >= 0;
  alignHint_->parentWidget()->setVisible((editable && alignable) || copy);
  placeFace_->setVisible(!copy && !placed);
  saveFace_->setVisible(faceMoved_);
  resetFace_->setVisible(faceMoved_);
  alignHint_->setText(copy ? words(tr("The {sample} as it was scored: %1 (#%2)."))
                                 .arg(source_.table()->copyText(sample_))
                                 .arg(row.parent)
                      : faceMoved_ ? tr("Not saved yet.")
                      : placed     ? tr("Drag a point to correct it.")
                                   : words(tr("No landmarks: this {subject} is not aligned.")));
}

void InspectorPage::placeFace() {
  const data::ImageRef& image = source_.table()->snapshot().samples[static_cast<std::size_t>(sample_)].image;
  QRectF where(QPointF(), pictures_.storedSize);
  if (image.crop && image.crop->width > 0)
    where = where & QRectF(image.crop->x, image.crop->y, image.crop->width, image.crop->height);
  const double side = std::min(where.width(), where.height());
  const QPointF corner = where.center() - QPointF(side / 2, side / 2);
  QVector<QPointF> points;  // about where the template of 112 pixels has them
  for (const QPointF& p :
       {QPointF(38, 52), QPointF(74, 52), QPointF(56, 72), QPointF(42, 92), QPointF(71, 92)})
    points << corner + p / 112 * side;
  stored_->setMarks(pictures_.storedSize, where, points);
  faceMoved_ = true;
  showAlignBar();
}

void InspectorPage::saveFace() {
  QStringList numbers;
  for (const QPointF& p : stored_->landmarks())
    numbers << QString::number(p.x(), 'f', 2) << QString::number(p.y(), 'f', 2);
  faceMoved_ = false;
  showAlignBar();
  emit jobRequested(QStringLiteral("align"), {QString::number(sample_), QStringLiteral("--landmarks"),
                                              numbers.join(QLatin1Char(','))});
}

void InspectorPage::showInspection(const Inspection& inspection) {
  const auto fill = [](GalleryView& view, const std::vector<Neighbour>& neighbours, const QString& empty) {
    std::vector<int> samples;
    QHash<int, double> cosines;
    for (const Neighbour& neighbour : neighbours) {
      samples.push_back(neighbour.sample);
      cosines.insert(neighbour.sample, neighbour.cosine);
    }
    view.setEmptyText(empty);
    view.setCaption([cosines](int sample) { return tr("cos %L1").arg(cosines.value(sample), 0, 'f', 2); });
    view.setSamples(std::move(samples));
  };
  const QString name = source_.table()->identityName(inspection.rival);
  const QString problem = QString::fromStdString(inspection.problem);
  rivals_->setHeading(name.isEmpty() ? tr("Most confused with: nobody yet")
                                     : words(tr("Most confused with %1: nearest {samples}")).arg(name));
  own_->setHeading(words(tr("Nearest {samples} of its own {identity}")));
  // Predicted scores are told from the picture alone.
  const bool scored = std::isfinite(source_.table()->number(sample_, Field::Score));
  fill(rivals_->gallery(), inspection.rivals,
       !problem.isEmpty() ? problem
       : scored           ? tr("These scores do not say with whom.")
                          : words(tr("Confused with nobody: this {sample} has no score in these scores.")));
  fill(own_->gallery(), inspection.own,
       !problem.isEmpty() ? problem : words(tr("No other usable {sample} of this {identity}.")));
  showWhatIf(inspection);
}

void InspectorPage::showWhatIf(const Inspection& inspection) {
  const analysis::WhatIf& result = inspection.whatIf;
  const std::string& problem = !inspection.problem.empty() ? inspection.problem : result.problem;
  const bool worked = problem.empty() && !result.rows.empty();
  whatIf_->setVisible(worked);
  whatIfNote_->setVisible(worked);
  if (!worked) {
    whatIfVerdict_->setText(engineText(problem));
    return;
  }
  whatIf_->setRowCount(0);
  const auto add = [this](const QString& name, double with, double without) {
    if (std::isnan(with) && std::isnan(without)) return;
    const int row = whatIf_->rowCount();
    whatIf_->insertRow(row);
    setRow(whatIf_, row, {name, numberText(with), numberText(without), signedText(without - with)});
  };
  for (const auto& row : result.rows) {
    const QString name = QString::fromStdString(row.aggregation);
    const bool whole = &row - result.rows.data() < 2 || std::isnan(row.with.margin());
    if (whole) {
      add(tr("own cosine, %1").arg(name), row.with.own, row.without.own);
      add(tr("hardest cosine, %1").arg(name), row.with.rival, row.without.rival);
    }
    add(tr("margin, %1").arg(name), row.with.margin(), row.without.margin());
  }
  fitHeight(whatIf_);
  const double gain = result.gain();
  const auto judged = analysis::judge(gain);
  whatIfVerdict_->setText(
      words(
          judged == analysis::Judged::Even ? tr("The {group} matches <b>about even</b> without it (%1, %2).")
          : judged == analysis::Judged::Better ? tr("The {group} matches <b>better</b> without it (%1, %2).")
                                               : tr("The {group} matches <b>worse</b> without it (%1, %2)."))
          .arg(QString::fromStdString(result.rows.front().aggregation).toHtmlEscaped(), signedText(gain)));
  const QString group = inspection.templateName.empty()
                            ? words(tr("half of this {identity}'s {samples} (%1)")).arg(result.templateSize)
                            : words(tr("{group} %1 (%2 {samples})"))
                                  .arg(QString::fromStdString(inspection.templateName))
                                  .arg(result.templateSize);
  whatIfNote_->setText(words(tr("{Group}: %1, against the centroid of the {identity}'s %2 other {samples} "
                                "and of the %3 of the one it "
                                "is most confused with. Margin: own minus hardest."))
                           .arg(group)
                           .arg(result.referenceSize)
                           .arg(result.rivalSize));
}

std::vector<int> InspectorPage::sequence() const {
  if (session_.selection().size() > 1) return session_.selection();
  const SampleTable& table = *source_.table();
  const int identity = sample_ >= 0 && sample_ < table.size() ? table.identityOf(sample_) : -1;
  if (identity < 0) return {};
  std::vector<int> samples = table.snapshot().samplesOfIdentity[static_cast<std::size_t>(identity)];
  std::erase_if(samples, [&](int sample) { return sample != sample_ && !table.shows(sample); });
  std::stable_sort(samples.begin(), samples.end(),
                   [&](int a, int b) { return table.compare(a, b, Field::Score) < 0; });
  return samples;
}

void InspectorPage::step(int by) {
  const std::vector<int> order = sequence();
  const auto at = std::find(order.begin(), order.end(), sample_);
  if (order.empty()) return;
  const auto n = static_cast<int>(order.size());
  const int to = at == order.end() ? 0 : (static_cast<int>(at - order.begin()) + by + n) % n;
  const int sample = order[static_cast<std::size_t>(to)];
  session_.select(session_.selection().size() > 1 ? session_.selection() : std::vector<int>{sample}, sample);
}

void InspectorPage::stepIdentity(int by) {
  const SampleTable& table = *source_.table();
  if (sample_ < 0 || sample_ >= table.size()) return;
  const auto& identities = table.snapshot().samplesOfIdentity;
  const int n = static_cast<int>(identities.size());
  int identity = table.identityOf(sample_);
  for (int tried = 0; tried < n; ++tried) {  // merged names have no images of their own
    identity = (identity + by + n) % n;
    std::vector<int> samples = identities[static_cast<std::size_t>(identity)];
    std::erase_if(samples, [&](int sample) { return !table.shows(sample); });
    if (samples.empty()) continue;
    const int lowest = *std::min_element(samples.begin(), samples.end(),
                                         [&](int a, int b) { return table.compare(a, b, Field::Score) < 0; });
    session_.select({lowest}, lowest);
    return;
  }
}

Page* makeInspectorPage(const PageTools& tools) {
  return new InspectorPage(tools.session, nullptr, &tools.runner);
}

}  // namespace discern::ui

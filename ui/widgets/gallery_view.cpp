#include "ui/widgets/gallery_view.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "ui/language/words.h"
#include "ui/models/project/session.h"
#include "ui/widgets/gallery_cell.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kGap = 8, kAfterSection = 10;

}  // namespace

GalleryView::GalleryView(Session& session, ThumbnailLoader& thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent), session_(session), thumbnails_(thumbnails) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAutoFillBackground(true);
  verticalScrollBar()->setSingleStep(40);
  connect(&thumbnails_, &ThumbnailLoader::ready, this, [this](int) { viewport()->update(); });
  connect(&session_, &Session::selectionChanged, this, [this] { viewport()->update(); });
}

void GalleryView::setTable(std::shared_ptr<const SampleTable> table) {
  table_ = std::move(table);
  viewport()->update();
}

void GalleryView::setSections(std::vector<GalleryGroup> sections) {
  sections_ = std::move(sections);
  std::erase_if(sections_, [](const GalleryGroup& section) { return section.samples.empty(); });
  anchor_ = focus_ = -1;
  relayout();
}

void GalleryView::setSamples(std::vector<int> samples) {
  // The same ones keep where Shift and the arrow keys go on from.
  if (sections_.size() == 1 && sections_[0].title.isEmpty() && sections_[0].samples == samples) return;
  setSections({GalleryGroup{{}, {}, std::move(samples)}});
}

void GalleryView::setCaption(std::function<QString(int)> caption) {
  caption_ = std::move(caption);
  relayout();
}

void GalleryView::setThumbnailSize(int pixels) {
  size_ = std::clamp(pixels, 48, 224);
  relayout();
}

void GalleryView::setEmptyText(const QString& text) {
  emptyText_ = text;
  viewport()->update();
}

void GalleryView::setSingleRow(bool single) {
  singleRow_ = single;
  setVerticalScrollBarPolicy(single ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
  relayout();
}

QSize GalleryView::cell() const {
  const QSize picture = galleryPicture(session_.kind(), size_);
  return {picture.width(), picture.height() + (caption_ ? fontMetrics().height() + 2 : 0)};
}

QSize GalleryView::sizeHint() const {
  return singleRow_ ? QSize(360, cell().height() + 2 * kMargin + horizontalScrollBar()->sizeHint().height())
                    : QSize(520, 400);
}

QPoint GalleryView::scroll() const { return {horizontalScrollBar()->value(), verticalScrollBar()->value()}; }

void GalleryView::relayout() {
  const int pitch = cell().width() + kGap;
  columns_ = std::max(1, (viewport()->width() - 2 * kMargin + kGap) / pitch);
  first_.clear();
  top_.clear();
  count_ = 0;
  int y = kMargin, widest = 0;
  for (const GalleryGroup& section : sections_) {
    first_.push_back(count_);
    top_.push_back(y);
    const int n = static_cast<int>(section.samples.size());
    count_ += n;
    widest = std::max(widest, n);
    const int rows = singleRow_ ? 1 : (n + columns_ - 1) / columns_;
    y += (section.title.isEmpty() ? 0 : kHeading) + rows * (cell().height() + kGap) + kAfterSection;
  }
  if (singleRow_) columns_ = std::max(1, widest);
  height_ = y;
  const int width = 2 * kMargin + columns_ * pitch - kGap;
  verticalScrollBar()->setRange(0, singleRow_ ? 0 : std::max(0, height_ - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  horizontalScrollBar()->setRange(0, singleRow_ ? std::max(0, width - viewport()->width()) : 0);
  horizontalScrollBar()->setPageStep(viewport()->width());
  horizontalScrollBar()->setSingleStep(pitch);
  viewport()->update();
}

GalleryView::Place GalleryView::placeOf(int position) const {
  const auto after = std::upper_bound(first_.begin(), first_.end(), position);
  const int section = static_cast<int>(after - first_.begin()) - 1;
  return {section, position - first_[static_cast<std::size_t>(section)]};
}

int GalleryView::sampleAtPosition(int position) const {
  if (position < 0 || position >= count_) return -1;
  const Place place = placeOf(position);
  return sections_[static_cast<std::size_t>(place.section)].samples[static_cast<std::size_t>(place.index)];
}

QRect GalleryView::itemRect(int position) const {
  const Place place = placeOf(position);
  const GalleryGroup& section = sections_[static_cast<std::size_t>(place.section)];
  const int row = place.index / columns_, column = place.index % columns_;
  const int top = top_[static_cast<std::size_t>(place.section)] + (section.title.isEmpty() ? 0 : kHeading);
  return QRect(
      QPoint(kMargin + column * (cell().width() + kGap), top + row * (cell().height() + kGap)) - scroll(),
      cell());
}

int GalleryView::positionAt(const QPoint& point) const {
  const QPoint at = point + scroll();
  const auto after = std::upper_bound(top_.begin(), top_.end(), at.y());
  if (after == top_.begin()) return -1;
  const auto s = static_cast<std::size_t>(after - top_.begin() - 1);
  const int y = at.y() - top_[s] - (sections_[s].title.isEmpty() ? 0 : kHeading);
  const int x = at.x() - kMargin;
  if (x < 0 || y < 0) return -1;
  const int column = x / (cell().width() + kGap), row = y / (cell().height() + kGap);
  if (column >= columns_ || x % (cell().width() + kGap) >= cell().width() ||
      y % (cell().height() + kGap) >= cell().height())
    return -1;
  const int index = row * columns_ + column;
  return index < static_cast<int>(sections_[s].samples.size()) ? first_[s] + index : -1;
}

int GalleryView::sampleAt(const QPoint& point) const { return sampleAtPosition(positionAt(point)); }

int GalleryView::positionOf(int sample) const {
  for (std::size_t s = 0; s < sections_.size(); ++s) {
    const auto& samples = sections_[s].samples;
    const auto at = std::find(samples.begin(), samples.end(), sample);
    if (at != samples.end()) return first_[s] + static_cast<int>(at - samples.begin());
  }
  return -1;
}

void GalleryView::scrollTo(int position) {
  if (position < 0 || position >= count_) return;
  const QRect rect = itemRect(position);
  QScrollBar* bar = singleRow_ ? horizontalScrollBar() : verticalScrollBar();
  const int from = singleRow_ ? rect.left() : rect.top(), to = singleRow_ ? rect.right() : rect.bottom();
  const int length = singleRow_ ? viewport()->width() : viewport()->height();
  if (from < 0)
    bar->setValue(bar->value() + from - kHeading);
  else if (to > length)
    bar->setValue(bar->value() + to - length + kMargin);
}

void GalleryView::select(int position, Qt::KeyboardModifiers modifiers) {
  const int sample = sampleAtPosition(position);
  if (sample < 0) {
    if (!(modifiers & (Qt::ControlModifier | Qt::ShiftModifier))) session_.select({}, -1);
    return;
  }
  focus_ = position;
  std::vector<int> chosen;
  if ((modifiers & Qt::ShiftModifier) && anchor_ >= 0 && anchor_ < count_) {
    for (int p = std::min(anchor_, position); p <= std::max(anchor_, position); ++p)
      chosen.push_back(sampleAtPosition(p));
  } else if (modifiers & Qt::ControlModifier) {
    chosen = session_.selection();
    const auto at = std::find(chosen.begin(), chosen.end(), sample);
    if (at != chosen.end())
      chosen.erase(at);
    else
      chosen.push_back(sample);
    anchor_ = position;
  } else {
    chosen = {sample};
    anchor_ = position;
  }
  std::sort(chosen.begin(), chosen.end());
  session_.select(std::move(chosen), sample);
  scrollTo(position);
}

void GalleryView::selectBand() {
  const QRect band = QRect(*bandFrom_, bandTo_).normalized().translated(-scroll());
  std::vector<int> chosen = beforeBand_;
  for (int position = 0; position < count_;) {
    const Place place = placeOf(position);
    const GalleryGroup& section = sections_[static_cast<std::size_t>(place.section)];
    const int n = static_cast<int>(section.samples.size());
    const QRect firstItem = itemRect(position), lastItem = itemRect(position + n - 1);
    if (firstItem.top() <= band.bottom() && lastItem.bottom() >= band.top())
      for (int i = 0; i < n; ++i)
        if (itemRect(position + i).intersects(band))
          chosen.push_back(section.samples[static_cast<std::size_t>(i)]);
    position += n;
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  session_.select(chosen, chosen.empty() ? -1 : session_.current());
}

void GalleryView::resizeEvent(QResizeEvent*) { relayout(); }

void GalleryView::scrollContentsBy(int, int) { viewport()->update(); }

void GalleryView::wheelEvent(QWheelEvent* event) {
  if (!singleRow_) return QAbstractScrollArea::wheelEvent(event);
  const QPoint delta = event->angleDelta();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (delta.x() != 0 ? delta.x() : delta.y()));
  event->accept();
}

void GalleryView::mousePressEvent(QMouseEvent* event) {
  const QPoint at = event->position().toPoint();
  const int position = positionAt(at);
  if (event->button() == Qt::RightButton) {
    const int sample = sampleAtPosition(position);
    const auto& chosen = session_.selection();
    if (sample >= 0 && !std::binary_search(chosen.begin(), chosen.end(), sample)) select(position, {});
    return;
  }
  if (event->button() != Qt::LeftButton) return;
  if (position < 0) {
    bandFrom_ = at + scroll();
    bandTo_ = *bandFrom_;
    const bool adds = event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
    beforeBand_ = adds ? session_.selection() : std::vector<int>{};
  }
  select(position, event->modifiers());
}

void GalleryView::mouseMoveEvent(QMouseEvent* event) {
  if (!bandFrom_) return;
  bandTo_ = event->position().toPoint() + scroll();
  banding_ = banding_ || (bandTo_ - *bandFrom_).manhattanLength() > QApplication::startDragDistance();
  if (banding_) selectBand();
  viewport()->update();
}

void GalleryView::mouseReleaseEvent(QMouseEvent*) {
  bandFrom_.reset();
  banding_ = false;
  viewport()->update();
}

void GalleryView::mouseDoubleClickEvent(QMouseEvent* event) {
  const int sample = sampleAt(event->position().toPoint());
  if (sample >= 0) emit inspectRequested(sample);
}

void GalleryView::keyPressEvent(QKeyEvent* event) {
  const int page = columns_ * std::max(1, viewport()->height() / (cell().height() + kGap));
  int to = focus_ < 0 ? 0 : focus_;
  switch (event->key()) {
    case Qt::Key_Left:
      to -= focus_ < 0 ? 0 : 1;
      break;
    case Qt::Key_Right:
      to += focus_ < 0 ? 0 : 1;
      break;
    case Qt::Key_Up:
      to -= columns_;
      break;
    case Qt::Key_Down:
      to += columns_;
      break;
    case Qt::Key_PageUp:
      to -= page;
      break;
    case Qt::Key_PageDown:
      to += page;
      break;
    case Qt::Key_Home:
      to = 0;
      break;
    case Qt::Key_End:
      to = count_ - 1;
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (sampleAtPosition(focus_) >= 0) emit inspectRequested(sampleAtPosition(focus_));
      return;
    default:
      if (event->matches(QKeySequence::SelectAll)) {
        std::vector<int> all;
        for (const GalleryGroup& section : sections_)
          all.insert(all.end(), section.samples.begin(), section.samples.end());
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        session_.select(std::move(all), session_.current());
        return;
      }
      return QAbstractScrollArea::keyPressEvent(event);
  }
  if (count_ > 0) select(std::clamp(to, 0, count_ - 1), event->modifiers() & Qt::ShiftModifier);
}

void GalleryView::contextMenuEvent(QContextMenuEvent* event) {
  const int sample = sampleAt(event->pos());
  if (sample < 0 || sample >= table_->size()) return;
  const QString file = table_->text(sample, Field::File);
  QMenu menu(this);
  connect(menu.addAction(icon(QStringLiteral("inspector")), tr("Show in Inspector")), &QAction::triggered,
          this, [this, sample] { emit inspectRequested(sample); });
  connect(menu.addAction(icon(QStringLiteral("copy")), tr("Copy path")), &QAction::triggered, this,
          [this, file] {
            QStringList files;
            for (int chosen : session_.selection())
              if (chosen < table_->size()) files << table_->text(chosen, Field::File);
            QGuiApplication::clipboard()->setText(files.isEmpty() ? file : files.join(QLatin1Char('\n')));
          });
  connect(menu.addAction(icon(QStringLiteral("folder")), tr("Open folder")), &QAction::triggered, this,
          [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); });
  if (const ImageActions* actions = ImageActions::of(session_)) {
    menu.addSeparator();
    actions->addTo(menu);
  }
  menu.exec(event->globalPos());
}

QString GalleryView::tooltip(int sample) const {
  if (sample < 0 || sample >= table_->size()) return {};
  const QString copy = table_->copyText(sample);
  QString text = table_->text(sample, Field::Identity) + '\n' +
                 (copy.isEmpty() ? QFileInfo(table_->text(sample, Field::File)).fileName() : copy);
  const double score = table_->number(sample, Field::Score);
  if (std::isfinite(score)) {
    text +=
        tr("\nscore %L1, percentile %2").arg(score, 0, 'f', 3).arg(table_->text(sample, Field::Percentile));
    const QString rival = table_->text(sample, Field::HardestIdentity);
    if (!rival.isEmpty()) text += tr("\nmost confused with %1").arg(rival);
  } else if (table_->scores() != nullptr) {
    text += tr("\nno score: %1").arg(engineText(data::explain(table_->status(sample))));
  }
  if (const QString decided = table_->decisionText(sample); !decided.isEmpty()) text += '\n' + decided;
  return text;
}

bool GalleryView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    const QString text = tooltip(sampleAt(help->pos()));
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace discern::ui

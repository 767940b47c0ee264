// Faces with their scores, in groups: quick with 50,000 of them, and one selection with all other pages.
#pragma once

#include <QAbstractScrollArea>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/models/images/gallery_groups.h"

namespace discern::ui {

class Session;
class ThumbnailLoader;

class GalleryView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  GalleryView(Session& session, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

  void setTable(std::shared_ptr<const SampleTable> table);  // scores of the badges, texts of the tooltips
  // A group without a title has no heading.
  void setSections(std::vector<GalleryGroup> sections);
  const std::vector<GalleryGroup>& sections() const { return sections_; }
  void setSamples(std::vector<int> samples);  // one section without a heading
  // Text under a face instead of nothing: "0.83" for a neighbour's cosine. Null: none.
  void setCaption(std::function<QString(int sample)> caption);
  void setThumbnailSize(int pixels);  // 48 .. 224
  void setEmptyText(const QString& text);
  void setSingleRow(bool single);  // a strip that scrolls sideways

  int itemCount() const { return count_; }
  int sampleAt(const QPoint& viewportPoint) const;  // -1: none
  QRect itemRect(int position) const;               // viewport coordinates; position counts over all sections
  int positionOf(int sample) const;                 // -1: not shown
  void scrollTo(int position);
  QSize sizeHint() const override;

 signals:
  void inspectRequested(int sample);  // double click, Return, or the menu

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  static constexpr int kMargin = 10, kHeading = 30;  // pixels around all, of a section's title

  struct Place {
    int section = 0, index = 0;
  };
  void relayout();
  Place placeOf(int position) const;
  int sampleAtPosition(int position) const;
  int positionAt(const QPoint& viewportPoint) const;
  QPoint scroll() const;
  QSize cell() const;
  void drawItem(QPainter& painter, const QRect& rect, int sample, int position);
  void drawHeading(QPainter& painter, int section, int top) const;
  void drawBadge(QPainter& painter, const QRect& face, int sample) const;
  void drawDecision(QPainter& painter, const QRect& face, int sample) const;
  void drawCopyMark(QPainter& painter, const QRect& face, int sample) const;
  void select(int position, Qt::KeyboardModifiers modifiers);
  void selectBand();
  QString tooltip(int sample) const;

  Session& session_;
  ThumbnailLoader& thumbnails_;
  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  std::vector<GalleryGroup> sections_;
  std::vector<int> first_;  // position of the first item of a section
  std::vector<int> top_;    // pixel of its top, unscrolled
  std::function<QString(int)> caption_;
  QString emptyText_;
  int size_ = 96, count_ = 0, columns_ = 1, height_ = 0;
  int anchor_ = -1, focus_ = -1;
  bool singleRow_ = false;
  std::optional<QPoint> bandFrom_;  // unscrolled
  QPoint bandTo_;
  bool banding_ = false;
  std::vector<int> beforeBand_;
};

}  // namespace discern::ui

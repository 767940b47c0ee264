// The framed boxes pages are made of, and the strip of images inside one.
#pragma once

#include <QFrame>
#include <QList>

class QLabel;

namespace discern::ui {

class GalleryView;
class Session;

QFrame* cardAround(QWidget* inside, QWidget* parent);
// A chart under its heading and what it can be asked.
QFrame* chartCard(QLabel* heading, const QList<QWidget*>& controls, QWidget* chart, QWidget* parent);
QLabel* sectionHeading(const QString& text, const QString& tooltip = {});  // gives way to what is beside it
QLabel* mutedNote(const QString& name);                                    // wraps

// A heading and images of the session beneath it; they take part in the shared selection.
class ImageStrip : public QFrame {
  Q_OBJECT

 public:
  // `singleRow`: as high as one row of images and scrolled sideways; else as high as there is room.
  ImageStrip(Session& session, int thumbnailSize, bool singleRow, QWidget* parent);

  void setHeading(const QString& heading, const QString& tooltip = {});
  GalleryView& gallery() { return *gallery_; }

 private:
  QLabel* heading_;
  GalleryView* gallery_;
};

}  // namespace discern::ui

// What a person can decide about images: in a menu, by key, for what is chosen on any page.
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <vector>

class QAction;
class QMenu;
class QPoint;
class QWidget;

namespace discern::ui {

class Chart;
class Session;

class ImageActions : public QObject {
  Q_OBJECT

 public:
  // Of a window, whose keys they are; they act on the session's selection, or on its current image.
  ImageActions(Session& session, QWidget& window);
  // Those of the window that shows the session; null: there are none, as in a part on its own.
  static ImageActions* of(const Session& session);

  // Whether what is chosen can be seen; else nothing is decided about it.
  void setUsable(bool usable);
  // Of a page that hides some of what is chosen, such as behind a filter: only what it shows is decided
  // about. By `page`, until it is taken back with an empty function. Call update() when what is shown
  // changed.
  // `otherwise`: what is decided about where it shows nothing that is chosen; -1: nothing.
  void limitTo(const QObject* page, std::function<bool(int sample)> shows,
               std::function<int()> otherwise = {});
  // Keys that mean something of its own on the shown page: the actions have none of them.
  void leaveKeys(const QStringList& keys);
  void update();
  void addTo(QMenu& menu) const;
  // For tests and palettes: leave-out-templates, leave-out-everything, take-back, move, move-back, right,
  // wrong, unsure, no-verdict, tag, note.
  QAction* action(const QString& name) const;

 signals:
  void said(const QString& sentence);

 private:
  std::vector<int> samples() const;
  void make(const char* name, const char* icon, const QString& text, const QString& keys,
            void (ImageActions::*work)());
  void leaveOutOfTemplates();
  void leaveOutOfEverything();
  void takeBack();
  void move();
  void moveBack();
  void right();
  void wrong();
  void unsure();
  void noVerdict();
  void tag();
  void note();

  Session& session_;
  QWidget& window_;
  std::vector<QAction*> actions_;
  bool usable_ = true;
  const QObject* limiting_ = nullptr;
  std::function<bool(int)> shows_;
  std::function<int()> otherwise_;
};

// A menu's part about the image under the mouse, which is chosen, unless it is one of those that are. -1:
// about those.
void addImageMenu(QMenu& menu, Session& session, int sample, std::function<void(int sample)> inspect);
// From now on that part comes first in the chart's menu. sampleAt: of a pixel of it; -1: none. The last one
// counts.
void addImageMenu(Chart& chart, Session& session, std::function<int(const QPoint& at)> sampleAt,
                  std::function<void(int sample)> inspect);

}  // namespace discern::ui

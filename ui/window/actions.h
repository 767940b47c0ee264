// What the window can be asked by menu, tool bar and key, and the menus that hold it.
#pragma once

#include <QMenu>
#include <QObject>
#include <vector>

#include "ui/settings/settings.h"

class QAction;
class QMenuBar;
class QWidget;

namespace discern::ui {

class Page;

// Who is to do it connects to `triggered`.
struct Actions {
  explicit Actions(QWidget& window);

  QAction *newProject, *open, *closeProject, *import, *contents, *look, *moved, *run, *stop, *exportAll, *log,
      *about, *help, *glossary, *commands, *quit;
  void setProjectOpen(bool open);
};

class Menus : public QObject {
  Q_OBJECT

 public:
  // Fills `bar`; every page gets an entry, the first ten a digit.
  Menus(QMenuBar& bar, const Actions& actions, const std::vector<Page*>& pages, const Settings& settings,
        QWidget& window);

  QMenu* editMenu() const { return edit_; }
  QMenu* imageMenu() const { return image_; }
  QKeySequence pageKeys(int row) const;  // empty: no digit is left

 signals:
  void jobRequested(const QString& job);
  void pageRequested(int row);
  void recentRequested(const QString& folder);
  void themeChosen(discern::ui::Theme theme);
  void languageChosen(const QString& code);

 private:
  void fillRecent();
  void addJobs(QMenu* menu, const Actions& actions);
  void addPages(QMenu* menu, const std::vector<Page*>& pages);
  void addThemes(QMenu* menu);
  void addLanguages(QMenu* menu);

  const Settings& settings_;
  QMenu *recent_ = nullptr, *edit_ = nullptr, *image_ = nullptr;
};

}  // namespace discern::ui

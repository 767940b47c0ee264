// The saved views of the project: a menu to look at one, to save what is shown as one, to rename and remove.
#pragma once

#include <QToolButton>
#include <functional>

#include "ui/models/project/saved_views.h"

class QMenu;

namespace discern::ui {

class Session;

class ViewsButton : public QToolButton {
  Q_OBJECT

 public:
  // `now`: what is shown, without a name; `show`: look like that.
  ViewsButton(Session& session, std::function<SavedView()> now, std::function<void(const SavedView&)> show,
              QWidget* parent = nullptr);

  QStringList names() const;
  void showView(const QString& name);
  void save(const QString& name);  // replaces the one of that name
  void rename(const QString& from, const QString& to);
  void remove(const QString& name);

 signals:
  void failed(const QString& sentence);

 private:
  void fill();
  void askName(const QString& title, const QString& text, const std::function<void(const QString&)>& then);
  void put(std::vector<SavedView> views);

  Session& session_;
  std::function<SavedView()> now_;
  std::function<void(const SavedView&)> show_;
  QMenu* menu_;
};

}  // namespace discern::ui

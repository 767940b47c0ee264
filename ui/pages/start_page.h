// What the window shows without a project: three ways to begin, and the projects of late.
#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace discern::ui {

class StartPage : public QWidget {
  Q_OBJECT

 public:
  explicit StartPage(QWidget* parent = nullptr);
  void setRecent(const QStringList& folders);

 signals:
  void facesRequested();  // a new project from a folder of faces
  void openRequested();
  void demoRequested();
  void recentRequested(const QString& folder);

 private:
  QVBoxLayout* recent_;
  QWidget* recentBox_;
};

}  // namespace discern::ui

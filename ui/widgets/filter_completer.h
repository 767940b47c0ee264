// Completes the term that is being typed into a line: a list under it, gone through by the arrows and taken
// by Enter or Tab.
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace discern::ui {

class FilterCompleter : public QObject {
  Q_OBJECT

 public:
  // `complete`: terms for what is typed of one. A child of the line.
  FilterCompleter(QLineEdit& line, std::function<QStringList(const QString& typed)> complete);

  QStringList offered() const;  // what the list shows; empty: it is hidden

 private:
  void offer();
  void take(const QString& term);

  QLineEdit& line_;
  std::function<QStringList(const QString&)> complete_;
  QStringListModel* terms_;
  QCompleter* completer_;
};

}  // namespace discern::ui

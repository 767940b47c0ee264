// What a person arranged, between starts: splitters, columns, sort orders, choices of how things are shown,
// forms.
#pragma once

#include <QHash>
#include <QObject>

class QHeaderView;
class QJsonObject;
class QSplitter;
class QTabWidget;
class QWidget;

namespace discern::ui {

class JobForm;
class Settings;

class Kept : public QObject {
  Q_OBJECT

 public:
  explicit Kept(Settings& settings, QObject* parent = nullptr);

  // Gives every named QSplitter, the head of every named QTableView, every kept choice (combos.h) and every
  // named JobForm below `root` what is stored for it under `key`, and stores from then on what a person
  // changes. What cannot be read, or was of other columns or entries, is left out.
  void keep(QWidget& root, const QString& key);
  // A form that is there for a moment: restored now, stored when its dialog is accepted.
  void restore(JobForm& form, const QString& job) const;
  void store(const JobForm& form, const QString& job);

  // Whether changes are stored; a program that takes pictures leaves no trace.
  void setStoring(bool storing) { storing_ = storing; }

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void write(const QString& key, const QString& text);
  void keepSplitter(QSplitter* splitter, const QString& key);
  void keepHeader(QHeaderView* header, const QString& key);
  void restoreHeader(QHeaderView* header, const QString& key);
  void storeHeader(QHeaderView* header, const QJsonObject& before);
  void keepChoiceOf(QWidget* widget, const QString& key);

  Settings& settings_;
  bool storing_ = true;
  QHash<QObject*, QString> headers_;  // keys, by head
};

}  // namespace discern::ui

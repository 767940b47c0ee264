// Which students to train: teacher, selected faces, sizes and modes, and how. Each size and mode is a job.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace discern::ui {

class JobForm;

class StudentForm : public QWidget {
  Q_OBJECT

 public:
  explicit StudentForm(Session& session, QWidget* parent = nullptr);

  // Says what is wrong with a field of a job that failed.
  void mark(const QString& field, const QString& problem);
  void showStopAll(bool shown);
  // Everything that fine-tunes a student of the project on the training identities of a set is put in, to be
  // started by hand.
  void tune(const QString& student, const QString& set);
  QString device() const;  // "cpu", "cuda"

 signals:
  void jobRequested(const QString& job, const QStringList& options);
  void selectionPageRequested();
  void stopAllRequested();

 private:
  QWidget* buildFields();
  QWidget* buildStudents();
  QHBoxLayout* buildAmount();
  void buildButtons();
  void connectAll();
  void start();
  QStringList chosenNames(const QString& ending) const;
  QString freeEnding(const QString& stem) const;  // of names that nothing in the project has
  void suggestNames();
  void warnOfNames();
  QStringList optionsOf(const QString& size, const QString& mode) const;
  void showChoices();  // of the form, then the form
  void showForm();     // the button's text, what is missing
  void showLambda();

  Session& session_;
  SelectionSource& source_;
  bool lambdaFollows_ = true;  // the Selection page's, until another is typed
  JobForm *what_ = nullptr, *how_ = nullptr;
  QComboBox* amount_ = nullptr;
  QDoubleSpinBox *lambda_ = nullptr, *keep_ = nullptr;
  QStackedWidget* amounts_ = nullptr;
  std::vector<QCheckBox*> sizes_, modes_;
  QLabel* hint_ = nullptr;
  QPushButton *start_ = nullptr, *stopAll_ = nullptr, *select_ = nullptr;
  QString ending_;  // of the names, until a person types another one
  WhenSeen showLambda_, choices_;
};

}  // namespace discern::ui

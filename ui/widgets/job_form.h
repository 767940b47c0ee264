// The options of a job as a form, built from the fields that describe them.
#pragma once

#include <QDialog>
#include <QHash>
#include <QStringList>
#include <QVariant>
#include <QWidget>
#include <vector>

#include "core/base/field.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace discern::ui {

using JobField = discern::Field;  // Field is one of a sample, here

// "--epochs": how the engine's command line, which a form's job is a call of, spells a field.
QString spellingOf(const JobField& field);

class JobForm : public QWidget {
  Q_OBJECT

 public:
  // What few change stands behind "More options".
  explicit JobForm(std::vector<JobField> fields, QWidget* parent = nullptr);

  // {"--epochs", "12", ...}: every field, except empty texts, flags that are off, and what few change where
  // nobody did.
  QStringList options() const;
  // Of those that do not have their default.
  QStringList changedOptions() const;
  QVariant value(const QString& field) const;
  QString text(const QString& field) const;  // as it would be typed
  // Whether a run with these recorded options ("epochs": "12") was asked for just so.
  bool agreesWith(const std::string& options) const;
  void setValue(const QString& field, const QVariant& value);
  // A field that nobody changed here becomes what others say, and is then as it was at first; false: somebody
  // did.
  bool follow(const QString& field, const QString& text);
  // What is not as it was at first, but for names and for what belongs to one project, as JSON of texts by
  // field; empty: nothing is. And such a JSON put in: what a field cannot be is left out.
  QString keptValues() const;
  void restoreValues(const QString& json);
  // A choice above the fields that puts many of them in at once; it follows what they say.
  void addPresets(const std::vector<Preset>& presets);
  // What a choice is called, here alone: "cuda (NVIDIA H200)".
  void setChoiceText(const QString& field, const QString& choice, const QString& text);
  // Keeps the chosen one while it is among them, or was typed; else the default is chosen, else the first.
  void setChoices(const QString& field, const QStringList& choices);
  // The first field with a text that it cannot be is marked, and said why; true: there is none.
  bool check();
  // A sentence about a field, below the form until something is changed; an unknown field: the sentence
  // alone.
  void mark(const QString& field, const QString& message);
  // Of what is in the way before anything is started: gives way to what is marked, and is taken back when
  // `message` is empty.
  void warn(const QString& field, const QString& message);
  QString problem() const;  // that is shown; empty: none
  bool has(const QString& field) const { return editors_.contains(field); }
  // A field that the rest of the form makes pointless.
  void setShown(const QString& field, bool shown);
  const std::vector<JobField>& fields() const { return fields_; }

 signals:
  void changed();

 private:
  QWidget* makeEditor(const JobField& field);
  QWidget* makeLine(const JobField& field);
  void addWords(QStringList& words, const JobField& field) const;
  const JobField& fieldOf(const QString& name) const;
  void unmark();
  void usePreset(int index);  // of presets_; -1: the defaults of all that any of them sets
  int presetInUse() const;    // -1: those defaults, -2: neither

  std::vector<JobField> fields_;
  QHash<QString, QWidget*> editors_, rows_;
  QHash<QString, QString> atFirst_;  // the texts of the defaults
  std::vector<Preset> presets_;
  QComboBox* preset_ = nullptr;   // null: there are none
  QFormLayout* usual_ = nullptr;  // the rows of the others
  QWidget* more_ = nullptr;       // the advanced ones
  QLabel* problem_;
  QString marked_;
  bool warned_ = false;  // what is marked is a warning
};

// A form with a heading, a sentence of explanation and a button that starts the job.
class JobDialog : public QDialog {
  Q_OBJECT

 public:
  JobDialog(const QString& title, const QString& explanation, const QString& start,
            std::vector<JobField> fields, QWidget* parent = nullptr);
  JobForm& form() { return *form_; }
  QPushButton* startButton() { return start_; }
  void accept() override;  // unless a field is wrong

 private:
  JobForm* form_;
  QPushButton* start_;
};

}  // namespace discern::ui

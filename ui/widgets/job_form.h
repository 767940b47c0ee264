// The options of a job as a form that is described, not
// built: one line a field, with default, range and tooltip.
#pragma once

#include <QDialog>
#include <QHash>
#include <QJsonObject>
#include <QStringList>
#include <QVariant>
#include <QWidget>
#include <vector>

class QFormLayout;
class QPushButton;

namespace discern::ui {

struct FormField {
  enum class Kind { Text, Integer, Number, Choice, EditableChoice, File, Flag };

  QString option;  // "--epochs"
  QString label;   // "Epochs"
  Kind kind = Kind::Text;
  QVariant value;  // the default
  QString tooltip;
  double low = 0, high = 1e9;
  int decimals = 3;
  QStringList choices;
};

FormField textField(const QString& option, const QString& label, const QString& value,
                    const QString& tooltip);
FormField integerField(const QString& option, const QString& label, int value, double low, double high,
                       const QString& tooltip);
FormField numberField(const QString& option, const QString& label, double value, double low, double high,
                      int decimals, const QString& tooltip);
FormField choiceField(const QString& option, const QString& label, const QString& value,
                      const QStringList& choices, const QString& tooltip);
FormField flagField(const QString& option, const QString& label, const QString& tooltip);  // off at first
// What every job that runs a network asks.
FormField deviceField();

class JobForm : public QWidget {
  Q_OBJECT

 public:
  explicit JobForm(std::vector<FormField> fields, QWidget* parent = nullptr);

  // {"--epochs", "12", ...}: every field, except empty texts and flags that are off.
  QStringList options() const;
  QVariant value(const QString& option) const;
  // Whether a run with these recorded options ("epochs": "12") was asked for just so.
  bool agreesWith(const QJsonObject& options) const;
  void setValue(const QString& option, const QVariant& value);
  // Keeps the chosen one while it is among them, or was typed; else the default is chosen, else the first.
  void setChoices(const QString& option, const QStringList& choices);

 signals:
  void changed();

 private:
  QWidget* makeEditor(const FormField& field);

  std::vector<FormField> fields_;
  QHash<QString, QWidget*> editors_;
};

// A form with a heading, a sentence of explanation and a button that starts the job.
class JobDialog : public QDialog {
  Q_OBJECT

 public:
  JobDialog(const QString& title, const QString& explanation, const QString& start,
            std::vector<FormField> fields, QWidget* parent = nullptr);
  JobForm& form() { return *form_; }
  QPushButton* startButton() { return start_; }

 private:
  JobForm* form_;
  QPushButton* start_;
};

}  // namespace discern::ui

// Which selection and which map are looked at, and the buttons that ask for another.
#pragma once

#include <QGroupBox>

#include "ui/models/live/selection_source.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace discern::ui {

// A combo box of what there is, a button for more, and a sentence about the chosen one.
class ChoiceBox : public QGroupBox {
  Q_OBJECT

 public:
  struct Texts {
    QString title, comboName, comboTip, button, buttonName, buttonTip, noteName;
  };
  ChoiceBox(Session& session, const Texts& texts, QWidget* parent = nullptr);

 signals:
  void asked();

 protected:
  Session& session_;
  SelectionSource& source_;
  QComboBox* combo_;
  QLabel* note_;
};

class SelectionBox : public ChoiceBox {
  Q_OBJECT

 public:
  explicit SelectionBox(Session& session, QWidget* parent = nullptr);

 private:
  void showSelection();
};

class MapBox : public ChoiceBox {
  Q_OBJECT

 public:
  explicit MapBox(Session& session, QWidget* parent = nullptr);

 private:
  void showMap();
};

}  // namespace discern::ui

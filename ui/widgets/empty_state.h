// What a page shows while it has nothing to show: an icon, a sentence, and the button that changes that.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace discern::ui {

class EmptyState : public QWidget {
  Q_OBJECT

 public:
  // `button` empty: no button.
  EmptyState(const QString& iconName, const QString& heading, const QString& sentence,
             const QString& button = {}, QWidget* parent = nullptr);
  void setTexts(const QString& heading, const QString& sentence, const QString& button = {});
  QPushButton* button() const { return button_; }

 signals:
  void clicked();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void paintIcon();

  QString iconName_;
  QLabel *icon_, *heading_, *sentence_;
  QPushButton* button_;
};

}  // namespace discern::ui

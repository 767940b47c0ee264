// A line of text that ends in dots where there is no room for all of it; the whole of it is its tip then.
#pragma once

#include <QLabel>

namespace discern::ui {

class ElidedLabel : public QLabel {
 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  bool isCut() const;

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace discern::ui

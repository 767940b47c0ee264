// Which images every page shows: originals, degraded copies, or both. One switch for the window, kept with
// the project. What is compared and evaluated does not depend on it.
#pragma once

#include <QObject>
#include <vector>

#include "ui/models/project/session.h"

namespace discern::ui {

enum class Shown { Both, Originals, Copies };

inline bool shows(Shown which, const project::SampleRow& sample) {
  return which == Shown::Both || (sample.parent < 0) == (which == Shown::Originals);
}

class ShownImages : public QObject {
  Q_OBJECT

 public:
  // The one that all pages of a session share.
  static ShownImages& of(Session& session);

  Shown now() const { return now_; }
  bool shows(int sample) const;
  std::vector<int> shownOf(std::vector<int> samples) const;  // those that are shown
  void set(Shown which);

 signals:
  void changed();

 private:
  explicit ShownImages(Session& session);
  void read();  // what the open project has

  Session& session_;
  Shown now_ = Shown::Both;
};

}  // namespace discern::ui

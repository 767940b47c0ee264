// Decisions about images and people as this window makes them: saved at once, undone and redone as one
// history with all others (project/decisions.h). No widgets.
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <vector>

#include "core/analysis/marking.h"
#include "core/project/pairs.h"

namespace discern::ui {

class Session;

class Decisions : public QObject {
  Q_OBJECT

 public:
  // The one of a session, which owns it.
  static Decisions& of(Session& session);

  // The project's history: an entry a decision, its index the one after the newest that stands.
  QUndoStack& stack() { return stack_; }

  // True when something changed; what is wrong is said by failed().
  bool decide(const project::Change& change);
  bool mark(const std::vector<int>& samples, const analysis::MarkEdit& edit);
  bool merge(int from, int into);  // into -1: take it back
  bool decidePair(int a, int b, project::PairVerdict verdict);
  bool exclude(const std::vector<int>& identities, bool excluded);
  bool setRole(const std::vector<int>& identities, project::Role role);

 signals:
  // Made, taken back or made again, from this window: what, in its words (decision_words.h).
  void decided(const QString& what, bool undone);
  void failed(const QString& sentence);

 private:
  class Step;
  explicit Decisions(Session& session);
  void follow();  // the project's history
  template <class Work>
  bool change(Work&& work);  // Project& -> optional<Decision>
  void step(bool back);

  Session& session_;
  QUndoStack stack_;
  bool stepping_ = false;   // undo or redo is on its way
  bool following_ = false;  // the stack is brought to where the project is: no step of it is one
};

}  // namespace discern::ui

#include "ui/models/project/decisions.h"

#include <QDateTime>
#include <QLocale>
#include <QUndoCommand>
#include <algorithm>

#include "core/base/error.h"
#include "ui/models/project/decision_words.h"
#include "ui/models/project/session.h"

namespace discern::ui {

class Decisions::Step : public QUndoCommand {
  // In the list with its time, where this machine is; in the menu without.
  static QString listed(const project::Decision& decision, const data::GroupKind& kind) {
    const QString what = decisionWords(kind, decision.what);
    const QDateTime time =
        QDateTime::fromString(QString::fromStdString(decision.time), Qt::ISODate).toLocalTime();
    if (!time.isValid()) return what;
    const QLocale locale;
    const QString when = time.date() == QDate::currentDate()
                             ? locale.toString(time.time(), QLocale::ShortFormat)
                             : locale.toString(time, QLocale::ShortFormat);
    return when + QStringLiteral("  ") + what + QLatin1Char('\n') + what;
  }

 public:
  Step(Decisions& decisions, const project::Decision& decision, const data::GroupKind& kind)
      : QUndoCommand(listed(decision, kind)), decisions_(decisions), decision_(decision), kind_(&kind) {}

  bool is(const project::Decision& other, const data::GroupKind& kind) const {
    return decision_.id == other.id && decision_.what == other.what && kind_ == &kind;
  }
  void undo() override { decisions_.step(true); }
  void redo() override { decisions_.step(false); }

 private:
  Decisions& decisions_;
  project::Decision decision_;
  const data::GroupKind* kind_;  // in whose words the text is
};

Decisions& Decisions::of(Session& session) {
  auto* there = session.findChild<Decisions*>(QString(), Qt::FindDirectChildrenOnly);
  return there != nullptr ? *there : *new Decisions(session);
}

Decisions::Decisions(Session& session) : QObject(&session), session_(session) {
  connect(&session, &Session::projectChanged, this, &Decisions::follow);
  connect(&session, &Session::snapshotChanged, this, &Decisions::follow);
  follow();
}

// Another window or the command line decides, too: the stack becomes what the project says.
void Decisions::follow() {
  if (stepping_) return;
  std::vector<const project::Decision*> steps;
  int standing = 0;
  const auto snapshot = session_.snapshot();
  for (const auto& one : snapshot->history)
    if (!one.replaced) {
      steps.push_back(&one);
      standing += one.undone ? 0 : 1;
    }
  int known = 0;
  while (known < std::min(stack_.count(), int(steps.size())) &&
         static_cast<const Step*>(stack_.command(known))->is(*steps[std::size_t(known)], *snapshot->kind))
    ++known;
  following_ = true;
  if (known < stack_.count() && steps.empty()) stack_.clear();
  if (known < int(steps.size())) {
    stack_.setIndex(known);  // what stands after it goes with the next push
    for (std::size_t i = std::size_t(known); i < steps.size(); ++i)
      stack_.push(new Step(*this, *steps[i], *snapshot->kind));
  }
  stack_.setIndex(standing);
  following_ = false;
}

template <class Work>
bool Decisions::change(Work&& work) {
  if (!session_.isOpen()) return false;
  try {
    auto project = project::openForDecisions(session_.folder().toStdString());
    const auto decision = work(project);
    session_.reload();
    if (decision) emit decided(decisionWords(session_.kind(), decision->what), decision->undone);
    return decision.has_value();
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
    return false;
  }
}

void Decisions::step(bool back) {
  if (following_) return;
  stepping_ = true;  // the stack moves its index when this returns
  change([&](project::Project& project) { return back ? project::undo(project) : project::redo(project); });
  stepping_ = false;
  QMetaObject::invokeMethod(this, &Decisions::follow, Qt::QueuedConnection);
}

bool Decisions::decide(const project::Change& wanted) {
  return change([&](project::Project& project) { return project::decide(project, wanted); });
}

bool Decisions::mark(const std::vector<int>& samples, const analysis::MarkEdit& edit) {
  return change([&](project::Project& project) {
    return project::decide(project, analysis::markChange(project, samples, edit));
  });
}

bool Decisions::merge(int from, int into) {
  return change([&](project::Project& project) { return project::mergeIdentities(project, from, into); });
}

bool Decisions::decidePair(int a, int b, project::PairVerdict verdict) {
  return change([&](project::Project& project) { return project::decidePair(project, a, b, verdict); });
}

bool Decisions::exclude(const std::vector<int>& identities, bool excluded) {
  return change(
      [&](project::Project& project) { return project::setExcluded(project, identities, excluded); });
}

bool Decisions::setRole(const std::vector<int>& identities, project::Role role) {
  return change([&](project::Project& project) { return project::setRole(project, identities, role); });
}

}  // namespace discern::ui

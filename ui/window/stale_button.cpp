#include "ui/window/stale_button.h"

#include "core/base/error.h"
#include "ui/language/words.h"
#include "ui/models/project/session.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

// Each of its reasons in the window's language.
QString whyText(const project::Stale& part) {
  QStringList reasons;
  for (const QString& reason : QString::fromStdString(part.why).split("; ")) reasons << engineText(reason);
  return reasons.join("; ");
}

}  // namespace

StaleButton::StaleButton(Session& session, QWidget* parent) : QToolButton(parent), session_(session) {
  setObjectName("stale");
  setIcon(ui::icon("refresh"));
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  connect(this, &QToolButton::clicked, this, &StaleButton::againRequested);
  connect(&session_, &Session::projectChanged, this, &StaleButton::follow);
  connect(&session_, &Session::snapshotChanged, this, &StaleButton::follow);
  connect(&session_, &Session::scoresChanged, this, &StaleButton::follow);
  setVisible(false);
}

void StaleButton::follow() {
  task_.cancel();
  if (!session_.isOpen()) return show({});
  const auto read = [](const project::Project& project) -> std::vector<project::Stale> {
    try {
      return project::staleParts(project);
    } catch (const Error&) {  // damaged or busy: the Contents window says so
      return {};
    }
  };
  if (session_.snapshot()->samples.size() <= kFewSamples) return show(read(session_.project()));
  task_.run(
      [read, folder = session_.folder().toStdString()](const LatestTask::Stopped&) {
        return read(project::Project::open(folder, project::Project::Mode::Read));
      },
      [this](std::vector<project::Stale> stale) { show(std::move(stale)); });
}

void StaleButton::show(std::vector<project::Stale> stale) {
  stale_ = std::move(stale);
  setText(stale_.size() == 1 ? tr("Make 1 old part again")
                             : tr("Make %1 old parts again").arg(stale_.size()));
  QStringList lines{tr("Made before what they are made of changed:")};
  for (const auto& part : stale_)
    lines
        << QString("%1 %2: %3").arg(engineText(part.kind), QString::fromStdString(part.name), whyText(part));
  lines << tr(
      "Networks are not among them: where people of their training were left out, moved or merged, train "
      "them again.");
  setToolTip(lines.join('\n'));
  setAccessibleName(text());
  setVisible(!stale_.empty());
}

}  // namespace discern::ui

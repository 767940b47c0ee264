#include "ui/window/context_bar.h"

#include <QComboBox>
#include <QLabel>

#include "core/analysis/defaults.h"
#include "ui/models/project/shown_images.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/keep_words.h"

namespace discern::ui {
namespace {

constexpr int kWidestCombo = 190;

}  // namespace

ContextBar::ContextBar(Session& session, const QList<QAction*>& actions, QWidget* parent)
    : QToolBar(tr("Main"), parent), session_(session) {
  setObjectName("mainToolBar");
  setMovable(false);
  setContextMenuPolicy(Qt::PreventContextMenu);
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setIconSize({18, 18});
  addActions(actions);
  auto* space = new QWidget;
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  addWidget(space);
  scores_ = addCombo(tr("Scores"), "scoreTable", tr("The scores every page shows"));
  features_ = addCombo(tr("Features"), "featureTable", tr("The features {groups} are made of"));
  protocol_ = addCombo(tr("Protocol"), "protocolName", tr("The comparisons accuracy is measured on"));
  shown_ = makeCombo(
      "shownImages",
      tr("Which {samples} galleries, charts and heat maps show: originals, degraded copies, or all"),
      {tr("All {samples}"), tr("Originals"), tr("Copies")});
  shown_->setAccessibleName(tr("Shown {samples}"));
  letShrink(shown_, 4);
  addSeparator();
  addWidget(shown_);
  auto& shown = ShownImages::of(session_);
  connect(shown_, &QComboBox::activated, &shown, [&shown](int at) { shown.set(static_cast<Shown>(at)); });
  connect(&shown, &ShownImages::changed, this, &ContextBar::fill);
  connect(scores_, &QComboBox::textActivated, &session_, &Session::setScoreTable);
  connect(features_, &QComboBox::textActivated, &session_, &Session::setFeatureTable);
  connect(protocol_, &QComboBox::textActivated, &session_, &Session::setProtocolName);
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::scoresChanged,
                      &Session::protocolChanged})
    connect(&session_, signal, this, &ContextBar::fill);
  fill();
  keepWords(session_, this);
}

QComboBox* ContextBar::addCombo(const QString& text, const QString& name, const QString& tooltip) {
  auto* label = new QLabel(QString(" %1 ").arg(text));
  label->setProperty("muted", true);
  auto* combo = makeCombo(name, tooltip);
  combo->setAccessibleName(text);
  letShrink(combo, 5);  // all stand on a small screen
  combo->setMaximumWidth(kWidestCombo);
  addWidget(label);
  addWidget(combo);
  return combo;
}

// The names of what is looked at need the room more than the words of four buttons, which have icons and
// tips.
void ContextBar::resizeEvent(QResizeEvent* event) {
  constexpr int kRoomForWords = 1200;
  setToolButtonStyle(width() < kRoomForWords ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
  QToolBar::resizeEvent(event);
}

void ContextBar::fill() {
  const auto snapshot = session_.snapshot();
  fillQuietly(scores_, toList(snapshot->scoreTables), session_.scoreTable());
  fillQuietly(features_, toList(analysis::namesOf(snapshot->featureTables)), session_.featureTable());
  fillQuietly(protocol_, toList(snapshot->protocols), session_.protocolName());
  shown_->setEnabled(!snapshot->samples.empty());
  shown_->setCurrentIndex(static_cast<int>(ShownImages::of(session_).now()));
}

}  // namespace discern::ui

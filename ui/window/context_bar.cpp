#include "ui/window/context_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include "core/analysis/defaults.h"
#include "ui/widgets/combos.h"

namespace discern::ui {
namespace {

constexpr int kSpacing = 4;  // as of everything in the tool bar (theme.cpp)

}  // namespace

ContextBar::ContextBar(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpacing);
  scores_ = add(row, "Scores", "scoreTable", "The scores every page shows");
  features_ = add(row, "Features", "featureTable", "The features templates are made of");
  protocol_ = add(row, "Protocol", "protocolName", "The comparisons accuracy is measured on");
  connect(scores_, &QComboBox::textActivated, &session_, &Session::setScoreTable);
  connect(features_, &QComboBox::textActivated, &session_, &Session::setFeatureTable);
  connect(protocol_, &QComboBox::textActivated, &session_, &Session::setProtocolName);
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::scoresChanged,
                      &Session::protocolChanged})
    connect(&session_, signal, this, &ContextBar::fill);
  fill();
}

QComboBox* ContextBar::add(QHBoxLayout* row, const QString& text, const QString& name,
                           const QString& tooltip) {
  auto* label = new QLabel(QString("  %1 ").arg(text));
  label->setProperty("muted", true);
  auto* combo = makeCombo(name, tooltip);
  combo->setAccessibleName(text);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(15);
  row->addWidget(label);
  row->addWidget(combo);
  return combo;
}

void ContextBar::fill() {
  const auto snapshot = session_.snapshot();
  fillQuietly(scores_, toList(snapshot->scoreTables), session_.scoreTable());
  fillQuietly(features_, toList(analysis::namesOf(snapshot->featureTables)), session_.featureTable());
  fillQuietly(protocol_, toList(snapshot->protocols), session_.protocolName());
}

}  // namespace discern::ui

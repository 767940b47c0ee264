#include "ui/pages/selection/choice_boxes.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/project/kind_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"

namespace discern::ui {

ChoiceBox::ChoiceBox(Session& session, const Texts& texts, QWidget* parent)
    : QGroupBox(texts.title, parent),
      session_(session),
      source_(SelectionSource::of(session)),
      combo_(makeCombo(texts.comboName, texts.comboTip)),
      note_(mutedNote(texts.noteName)) {
  combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo_->setMinimumContentsLength(8);
  auto* button = new QPushButton(texts.button);
  button->setObjectName(texts.buttonName);
  button->setToolTip(texts.buttonTip);
  auto* row = new QHBoxLayout;
  row->addWidget(combo_, 1);
  row->addWidget(button);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(row);
  layout->addWidget(note_);
  connect(button, &QPushButton::clicked, this, &ChoiceBox::asked);
  const auto allow = [this, button] { button->setEnabled(!session_.snapshot()->featureTables.empty()); };
  connect(&session_, &Session::snapshotChanged, button, allow);
  allow();
}

SelectionBox::SelectionBox(Session& session, QWidget* parent)
    : ChoiceBox(
          session,
          {tr("Selection"), "selectionName", tr("Which selection is looked at"), tr("Select…"), "selectFaces",
           tr("Works out, for every lambda at once, which {samples} are worth learning from."),
           "selectionAbout"},
          parent) {
  connect(&source_, &SelectionSource::namesChanged, this, &SelectionBox::showSelection);
  connect(&source_, &SelectionSource::pathChanged, this, &SelectionBox::showSelection);
  connect(combo_, &QComboBox::textActivated, &source_, &SelectionSource::chooseSelection);
  showSelection();
}

void SelectionBox::showSelection() {
  const auto path = source_.path();
  fillQuietly(combo_, source_.selections(), path ? QString::fromStdString(path->row().name) : QString());
  if (!path) return note_->setText(tr("None yet."));
  const qint64 all = session_.snapshot()->totals.train.identities;
  const QString features = QString::fromStdString(path->row().features);
  QString about =
      path->identities() == all
          ? inWords(session_.kind(), tr("%L1 {samples} of %L2 training {identities}, from features %3."))
                .arg(path->faces())
                .arg(path->identities())
                .arg(features)
          : inWords(session_.kind(), tr("%L1 {samples} of %L2 training {identities} (of %L3; the others have "
                                        "none), from features %4."))
                .arg(path->faces())
                .arg(path->identities())
                .arg(all)
                .arg(features);
  if (path->faces() > path->keepable())
    about += ' ' + inWords(session_.kind(),
                           tr("%L1 can never be kept: alone in their {identity} or like nobody in it."))
                       .arg(path->faces() - path->keepable());
  if (path->isOrder())
    about += ' ' + tr("Put in an order by %1.").arg(QString::fromStdString(path->method()));
  note_->setText(about);
}

MapBox::MapBox(Session& session, QWidget* parent)
    : ChoiceBox(session,
                {tr("Map"), "mapName", tr("Which map is looked at"), tr("Make…"), "makeMap",
                 tr("Lays the {samples} out in two dimensions by t-SNE; the map is drawn while it grows."),
                 "mapNote"},
                parent) {
  for (auto signal :
       {&SelectionSource::namesChanged, &SelectionSource::layoutChanged, &SelectionSource::pathChanged})
    connect(&source_, signal, this, &MapBox::showMap);
  connect(combo_, &QComboBox::textActivated, &source_, &SelectionSource::chooseMap);
  showMap();
}

void MapBox::showMap() {
  const auto layout = source_.layout();
  const auto path = source_.path();
  fillQuietly(combo_, source_.maps(), layout ? layout->name : QString());
  if (!layout) return note_->setText(tr("None yet."));
  QString note = inWords(session_.kind(), layout->note());
  if (path && layout->features.toStdString() != path->row().features)
    note += ' ' + tr("It is made from other features (%1) than the selection.").arg(layout->features);
  note_->setText(note);
}

}  // namespace discern::ui

#include "ui/widgets/combos.h"

#include <QComboBox>
#include <QSignalBlocker>

namespace discern::ui {

QComboBox* makeCombo(const QString& name, const QString& tooltip, const QStringList& items) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->addItems(items);
  return combo;
}

void fillQuietly(QComboBox* combo, const QStringList& names, const QString& chosen) {
  const QSignalBlocker blocker(combo);
  combo->clear();
  combo->addItems(names);
  combo->setCurrentText(chosen);
  combo->setEnabled(!names.isEmpty());
}

void refill(QComboBox* combo, const QStringList& items, QString (*title)(const QString&)) {
  QStringList before;
  for (int i = 0; i < combo->count(); ++i) before << combo->itemData(i).toString();
  if (before == items) return;
  const QString chosen = combo->currentData().toString();
  const QSignalBlocker blocker(combo);
  combo->clear();
  for (const QString& item : items) combo->addItem(title != nullptr ? title(item) : item, item);
  if (items.contains(chosen)) combo->setCurrentIndex(int(items.indexOf(chosen)));
  combo->setEnabled(!items.isEmpty());
}

void letShrink(QComboBox* combo, int letters) {
  combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  combo->setMinimumContentsLength(letters);
}

QStringList toList(const std::vector<std::string>& names) {
  QStringList result;
  for (const std::string& name : names) result << QString::fromStdString(name);
  return result;
}

}  // namespace discern::ui

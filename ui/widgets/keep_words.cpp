#include "ui/widgets/keep_words.h"

#include <QComboBox>
#include <QPointer>
#include <QTableWidget>
#include <QWidget>
#include <vector>

namespace discern::ui {
namespace {

using Say = std::function<void(const data::GroupKind&)>;

bool hasPlaces(const QString& text) { return text.contains('{'); }

void keepProperties(QWidget* widget, std::vector<Say>& kept) {
  for (const char* name : {"text", "title", "toolTip", "accessibleName", "placeholderText"}) {
    const QString pattern = widget->property(name).toString();
    if (!hasPlaces(pattern)) continue;
    kept.push_back([widget = QPointer(widget), name, pattern](const data::GroupKind& kind) {
      if (widget) widget->setProperty(name, inWords(kind, pattern));
    });
  }
}

void keepChoices(QComboBox* combo, std::vector<Say>& kept) {
  for (int i = 0; i < combo->count(); ++i)
    if (const QString pattern = combo->itemText(i); hasPlaces(pattern))
      kept.push_back([combo = QPointer(combo), i, pattern](const data::GroupKind& kind) {
        if (combo) combo->setItemText(i, inWords(kind, pattern));
      });
}

void keepHeader(QTableWidget* table, std::vector<Say>& kept) {
  for (int i = 0; i < table->columnCount(); ++i)
    if (const auto* item = table->horizontalHeaderItem(i); item != nullptr && hasPlaces(item->text()))
      kept.push_back([table = QPointer(table), i, pattern = item->text()](const data::GroupKind& kind) {
        if (table && table->horizontalHeaderItem(i) != nullptr)
          table->horizontalHeaderItem(i)->setText(inWords(kind, pattern));
      });
}

}  // namespace

void keepWords(Session& session, QWidget* root) {
  std::vector<Say> kept;
  auto widgets = root->findChildren<QWidget*>();
  widgets << root;
  for (QWidget* widget : widgets) {
    keepProperties(widget, kept);
    if (auto* combo = qobject_cast<QComboBox*>(widget)) keepChoices(combo, kept);
    if (auto* table = qobject_cast<QTableWidget*>(widget)) keepHeader(table, kept);
  }
  if (kept.empty()) return;
  followKind(session, root, [kept](const data::GroupKind& kind) {
    for (const Say& say : kept) say(kind);
  });
}

}  // namespace discern::ui

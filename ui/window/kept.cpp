#include "ui/window/kept.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSpinBox>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <algorithm>
#include <vector>

#include "ui/settings/settings.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

constexpr int kWidestColumn = 4000;

QString toText(const QJsonObject& object) {
  return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject toObject(const QString& text) { return QJsonDocument::fromJson(text.toUtf8()).object(); }

std::vector<int> numbers(const QJsonValue& value) {
  std::vector<int> result;
  for (const QJsonValue& item : value.toArray()) result.push_back(item.toInt(-1));
  return result;
}

// {"columns", "order": logical columns from left to right, "widths": 0 of hidden ones, "sort", "descending"}
QJsonObject stateOf(const QHeaderView& header) {
  QJsonArray order, widths;
  for (int visual = 0; visual < header.count(); ++visual) order.append(header.logicalIndex(visual));
  for (int column = 0; column < header.count(); ++column) widths.append(header.sectionSize(column));
  return {{"columns", header.count()},
          {"order", order},
          {"widths", widths},
          {"sort", header.sortIndicatorSection()},
          {"descending", header.sortIndicatorOrder() == Qt::DescendingOrder}};
}

bool isOrder(std::vector<int> order, int columns) {
  std::ranges::sort(order);
  for (int i = 0; i < columns; ++i)
    if (i >= std::ssize(order) || order[std::size_t(i)] != i) return false;
  return std::ssize(order) == columns;
}

QTableView* tableOf(const QHeaderView& header) { return qobject_cast<QTableView*>(header.parentWidget()); }

QString isIn(const QString& text, int count) { return text + '/' + QString::number(count); }

// "2/5": the third of five; -1: of other entries.
int entryOf(const QString& text, int count) {
  for (int i = 0; i < count; ++i)
    if (text == isIn(QString::number(i), count)) return i;
  return -1;
}

}  // namespace

Kept::Kept(Settings& settings, QObject* parent) : QObject(parent), settings_(settings) {}

void Kept::write(const QString& key, const QString& text) {
  if (storing_) settings_.setText(key, text);
}

void Kept::keep(QWidget& root, const QString& key) {
  for (auto* splitter : root.findChildren<QSplitter*>())
    if (!splitter->objectName().isEmpty())
      keepSplitter(splitter, QString("%1/split/%2").arg(key, splitter->objectName()));
  for (auto* table : root.findChildren<QTableView*>())
    if (!table->objectName().isEmpty())
      keepHeader(table->horizontalHeader(), QString("%1/columns/%2").arg(key, table->objectName()));
  for (auto* widget : root.findChildren<QWidget*>())
    if (isKeptChoice(*widget) && !widget->objectName().isEmpty())
      keepChoiceOf(widget, QString("%1/choice/%2").arg(key, widget->objectName()));
  for (auto* form : root.findChildren<JobForm*>()) {
    const QString job = form->objectName();
    if (job.isEmpty()) continue;
    restore(*form, job);
    connect(form, &JobForm::changed, this, [this, form, job] { store(*form, job); });
  }
}

void Kept::restore(JobForm& form, const QString& job) const {
  form.restoreValues(settings_.text("form/" + job));
}

void Kept::store(const JobForm& form, const QString& job) { write("form/" + job, form.keptValues()); }

void Kept::keepSplitter(QSplitter* splitter, const QString& key) {
  const std::vector<int> sizes = numbers(QJsonDocument::fromJson(settings_.text(key).toUtf8()).array());
  const bool fits = std::ssize(sizes) == splitter->count() && splitter->count() > 0 &&
                    std::ranges::all_of(sizes, [](int size) { return size >= 0 && size <= 100'000; }) &&
                    std::ranges::any_of(sizes, [](int size) { return size > 0; });
  if (fits) splitter->setSizes({sizes.begin(), sizes.end()});
  connect(splitter, &QSplitter::splitterMoved, this, [this, splitter, key] {
    QJsonArray now;
    for (const int size : splitter->sizes()) now.append(size);
    write(key, QString::fromUtf8(QJsonDocument(now).toJson(QJsonDocument::Compact)));
  });
}

void Kept::keepHeader(QHeaderView* header, const QString& key) {
  header->setSectionsMovable(true);
  headers_[header] = key;
  restoreHeader(header, key);
  // A table whose columns come with what is shown.
  connect(header, &QHeaderView::sectionCountChanged, this, [this, header, key](int before, int now) {
    if (before == 0 && now > 0) restoreHeader(header, key);
  });
  connect(header, &QObject::destroyed, this, [this, header] { headers_.remove(header); });
  header->viewport()->installEventFilter(this);
}

void Kept::restoreHeader(QHeaderView* header, const QString& key) {
  const QJsonObject stored = toObject(settings_.text(key));
  const int columns = header->count();
  if (columns == 0 || stored["columns"].toInt() != columns) return;
  if (const auto order = numbers(stored["order"]); isOrder(order, columns))
    for (int visual = 0; visual < columns; ++visual)
      header->moveSection(header->visualIndex(order[std::size_t(visual)]), visual);
  if (const auto widths = numbers(stored["widths"]); std::ssize(widths) == columns) {
    for (int column = 0; column < columns; ++column)
      if (const int width = widths[std::size_t(column)]; width > 0 && width <= kWidestColumn)
        header->resizeSection(column, width);
    if (tableOf(*header) != nullptr) leaveColumns(*tableOf(*header));
  }
  const int sort = stored["sort"].toInt(-1);
  if (sort >= 0 && sort < columns && header->isSortIndicatorShown())
    header->setSortIndicator(sort, stored["descending"].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
}

// Only what a hand did between its press and its release is a person's; the rest follows what is shown.
bool Kept::eventFilter(QObject* object, QEvent* event) {
  auto* header = qobject_cast<QHeaderView*>(object->parent());
  const bool pressed =
      event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
  if (header != nullptr && headers_.contains(header) && pressed)
    header->setProperty("before", stateOf(*header).toVariantMap());
  if (header != nullptr && headers_.contains(header) && event->type() == QEvent::MouseButtonRelease)
    QTimer::singleShot(0, header, [this, header] {  // once the head has done it
      storeHeader(header, QJsonObject::fromVariantMap(header->property("before").toMap()));
    });
  return QObject::eventFilter(object, event);
}

void Kept::storeHeader(QHeaderView* header, const QJsonObject& before) {
  const QString key = headers_.value(header);
  const QJsonObject now = stateOf(*header);
  if (now["columns"] != before["columns"]) return;
  QJsonObject stored = toObject(settings_.text(key));
  if (stored["columns"] != now["columns"]) stored = {{"columns", now["columns"]}};
  bool any = false;
  for (const char* part : {"order", "widths", "sort", "descending"})
    if (now[part] != before[part]) {
      stored[part] = now[part];
      any = true;
    }
  if (now["sort"] != before["sort"]) stored["descending"] = now["descending"];
  if (now["descending"] != before["descending"]) stored["sort"] = now["sort"];
  if (now["widths"] != before["widths"] && tableOf(*header) != nullptr) leaveColumns(*tableOf(*header));
  if (any) write(key, toText(stored));
}

void Kept::keepChoiceOf(QWidget* widget, const QString& key) {
  const QString stored = settings_.text(key);
  if (auto* combo = qobject_cast<QComboBox*>(widget)) {
    if (const int at = entryOf(stored, combo->count()); at >= 0 && at != combo->currentIndex()) {
      combo->setCurrentIndex(at);
      emit combo->activated(at);
    }
    connect(combo, &QComboBox::currentIndexChanged, this, [this, combo, key](int at) {
      if (at >= 0) write(key, isIn(QString::number(at), combo->count()));
    });
  } else if (auto* tabs = qobject_cast<QTabWidget*>(widget)) {
    if (const int at = entryOf(stored, tabs->count()); at >= 0) tabs->setCurrentIndex(at);
    connect(tabs, &QTabWidget::currentChanged, this,
            [this, tabs, key](int at) { write(key, isIn(QString::number(at), tabs->count())); });
  } else if (auto* button = qobject_cast<QAbstractButton*>(widget)) {
    if (stored == "on" || stored == "off") button->setChecked(stored == "on");
    connect(button, &QAbstractButton::toggled, this, [this, key](bool on) { write(key, on ? "on" : "off"); });
  } else if (auto* slider = qobject_cast<QAbstractSlider*>(widget)) {
    bool ok = false;
    if (const int value = stored.toInt(&ok); ok) slider->setValue(value);
    connect(slider, &QAbstractSlider::valueChanged, this,
            [this, key](int value) { write(key, QString::number(value)); });
  } else if (auto* spin = qobject_cast<QSpinBox*>(widget)) {
    bool ok = false;
    if (const int value = stored.toInt(&ok); ok) spin->setValue(value);
    connect(spin, &QSpinBox::valueChanged, this,
            [this, key](int value) { write(key, QString::number(value)); });
  }
}

}  // namespace discern::ui

// Combo boxes of names, as pages and tool bar have them.
#pragma once

#include <QStringList>
#include <string>
#include <vector>

class QComboBox;
class QTableView;
class QWidget;

namespace discern::ui {

QComboBox* makeCombo(const QString& name, const QString& tooltip, const QStringList& items = {});
// These entries and this choice, without a signal; without entries it cannot be used.
void fillQuietly(QComboBox* combo, const QStringList& names, const QString& chosen);
// Other entries, each with its own word as its data, while the chosen one stays.
void refill(QComboBox* combo, const QStringList& items, QString (*title)(const QString&) = nullptr);
// As wide as its entries where there is room, and `letters` where there is not.
void letShrink(QComboBox* combo, int letters = 4);
// A choice of how something is shown, with the same entries in every project: kept between starts.
void keepChoice(QWidget* widget);
bool isKeptChoice(const QWidget& widget);
// From now on the columns fill the width and are never more: `names` share what the others, as wide as what
// stands in them, leave; what does not fit is cut with dots. Without names the last one takes what is left.
void fitToWidth(QTableView& table, const std::vector<int>& names);
// As wide as what stands in them, until a person has made them otherwise.
void fitColumns(QTableView& table);
void leaveColumns(QTableView& table);  // a person has
bool columnsLeft(const QTableView& table);
QStringList toList(const std::vector<std::string>& names);

}  // namespace discern::ui

// Colour, dash and marker belong to a name: in every chart, on every page and between runs.
#pragma once

#include <QStringList>
#include <vector>

class QObject;

namespace discern::ui {

// What people read of the name of a series of `chart`: the program's own names in the window's language, but
// for a chart whose property "ownNames" says that its names are values of somebody's table.
QString shownName(const QObject& chart, const QString& name);
// The style that a name has by itself. Of what the program knows - aggregations, kinds of scores, modes of
// students - it is fixed, of anything else it follows from the letters alone.
int styleOf(const QString& name);
// The names of what a legend puts together, and of what has no value: both are grey. No value of a table is
// called so.
QString otherName();
QString unknownName();
// Of the names of one chart. What the program knows has its own, whatever it meets; of the others no two are
// alike as long as there are styles enough. In whatever order the names come, each has the same. beside:
// names that are not drawn now and may be soon: nobody changes when they are. A name without letters has
// style 0.
std::vector<int> stylesOf(const QStringList& names, const QStringList& beside = {});

}  // namespace discern::ui

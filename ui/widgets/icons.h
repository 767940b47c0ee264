// The line icons of resources/icons, in the colour of the palette of the moment.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace discern::ui {

// "data", "run", ...: the file's name. Follows the application's palette when it is painted, light or dark.
// An unknown name gives an empty icon.
QIcon icon(const QString& name);
QPixmap iconPixmap(const QString& name, int size, const QColor& colour, double pixelRatio = 1.0);
// Text of resources/style/workbench.qss, for QApplication::setStyleSheet.
QString styleSheet();

}  // namespace discern::ui

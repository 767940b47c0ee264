// Charts and pages as files: the same code for the menu and for a machine without a display.
#pragma once

#include <QSize>
#include <QStringList>

namespace discern::ui {

class Session;
class Workspace;

inline constexpr int kSettleMs = 60000;

// Lets events run until every page is settled; false when that takes longer.
bool waitSettled(const Workspace& workspace, int timeoutMs = kSettleMs);
// Every chart of every page that has something to show, as PNG, SVG, PDF and CSV, and the pages' own files.
// Returns how many charts. Throws discern::Error.
int exportCharts(const Workspace& workspace, const QString& folder);
// NAME.png of `window` with every page, once it has settled; of the start page where no project is open.
// Returns the files. Throws discern::Error.
QStringList savePictures(QWidget& window, Workspace& workspace, Session& session, const QString& folder);

}  // namespace discern::ui

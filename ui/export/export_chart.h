// Writes a chart to a file: .png, .svg, .pdf or .csv by its extension. Throws discern::Error; never half a
// file.
#pragma once

#include <QSize>
#include <QString>

namespace discern::ui {

class Chart;

void exportChart(Chart& chart, const QString& file, QSize size = {1200, 800});
// All four beside each other: FOLDER/NAME.png, .svg, .pdf, .csv.
void exportChartAll(Chart& chart, const QString& folder, QSize size = {1200, 800});

}  // namespace discern::ui

// What the charts of single faces on the Selection page have in common.
#pragma once

#include <QString>
#include <functional>

namespace discern::ui {

class ScatterChart;
class SelectionSource;
class Session;

// What is kept now: "λ −0.0123", or of an order "the first 80 %".
QString amountText(const SelectionSource& source);
QString lambdaText(double lambda);  // "−0.0123"
// Identity, file, the lambda from which it is kept, and score: a line each.
QString describeFace(Session& session, int sample);

// A click chooses a face on every page, a lasso several, a double click calls `inspect`; a face is told by
// its identity, file, the lambda from which it is kept, and score. sampleOf: the sample of a dot; -1: none.
void followFaces(ScatterChart& chart, Session& session, std::function<int(int dot)> sampleOf,
                 std::function<void(int sample)> inspect);

}  // namespace discern::ui

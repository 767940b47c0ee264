// Numbers as every page writes them.
#pragma once

#include <QString>

namespace discern::ui {

// "0.412", "−0.031"; "0.000" of what is 0 once it is rounded; "–" of what is no number.
QString numberText(double value, int digits = 3);
// The same with its sign: "+0.031", "−0.031", "0.000".
QString signedText(double value, int digits = 3);

}  // namespace discern::ui

// The readers behind number_rows.h, one a kind of file.
#pragma once

#include <memory>

#include "datasets/number_rows.h"

namespace discern::datasets {

enum class Wanted { Features, Score };

data::NumberRows readNpyRows(const NumberSource& source, Wanted wanted);
data::NumberRows readNpzRows(const NumberSource& source, Wanted wanted);
data::NumberRows readPickleRows(const NumberSource& source, Wanted wanted);
data::NumberRows readTextRows(const NumberSource& source, Wanted wanted, Progress& progress);

// Columns that hold the file of an image, and whose it is, by the names that people give them.
const std::vector<std::string_view>& pathNames();
const std::vector<std::string_view>& labelNames();

}  // namespace discern::datasets

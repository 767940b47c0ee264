#include "core/pipeline/unfinished.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace discern::pipeline {

Unfinished unfinishedOf(const std::vector<std::int64_t>& rows, int batch, data::MatrixView values) {
  const auto isMade = [&](std::int64_t row) { return data::isFinite(values.row(row)); };
  const auto last = std::find_if(rows.rbegin(), rows.rend(), isMade);
  if (last == rows.rend()) return {{}, rows};
  const auto place = rows.rend() - last - 1;
  const auto first = rows.begin() + place / batch * batch;
  Unfinished left;
  std::copy_if(rows.begin(), first, std::back_inserter(left.failed), std::not_fn(isMade));
  left.rest.assign(first, rows.end());
  return left;
}

}  // namespace discern::pipeline

// Whose each row of somebody's numbers is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/number_rows.h"
#include "core/jobs/import_numbers.h"
#include "core/pipeline/inputs.h"
#include "core/results/import_numbers.h"

namespace discern::pipeline {

constexpr std::int64_t kNoRow = -1;

struct RowMatch {
  std::vector<std::int64_t> rowOf;  // by sample
  results::MatchedRows counts;
};

// Of the originals of a project (by row also of their copies, where there are as many rows). Throws Error.
RowMatch matchRows(const data::NumberRows& rows, const jobs::MatchOptions& options,
                   const std::vector<project::SampleRow>& samples,
                   const std::vector<project::IdentityRow>& identities);

// Samples without a picture, one a path: whose they are is the label of the row, or the folder of the path.
// rowOf is by sample of the data set. Throws FieldError: nothing says whose, or what.
struct MadeSet {
  data::Dataset dataset;
  RowMatch match;
};
MadeSet makeSet(const data::NumberRows& rows, const std::string& name);

}  // namespace discern::pipeline

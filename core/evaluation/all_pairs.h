// Verification of every template against every other one, for benchmarks that list no pairs: a list of them
// would not fit in memory, so they are compared twice and counted.
#pragma once

#include <span>

#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {

// templates: rows of unit length; identity: of each, a pair is genuine where both are of one; a row of nobody
// (below 0) takes no part. The same numbers as verify() of the listed pairs, in memory that does not grow
// with them: TAR, threshold and FAR of each operating point are exact; AUC, EER and ROC are read off bins of
// similarities that agree in their leading 12 binary digits, as if those were equal. Without intervals
// (options.bootstraps counts for nothing). Throws Error: no genuine or no impostor pair, a similarity that is
// not finite.
VerificationResult verifyAllPairs(data::MatrixView templates, std::span<const int> identity,
                                  const VerificationOptions& options, Progress& progress);

}  // namespace discern::evaluation

// The pairs of a protocol, compared.
#pragma once

#include <vector>

#include "core/analysis/pair_products.h"
#include "core/data/dataset.h"
#include "core/data/matrix.h"
#include "core/evaluation/verification.h"

namespace discern::pipeline {

struct ComparedPairs {
  std::vector<float> values;  // a pair each
  std::vector<bool> genuine;
  std::vector<int> fold;                // empty without folds
  evaluation::Comparisons comparisons;  // the same, by truth
};
// templates: a row each, of unit length. order: of the protocol's pairs, for who compares them more than
// once.
ComparedPairs comparePairs(const data::Protocol& protocol, const data::Matrix& templates,
                           const analysis::PairOrder& order);
ComparedPairs comparePairs(const data::Protocol& protocol, const data::Matrix& templates);

// Every template as the mean of its unit features, no scores involved: how recognisers are compared with each
// other. Pairs of templates without a usable feature are left out.
struct PlainVerification {
  evaluation::VerificationResult verification;
  evaluation::FoldResult folds;  // empty unless the protocol has two folds or more
};
// features: one row a sample; rows of samples outside the protocol are not looked at.
PlainVerification verifyAverage(const data::Protocol& protocol, data::MatrixView features);

}  // namespace discern::pipeline

// Error versus discard of every score table of a project.
#pragma once

#include <vector>

#include "core/data/dataset.h"
#include "core/data/score_table.h"
#include "core/evaluation/edc.h"
#include "core/pipeline/compare.h"
#include "core/results/evaluate.h"

namespace discern::pipeline {

// A pair is as good as its worse template, a template as its samples' mean score; a sample without a score
// counts as 0.
std::vector<float> pairQuality(const data::Protocol& protocol, const data::ScoreTable& table);

// Pairs leave by the quality that each table gives them. A table that is older than images of the protocol is
// left out: it would look as if it knew them to be bad.
std::vector<results::EdcCurve> edcCurves(const std::vector<data::ScoreTable>& tables,
                                         const data::Protocol& protocol, const ComparedPairs& pairs,
                                         const evaluation::EdcOptions& options);

}  // namespace discern::pipeline

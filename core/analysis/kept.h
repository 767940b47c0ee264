// Which samples of a template an aggregation uses.
#pragma once

#include <span>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/data/dataset.h"

namespace discern::analysis {

// The templates' samples, in the protocol's order.
std::vector<std::vector<int>> groupsOf(const data::Protocol& protocol);

// Of each group the samples that DDL keeps: above the threshold, else
// the best one (of equal ones the earlier); all, where no score is known. scores: one a sample.
std::vector<std::vector<int>> keptOf(std::vector<std::vector<int>> groups, std::span<const float> scores,
                                     double threshold);

// Share of the protocol's samples that an aggregation uses; 1 without any sample.
double keptShare(const data::Protocol& protocol, std::span<const float> scores,
                 const aggregation::Options& options);

// Of every sample of the protocol the threshold at which its template drops it, ascending: its score,
// infinity for a template's best one and where no score is known, -infinity for one without a score beside
// others that have some.
std::vector<float> leavingThresholds(const data::Protocol& protocol, std::span<const float> scores);

// Finite scores of the protocol's samples, ascending, one a place in a template.
std::vector<float> scoresInTemplates(const data::Protocol& protocol, std::span<const float> scores);

}  // namespace discern::analysis

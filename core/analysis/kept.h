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

// Of every sample what the operating point makes of it: in templates as keptOf (kept in one of them is kept),
// outside of them whether its score is above the threshold. protocol may be null.
enum class Use : unsigned char { Unknown, Dropped, Kept };
std::vector<Use> usesOf(const data::Protocol* protocol, std::span<const float> scores, double threshold);

// Share of the protocol's samples that an aggregation uses; 1 without any sample.
double keptShare(const data::Protocol& protocol, std::span<const float> scores,
                 const aggregation::Options& options);

// Of each sample of one group the threshold at which the group drops it: its score, infinity for the best one
// (of equal ones the earlier) and where no score is known, -infinity for one without a score beside others
// that have some. What does not exceed a threshold is dropped by it.
std::vector<float> leavingOf(std::span<const int> group, std::span<const float> scores);

// The same of every sample of the protocol, ascending.
std::vector<float> leavingThresholds(const data::Protocol& protocol, std::span<const float> scores);

// Finite scores of the protocol's samples, ascending, one a place in a template.
std::vector<float> scoresInTemplates(const data::Protocol& protocol, std::span<const float> scores);

}  // namespace discern::analysis

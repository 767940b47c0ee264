// The result of every job that keeps one with its run.
#pragma once

#include "core/results/aggregate.h"
#include "core/results/compare.h"
#include "core/results/data_results.h"
#include "core/results/evaluate.h"
#include "core/results/explained.h"
#include "core/results/import_numbers.h"
#include "core/results/scores.h"
#include "core/results/selection.h"
#include "core/results/slices.h"
#include "core/results/students.h"
#include "core/results/templates.h"
#include "core/results/training.h"
#include "core/results/upkeep.h"

namespace discern::results {

// visit(R{}), in the order in which a project is worked through; R::kJob is the job.
template <class Visit>
void visitResults(Visit&& visit) {
  visit(ImportResult{});
  visit(ImportFeaturesResult{});
  visit(ImportScoresResult{});
  visit(RoleResult{});
  visit(MergeResult{});
  visit(ExcludeResult{});
  visit(AlignResult{});
  visit(RefreshResult{});
  visit(RepointResult{});
  visit(RenameResult{});
  visit(RemoveResult{});
  visit(ProtocolResult{});
  visit(ConvertResult{});
  visit(ExtractResult{});
  visit(ScoreJobResult{});
  visit(TrainBaseResult{});
  visit(TrainDdnetResult{});
  visit(TrainHeadResult{});
  visit(TrainAggregatorResult{});
  visit(PredictResult{});
  visit(ExplainResult{});
  visit(EvaluateResult{});
  visit(AggregateResult{});
  visit(SweepJobResult{});
  visit(CompareResult{});
  visit(TemplatesResult{});
  visit(SlicesResult{});
  visit(SelectResult{});
  visit(MapResult{});
  visit(DistilResult{});
  visit(CostResult{});
  visit(IdentifyResult{});
}

}  // namespace discern::results

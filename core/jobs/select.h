// select: the faces worth learning from; tsne: a map of them.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/base/field.h"
#include "core/data/lengths.h"
#include "core/embedding/tsne.h"
#include "core/jobs/shards.h"
#include "core/project/project.h"

namespace discern::jobs {

struct SelectOptions {
  std::string features;  // feature table; empty: the newest
  std::string name = "selection";
  std::string method = "path";                               // of selection/methods.def
  double lambda = std::numeric_limits<double>::quiet_NaN();  // of a cut, raw
  data::Lengths lengths = data::Lengths::Unit;               // of the features that a centroid is the mean of
  std::vector<double> lambdas;  // shown in the result (raw, <= 0); empty: up to ten that keep about 5 .. 100
                                // % of what can be kept
  // D-score table to compare with, and of a method that drops by scores; empty: one of these features, if
  // there is any.
  std::string scores;
  // > 0: a trial that gives this share of the faces another identity's name first, to see how many of them
  // are discarded. Its path is stored as NAME-trial, and nothing is distilled with it.
  double swapLabels = 0;
  std::uint64_t seed = 1;
  Device device = Device::Cpu;
  ShardOptions shards;
};
const Fields<SelectOptions>& selectFields();

struct MapOptions {
  std::string features;  // feature table; empty: the newest
  std::string name = "tsne";
  project::Role role = project::Role::Train;
  std::vector<std::string> identities;  // only theirs (or SET/NAME); empty: all of the role
  int most = 0;                         // > 0: only of so many identities, those with most images
  std::string kept;             // only faces that a selection keeps: NAME, NAME@LAMBDA, NAME@80%; empty: all
  std::int64_t limit = 10'000;  // at most so many faces, drawn evenly at random; 0: all
  double storeSeconds = 0.4;    // between two intermediate layouts in the project
  embedding::TsneOptions tsne;  // its seed draws the sample too
};
const Fields<MapOptions>& mapFields();

}  // namespace discern::jobs

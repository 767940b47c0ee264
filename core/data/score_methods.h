// How scores come about, by name (ScoreTable::method): what lists of them show.
#pragma once

#include <string>
#include <vector>

#include "core/base/registry.h"

namespace discern::data {

struct ScoreMethod {
  std::string name;
  // What it needs of an image: features of the base model (of the image alone, without identities; of its
  // identity's other images too, with them), its pixels, a detector's word.
  bool features = false, identities = false, pixels = false, detector = false;
  bool told = false;      // by a trained network ('discern predict')
  bool given = false;     // in a file of somebody else's ('discern import-scores'); neither: 'discern score'
  bool truth = false;     // what a DDNet and a head are trained to tell
  std::string help = {};  // one line
};

// Those of score_methods.def. Another computed one is registered with pipeline::registerScore, which also
// takes its function.
Registry<ScoreMethod>& scoreMethods();
std::vector<std::string> computedScores();       // names of those that 'discern score' computes
std::string needsOf(const ScoreMethod& method);  // "features, identities"
bool isComputed(const ScoreMethod& method);      // by 'discern score'
// The command that makes such scores: score, predict or import-scores.
const char* commandOf(const ScoreMethod& method);

}  // namespace discern::data

// The networks that core/networks makes, by name: what a list of them shows. Free of LibTorch.
#pragma once

#include <string>
#include <vector>

#include "core/base/registry.h"

namespace discern::catalog {

struct NetworkInfo {
  std::string name;
  std::string kind = "base";           // "ddnet" (predicts a score), "base" (a recogniser) or "student"
  std::string help = {};               // one line
  std::string recipe = "insightface";  // that makes its input (features/recipe.h)
  int size = 112;                      // the usual input, in pixels across
  int dims = 0;                        // of the feature, where it is fixed; 0: any
  bool published = false;              // its weights come from elsewhere: it is not offered for training
  // Of imported weights: how the names of their classifier's tensors start, which are left out, and the
  // tensors whose rows tell the length of the feature, of the identity layer and the width (64 at 1).
  std::string classifier = {}, dimsTensor = {}, identityTensor = {}, widthTensor = {};
  std::string importedRecipe = {};  // of published weights, where it is not that of a training here
  bool square = false;              // takes squares alone; else any height and width
  bool dropout = false;             // has a layer that drops out in training
  bool clips = false;               // takes samples of several frames
  int frames = 1;                   // the usual ones
  // Imported weights without the layers behind dimsTensor make the last average the feature.
  bool average = false;
};

// Those of networks.def. To register another one call networks::registerNetwork, which takes its factory too.
Registry<NetworkInfo>& networks();
// Whether train-ddnet ("ddnet") or train-base ("base") may train it.
bool isTrainable(const NetworkInfo& network, const std::string& kind);
std::vector<std::string> trainableNetworks(const std::string& kind);
// Whether import-weights may be asked for it.
bool isImportable(const NetworkInfo& network);

}  // namespace discern::catalog

// Several base models as one: "ensemble:A,B@recipe".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/features/base_model.h"

namespace discern::features {

struct EnsembleMember {
  std::string file, recipe;  // recipe empty: the ensemble's
};
bool isEnsemble(const std::string& model);
std::vector<EnsembleMember> ensembleMembers(
    const std::string& model);  // throws Error: fewer than two, one empty
std::unique_ptr<BaseModel> openEnsemble(const std::string& model, const Recipe& recipe, Device device);

}  // namespace discern::features

// Several base models as one: "ensemble:A,B@recipe".
#pragma once

#include <memory>
#include <string>

#include "core/features/base_model.h"

namespace discern::features {

bool isEnsemble(const std::string& model);
std::unique_ptr<BaseModel> openEnsemble(const std::string& model, const Recipe& recipe, Device device);

}  // namespace discern::features

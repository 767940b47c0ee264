// Looks through the code of a TorchScript archive before LibTorch reads it.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace discern::features {

// Whether LibTorch has an operator of this name for tensors ("save", without "aten::").
using IsOperator = std::function<bool(const std::string& name)>;

// `sources`: the texts of the archive's code by file name. Every operator, method and attribute that a text
// names has to be on a list (what networks compute with; nothing that saves, loads, maps or reaches out) or
// to be declared by the archive itself under a name that is no other operator's. Over-strict on purpose: it
// reads what LibTorch writes, and not what else its parser would take. Throws Error naming `archive` and what
// is not allowed.
void checkTorchCode(const std::map<std::string, std::string>& sources, const std::string& archive,
                    const IsOperator& isOperator);

}  // namespace discern::features

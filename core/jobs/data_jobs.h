// role, merge, exclude, export, import-weights: small jobs on what is there.
#pragma once

#include <string>

#include "core/base/field.h"
#include "core/project/project.h"

namespace discern::jobs {

struct RoleOptions {
  std::string identities, set, protocol;  // one of the three; identities: a list, or one name with a comma
  int minImages = 0;
  project::Role role = project::Role::Train;
};
const Fields<RoleOptions>& roleFields();

struct MergeOptions {
  std::string from, into;  // identities; into empty: take a merge back
};
const Fields<MergeOptions>& mergeFields();

struct ExcludeOptions {
  std::string identities;
  bool undo = false;
};
const Fields<ExcludeOptions>& excludeFields();

struct ExportOptions {
  std::string out;  // folder; empty: PROJECT/exports
  bool numbersOnly = false;
};
const Fields<ExportOptions>& exportFields();

struct ImportWeightsOptions {
  std::string npz, architecture, out;
};
const Fields<ImportWeightsOptions>& importWeightsFields();

}  // namespace discern::jobs

// role, merge, exclude, align, export, import-weights: small jobs on what is there.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/project/project.h"
#include "core/project/upkeep.h"

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

struct RenameOptions {
  project::Entry kind = project::Entry::Set;
  std::string name, to;
};
const Fields<RenameOptions>& renameFields();

struct RemoveOptions {
  project::Entry kind = project::Entry::Set;
  std::string name;
};
const Fields<RemoveOptions>& removeFields();

struct RepointOptions {
  std::string set, to;
};
const Fields<RepointOptions>& repointFields();

struct RefreshOptions {
  std::string set;  // empty: all
};
const Fields<RefreshOptions>& refreshFields();

struct AlignOptions {
  int sample = -1;
  std::vector<double> landmarks;  // x1, y1, .. x5, y5 in pixels of the photograph
};
const Fields<AlignOptions>& alignFields();

struct ExportOptions {
  std::string out;  // folder; empty: PROJECT/exports
  bool numbersOnly = false;
};
const Fields<ExportOptions>& exportFields();

struct ImportWeightsOptions {
  std::string npz, architecture, out;
};
const Fields<ImportWeightsOptions>& importWeightsFields();

struct ConvertOptions {
  std::string path;  // a checkpoint of an earlier version, or a project
};
const Fields<ConvertOptions>& convertFields();

// What is given changes the project's operating point (analysis/operating_point.h), the rest of it stays.
struct PointOptions {
  std::string features, scores, weights, protocol, rescale;
  double threshold = std::numeric_limits<double>::quiet_NaN(), far = std::numeric_limits<double>::quiet_NaN();
};
const Fields<PointOptions>& pointFields();

}  // namespace discern::jobs

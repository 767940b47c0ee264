// role, merge, exclude, align, export, import-weights: small jobs on what is there.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/base/names.h"
#include "core/project/project.h"
#include "core/project/upkeep.h"

namespace discern::jobs {

struct RoleOptions {
  std::string identities, set, protocol;  // one of the three; identities: a list, or one name with a comma
  int minImages = 0;
  int count = 0;  // > 0: so many of a set or a protocol, drawn by the seed
  std::uint64_t seed = 1;
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

enum class ExportPart { Numbers, Charts, Marks, Lists, Protocol, Features, Records, Tree };
inline const auto& namesOf(ExportPart) {
  static constexpr std::array<Named<ExportPart>, 8> kNames{
      {{ExportPart::Numbers, "numbers", "every number as CSV and JSON"},
       {ExportPart::Charts, "charts", "report and charts, drawn by discern-workbench"},
       {ExportPart::Marks, "marks", "marks.csv, what people decided about images, which mark reads"},
       {ExportPart::Lists, "lists", "kept.txt, removed.txt, and decisions.csv with reasons and scores"},
       {ExportPart::Protocol, "protocol", "templates.csv and pairs.csv of kept images, which import reads"},
       {ExportPart::Features, "features", "features of kept images as .npy, with a .txt of their paths"},
       {ExportPart::Records, "records", "kept images as InsightFace's train.rec and train.idx"},
       {ExportPart::Tree, "tree", "kept images as a folder an identity"}}};
  return kNames;
}
enum class TreeFiles { Copy, Link, Symlink };
inline const auto& namesOf(TreeFiles) {
  static constexpr std::array<Named<TreeFiles>, 3> kNames{
      {{TreeFiles::Copy, "copy", "files of their own"},
       {TreeFiles::Link, "link", "hard links: no space, and what changes one changes the other"},
       {TreeFiles::Symlink, "symlink", "symbolic links to where the images are"}}};
  return kNames;
}

struct ExportOptions {
  std::string out;  // folder; empty: PROJECT/exports
  std::vector<ExportPart> what = {ExportPart::Numbers, ExportPart::Charts};
  bool numbersOnly = false;        // no charts
  std::string kept = "point";      // point, all, SELECTION, SELECTION@LAMBDA or @80%
  std::string set;                 // only its images; empty: all
  std::string protocol, features;  // empty: of the operating point
  TreeFiles treeFiles = TreeFiles::Copy;

  bool asks(ExportPart part) const;
  bool asksForKept() const;  // for what depends on which images are kept
};
const Fields<ExportOptions>& exportFields();

struct ImportWeightsOptions {
  std::string npz, architecture, out;
  int size = 0, frames = 0;  // of the input; 0: the usual ones of the network
};
const Fields<ImportWeightsOptions>& importWeightsFields();

struct ConvertOptions {
  std::string path;  // a checkpoint of an earlier version, or a project
};
const Fields<ConvertOptions>& convertFields();

// What is given changes the project's operating point (analysis/operating_point.h), the rest of it stays.
struct PointOptions {
  std::string features, scores, weights, protocol, rescale, lengths;
  double threshold = std::numeric_limits<double>::quiet_NaN(), far = std::numeric_limits<double>::quiet_NaN();
  std::string out;  // a file of the point and its acceptance threshold, for another project; empty: none
};
const Fields<PointOptions>& pointFields();

}  // namespace discern::jobs

// Templates and pairs of a table's faces, put together while it is not known yet which faces are usable.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "datasets/face_table.h"

namespace discern::datasets {

class FaceProtocol {
 public:
  explicit FaceProtocol(std::string name, int folds = 0) : protocol_{std::move(name), {}, {}, folds} {}

  // Adds FaceTable::faces[face] to a template, which is made if it is not there. Throws Error that begins
  // with `where` when the template is another identity's.
  void add(const std::string& name, int identity, int face, const std::string& where);
  int find(const std::string& name) const;  // -1: there is no such template
  bool isEmpty() const { return protocol_.templates.empty(); }
  int identityOf(int which) const { return protocol_.templates[static_cast<std::size_t>(which)].identity; }
  void pair(int a, int b, bool genuine, int fold = -1) { protocol_.pairs.push_back({a, b, genuine, fold}); }

  // sampleOf: of toDataset. Faces that became no sample leave their templates, and templates without any
  // leave the protocol with their pairs, which is counted as a problem.
  void addTo(data::Dataset& dataset, const std::vector<int>& sampleOf) &&;

 private:
  data::Protocol protocol_;
  std::unordered_map<std::string, int> at_;
};

// The options for reading every identity: a protocol needs all of its faces, and applyOptions takes what was
// not asked for out of it afterwards.
LoadOptions everybody(LoadOptions options);

}  // namespace discern::datasets

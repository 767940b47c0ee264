// What the fields of several jobs have in common: names that may be chosen, and names that become files.
#pragma once

#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/data/group_kind.h"

namespace discern::jobs {

std::vector<FieldChoice> recipes();
std::vector<FieldChoice> aggregations();
std::vector<FieldChoice> scoreMethods();  // that are computed
std::vector<FieldChoice> selectionMethods();
std::vector<FieldChoice> importableArchitectures();
// Names of networks to train, of the kind "ddnet" or "base", that take samples of such a shape.
std::vector<std::string> networksFor(const std::string& kind, const data::Shape& shape);
// Of what becomes a file or folder of the project; an empty text is for whoever has a name for it.
void mustBeFileName(const Field& field, const std::string& text);
// Of what must have one.
void mustBeNamed(const Field& field, const std::string& text);
// A job that takes aggregators that were trained.
template <class Fields, class Member>
void addAggregators(Fields& fields, Member member) {
  fields
      .add("aggregators", member, "Aggregators",
           "Networks that train-aggregator made, comma-separated, one of a kind, or their files")
      .whenEmpty("the newest of each kind that was trained on such features");
}
// A job that runs a network.
template <class Fields, class Member>
void addDevice(Fields& fields, Member member) {
  fields.add("device", member, "Device", "What the network runs on").incidental();
}

}  // namespace discern::jobs

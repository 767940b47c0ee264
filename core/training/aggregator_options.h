// What training an aggregator can be told, and its table of fields. Free of LibTorch, as options.h.
#pragma once

#include <array>
#include <cstdint>

#include "core/aggregation/group_network.h"
#include "core/base/field.h"

namespace discern::training {

// What a group is drawn from.
enum class GroupsOf { Auto, Identity, Media };
inline const auto& namesOf(GroupsOf) {
  static constexpr std::array<Named<GroupsOf>, 3> kNames{
      {{GroupsOf::Auto, "auto", "Media where some of them have several samples, else identities"},
       {GroupsOf::Identity, "identity", "Any samples of an identity, in their order"},
       {GroupsOf::Media, "media", "Neighbouring samples of one medium: a tracklet, a video"}}};
  return kNames;
}

struct AggregatorOptions {
  aggregation::NetworkKind architecture = aggregation::NetworkKind::Attention;
  int hidden = 64;  // H; 0 (attention alone): a query, as NAN has it
  GroupsOf groups = GroupsOf::Auto;
  int groupSize = 8;  // samples of a group that is trained on, at most
  int epochs = 30;
  int batch = 64;       // groups
  int perIdentity = 4;  // of them of one identity
  double tripletWeight = 1, tripletMargin = 0.3;
  double learningRate = 1e-3;  // of Adam, falling along a cosine to zero
  double weightDecay = 5e-4;
  double validationShare = 0.2;  // of the identities, held out whole
  std::uint64_t seed = 1;
};
const Fields<AggregatorOptions>& aggregatorFields();

}  // namespace discern::training

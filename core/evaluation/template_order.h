// What templates are sorted by. Worst first; what has no number comes last.
#pragma once

#include <array>

#include "core/base/names.h"

namespace discern::evaluation {

enum class TemplateOrder { Name, KeptShare, WorstGenuine, BestImpostor, Rank };
inline const auto& namesOf(TemplateOrder) {
  static constexpr std::array<Named<TemplateOrder>, 5> kNames{
      {{TemplateOrder::Name, "name", "Alphabetically"},
       {TemplateOrder::KeptShare, "kept", "The smallest kept share first"},
       {TemplateOrder::WorstGenuine, "worst-genuine", "The lowest genuine similarity first"},
       {TemplateOrder::BestImpostor, "best-impostor", "The highest impostor similarity first"},
       {TemplateOrder::Rank, "rank", "The largest rank first"}}};
  return kNames;
}

}  // namespace discern::evaluation

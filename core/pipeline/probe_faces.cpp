#include "core/pipeline/probe_faces.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/data/no_picture.h"

namespace discern::pipeline {
namespace {

using Groups = std::vector<std::vector<int>>;  // samples of one person each

Groups byIdentity(const Roster& roster) {
  Groups of(roster.identities.size());
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.identity[i] >= 0 && roster.votes[i] && data::hasPicture(roster.samples[i].image))
      of[static_cast<std::size_t>(roster.identity[i])].push_back(static_cast<int>(i));
  std::erase_if(of, [](const auto& samples) { return samples.size() < 2; });
  return of;
}

// An image of the template that can be used and is in no group yet.
std::optional<int> freshImage(const Roster& roster, const data::Template& group, std::vector<bool>& used) {
  for (const int sample : group.samples) {
    const auto i = static_cast<std::size_t>(sample);
    if (used[i] || roster.samples[i].removed() || !roster.samples[i].problem.empty()) continue;
    used[i] = true;
    return sample;
  }
  return std::nullopt;
}

Groups ofGenuinePairs(const project::Project& project, const Roster& roster) {
  Groups of;
  std::vector<bool> used(roster.samples.size());
  for (const auto& name : project.protocols()) {
    const data::Protocol protocol = project.protocol(name);
    for (const auto& pair : protocol.pairs) {
      if (!pair.genuine || pair.a == pair.b) continue;
      const auto a = freshImage(roster, protocol.templates[static_cast<std::size_t>(pair.a)], used);
      if (!a) continue;
      const auto b = freshImage(roster, protocol.templates[static_cast<std::size_t>(pair.b)], used);
      if (b)
        of.push_back({*a, *b});
      else
        used[static_cast<std::size_t>(*a)] = false;
    }
  }
  return of;
}

}  // namespace

ProbeFaces probeFaces(const project::Project& project, const Roster& roster, const data::Shape& shape,
                      std::size_t wanted) {
  Groups of = byIdentity(roster);
  if (of.size() < 2) of = ofGenuinePairs(project, roster);
  const data::GroupKind& kind = kindOf(project);
  ProbeFaces probe;
  const std::size_t step = std::max<std::size_t>(1, of.size() / std::max<std::size_t>(1, wanted / 3));
  for (std::size_t k = 0; k < of.size() && probe.faces.size() < wanted; k += step) {
    const std::size_t some = std::min<std::size_t>(3, of[k].size());
    for (std::size_t j = 0; j < some; ++j) {
      const int sample = of[k][j * (of[k].size() - 1) / (some - 1)];
      try {
        probe.faces.push_back(
            imaging::loadSample(kind, roster.samples[static_cast<std::size_t>(sample)].image, shape));
        probe.identity.push_back(static_cast<int>(k));
      } catch (const Error&) {  // reported by the extraction itself
      }
    }
  }
  return probe;
}

}  // namespace discern::pipeline

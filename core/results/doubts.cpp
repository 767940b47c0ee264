#include "core/results/doubts.h"

#include "core/base/described.h"
#include "core/results/scores.h"

namespace discern::results {
namespace {

// By number where that one has the name, else by name; -1: nobody.
int identityOf(const std::vector<project::IdentityRow>& identities, int id, const std::string& name,
               const std::string& set) {
  const auto is = [&](const project::IdentityRow& row) {
    return row.name == name && (set.empty() || row.set == set);
  };
  if (id >= 0 && id < std::ssize(identities) && is(identities[static_cast<std::size_t>(id)])) return id;
  const auto found = std::ranges::find_if(identities, is);
  return found == identities.end() ? -1 : found->id;
}

}  // namespace

std::vector<analysis::DoubtfulPair> notedPairs(const std::string& probablySame,
                                               const std::vector<project::IdentityRow>& identities) {
  std::vector<ProbablySame> noted;
  try {
    noted = listFromJsonText<ProbablySame>(probablySame, "");
  } catch (const Error&) {  // somebody else's project: the rest is still worth saying
    return {};
  }
  std::vector<analysis::DoubtfulPair> pairs;
  for (const auto& one : noted) {
    const int a = identityOf(identities, one.aId, one.a, one.aSet),
              b = identityOf(identities, one.bId, one.b, one.bSet);
    if (a >= 0 && b >= 0) pairs.push_back({a, b, one.cosine});
  }
  return pairs;
}

}  // namespace discern::results

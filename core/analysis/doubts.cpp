#include "core/analysis/doubts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace discern::analysis {
namespace {

bool counts(const project::IdentityRow& row) { return row.mergedInto < 0 && !row.excluded; }

bool isOriginal(const project::SampleRow& row) { return !row.removed() && row.parent < 0; }

}  // namespace

Decided decidedOf(const project::Project& project) {
  return {project::marks(project), project::pairVerdicts(project)};
}

std::vector<DoubtfulPair> doubtfulPairs(std::vector<DoubtfulPair> noted, const Who& who,
                                        const std::vector<project::SampleRow>& samples,
                                        const std::vector<project::IdentityRow>& identities,
                                        const Decided& decided) {
  std::vector<std::int64_t> images(identities.size());
  for (const auto& row : samples)
    if (const int of = who.identity[static_cast<std::size_t>(row.id)]; of >= 0 && isOriginal(row))
      ++images[static_cast<std::size_t>(of)];
  std::set<std::pair<int, int>> told;
  std::erase_if(noted, [&](const DoubtfulPair& pair) {
    return pair.from == pair.into || !counts(identities[static_cast<std::size_t>(pair.from)]) ||
           !counts(identities[static_cast<std::size_t>(pair.into)]) ||
           decided.pairs.contains(std::minmax(pair.from, pair.into)) ||
           !told.insert(std::minmax(pair.from, pair.into)).second;
  });
  for (auto& pair : noted)
    if (images[static_cast<std::size_t>(pair.from)] > images[static_cast<std::size_t>(pair.into)])
      std::swap(pair.from, pair.into);
  std::ranges::stable_sort(noted, std::ranges::greater(), &DoubtfulPair::cosine);
  return noted;
}

std::vector<DoubtfulImage> doubtfulImages(const data::ScoreTable& dscores, const Who& who,
                                          const std::vector<project::SampleRow>& samples,
                                          const std::vector<project::IdentityRow>& identities,
                                          const Decided& decided) {
  std::set<int> looked;
  for (const auto& [sample, mark] : decided.marks)
    if (mark.verdict != project::Verdict::None || mark.movedTo >= 0 ||
        mark.leftOut != project::LeftOut::Nothing)
      looked.insert(sample);
  std::vector<DoubtfulImage> found;
  const auto covered = std::min(samples.size(), dscores.own.size());
  for (std::size_t i = 0; i < covered; ++i) {
    const int own = who.identity[i];
    int other = dscores.hardestIdentity[i];
    if (!isOriginal(samples[i]) || own < 0 || other < 0 || other >= std::ssize(identities)) continue;
    if (const int into = identities[static_cast<std::size_t>(other)].mergedInto; into >= 0) other = into;
    if (own == other || who.part[static_cast<std::size_t>(other)] == data::Part::Out ||
        looked.contains(samples[i].id))
      continue;
    if (dscores.ratio[i] < 1)
      found.push_back({samples[i].id, own, other, dscores.own[i], dscores.hardest[i]});
  }
  std::ranges::stable_sort(found, std::ranges::greater(),
                           [](const auto& one) { return std::abs(one.cosineOther - one.cosineOwn); });
  return found;
}

std::vector<int> typicalImages(int identity, std::vector<int> among, const data::ScoreTable& dscores,
                               const Who& who, const std::vector<project::SampleRow>& samples) {
  std::erase_if(among, [&](int sample) {
    const auto i = static_cast<std::size_t>(sample);
    return i >= samples.size() || who.identity[i] != identity || !isOriginal(samples[i]);
  });
  std::ranges::sort(among);
  const auto typical = [&](int sample) {
    const auto i = static_cast<std::size_t>(sample);
    return i < dscores.ratio.size() && std::isfinite(dscores.ratio[i])
               ? dscores.ratio[i]
               : -std::numeric_limits<float>::infinity();
  };
  std::ranges::stable_sort(among, std::ranges::greater(), typical);
  return among;
}

}  // namespace discern::analysis

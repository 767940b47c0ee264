#include "core/pipeline/protocol.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/base/field_error.h"
#include "core/base/rng.h"
#include "core/data/no_picture.h"
#include "core/evaluation/protocols.h"
#include "core/imaging/degrade.h"
#include "core/pipeline/copies.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {
namespace {

struct Draft {
  int identity = -1;
  std::vector<int> originals;  // sorted sample ids
};

// Rounds of disjoint templates over each identity's shuffled images.
std::vector<Draft> draw(const std::vector<std::vector<int>>& imagesOf, const ProtocolOptions& options) {
  std::vector<Draft> drafts;
  const auto size = static_cast<std::size_t>(options.size);
  for (std::size_t identity = 0; identity < imagesOf.size(); ++identity) {
    std::vector<int> images = imagesOf[identity];
    if (images.size() < size) continue;
    Rng rng(mixSeed(mixSeed(options.seed, "templates"), identity));
    const auto wanted = options.templatesPerIdentity > 0
                            ? static_cast<std::size_t>(options.templatesPerIdentity)
                            : images.size() / size;
    for (std::size_t made = 0, at = images.size(); made < wanted; ++made, at += size) {
      if (at + size > images.size()) {
        rng.shuffle(images);
        at = 0;
      }
      Draft draft{static_cast<int>(identity),
                  {images.begin() + static_cast<std::ptrdiff_t>(at),
                   images.begin() + static_cast<std::ptrdiff_t>(at + size)}};
      std::sort(draft.originals.begin(), draft.originals.end());
      drafts.push_back(std::move(draft));
    }
  }
  return drafts;
}

// What tells a degraded copy from another.
using CopyKey = std::tuple<int, data::DegradationKind, float, std::uint64_t>;
CopyKey keyOf(const project::SampleRow& copy) {
  const auto& d = copy.image.degradation;
  return {copy.parent, d.kind, d.strength, d.seed};
}

bool shareImage(const Draft& a, const Draft& b) {
  auto i = a.originals.begin();
  auto j = b.originals.begin();
  while (i != a.originals.end() && j != b.originals.end()) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

void addPairs(data::Protocol& protocol, const std::vector<Draft>& drafts, const ProtocolOptions& options) {
  std::vector<data::Pair> impostors;
  const auto n = static_cast<int>(drafts.size());
  // Reservoir sampling: every impostor pair is equally likely, and memory stays at the limit.
  Rng rng(mixSeed(options.seed, "impostors"));
  std::int64_t seen = 0;
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b) {
      const auto& first = drafts[static_cast<std::size_t>(a)];
      const auto& second = drafts[static_cast<std::size_t>(b)];
      if (first.identity == second.identity) {
        if (!shareImage(first, second)) protocol.pairs.push_back({a, b, true, -1});
        continue;
      }
      ++seen;
      if (options.impostors == 0 || static_cast<std::int64_t>(impostors.size()) < options.impostors)
        impostors.push_back({a, b, false, -1});
      else if (const auto slot = rng.below(seen); slot < options.impostors)
        impostors[static_cast<std::size_t>(slot)] = {a, b, false, -1};
    }
  protocol.pairs.insert(protocol.pairs.end(), impostors.begin(), impostors.end());
}
}  // namespace

ProtocolResult makeProtocol(project::Project& project, const ProtocolOptions& options, Progress& progress) {
  jobs::drawFields().check(options);
  requireStrengths(options.minStrength, options.maxStrength);
  progress.start("making templates", 3);
  const Roster roster = readRoster(project);
  const auto part = options.role == project::Role::Test    ? data::Part::Test
                    : options.role == project::Role::Train ? data::Part::Train
                                                           : data::Part::Pool;
  std::vector<std::vector<int>> imagesOf(roster.identities.size());
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (roster.votes[i] && roster.samples[i].problem.empty() && roster.isPart(static_cast<int>(i), part))
      imagesOf[static_cast<std::size_t>(roster.identity[i])].push_back(static_cast<int>(i));

  ProtocolResult result;
  result.name = options.name;
  int identities = 0, leftOut = 0;
  for (const auto& images : imagesOf) {
    if (static_cast<int>(images.size()) >= options.size)
      ++identities;
    else if (!images.empty())
      ++leftOut;
  }
  result.identities = identities;
  result.leftOut = leftOut;
  if (identities < 2)
    failField(
        "size", options.size,
        "{} identities of role {} have that many images, at least two are needed; use smaller templates or "
        "another role",
        identities, toString(options.role));
  const std::vector<Draft> drafts = draw(imagesOf, options);
  progress.advance();
  progress.throwIfStopped();

  data::Protocol protocol;
  protocol.name = options.name;
  std::vector<project::SampleRow> copies;
  const int firstCopy = project.sampleCount();
  std::map<CopyKey, int> known;  // of an earlier protocol that drew the same
  for (const auto& sample : roster.samples)
    if (sample.parent >= 0) known.emplace(keyOf(sample), sample.id);
  std::int64_t reused = 0;
  const auto& kinds = options.kinds.empty() ? imaging::allDegradations() : options.kinds;
  Rng rng(mixSeed(options.seed, "degrade"));
  for (const auto& draft : drafts) {
    data::Template one;
    one.identity = draft.identity;
    one.name = fmt::format("{}/{}", roster.identities[static_cast<std::size_t>(draft.identity)].name,
                           protocol.templates.size());
    one.samples = draft.originals;
    rng.shuffle(one.samples);
    const auto damaged = static_cast<std::size_t>(std::lround(options.degraded * options.size));
    for (std::size_t k = 0; k < damaged; ++k) {
      project::SampleRow copy = roster.samples[static_cast<std::size_t>(one.samples[k])];
      if (!data::hasPicture(copy.image))
        failField("degraded", options.degraded,
                  "{} has no picture that could be degraded; draw templates without degraded copies",
                  copy.image.file);
      copy.parent = copy.id;
      copy.image.degradation = {
          kinds[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(kinds.size())))],
          static_cast<float>(rng.uniform(options.minStrength, options.maxStrength)), rng.next()};
      const auto [at, fresh] = known.emplace(keyOf(copy), firstCopy + static_cast<int>(copies.size()));
      one.samples[k] = at->second;
      if (fresh)
        copies.push_back(std::move(copy));
      else
        ++reused;
    }
    protocol.templates.push_back(std::move(one));
  }
  addPairs(protocol, drafts, options);
  progress.advance();
  progress.throwIfStopped();
  if (!copies.empty()) project.addCopies(copies);
  project.putProtocol(protocol);
  progress.advance();
  progress.finish();

  result.templates = static_cast<std::int64_t>(protocol.templates.size());
  result.copies = static_cast<std::int64_t>(copies.size());
  result.genuine = std::ranges::count_if(protocol.pairs, &data::Pair::genuine);
  result.impostor = std::ssize(protocol.pairs) - *result.genuine;
  if (reused > 0)
    progress.note(
        fmt::format("{} of its degraded copies were in the project already and are used again", reused));
  if (result.genuine == 0)
    progress.note(
        "there is no genuine pair: every identity has images for one template only; use smaller templates");
  return result;
}

data::Protocol someFolds(const data::Protocol& protocol, const std::vector<int>& folds,
                         const std::string& name) {
  if (protocol.folds == 0) fail("protocol '{}' has no folds to choose from", protocol.name);
  std::vector<int> newFold(static_cast<std::size_t>(protocol.folds), -1);
  data::Protocol part;
  part.name = name;
  for (const int fold : folds) {
    if (fold < 1 || fold > protocol.folds)
      failField("folds", fold, "protocol '{}' has folds 1 to {}", protocol.name, protocol.folds);
    int& mapped = newFold[static_cast<std::size_t>(fold - 1)];
    if (mapped < 0) mapped = part.folds++;
  }
  if (part.folds == 0)
    failField("folds", "", "name at least one of folds 1 to {} of protocol '{}'", protocol.folds,
              protocol.name);
  std::vector<int> newTemplate(protocol.templates.size(), -1);
  const auto keep = [&](int index) {
    int& mapped = newTemplate[static_cast<std::size_t>(index)];
    if (mapped < 0) {
      mapped = static_cast<int>(part.templates.size());
      part.templates.push_back(protocol.templates[static_cast<std::size_t>(index)]);
    }
    return mapped;
  };
  for (const auto& pair : protocol.pairs) {
    if (pair.fold < 0 || newFold[static_cast<std::size_t>(pair.fold)] < 0) continue;
    part.pairs.push_back(
        {keep(pair.a), keep(pair.b), pair.genuine, newFold[static_cast<std::size_t>(pair.fold)]});
  }
  data::closeFoldGaps(part);
  if (part.folds == 0)
    failField("folds", "", "those asked for of protocol '{}' have no pairs; name others of its folds 1 to {}",
              protocol.name, protocol.folds);
  return part;
}

}  // namespace discern::pipeline

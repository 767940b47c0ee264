#include "core/evaluation/protocols.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

using SamplesOf = std::map<int, std::vector<int>>;  // identity -> samples, both increasing

SamplesOf bySubject(std::span<const int> identity) {
  SamplesOf samples;
  for (std::size_t i = 0; i < identity.size(); ++i)
    if (identity[i] >= 0) samples[identity[i]].push_back(static_cast<int>(i));
  return samples;
}

// Whose each template is; -1: nobody's, or not of one person alone.
std::vector<int> ownersOf(const data::Protocol& protocol, std::span<const int> identity) {
  std::vector<int> owners;
  for (const auto& one : protocol.templates) {
    const auto who = [&](int sample) { return identity[static_cast<std::size_t>(sample)]; };
    const int first = one.samples.empty() ? -1 : who(one.samples.front());
    const bool same = std::ranges::all_of(one.samples, [&](int sample) { return who(sample) == first; });
    owners.push_back(same ? first : -1);
  }
  return owners;
}

}  // namespace

Condition parseCondition(std::string_view nuisance) {
  const auto json = parseJson(nuisance);
  if (!json.is_object()) return {};
  const auto number = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_number_integer() ? at->get<int>() : -1;
  };
  return {number("camera"), number("distance")};
}

ScfaceProtocol scfaceProtocol(std::span<const int> identity, std::span<const Condition> condition,
                              const ScfaceOptions& options) {
  if (identity.size() != condition.size())
    fail("SCface: {} identities came with {} conditions; give one of each a sample", identity.size(),
         condition.size());
  if (options.trainSubjects < 0 || options.testSubjects < 1)
    fail("SCface: {} subjects to train and {} to test were asked for; at least one to test was expected",
         options.trainSubjects, options.testSubjects);
  const auto isMugshot = [&](int s) { return condition[static_cast<std::size_t>(s)].camera == 0; };
  const auto isProbe = [&](int s) {
    const Condition& c = condition[static_cast<std::size_t>(s)];
    return c.camera >= 1 && c.camera <= options.cameras && c.distance >= 1 && c.distance <= options.distances;
  };
  const SamplesOf samples = bySubject(identity);
  std::vector<int> subjects;
  for (const auto& [who, own] : samples)
    if (std::any_of(own.begin(), own.end(), isMugshot) && std::any_of(own.begin(), own.end(), isProbe))
      subjects.push_back(who);
  const auto asked =
      static_cast<std::size_t>(options.trainSubjects) + static_cast<std::size_t>(options.testSubjects);
  if (subjects.size() < asked)
    fail(
        "SCface: {} subjects have a mugshot and an image of a visible-light camera, but {} to train and {} "
        "to "
        "test were asked for; import the whole set, or ask for fewer",
        subjects.size(), options.trainSubjects, options.testSubjects);
  Rng rng(mixSeed(options.seed, "scface"));
  rng.shuffle(subjects);
  const auto middle = subjects.begin() + options.trainSubjects;
  ScfaceProtocol protocol;
  protocol.trainIdentities.assign(subjects.begin(), middle);
  protocol.testIdentities.assign(middle, middle + options.testSubjects);
  std::sort(protocol.trainIdentities.begin(), protocol.trainIdentities.end());
  std::sort(protocol.testIdentities.begin(), protocol.testIdentities.end());
  for (const int who : protocol.trainIdentities)
    for (const int s : samples.at(who))
      if (isMugshot(s) || isProbe(s)) protocol.train.push_back(s);
  for (const int who : protocol.testIdentities) {
    const std::vector<int>& own = samples.at(who);
    protocol.gallery.push_back(*std::find_if(own.begin(), own.end(), isMugshot));
    std::set<std::pair<int, int>> seen;
    for (const int s : own) {
      if (!isProbe(s)) continue;
      protocol.probes.push_back(s);
      const Condition& c = condition[static_cast<std::size_t>(s)];
      seen.emplace(c.camera, c.distance);
    }
    protocol.missingProbes += options.cameras * options.distances - static_cast<int>(seen.size());
  }
  for (std::vector<int>* list : {&protocol.train, &protocol.gallery, &protocol.probes})
    std::sort(list->begin(), list->end());
  for (const int s : protocol.probes)
    protocol.probeDistance.push_back(condition[static_cast<std::size_t>(s)].distance);
  return protocol;
}

ClassSplit uccsProtocol(std::span<const int> identity, const UccsOptions& options) {
  if (options.subjects < 1 || options.trainParts < 1)
    fail("UCCS: {} subjects and a split {}:1 were asked for; at least one of each was expected",
         options.subjects, options.trainParts);
  const SamplesOf samples = bySubject(identity);
  ClassSplit split;
  for (const auto& [who, own] : samples)
    if (own.size() >= 2) split.identities.push_back(who);
  if (split.identities.size() < static_cast<std::size_t>(options.subjects))
    fail(
        "UCCS: {} subjects have two images or more, but {} were asked for; import the whole set, or ask for "
        "fewer",
        split.identities.size(), options.subjects);
  std::stable_sort(split.identities.begin(), split.identities.end(),
                   [&](int a, int b) { return samples.at(a).size() > samples.at(b).size(); });
  split.identities.resize(static_cast<std::size_t>(options.subjects));

  std::map<int, int> trainClass, testClass;  // by sample
  for (std::size_t c = 0; c < split.identities.size(); ++c) {
    const int who = split.identities[c];
    std::vector<int> own = samples.at(who);
    // A stream of its own: who else is there does not change how this subject is split.
    Rng rng(mixSeed(mixSeed(options.seed, "uccs"), static_cast<std::uint64_t>(who)));
    rng.shuffle(own);
    const auto n = static_cast<int>(own.size()), parts = options.trainParts + 1;
    const int tested = std::clamp((2 * n + parts) / (2 * parts), 1, n - 1);  // n / parts, rounded
    for (int i = 0; i < n; ++i)
      (i < tested ? testClass : trainClass)[own[static_cast<std::size_t>(i)]] = static_cast<int>(c);
  }
  for (const auto& [sample, c] : trainClass) {
    split.train.push_back(sample);
    split.trainClass.push_back(c);
  }
  for (const auto& [sample, c] : testClass) {
    split.test.push_back(sample);
    split.testClass.push_back(c);
  }
  return split;
}

bool isDrawn(const data::Protocol& protocol, std::span<const std::string> identityNames) {
  if (protocol.folds > 0) return false;
  for (std::size_t t = 0; t < protocol.templates.size(); ++t) {
    const auto& one = protocol.templates[t];
    if (one.identity < 0 || static_cast<std::size_t>(one.identity) >= identityNames.size()) return false;
    if (one.name != fmt::format("{}/{}", identityNames[static_cast<std::size_t>(one.identity)], t))
      return false;
  }
  return true;
}

TruthChanges followIdentities(data::Protocol& protocol, std::span<const int> identity) {
  const std::vector<int> owners = ownersOf(protocol, identity);
  std::vector<int> newPlace(owners.size(), -1);
  std::vector<data::Template> templates;
  for (std::size_t t = 0; t < owners.size(); ++t) {
    if (owners[t] < 0) continue;
    newPlace[t] = static_cast<int>(templates.size());
    templates.push_back(std::move(protocol.templates[t]));
    templates.back().identity = owners[t];
  }
  TruthChanges changes;
  std::vector<data::Pair> pairs;
  for (const data::Pair& pair : protocol.pairs) {
    const auto a = static_cast<std::size_t>(pair.a), b = static_cast<std::size_t>(pair.b);
    if (owners[a] < 0 || owners[b] < 0) {
      ++changes.leftOut;
      continue;
    }
    const bool genuine = owners[a] == owners[b];
    changes.relabelled += genuine != pair.genuine ? 1 : 0;
    pairs.push_back({newPlace[a], newPlace[b], genuine, pair.fold});
  }
  protocol.templates = std::move(templates);
  protocol.pairs = std::move(pairs);
  return changes;
}

LeftOut leaveOutUnusable(data::Protocol& protocol, data::MatrixView features) {
  LeftOut left;
  for (data::Template& one : protocol.templates) {
    std::erase_if(one.samples, [&](int s) {
      return !data::isFinite(features.row(s)) || !(data::norm(features.row(s)) > 0);
    });
    left.templates += one.samples.empty() ? 1 : 0;
  }
  const auto isEmpty = [&](int t) { return protocol.templates[static_cast<std::size_t>(t)].samples.empty(); };
  left.pairs = static_cast<std::int64_t>(std::erase_if(
      protocol.pairs, [&](const data::Pair& pair) { return isEmpty(pair.a) || isEmpty(pair.b); }));
  data::closeFoldGaps(protocol);
  if (protocol.folds < 2) protocol.folds = 0;
  return left;
}

FeatureGaps featureGaps(const data::Protocol& protocol, data::MatrixView features) {
  FeatureGaps gaps;
  std::int64_t absent = 0;
  for (const data::Template& one : protocol.templates)
    for (const int s : one.samples) {
      const bool hasRow = s < features.rows;
      ++gaps.images;
      absent += hasRow ? 0 : 1;
      gaps.missing += hasRow && data::isFinite(features.row(s)) ? 0 : 1;
    }
  gaps.tooMany = absent > 0 || gaps.missing * 10 > gaps.images;
  return gaps;
}

std::int64_t laterThan(const data::ScoreTable& table, const data::Protocol& protocol) {
  std::int64_t later = 0;
  for (const data::Template& one : protocol.templates)
    later += std::ranges::count_if(one.samples, [&](int s) { return s >= table.covered; });
  return later;
}

std::int64_t impostorsOfOnePerson(const data::Protocol& protocol, std::span<const int> identity) {
  const std::vector<int> owners = ownersOf(protocol, identity);
  return std::ranges::count_if(protocol.pairs, [&](const data::Pair& pair) {
    const int a = owners[static_cast<std::size_t>(pair.a)];
    return !pair.genuine && a >= 0 && a == owners[static_cast<std::size_t>(pair.b)];
  });
}

}  // namespace discern::evaluation

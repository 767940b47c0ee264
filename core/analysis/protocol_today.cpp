#include "core/analysis/protocol_today.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/evaluation/protocols.h"

namespace discern::analysis {

namespace {

// Images that a person left out go from their templates, and those of somebody else do: in a protocol that
// Discern drew where other images of the template stay (a template of one image follows its image), in an
// imported one always, since its truth is of the people whom it says.
void obeyDecisions(data::Protocol& protocol, const Who& who, const std::vector<int>& owners, bool drawn,
                   PairCounts& counts) {
  for (auto& group : protocol.templates) {
    const auto there = [&](int sample) { return static_cast<std::size_t>(sample) < who.leftOut.size(); };
    counts.leftOutImages += static_cast<std::int64_t>(std::erase_if(group.samples, [&](int sample) {
      return there(sample) && who.leftOut[static_cast<std::size_t>(sample)] != project::LeftOut::Nothing;
    }));
    const auto moved = [&](int sample) {
      return there(sample) && who.moved[static_cast<std::size_t>(sample)];
    };
    const auto stays = std::ranges::find_if_not(group.samples, moved);
    if (drawn && stays == group.samples.end()) continue;
    const int owner = stays == group.samples.end() ? -1 : owners[static_cast<std::size_t>(*stays)];
    counts.movedImages += static_cast<std::int64_t>(std::erase_if(group.samples, [&](int sample) {
      return moved(sample) && (owner < 0 || owners[static_cast<std::size_t>(sample)] != owner);
    }));
  }
}

}  // namespace

data::Protocol protocolToday(data::Protocol protocol, const std::vector<project::IdentityRow>& identities,
                             const Who& who, PairCounts& counts) {
  std::vector<int> owners = who.identity;
  for (const auto& group : protocol.templates)
    for (const int sample : group.samples)
      if (static_cast<std::size_t>(sample) >= owners.size())
        owners.resize(static_cast<std::size_t>(sample) + 1, -1);
  std::vector<std::string> names;
  for (const auto& row : identities) names.push_back(row.name);
  const bool drawn = evaluation::isDrawn(protocol, names);
  obeyDecisions(protocol, who, owners, drawn, counts);
  if (!drawn) {
    counts.contradicted = evaluation::impostorsOfOnePerson(protocol, owners);
    return protocol;
  }
  const auto changes = evaluation::followIdentities(protocol, owners);
  counts.relabelled = changes.relabelled;
  counts.excluded = changes.leftOut;
  return protocol;
}

std::int64_t impostorsOf(const data::Protocol& protocol) {
  return std::ranges::count(protocol.pairs, false, &data::Pair::genuine);
}

std::vector<int> ownersOf(const data::Protocol& protocol, const Who& who) {
  std::vector<int> owners;
  for (const auto& group : protocol.templates) {
    const bool known =
        !group.samples.empty() && static_cast<std::size_t>(group.samples.front()) < who.identity.size();
    owners.push_back(known ? who.identity[static_cast<std::size_t>(group.samples.front())] : -1);
  }
  return owners;
}

std::int64_t trainingTemplates(const data::Protocol& protocol, const Who& who) {
  return std::ranges::count_if(ownersOf(protocol, who), [&](int owner) {
    return owner >= 0 && who.part[static_cast<std::size_t>(owner)] == data::Part::Train;
  });
}

void leaveOutUnusable(data::Protocol& protocol, data::MatrixView features, PairCounts& counts) {
  const bool hadFolds = protocol.folds > 0;
  const auto left = evaluation::leaveOutUnusable(protocol, features);
  counts.emptyTemplates = left.templates;
  counts.empty = left.pairs;
  counts.lostFolds = hadFolds && protocol.folds == 0;
}

void requireFeatures(const data::Protocol& protocol, data::MatrixView features,
                     const std::string& featureTable) {
  const auto gaps = evaluation::featureGaps(protocol, features);
  if (gaps.tooMany)
    fail(
        "protocol '{}': {} of its {} images have no feature in '{}'; extract features again, which adds what "
        "is missing; the project's problems list the images that cannot be used",
        protocol.name, gaps.missing, gaps.images, featureTable);
}

void requireScores(const data::Protocol& protocol, const data::ScoreTable& scores) {
  if (const auto later = evaluation::laterThan(scores, protocol); later > 0)
    fail("scores '{}': {} images of protocol '{}' were not there yet when they were made; {} them again",
         scores.name, later, protocol.name,
         data::isGiven(scores.method)        ? "import"
         : data::isPrediction(scores.method) ? "predict"
                                             : "score");
}

std::vector<std::string> sentences(const PairCounts& counts, const std::string& protocol,
                                   std::size_t templates, const std::string& featureTable) {
  std::vector<std::string> list;
  if (counts.contradicted > 0)
    list.push_back(fmt::format(
        "protocol '{}': {} of its impostor pairs are of one person by this project's merges; imported "
        "pairs keep their truth",
        protocol, counts.contradicted));
  if (counts.relabelled > 0 || counts.excluded > 0)
    list.push_back(fmt::format(
        "protocol '{}': identities were merged or excluded since it was made; {} of its pairs have another "
        "truth, {} are left out",
        protocol, counts.relabelled, counts.excluded));
  if (counts.leftOutImages > 0)
    list.push_back(fmt::format("protocol '{}': {} of its images were left out by a person", protocol,
                               counts.leftOutImages));
  if (counts.movedImages > 0)
    list.push_back(fmt::format(
        "protocol '{}': {} of its images are of somebody else, as a person said, and left their templates",
        protocol, counts.movedImages));
  if (counts.trained > 0)
    list.push_back(fmt::format(
        "protocol '{}': {} of its {} templates are of training identities: a network that was trained on "
        "them is flattered",
        protocol, counts.trained, templates));
  if (counts.emptyTemplates > 0)
    list.push_back(fmt::format(
        "protocol '{}': {} of its {} templates have no image with a usable feature in '{}'; their {} pairs "
        "are left out",
        protocol, counts.emptyTemplates, templates, featureTable, counts.empty));
  if (counts.lostFolds)
    list.push_back(fmt::format(
        "protocol '{}': its pairs are of one fold, and fold accuracy needs two; it is not stated", protocol));
  return list;
}

}  // namespace discern::analysis

#include "core/analysis/only_kept.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/analysis/kept.h"
#include "core/analysis/settings.h"
#include "core/base/described.h"
#include "core/base/json_text.h"
#include "core/evaluation/protocols.h"

namespace discern::analysis {

std::optional<OnlyKept> onlyKeptOf(const project::Project& project, const std::string& features) {
  const auto text = project.setting(settings::featuresKept(features));
  if (!text || text->empty()) return std::nullopt;
  return fromJsonText<OnlyKept>(*text, settings::featuresKept(features));
}

void putOnlyKept(project::Project& project, const std::string& features,
                 const std::optional<OnlyKept>& kept) {
  const auto key = settings::featuresKept(features);
  const std::string text = kept ? textOf(discern::toJson(*kept)) : std::string();
  if (project.setting(key).value_or("") != text) project.putSetting(key, text);
}

std::string sentence(const std::string& features, const OnlyKept& kept) {
  return fmt::format(
      "features '{}' hold only the images that scores '{}' keep above {:g}; {} others have none", features,
      kept.scores, kept.threshold, kept.leftOut);
}

void requireEveryImage(const project::Project& project, const std::string& features) {
  if (const auto kept = onlyKeptOf(project, features))
    fail(
        "{}, and this compares images that they do not keep, too; extract features of all, or evaluate at "
        "that "
        "threshold",
        sentence(features, *kept));
}

std::vector<bool> keptSamples(const std::vector<data::Protocol>& protocols, const Roster& roster,
                              const data::ScoreTable& scores, double threshold) {
  std::vector<std::vector<int>> groups;
  std::vector<bool> grouped(roster.samples.size(), false), kept(roster.samples.size(), false);
  for (const auto& protocol : protocols)
    for (const auto& one : protocol.templates) {
      groups.push_back(one.samples);
      for (const int s : one.samples) grouped[static_cast<std::size_t>(s)] = true;
    }
  std::map<int, std::vector<int>> others;
  for (const auto& sample : roster.samples) {
    const auto i = static_cast<std::size_t>(sample.id);
    if (!sample.removed() && !grouped[i] && roster.identity[i] >= 0)
      others[roster.identity[i]].push_back(sample.id);
  }
  for (auto& [identity, samples] : others) groups.push_back(std::move(samples));
  for (const auto& group : keptOf(std::move(groups), scores.score, threshold))
    for (const int s : group) kept[static_cast<std::size_t>(s)] = true;
  return kept;
}

std::string leaveOutUnusable(data::Protocol& protocol, data::MatrixView features,
                             const std::string& featureTable, const OnlyKept& kept,
                             const data::ScoreTable& scores, double threshold, PairCounts& counts) {
  data::Protocol reduced = protocol;
  auto groups = groupsOf(protocol);
  if (!scores.score.empty()) groups = keptOf(std::move(groups), scores.score, threshold);
  for (std::size_t t = 0; t < groups.size(); ++t) reduced.templates[t].samples = groups[t];
  const auto gaps = evaluation::featureGaps(reduced, features);
  const std::string missing =
      fmt::format("{}, so that {} of the {} that are kept here{} lack one", sentence(featureTable, kept),
                  gaps.missing, gaps.images,
                  scores.score.empty() ? std::string()
                                       : fmt::format(" by scores '{}' above {:g}", scores.name, threshold));
  if (gaps.tooMany) fail("{}; extract features of all, or of those that are kept here", missing);
  leaveOutUnusable(reduced, features, counts);
  for (std::size_t t = 0; t < groups.size(); ++t) {
    auto& samples = protocol.templates[t].samples;
    const auto& usable = reduced.templates[t].samples;
    const std::set<int> was(groups[t].begin(), groups[t].end()), is(usable.begin(), usable.end());
    if (is.empty())
      samples.clear();
    else
      std::erase_if(samples, [&](int s) { return was.contains(s) && !is.contains(s); });
  }
  protocol.pairs = std::move(reduced.pairs);
  protocol.folds = reduced.folds;
  return gaps.missing > 0 ? missing + " and take no part" : std::string();
}

}  // namespace discern::analysis

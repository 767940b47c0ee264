// doubts: labels that are probably wrong, and people who are probably under two names.
#include <algorithm>

#include "app/commands.h"
#include "core/analysis/doubts.h"
#include "core/analysis/settings.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/jobs/doubts.h"
#include "core/results/doubts.h"

namespace discern::app {
namespace {

// The newest table of D-scores, or the one that is named; empty: there is none.
data::ScoreTable dscoresOf(const project::Project& project, const std::string& given) {
  if (!given.empty()) {
    auto table = project.scores(given);
    if (table.method != "dscore")
      failField("scores", given, "holds no D-scores; only these say who is near to whom");
    return table;
  }
  const auto names = project.scoreTables();
  for (auto name = names.rbegin(); name != names.rend(); ++name)
    if (auto table = project.scores(*name); table.method == "dscore") return table;
  return {};
}

results::DoubtsResult allDoubts(const project::Project& project, const std::string& scores) {
  const auto roster = analysis::readRoster(project);
  const auto decided = analysis::decidedOf(project);
  const auto dscores = dscoresOf(project, scores);
  const auto nameOf = [&](int id) {
    const auto& row = roster.identities[static_cast<std::size_t>(id)];
    return row.set + "/" + row.name;
  };
  results::DoubtsResult all;
  all.scores = dscores.name;
  for (const auto& one :
       analysis::doubtfulImages(dscores, roster, roster.samples, roster.identities, decided))
    all.imageRows.push_back({one.sample, roster.samples[static_cast<std::size_t>(one.sample)].image.file,
                             nameOf(one.own), nameOf(one.other), one.cosineOwn, one.cosineOther});
  for (const auto& one : analysis::doubtfulPairs(
           results::notedPairs(project.setting(analysis::settings::kProbablySame).value_or(""),
                               roster.identities),
           roster, roster.samples, roster.identities, decided))
    all.pairRows.push_back({nameOf(one.from), nameOf(one.into), one.cosine});
  all.images = std::ssize(all.imageRows);
  all.pairs = std::ssize(all.pairRows);
  return all;
}

std::string csvOf(const results::DoubtsResult& r) {
  std::string text = "kind,sample,path,identity,other,own,hardest,cosine\n";
  for (const auto& one : r.imageRows)
    text += fmt::format("image,{},{},{},{},{:.6f},{:.6f},\n", one.sample, data::csvField(one.file),
                        data::csvField(one.identity), data::csvField(one.other), one.own, one.hardest);
  for (const auto& one : r.pairRows)
    text += fmt::format("pair,,,{},{},,,{:.6f}\n", data::csvField(one.from), data::csvField(one.into),
                        one.cosine);
  return text;
}

std::string describe(const results::DoubtsResult& r) {
  std::string text =
      r.scores.empty()
          ? std::string("there are no D-scores yet, which say who is near to whom; score the images first\n")
          : fmt::format("{} nearer to another identity, by scores '{}'\n",
                        counted(static_cast<std::size_t>(r.images), "image is", "images are"), r.scores);
  for (const auto& one : r.imageRows)
    text += fmt::format("  {:>7}  {:.3f} to {}, {:.3f} to {}  {}\n", one.sample, one.own, one.identity,
                        one.hardest, one.other, one.file);
  text += fmt::format(
      "{} like one person\n",
      counted(static_cast<std::size_t>(r.pairs), "pair of identities looks", "pairs of identities look"));
  for (const auto& one : r.pairRows)
    text += fmt::format("  {:.3f}  {} and {}\n", one.cosine, one.from, one.into);
  text.pop_back();
  return text;
}

Outcome doubts(const std::string& folder, const jobs::DoubtsOptions& o) {
  jobs::doubtsFields().check(o);
  auto result = allDoubts(project::Project::open(folder, project::Project::Mode::Read), o.scores);
  if (!o.out.empty()) writeFileAtomically(o.out, csvOf(result));
  const auto limit = static_cast<std::size_t>(o.limit);
  if (limit > 0 && result.imageRows.size() > limit) result.imageRows.resize(limit);
  if (limit > 0 && result.pairRows.size() > limit) result.pairRows.resize(limit);
  return {result, describe(result)};
}

}  // namespace

void addDoubtsCommand(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::DoubtsOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "doubts", jobs::jobOf("doubts").help, given->project);
  addFields(*c, jobs::doubtsFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"doubts", [given](Env&) { return doubts(given->project, given->options); }};
  });
}

}  // namespace discern::app

#include "core/pipeline/templates.h"

#include <fmt/format.h>

#include <cmath>

#include "core/analysis/template_match.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/pipeline/at_point.h"
#include "core/pipeline/comparison_inputs.h"

namespace discern::pipeline {
namespace {
using results::MatchedTemplate;

MatchedTemplate rowOf(const analysis::TemplateReport& report, const ComparisonInputs& in, int index) {
  const auto& row = report.rows[static_cast<std::size_t>(index)];
  const auto& group = in.protocol.templates[static_cast<std::size_t>(index)];
  const auto nameOf = [&](int other) {
    return other < 0 ? std::string() : in.protocol.templates[static_cast<std::size_t>(other)].name;
  };
  MatchedTemplate told;
  told.name = group.name;
  if (const int who =
          group.samples.empty() ? -1 : in.roster.identity[static_cast<std::size_t>(group.samples.front())];
      who >= 0)
    told.identity = in.roster.identities[static_cast<std::size_t>(who)].name;
  told.images = row.images;
  told.kept = row.keptShare();
  told.worstGenuine = row.atPoint.worstGenuine;
  told.bestImpostor = row.atPoint.bestImpostor;
  told.genuineWith = nameOf(row.atPoint.genuineWith);
  told.impostorWith = nameOf(row.atPoint.impostorWith);
  told.genuine = row.atPoint.genuine;
  told.genuineAccepted = row.atPoint.genuineAccepted;
  told.impostor = row.atPoint.impostor;
  told.impostorAccepted = row.atPoint.impostorAccepted;
  told.rank = row.atPoint.rank;
  told.plainGenuine = row.plain.worstGenuine;
  told.plainImpostor = row.plain.bestImpostor;
  told.plainRank = row.plain.rank;
  return told;
}

std::string cell(double value) { return std::isfinite(value) ? fmt::format("{:.6f}", value) : ""; }
std::string cell(std::int64_t rank) { return rank > 0 ? std::to_string(rank) : ""; }

void writeAll(const std::string& file, const std::vector<MatchedTemplate>& rows) {
  std::string text =
      "template,identity,images,kept,worst_genuine,genuine_with,best_impostor,impostor_with,genuine,"
      "genuine_accepted,impostor,impostor_accepted,rank,plain_genuine,plain_impostor,plain_rank\n";
  for (const auto& t : rows)
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", data::csvField(t.name),
                        data::csvField(t.identity), t.images, cell(t.kept), cell(t.worstGenuine),
                        data::csvField(t.genuineWith), cell(t.bestImpostor), data::csvField(t.impostorWith),
                        t.genuine, t.genuineAccepted, t.impostor, t.impostorAccepted, cell(t.rank),
                        cell(t.plainGenuine), cell(t.plainImpostor), cell(t.plainRank));
  writeFileAtomically(file, text);
}

}  // namespace

TemplatesResult templates(const project::Project& project, const TemplatesOptions& options,
                          Progress& progress) {
  jobs::templatesFields().check(options);
  const auto in = readComparison(
      project, {options.protocol, options.features, options.scores, options.weights}, false, progress);
  const analysis::TemplateMatcher matcher(
      analysis::templateSources(in.features.view(), &in.scores, &in.weights, in.roster.samples, in.protocol),
      in.protocol, analysis::templateOwners(in.protocol, in.roster.identity));
  const auto point = pointOf(in, options);
  const auto report = matcher.report(point, progress);
  if (!report.ranked)
    progress.note(fmt::format("protocol '{}': {} templates are more than the {} up to which ranks are told",
                              in.names.protocol, in.protocol.templates.size(), analysis::kMostRanked));
  TemplatesResult result;
  static_cast<results::AtPoint&>(result) = told(in, point, report.aggregation, report.accept);
  result.plainAccept = report.acceptPlain;
  result.supported = report.supported;
  result.templates = std::ssize(report.rows);
  result.ranked = report.ranked;
  result.sort = nameOf(options.sort);
  std::vector<MatchedTemplate> all;
  for (const int index : analysis::worstFirst(report, in.protocol, options.sort))
    all.push_back(rowOf(report, in, index));
  if (!options.csv.empty()) writeAll(options.csv, all);
  if (options.limit > 0 && std::ssize(all) > options.limit)
    all.resize(static_cast<std::size_t>(options.limit));
  result.rows = std::move(all);
  return result;
}

}  // namespace discern::pipeline

#include "core/pipeline/export.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/analysis/operating_point.h"
#include "core/analysis/percentiles.h"
#include "core/analysis/selection_path.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/base/json_text.h"
#include "core/data/csv.h"
#include "core/data/place.h"
#include "core/imaging/degrade.h"
#include "core/results/evaluate.h"
#include "core/results/stored.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

std::string cellOf(double value) { return std::isfinite(value) ? fmt::format("{:.9g}", value) : ""; }

std::string scoresCsv(const project::Project& project) {
  const auto samples = project.samples();
  const auto identities = project.identities();
  std::vector<data::ScoreTable> tables;
  std::string out = "sample,set,identity,role,path,offset,parent,degradation,strength,problem";
  for (const auto& name : project.scoreTables()) {
    tables.push_back(project.scores(name));
    for (const char* part : {"score", "percentile", "raw", "own", "hardest", "hardest_identity", "status"})
      (out += ',') += data::csvField(name + "." + part);
  }
  out += "\n";
  std::vector<std::vector<float>> percentiles;
  for (const auto& table : tables) percentiles.push_back(analysis::percentiles(table.score));
  for (const auto& s : samples) {
    const auto& who = identities[static_cast<std::size_t>(std::max(0, s.identity))];
    out += fmt::format("{},{},{},{},{},{},{},{},{},{}", s.id, data::csvField(who.set),
                       data::csvField(s.identity < 0 ? "" : who.name), toString(who.role),
                       data::csvField(data::pathOf(s.image)), s.image.offset, s.parent,
                       imaging::toString(s.image.degradation.kind), cellOf(s.image.degradation.strength),
                       data::csvField(s.problem));
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const auto& table = tables[t];
      const auto i = static_cast<std::size_t>(s.id);
      const int hardest = table.hardestIdentity[i];
      out += fmt::format(",{},{},{},{},{},{},{}", cellOf(table.score[i]), cellOf(percentiles[t][i]),
                         cellOf(table.ratio[i]), cellOf(table.own[i]), cellOf(table.hardest[i]),
                         hardest >= 0 && hardest < static_cast<int>(identities.size())
                             ? data::csvField(identities[static_cast<std::size_t>(hardest)].name)
                             : "",
                         toString(table.status[i]));
    }
    out += "\n";
  }
  return out;
}

std::string identitiesCsv(const project::Project& project) {
  std::string out = "identity,set,role,excluded,merged_into,images\n";
  const auto identities = project.identities();
  std::vector<int> images(identities.size(), 0);
  for (const auto& s : project.samples())
    if (s.identity >= 0 && s.parent < 0) ++images[static_cast<std::size_t>(s.identity)];
  for (const auto& who : identities)
    out += fmt::format(
        "{},{},{},{},{},{}\n", data::csvField(who.name), data::csvField(who.set), toString(who.role),
        who.excluded ? 1 : 0,
        who.mergedInto >= 0 ? data::csvField(identities[static_cast<std::size_t>(who.mergedInto)].name) : "",
        images[static_cast<std::size_t>(who.id)]);
  return out;
}

// The lambda path, face by face: the raw lambda beyond which
// it is kept, and the same divided by the number of centroids.
std::string selectionCsv(const project::Project& project, const project::SelectionRow& row) {
  const auto samples = project.samples();
  const auto identities = project.identities();
  const bool isOrder = analysis::isOrder(row);  // its places are no lambdas
  std::string out = "sample,set,identity,path,offset,others,kept_beyond_lambda,normalised";
  out += isOrder ? ",place\n" : "\n";
  for (std::size_t i = 0; i < row.enters.size(); ++i) {
    if (std::isnan(row.enters[i])) continue;
    const auto& s = samples[i];
    const auto& who = identities[static_cast<std::size_t>(std::max(0, s.identity))];
    const bool never = std::isinf(row.enters[i]);
    if (isOrder) {
      out += fmt::format("{},{},{},{},{},{},,,{}\n", s.id, data::csvField(who.set), data::csvField(who.name),
                         data::csvField(data::pathOf(s.image)), s.image.offset, cellOf(row.others[i]),
                         never ? "never" : fmt::format("{:.17g}", row.enters[i]));
      continue;
    }
    out += fmt::format(
        "{},{},{},{},{},{},{},{}\n", s.id, data::csvField(who.set), data::csvField(who.name),
        data::csvField(data::pathOf(s.image)), s.image.offset, cellOf(row.others[i]),
        never ? "never" : fmt::format("{:.17g}", 0 - row.enters[i]),
        never || row.centers == 0 ? "" : cellOf((0 - row.enters[i]) / static_cast<double>(row.centers)));
  }
  return out;
}

// Every breakpoint: how many faces of how many identities it drops when lambda comes back to it from beyond,
// and what stays.
std::string breakpointsCsv(const project::Project& project, const project::SelectionRow& row) {
  const auto samples = project.samples();
  std::map<double, std::pair<std::int64_t, std::set<int>>> at;
  for (std::size_t i = 0; i < row.enters.size(); ++i) {
    if (!std::isfinite(row.enters[i])) continue;
    auto& [faces, who] = at[row.enters[i]];
    ++faces;
    who.insert(samples[i].identity);
  }
  std::string out = "lambda,normalised,dropped_faces,dropped_of_identities,kept_beyond\n";
  std::int64_t kept = 0;
  for (const auto& [enters, entry] : at) {
    kept += entry.first;
    out += fmt::format("{:.17g},{},{},{},{}\n", 0 - enters,
                       row.centers > 0 ? cellOf((0 - enters) / static_cast<double>(row.centers)) : "",
                       entry.first, entry.second.size(), kept);
  }
  return out;
}

// FLOPs are two a multiply-accumulate; nothing where the model does not state these. TAR is at the FAR of the
// row, and `supported` says whether the impostors are enough for it: nothing of an older version's sweep.
std::string sweepCsv(const results::SweepJobResult& result) {
  std::string out =
      "aggregation,threshold,kept_share,tar,accuracy,macs,flops,milliseconds,compute_share,far,impostors,"
      "supported\n";
  const bool known = result.impostors >= 0;
  const std::string rate =
      fmt::format("{},{},{}", cellOf(result.far), known ? std::to_string(result.impostors) : std::string(),
                  !known               ? ""
                  : result.supported() ? "true"
                                       : "false");
  for (const auto& curve : result.curves)
    for (const auto& p : curve.points) {
      const double macs = p.cost.macs > 0 ? p.cost.macs : std::nan("");
      out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", data::csvField(curve.name), cellOf(p.threshold),
                         cellOf(p.keptShare), cellOf(p.tar), cellOf(p.accuracy), cellOf(macs),
                         cellOf(2 * macs), cellOf(p.cost.milliseconds), cellOf(p.cost.share), rate);
    }
  return out;
}

json orNull(const json& value) { return value.is_discarded() ? json() : value; }
}  // namespace

std::vector<fs::path> exportNumbers(const project::Project& project, const fs::path& folder,
                                    Progress& progress) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) failField("out", folder.string(), "cannot be created ({})", code.message());
  std::vector<fs::path> files;
  const auto write = [&](const std::string& name, const std::string& contents) {
    writeFileAtomically(folder / name, contents);
    files.push_back(folder / name);
    progress.advance();
  };
  const auto allRuns = project.runs();
  const auto ofRuns = std::ranges::count_if(allRuns, [](const auto& run) {
    return run.status == "done" && (run.job == "evaluate" || run.job == "sweep");
  });
  progress.start("exporting", 3 + 2 * static_cast<std::int64_t>(project.selections().size()) + ofRuns);
  write("scores.csv", scoresCsv(project));
  write("identities.csv", identitiesCsv(project));
  for (const auto& name : project.selections()) {
    const auto row = project.selection(name);
    write(fmt::format("selection-{}.csv", name), selectionCsv(project, row));
    if (std::isnan(analysis::cutLambda(row)) && !analysis::isOrder(row))  // which have none
      write(fmt::format("selection-{}-breakpoints.csv", name), breakpointsCsv(project, row));
  }
  json runs = json::array();
  for (const auto& run : allRuns) {
    const json result = parseJson(run.result);
    runs.push_back({{"id", run.id},
                    {"job", run.job},
                    {"started", run.started},
                    {"finished", run.finished},
                    {"status", run.status},
                    {"options", orNull(parseJson(run.options))},
                    {"result", orNull(result)}});
    if (const auto evaluated = results::resultOf<results::EvaluateResult>(run))
      write(fmt::format("evaluation-{}.json", run.id), textOf(result, 1));
    else if (const auto swept = results::resultOf<results::SweepJobResult>(run))
      write(fmt::format("sweep-{}.csv", run.id), sweepCsv(*swept));
    else if (run.status == "done" && (run.job == "evaluate" || run.job == "sweep"))
      progress.note(fmt::format("the result of run {} ({}) is not as Discern writes it and was left out",
                                run.id, run.job));
  }
  const auto point = analysis::currentPoint(project);
  write(
      "report.json",
      textOf(json{{"discern", DISCERN_VERSION}, {"operating_point", discern::toJson(point)}, {"runs", runs}},
             1));
  progress.finish();
  return files;
}

}  // namespace discern::pipeline

// import-features, import-scores
#include <fmt/ranges.h>

#include "app/commands.h"
#include "core/pipeline/import_numbers.h"

namespace discern::app {
namespace {
using results::MatchedRows;

std::string count(std::int64_t n, const char* one, const char* many) {
  return counted(static_cast<std::size_t>(n), one, many);
}

// What became of the rows, a line for each thing that is not as it should be.
std::string rowsText(const MatchedRows& r) {
  std::string text = fmt::format("{} of {} matched by {}", r.matched, count(r.rows, "row", "rows"), r.by);
  if (r.duplicates > 0) text += fmt::format(", {} there twice", r.duplicates);
  const auto line = [&](std::int64_t n, const char* what, const std::vector<std::string>& examples) {
    if (n == 0) return;
    text += fmt::format("\n  {} {}", n, what);
    if (!examples.empty())
      text += fmt::format(": {}{}", fmt::join(examples, ", "), n > std::ssize(examples) ? " ..." : "");
  };
  line(r.unknown, "rows are of no image here", r.unknownExamples);
  line(r.ambiguous, "rows could be of several images, none was taken", r.ambiguousExamples);
  line(r.notFinite, "matched rows hold no finite numbers", {});
  line(r.without, "images have no row", r.withoutExamples);
  return text;
}

std::string text(const results::ImportFeaturesResult& r) {
  std::string text = fmt::format("features '{}': {} dimensions; {}", r.name, r.dims, rowsText(r.rows));
  if (!r.newSet.empty())
    text += fmt::format("\nset '{}': {} of {}, without pictures", r.newSet,
                        count(r.samples, "sample", "samples"), count(r.identities, "identity", "identities"));
  if (!r.ignored.empty())
    text +=
        fmt::format("\n  {} not read: {}", count(std::ssize(r.ignored), "column", "columns"),
                    fmt::join(r.ignored.begin(),
                              r.ignored.begin() + std::min<std::ptrdiff_t>(8, std::ssize(r.ignored)), ", "));
  return text;
}

std::string text(const results::ImportScoresResult& r) {
  return fmt::format(
      "scores '{}'{}: {}; {}, {}, mean {:.4g}, deviation {:.4g}{}", r.name,
      r.column.empty() ? "" : fmt::format(" (column {})", r.column), rowsText(r.rows),
      count(r.scored, "image is scored", "images are scored"),
      r.lowerIsBetter ? "turned round, since lower was better" : "higher is better", r.mean, r.sigma,
      r.failures > 0 ? fmt::format("; {} say that there is no value", count(r.failures, "row", "rows")) : "");
}

}  // namespace

void addNumberCommands(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ImportFeaturesOptions>(
      app, chosen, "import-features", jobs::importFeaturesFields(),
      [](project::Project& project, const jobs::ImportFeaturesOptions& o, Progress& progress) -> Outcome {
        const auto rows = datasets::readFeatureRows(o.source, progress);
        const auto r = pipeline::importFeatures(project, rows, o, progress);
        return {r, text(r)};
      },
      true);
  addJob<jobs::ImportScoresOptions>(
      app, chosen, "import-scores", jobs::importScoresFields(),
      [](project::Project& project, const jobs::ImportScoresOptions& o, Progress& progress) -> Outcome {
        const auto rows = datasets::readScoreRows(o.source, progress);
        const auto r = pipeline::importScores(project, rows, o, progress);
        return {r, text(r)};
      });
}

}  // namespace discern::app

#include "core/pipeline/kept_images.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/analysis/kept.h"
#include "core/analysis/operating_point.h"
#include "core/analysis/selection_path.h"
#include "core/base/field_error.h"
#include "core/data/no_face.h"
#include "core/imaging/image.h"
#include "core/project/decisions.h"
#include "core/selection/selection.h"

namespace discern::pipeline {
namespace {

constexpr const char* kPoint = "point";
constexpr const char* kAll = "all";

std::string whyUnusable(const project::SampleRow& sample, int identity) {
  if (sample.leftOut == project::LeftOut::Everything) return "a person left it out of everything";
  if (identity < 0) return "its identity is excluded";
  if (!sample.problem.empty()) return "it cannot be used: " + sample.problem;
  if (data::isWithoutFace(sample.image)) return "no face was found in it";
  return "";
}

std::vector<unsigned char> wrongOnes(const project::Project& project, const Roster& roster) {
  std::vector<unsigned char> wrong(roster.samples.size());
  for (const auto& [sample, mark] : project::marks(project))
    wrong[static_cast<std::size_t>(sample)] =
        mark.verdict == project::Verdict::Wrong && mark.movedTo < 0 ? 1 : 0;
  for (const auto& row : roster.samples)
    if (row.parent >= 0)
      wrong[static_cast<std::size_t>(row.id)] |= wrong[static_cast<std::size_t>(row.parent)];
  return wrong;
}

// Decides on what no rule has to be asked about; returns the others.
std::vector<int> candidatesOf(const Roster& roster, const std::string& set, KeptImages& kept) {
  std::vector<int> candidates;
  for (const auto& sample : roster.samples) {
    if (sample.removed() || sample.parent >= 0 || sample.identity < 0) continue;
    if (!set.empty() && roster.identities[static_cast<std::size_t>(sample.identity)].set != set) continue;
    const auto i = static_cast<std::size_t>(sample.id);
    if (auto why = whyUnusable(sample, roster.identity[i]); !why.empty())
      kept.rulings[i] = {Kept::Goes, std::move(why)};
    else if (kept.wrong[i])
      kept.rulings[i] = {Kept::Goes, "a person called it wrong"};
    else
      candidates.push_back(sample.id);
  }
  return candidates;
}

std::string whyNoScore(const data::ScoreTable& scores, int sample) {
  return sample >= scores.covered ? std::string("it came after the scores were made")
                                  : data::explain(scores.status[static_cast<std::size_t>(sample)]);
}

void decideByPoint(const project::Project& project, const Roster& roster, const std::vector<int>& candidates,
                   KeptImages& kept) {
  const auto point = analysis::currentPoint(project);
  if (point.scores.empty()) {
    kept.rule = "all images: there are no scores";
    for (const int s : candidates)
      kept.rulings[static_cast<std::size_t>(s)] =
          roster.leftOut[static_cast<std::size_t>(s)] == project::LeftOut::Nothing
              ? KeptRuling{Kept::Stays, "there are no scores"}
              : KeptRuling{Kept::Goes, "a person left it out of templates"};
    return;
  }
  kept.scores = project.scores(point.scores);
  kept.threshold = point.threshold;
  kept.rule = fmt::format("scores {} > {:.4f}", point.scores, point.threshold);
  std::map<int, std::vector<int>> byIdentity;
  for (const int s : candidates)
    if (roster.leftOut[static_cast<std::size_t>(s)] == project::LeftOut::Nothing)
      byIdentity[roster.identity[static_cast<std::size_t>(s)]].push_back(s);
  std::vector<std::vector<int>> groups;
  for (auto& [identity, samples] : byIdentity) groups.push_back(std::move(samples));
  const auto& score = kept.scores->score;
  const auto remaining = analysis::keptOf(groups, score, point.threshold);
  const std::set<int> stay = [&] {
    std::set<int> all;
    for (const auto& group : remaining) all.insert(group.begin(), group.end());
    return all;
  }();
  for (const int s : candidates) {
    const auto i = static_cast<std::size_t>(s);
    if (roster.leftOut[i] != project::LeftOut::Nothing) {
      kept.rulings[i] = {Kept::Goes, "a person left it out of templates"};
      continue;
    }
    const bool known = std::isfinite(score[i]), stays = stay.contains(s);
    std::string reason;
    if (!known)
      reason = "it has no score: " + whyNoScore(*kept.scores, s);
    else if (score[i] > point.threshold)
      reason = "above the threshold";
    else
      reason = stays ? "the best of its identity, none of which is above the threshold"
                     : "not above the threshold";
    kept.rulings[i] = {stays ? Kept::Stays : Kept::Goes, std::move(reason)};
  }
}

// NaN: it is none.
double numberOf(std::string_view text) {
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  return code == std::errc() && end == text.data() + text.size() ? number : std::nan("");
}

// The lambda of NAME@LAMBDA or the one that keeps the share of NAME@SHARE%; without either the one that the
// window shows for that selection, of a cut its own.
double lambdaOf(const project::Project& project, const std::string& rule, const project::SelectionRow& row,
                const std::string& given) {
  const std::string& name = row.name;
  if (given.empty()) {
    if (const double own = analysis::cutLambda(row); !std::isnan(own)) return own;
    const auto shown = project.setting(settings::kSelectionLambda);
    if (!shown || project.setting(settings::kSelectionName).value_or("") != name)
      failField(
          "kept", rule,
          "the lambda is missing; write {}@LAMBDA, such as {}@-0.5, or the share to keep, such as {}@80%",
          name, name, name);
    const double lambda = numberOf(*shown);
    if (!std::isfinite(lambda) || lambda > 0)
      failField("kept", rule, "the lambda of this project's setting, '{}', is none; write {}@LAMBDA", *shown,
                name);
    return lambda;
  }
  if (given.ends_with('%')) {
    const double share = numberOf(std::string_view(given).substr(0, given.size() - 1)) / 100;
    if (!(share > 0 && share <= 1))
      failField("kept", rule, "'{}' is no share; one above 0 % and of at most 100 % was expected", given);
    if (!std::isnan(analysis::cutLambda(row)))
      failField("kept", rule, "'{}' is one cut, of which no share can be asked for", name);
    return analysis::lambdaForShare(row.enters, share);
  }
  const double lambda = numberOf(given);
  if (!std::isfinite(lambda) || lambda > 0)
    failField("kept", rule, "'{}' is no lambda; a number of at most 0 was expected, or a share such as 80%",
              given);
  return analysis::lambdaToReadAt(row, lambda, "kept");
}

void decideBySelection(const project::Project& project, const std::string& rule,
                       const std::vector<int>& candidates, KeptImages& kept) {
  const auto names = project.selections();
  const auto has = [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); };
  const auto at = rule.rfind('@');
  const bool whole = has(rule);  // a selection may have the sign in its name
  const std::string name = whole ? rule : rule.substr(0, at);
  if (!has(name))
    failField("kept", rule, "is neither '{}' nor '{}' nor a selection of this project ({})", kPoint, kAll,
              names.empty() ? std::string("it has none") : fmt::format("{}", fmt::join(names, ", ")));
  const auto row = project.selection(name);
  kept.lambda = lambdaOf(project, rule, row, whole || at == std::string::npos ? "" : rule.substr(at + 1));
  const bool isOrder = analysis::isOrder(row);
  if (!isOrder) kept.enters = row.enters;  // an order's are places and no lambdas
  kept.rule = isOrder ? fmt::format("the first {} of selection {}", std::llround(-kept.lambda), name)
                      : fmt::format("selection {} at lambda {:g}", name, kept.lambda);
  for (const int s : candidates) {
    const double enters = row.enters[static_cast<std::size_t>(s)];
    KeptRuling& ruling = kept.rulings[static_cast<std::size_t>(s)];
    if (std::isnan(enters))
      ruling = {Kept::Stays, "the selection was not asked about it"};
    else if (selection::isKept(enters, kept.lambda))
      ruling = {Kept::Stays, "selected"};
    else
      ruling = {Kept::Goes, isOrder ? "not among the first"
                            : std::isinf(enters) && std::isnan(analysis::cutLambda(row))
                                ? "selected at no lambda"
                                : "not selected at this lambda"};
  }
}

}  // namespace

std::vector<int> KeptImages::samples() const {
  std::vector<int> ids;
  for (std::size_t i = 0; i < rulings.size(); ++i)
    if (rulings[i].kept == Kept::Stays) ids.push_back(static_cast<int>(i));
  return ids;
}

KeptImages keptImages(const project::Project& project, const Roster& roster, const std::string& rule,
                      const std::string& set) {
  if (!set.empty()) requireSet(project, set);
  KeptImages kept;
  kept.rulings.resize(roster.samples.size());
  kept.wrong = wrongOnes(project, roster);
  kept.threshold = -std::numeric_limits<double>::infinity();
  const auto candidates = candidatesOf(roster, set, kept);
  if (rule == kPoint) {
    decideByPoint(project, roster, candidates, kept);
  } else if (rule == kAll) {
    kept.rule = "all images that can be used";
    for (const int s : candidates) kept.rulings[static_cast<std::size_t>(s)] = {Kept::Stays, "all are kept"};
  } else {
    decideBySelection(project, rule, candidates, kept);
  }
  for (const auto& ruling : kept.rulings) {
    kept.kept += ruling.kept == Kept::Stays ? 1 : 0;
    kept.removed += ruling.kept == Kept::Goes ? 1 : 0;
  }
  return kept;
}

std::vector<std::string> plainNames(const std::vector<project::IdentityRow>& identities) {
  std::map<std::string, int> count;
  for (const auto& row : identities) count[row.name] += row.mergedInto < 0 ? 1 : 0;
  std::vector<std::string> names;
  for (const auto& row : identities)
    names.push_back(count[row.name] > 1 ? row.set + "/" + row.name : row.name);
  return names;
}

bool isWholeFile(const data::ImageRef& image) {
  return image.length == 0 && !image.moment && image.degradation.kind == data::DegradationKind::None;
}

const char* extensionOf(std::string_view encoded) {
  const auto format = imaging::formatName(encoded);
  if (format == "JPEG") return "jpg";
  if (format == "PNG") return "png";
  if (format == "WebP") return "webp";
  if (format == "BMP") return "bmp";
  if (format == "TIFF") return "tif";
  return format == "PNM" ? "pnm" : "img";
}

}  // namespace discern::pipeline

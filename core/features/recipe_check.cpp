#include "core/features/recipe_check.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"

namespace discern::features {
namespace {

struct Scaling {
  float mean, std;
  const char* words;
};
constexpr Scaling kScalings[] = {
    {127.5F, 127.5F, "(x - 127.5) / 127.5"}, {0, 255, "x / 255"}, {0, 1, "unscaled pixels"}};

constexpr double kGrave = 1.25;  // share from which the features are called wrong

std::string words(const Recipe& recipe) {
  std::string scale = "its own scaling";
  for (const Scaling& s : kScalings)
    if (recipe.mean == std::array{s.mean, s.mean, s.mean} && recipe.std == std::array{s.std, s.std, s.std})
      scale = s.words;
  return fmt::format("{} and {}", recipe.rgb ? "RGB" : "BGR", scale);
}

bool sameInput(const Recipe& a, const Recipe& b) {
  return a.rgb == b.rgb && a.mean == b.mean && a.std == b.std;
}

std::vector<Recipe> alternatives(const Recipe& given) {
  std::vector<Recipe> result;
  const auto add = [&](Recipe recipe) {
    for (const Recipe& known : result)
      if (sameInput(known, recipe)) return;
    if (!sameInput(given, recipe)) result.push_back(std::move(recipe));
  };
  for (const bool swapped : {false, true}) {
    Recipe recipe = given;
    recipe.flip = false;
    if (swapped) {
      recipe.rgb = !given.rgb;
      std::ranges::reverse(recipe.mean);
      std::ranges::reverse(recipe.std);
    }
    add(recipe);
    for (const Scaling& s : kScalings) {
      recipe.mean.fill(s.mean);
      recipe.std.fill(s.std);
      add(recipe);
    }
  }
  return result;
}

// Up to `most` faces of identities with at least two, the same number of each as far as there are any.
std::vector<std::size_t> choose(std::span<const int> identity, int most) {
  std::map<int, std::vector<std::size_t>> byIdentity;
  for (std::size_t i = 0; i < identity.size(); ++i)
    if (identity[i] >= 0) byIdentity[identity[i]].push_back(i);
  std::erase_if(byIdentity, [](const auto& entry) { return entry.second.size() < 2; });
  std::vector<std::size_t> chosen;
  // Two rounds at a time, so that no identity ends with a single face.
  for (std::size_t round = 0; static_cast<int>(chosen.size()) + 2 <= most; round += 2) {
    const std::size_t before = chosen.size();
    for (const auto& [label, faces] : byIdentity)
      for (std::size_t k = round; k < std::min(round + 2, faces.size()); ++k)
        if (static_cast<int>(chosen.size()) < most && (k > 0 || static_cast<int>(chosen.size()) + 1 < most))
          chosen.push_back(faces[k]);
    if (chosen.size() == before) break;
  }
  return chosen;
}
}  // namespace

Separation separation(data::MatrixView features, std::span<const int> identity) {
  std::map<int, std::vector<std::int64_t>> members;
  data::Matrix unit(features.rows, features.cols);
  for (std::int64_t i = 0; i < features.rows; ++i) {
    std::ranges::copy(features.row(i), unit.row(i).begin());
    if (!data::isFinite(unit.row(i)) || data::normalise(unit.row(i)) == 0) continue;
    members[identity[i]].push_back(i);
  }
  std::map<int, std::vector<float>> sums;
  for (const auto& [label, rows] : members) {
    std::vector<float>& sum = sums[label];
    sum.resize(static_cast<std::size_t>(features.cols));
    for (const std::int64_t i : rows) std::ranges::transform(sum, unit.row(i), sum.begin(), std::plus());
  }
  std::vector<double> own, impostor, gap;
  for (const auto& [label, rows] : members) {
    if (rows.size() < 2) continue;
    for (const std::int64_t i : rows) {
      std::vector<float> rest(sums[label]);
      std::ranges::transform(rest, unit.row(i), rest.begin(), std::minus());
      own.push_back(data::cosine(unit.row(i), rest));
      double others = 0;
      for (const auto& [other, sum] : sums) {
        if (other == label) continue;
        impostor.push_back(data::cosine(unit.row(i), sum));
        others += impostor.back();
      }
      gap.push_back(own.back() - others / static_cast<double>(std::max<std::size_t>(1, sums.size() - 1)));
    }
  }
  const auto meanOf = [](const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
  };
  const auto varianceOf = [](const std::vector<double>& values, double mean) {
    double sum = 0;
    for (const double v : values) sum += (v - mean) * (v - mean);
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
  };
  Separation result{meanOf(own), meanOf(impostor), 0, std::move(gap)};
  const double variance = (varianceOf(own, result.own) + varianceOf(impostor, result.impostor)) / 2;
  result.deviation = std::max(1e-3, std::sqrt(variance));
  return result;
}

namespace {
// Whether the same faces are told apart better under `other`, beyond chance and by at least the margin.
bool clearlyBetter(const Separation& other, const Separation& given, double margin) {
  if (other.value() <= given.value() * (1 + margin)) return false;
  // Under one of them some features may be zero or not finite: then the faces are not the same.
  if (other.gap.size() != given.gap.size() || other.gap.size() < 2) return true;
  const auto n = static_cast<double>(other.gap.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < other.gap.size(); ++i) {
    const double difference = other.gap[i] / other.deviation - given.gap[i] / given.deviation;
    sum += difference;
    squares += difference * difference;
  }
  const double mean = sum / n, error = std::sqrt(std::max(0.0, squares / n - mean * mean) / (n - 1));
  return mean > 3 * error;
}
}  // namespace

RecipeVerdict checkRecipe(BaseModel& model, const std::vector<cv::Mat>& faces, std::span<const int> identity,
                          const RecipeCheckOptions& options) {
  if (faces.size() != identity.size())
    fail("the recipe check got {} faces and {} identity labels; give one label for each", faces.size(),
         identity.size());
  RecipeVerdict verdict;
  verdict.better = model.recipe();
  std::vector<cv::Mat> sample;
  std::vector<int> label;
  for (const std::size_t i : choose(identity, options.faces)) {
    sample.push_back(faces[i]);
    label.push_back(identity[i]);
  }
  std::vector<int> distinct = label;
  std::ranges::sort(distinct);
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  verdict.faces = static_cast<int>(sample.size());
  verdict.identities = static_cast<int>(distinct.size());
  if (distinct.size() < 2) {
    verdict.checked = false;
    verdict.sentence = fmt::format(
        "The recipe {} (channel order and scale) could not be checked: that takes two identities, or two "
        "genuine "
        "pairs, of two readable images each.",
        verdict.better.name);
    return verdict;
  }

  Recipe given = model.recipe();
  given.flip = false;
  verdict.given = verdict.best = separation(model.extractAs(given, sample).view(), label);
  Recipe best = given;
  for (const Recipe& recipe : alternatives(given)) {
    const Separation other = separation(model.extractAs(recipe, sample).view(), label);
    if (other.value() <= verdict.best.value()) continue;
    verdict.best = other;
    best = recipe;
  }
  verdict.suspicious = clearlyBetter(verdict.best, verdict.given, options.margin);
  if (!verdict.suspicious) {
    verdict.best = verdict.given;
    verdict.sentence = fmt::format(
        "The recipe {} looks right: own-centroid cosine {:.2f}, impostors {:.2f} on {} images, and no other "
        "channel "
        "order or scale separates identities clearly better.",
        given.name, verdict.given.own, verdict.given.impostor, verdict.faces);
    return verdict;
  }
  best.flip = model.recipe().flip;
  verdict.better = best;
  verdict.better.name = "custom";
  // A model may have been trained with either channel order
  // or both; a small gain is a reason to try, not a fault.
  const bool grave = verdict.best.value() > kGrave * verdict.given.value();
  verdict.sentence = fmt::format(
      "{}: with {} the identities separate by {:.1f} deviations (own-centroid cosine {:.2f}, impostors "
      "{:.2f}), with "
      "the recipe {} ({}) by {:.1f} ({:.2f}, {:.2f}); {}.",
      grave ? "The features look wrong" : "Another recipe seems to fit this model better", words(best),
      verdict.best.value(), verdict.best.own, verdict.best.impostor, given.name, words(given),
      verdict.given.value(), verdict.given.own, verdict.given.impostor,
      grave ? "check the recipe of this model" : "compare both on pairs you trust");
  return verdict;
}

}  // namespace discern::features

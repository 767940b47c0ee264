#include "app/words.h"

#include <fmt/format.h>

namespace discern::app {

std::string trueScoresText(bool are, const std::string& scores) {
  if (!are) return {};
  return fmt::format(
      "scores '{}' are true scores, told from the labels of these very images: what a perfect predictor "
      "would give, not what a DDNet or a head does\n",
      scores);
}

std::string computeText(double macs) {
  using evaluation::ComputeCount;
  const auto told = [macs](ComputeCount count) {
    return fmt::format("{:.2f} M{}", evaluation::countedAs(count, macs) / 1e6, evaluation::unitOf(count));
  };
  return fmt::format("{} ({})", told(ComputeCount::Macs), told(ComputeCount::Operations));
}

}  // namespace discern::app

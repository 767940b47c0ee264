#include "core/embedding/tsne.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/base/team.h"
#include "core/embedding/affinities.h"
#include "core/embedding/attraction.h"
#include "core/embedding/layout.h"
#include "core/embedding/nearest.h"
#include "core/embedding/principal.h"
#include "core/embedding/repulsion.h"

namespace discern::embedding {
namespace {

constexpr double kStartDeviation = 1e-4;
constexpr float kSmallestGain = 0.01F;
// A map that reaches so far has come apart: real ones stay within a few hundred. The kernels need positions
// to be near enough that the product of four squared distances is a float.
constexpr float kFarthest = 2e4F;

void check(data::MatrixView points, const TsneOptions& o) {
  if (points.rows < 4) fail("t-SNE needs at least 4 points, not {}: choose more images", points.rows);
  if (points.rows > 100'000'000)
    fail("t-SNE takes at most 100,000,000 points, not {}: draw a sample", points.rows);
  if (points.cols < 1) fail("t-SNE needs points of at least one dimension: choose another feature table");
  for (std::int64_t i = 0; i < points.rows; ++i)
    if (!data::isFinite(points.row(i)))
      fail("t-SNE: row {} of the features holds a value that is not finite: extract the features again", i);
  const auto number = [](const char* option, double value, double least) {
    if (!(value >= least) || !std::isfinite(value))
      fail("t-SNE option {} must be a number of at least {}, not {}", option, least, value);
  };
  number("perplexity", o.perplexity, 1);
  number("iterations", o.iterations, 1);
  number("learningRate", o.learningRate, 0);
  number("exaggeration", o.exaggeration, 1);
  number("exaggerationIterations", o.exaggerationIterations, 0);
  number("reportEvery", o.reportEvery, 1);
  number("threads", o.threads, 0);
}

// Principal components with a deviation of 1e-4 along the first, and a hundredth of that as noise: where the
// components say nothing (equal points, a line), the noise lets the points part.
Layout start(const Prepared& prepared, std::uint64_t seed, Team& team) {
  const std::int64_t n = prepared.points.rows;
  const std::vector<double> scores = principalScores(prepared, seed, team);
  double square = 0;
  for (std::int64_t i = 0; i < n; ++i) square += scores[2 * i] * scores[2 * i];
  const double deviation = std::sqrt(square / static_cast<double>(n));
  const bool flat = deviation < 1e-12;
  Rng rng(mixSeed(seed, "noise"));
  data::Matrix map(n, 2);
  for (std::int64_t e = 0; e < 2 * n; ++e) {
    const double component = flat ? 0 : scores[e] / deviation;
    map.values[e] = static_cast<float>(kStartDeviation * (component + (flat ? 1 : 0.01) * rng.normal()));
  }
  return Layout(std::move(map));
}

// Gradient descent with momentum and a gain per coordinate
// (Jacobs 1988), as the authors and scikit-learn do it.
class Descent {
 public:
  Descent(const Affinities& p, Layout layout, const TsneOptions& options, Team& team)
      : p_(p),
        options_(options),
        team_(team),
        layout_(std::move(layout)),
        repulsion_(makeRepulsion(layout_.points, options.exactLimit, team)),
        pull_(layout_.points),
        push_(layout_.points),
        step_(2 * layout_.points),
        gain_(2 * layout_.points, 1.0F) {
    const auto n = static_cast<double>(layout_.points);
    rate_ = options.learningRate > 0 ? options.learningRate
                                     : std::min(std::max(n / options.exaggeration / 4, 50.0), n / 4);
  }

  const Layout& layout() const { return layout_; }
  double measure() { return z_ = repulsion_->compute(layout_, push_); }
  double kl() { return klDivergence(p_, layout_, z_, team_); }

  // After measure(). Throws Error when the map comes apart.
  void move(int iteration) {
    const bool early = iteration < options_.exaggerationIterations;
    if (iteration == options_.exaggerationIterations) {
      std::fill(step_.begin(), step_.end(), 0.0F);
      std::fill(gain_.begin(), gain_.end(), 1.0F);
    }
    attraction(p_, layout_, team_, pull_);
    const auto pull = static_cast<float>(4 * (early ? options_.exaggeration : 1));
    const auto push = static_cast<float>(4 / z_);
    const float momentum = early ? 0.5F : 0.8F;
    const auto rate = static_cast<float>(rate_);
    constexpr std::int64_t kGrain = 2048;
    std::vector<char> lost((layout_.points + kGrain - 1) / kGrain);
    team_.blocks(layout_.points, kGrain, [&](std::int64_t begin, std::int64_t end) {
      float farthest = 0;
      for (std::int64_t i = begin; i < end; ++i) {
        float to[2];
        for (int axis = 0; axis < 2; ++axis) {
          const std::int64_t e = 2 * i + axis;
          const float gradient =
              axis == 0 ? pull * pull_.x[i] - push * push_.x[i] : pull * pull_.y[i] - push * push_.y[i];
          gain_[e] = std::max(kSmallestGain, step_[e] * gradient < 0 ? gain_[e] + 0.2F : gain_[e] * 0.8F);
          step_[e] = momentum * step_[e] - rate * gain_[e] * gradient;
          to[axis] = layout_.map.values[e] + step_[e];
          if (!(std::abs(to[axis]) <= kFarthest)) farthest = kFarthest;
        }
        layout_.set(i, to[0], to[1]);
      }
      lost[begin / kGrain] = farthest > 0;
    });
    if (std::find(lost.begin(), lost.end(), 1) != lost.end())
      fail(
          "t-SNE came apart at iteration {} with a learning rate of {}: choose a smaller one, or 0 for "
          "automatic",
          iteration + 1, rate_);
  }

 private:
  const Affinities& p_;
  const TsneOptions& options_;
  Team& team_;
  Layout layout_;
  std::unique_ptr<Repulsion> repulsion_;
  Plane pull_, push_;
  std::vector<float> step_, gain_;
  double rate_ = 0, z_ = 0;
};

}  // namespace

TsneResult tsne(data::MatrixView points, const TsneOptions& options, Progress& progress,
                const LayoutSink& sink) {
  check(points, options);
  progress.throwIfStopped();
  Team team(options.threads > 0 ? options.threads : threadCount());
  const double perplexity = std::min(options.perplexity, static_cast<double>(points.rows - 1) / 3);
  const Prepared prepared = prepare(points, team);
  progress.start("finding neighbours", points.rows);
  const std::int64_t k = std::min(points.rows - 1, static_cast<std::int64_t>(3 * perplexity) + 1);
  const Affinities p = affinities(nearestNeighbours(prepared, k, team, progress), perplexity, team);
  progress.finish();

  progress.start("laying out", options.iterations);
  Descent descent(p, start(prepared, options.seed, team), options, team);
  for (int i = 0; i < options.iterations; ++i) {
    progress.throwIfStopped();
    descent.measure();
    if (sink && i % options.reportEvery == 0) sink(i, descent.kl(), descent.layout().map.view());
    descent.move(i);
    progress.advance();
  }
  descent.measure();
  TsneResult result{descent.layout().map, descent.kl(), options.iterations};
  if (sink) sink(options.iterations, result.kl, result.map.view());
  progress.finish();
  return result;
}

}  // namespace discern::embedding

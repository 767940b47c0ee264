#include "core/training/feature_head.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/training/rank.h"
#include "core/training/ridge.h"

namespace discern::training {
namespace {

constexpr int kHeadFolds = 4;
constexpr std::int64_t kRowsAtOnce = 4096;
constexpr double kLogitLimit = 6.9;  // targets of 0.001 to 0.999

// What linear regression needs of some rows (x, 1) and targets y; sums of two sets add up.
struct Sums {
  cv::Mat squares, products;  // (D + 1) x (D + 1), (D + 1) x 1
  cv::Mat rows;               // 1 x (D + 1): sum of x
  double targets = 0, count = 0;
};

Sums operator+(const Sums& a, const Sums& b) {
  return {a.squares + b.squares, a.products + b.products, a.rows + b.rows, a.targets + b.targets,
          a.count + b.count};
}

struct Solution {
  cv::Mat weight;  // (D + 1) x 1
  double bias = 0;
};

Solution solve(const Sums& sums, double ridge) {
  const cv::Mat mean = sums.rows / sums.count;
  const double target = sums.targets / sums.count;
  const cv::Mat variance = sums.squares / sums.count - mean.t() * mean;
  const cv::Mat covariance = sums.products / sums.count - mean.t() * target;
  Solution solution;
  solution.weight = solveRidge(variance, covariance, ridge);
  solution.bias = target - mean.dot(solution.weight.t());
  return solution;
}

// The rows of one fold in standard units: features over one scale, the norm over its own deviation.
struct Standard {
  double scale = 1, normMean = 0, normDeviation = 1;
  void write(std::span<const float> feature, double* out) const {
    for (std::size_t k = 0; k < feature.size(); ++k) out[k] = feature[k] / scale;
    out[feature.size()] = (data::norm(feature) - normMean) / normDeviation;
  }
};

Standard standardOf(data::MatrixView features, const std::vector<std::int64_t>& rows) {
  double sum = 0, squares = 0, norms = 0;
  for (const auto row : rows) {
    for (const float value : features.row(row)) {
      sum += value;
      squares += static_cast<double>(value) * value;
    }
    norms += data::norm(features.row(row));
  }
  const auto n = static_cast<double>(rows.size()), all = n * static_cast<double>(features.cols);
  Standard standard;
  standard.normMean = norms / n;
  double spread = 0;
  for (const auto row : rows) spread += std::pow(data::norm(features.row(row)) - standard.normMean, 2);
  const auto orOne = [](double v) { return v > 0 ? v : 1.0; };
  standard.scale = orOne(std::sqrt(std::max(0.0, squares / all - sum / all * (sum / all))));
  // Features of length 1 have no norm to tell anything by; what is left of it is rounding.
  standard.normDeviation = std::sqrt(spread / n) > 1e-4 * standard.normMean
                               ? std::sqrt(spread / n)
                               : std::numeric_limits<double>::infinity();
  return standard;
}

Sums sumsOf(data::MatrixView features, const std::vector<std::int64_t>& rows,
            const std::vector<double>& target, const Standard& standard) {
  const auto width = features.cols + 1;
  const int w = static_cast<int>(width);
  auto squares = torch::zeros({width, width}, torch::kFloat64),
       products = torch::zeros({width, 1}, torch::kFloat64),
       total = torch::zeros({1, width}, torch::kFloat64);
  Sums sums;
  for (std::size_t begin = 0; begin < rows.size(); begin += kRowsAtOnce) {
    const auto n = std::min<std::int64_t>(kRowsAtOnce, static_cast<std::int64_t>(rows.size() - begin));
    auto x = torch::empty({n, width}, torch::kFloat64), y = torch::empty({n, 1}, torch::kFloat64);
    for (std::int64_t i = 0; i < n; ++i) {
      const auto row = rows[begin + static_cast<std::size_t>(i)];
      standard.write(features.row(row), x.data_ptr<double>() + i * width);
      y.data_ptr<double>()[i] = target[static_cast<std::size_t>(row)];
    }
    squares += x.t().matmul(x);
    products += x.t().matmul(y);
    total += x.sum(0, true);
    sums.targets += y.sum().item<double>();
  }
  const auto copy = [](const torch::Tensor& t, int r, int c) {
    return cv::Mat(r, c, CV_64F, t.contiguous().data_ptr<double>()).clone();
  };
  sums.squares = copy(squares, w, w);
  sums.products = copy(products, w, 1);
  sums.rows = copy(total, 1, w);
  sums.count = static_cast<double>(rows.size());
  return sums;
}

float sigmoid(double logit) { return static_cast<float>(1 / (1 + std::exp(-logit))); }

FeatureHead plainHead(const Solution& solution, const Standard& standard, std::int64_t dims) {
  FeatureHead head;
  for (int k = 0; k < dims; ++k) head.weight.push_back(solution.weight.at<double>(k) / standard.scale);
  head.normWeight = solution.weight.at<double>(static_cast<int>(dims)) / standard.normDeviation;
  head.bias = solution.bias - head.normWeight * standard.normMean;
  return head;
}

double logitOf(const FeatureHead& head, std::span<const float> feature) {
  double logit = head.bias + head.normWeight * data::norm(feature);
  for (std::size_t k = 0; k < feature.size(); ++k) logit += head.weight[k] * feature[k];
  return logit;
}

}  // namespace

FeatureHeadFit fitFeatureHead(const FeatureHeadData& data, std::uint64_t seed, Progress& progress) {
  const auto count = static_cast<std::size_t>(data.features.rows);
  if (data.target.size() != count || data.identity.size() != count ||
      (!data.clean.empty() && data.clean.size() != count))
    fail("{} features came with {} scores, {} identities and {} clean flags; one of each was expected", count,
         data.target.size(), data.identity.size(), data.clean.size());
  std::vector<double> logit(count);
  std::set<int> present;
  std::vector<std::int64_t> usable;
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = data.features.row(static_cast<std::int64_t>(i));
    const double t = data.target[i];
    if (!std::isfinite(t) || !std::all_of(row.begin(), row.end(), [](float v) { return std::isfinite(v); }))
      continue;
    logit[i] = std::clamp(std::log(t / (1 - t)), -kLogitLimit, kLogitLimit);
    present.insert(data.identity[i]);
    usable.push_back(static_cast<std::int64_t>(i));
  }
  if (present.size() < 2)
    fail("a head needs scored images of at least two identities; there are {}", present.size());
  const auto [least, most] = std::ranges::minmax_element(
      usable, {}, [&](std::int64_t i) { return logit[static_cast<std::size_t>(i)]; });
  if (logit[static_cast<std::size_t>(*least)] == logit[static_cast<std::size_t>(*most)])
    fail("a head needs scores that differ; all {} images have the same", usable.size());
  std::vector<int> order(present.begin(), present.end());
  Rng(mixSeed(seed, "folds")).shuffle(order);
  const int folds = std::min<int>(kHeadFolds, static_cast<int>(order.size()));
  std::map<int, int> foldOf;
  for (std::size_t k = 0; k < order.size(); ++k) foldOf[order[k]] = static_cast<int>(k) % folds;
  std::vector<std::vector<std::int64_t>> rows(static_cast<std::size_t>(folds));
  for (const auto i : usable)
    rows[static_cast<std::size_t>(foldOf[data.identity[static_cast<std::size_t>(i)]])].push_back(i);

  const Standard standard = standardOf(data.features, usable);
  std::vector<double> ridges;
  for (int power = -8; power <= 1; ++power) ridges.push_back(std::pow(10.0, power));
  progress.start("fitting the head",
                 static_cast<std::int64_t>(folds) + static_cast<std::int64_t>(folds * ridges.size()));
  std::vector<Sums> sums;
  Sums all;
  for (const auto& fold : rows) {
    progress.throwIfStopped();
    sums.push_back(sumsOf(data.features, fold, logit, standard));
    all = sums.size() == 1 ? sums.front() : all + sums.back();
    progress.advance();
  }
  std::vector<double> error(ridges.size());
  std::vector<std::vector<float>> held(ridges.size(),
                                       std::vector<float>(count, std::numeric_limits<float>::quiet_NaN()));
  for (int f = 0; f < folds; ++f) {
    Sums rest;
    for (int g = 0; g < folds; ++g)
      if (g != f)
        rest = rest.count == 0 ? sums[static_cast<std::size_t>(g)] : rest + sums[static_cast<std::size_t>(g)];
    for (std::size_t r = 0; r < ridges.size(); ++r) {
      progress.throwIfStopped();
      const FeatureHead head = plainHead(solve(rest, ridges[r]), standard, data.features.cols);
      for (const auto i : rows[static_cast<std::size_t>(f)]) {
        const double told = logitOf(head, data.features.row(i));
        error[r] += std::pow(told - logit[static_cast<std::size_t>(i)], 2);
        held[r][static_cast<std::size_t>(i)] = sigmoid(told);
      }
      progress.advance();
    }
  }
  progress.finish();
  const auto best = static_cast<std::size_t>(std::min_element(error.begin(), error.end()) - error.begin());
  FeatureHeadFit fit;
  fit.head = plainHead(solve(all, ridges[best]), standard, data.features.cols);
  fit.images = static_cast<std::int64_t>(usable.size());
  fit.ridge = ridges[best];
  fit.spearman = meanSpearmanWithin(held[best], data.target, data.identity);
  if (!data.clean.empty())
    for (std::size_t i = 0; i < count; ++i)
      if (data.clean[i] == 0) held[best][i] = std::numeric_limits<float>::quiet_NaN();
  fit.spearmanClean = meanSpearmanWithin(held[best], data.target, data.identity);
  return fit;
}

std::vector<float> applyFeatureHead(const FeatureHead& head, data::MatrixView features) {
  if (features.cols != static_cast<std::int64_t>(head.weight.size()))
    fail("the head was fitted on features of {} dimensions; these have {}", head.weight.size(),
         features.cols);
  std::vector<float> scores(static_cast<std::size_t>(features.rows));
  parallelFor(features.rows, 1024, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const double logit = logitOf(head, features.row(i));
      scores[static_cast<std::size_t>(i)] =
          std::isfinite(logit) ? sigmoid(logit) : std::numeric_limits<float>::quiet_NaN();
    }
  });
  return scores;
}

}  // namespace discern::training

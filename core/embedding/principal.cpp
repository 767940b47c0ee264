#include "core/embedding/principal.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/rng.h"
#include "core/embedding/kernels.h"

namespace discern::embedding {
namespace {

constexpr int kIterations = 10;
constexpr std::int64_t kBlocks = 64;  // partial sums: fixed, so that their order is
using Small = std::array<std::array<double, kVectors>, kVectors>;

// Modified Gram-Schmidt, twice for accuracy, on the columns
// of dims x 8. What depends on earlier columns becomes zero.
void orthonormalise(std::vector<double>& basis) {
  const auto d = static_cast<std::int64_t>(basis.size()) / kVectors;
  double first = 0;
  for (std::int64_t c = 0; c < kVectors; ++c) {
    const auto length = [&] {
      double sum = 0;
      for (std::int64_t k = 0; k < d; ++k) sum += basis[k * kVectors + c] * basis[k * kVectors + c];
      return std::sqrt(sum);
    };
    first = std::max(first, length());
    for (int twice = 0; twice < 2; ++twice)
      for (std::int64_t b = 0; b < c; ++b) {
        double dot = 0;
        for (std::int64_t k = 0; k < d; ++k) dot += basis[k * kVectors + b] * basis[k * kVectors + c];
        for (std::int64_t k = 0; k < d; ++k) basis[k * kVectors + c] -= dot * basis[k * kVectors + b];
      }
    const double left = length();
    const double factor = left > 1e-6 * first ? 1 / left : 0;
    for (std::int64_t k = 0; k < d; ++k) basis[k * kVectors + c] *= factor;
  }
}

// Jacobi's rotations: the columns of the result are eigenvectors
// of the symmetric matrix, eigenvalues on its diagonal.
Small eigenvectors(Small& a) {
  Small v{};
  for (int i = 0; i < kVectors; ++i) v[i][i] = 1;
  for (int sweep = 0; sweep < 30; ++sweep)
    for (int p = 0; p < kVectors; ++p)
      for (int q = p + 1; q < kVectors; ++q) {
        if (std::abs(a[p][q]) <= 1e-300) continue;
        const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < kVectors; ++k) {
          const double x = a[k][p], y = a[k][q];
          a[k][p] = c * x - s * y, a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < kVectors; ++k) {
          const double x = a[p][k], y = a[q][k];
          a[p][k] = c * x - s * y, a[q][k] = s * x + c * y;
        }
        for (int k = 0; k < kVectors; ++k) {
          const double x = v[k][p], y = v[k][q];
          v[k][p] = c * x - s * y, v[k][q] = s * x + c * y;
        }
      }
  return v;
}

class Subspace {
 public:
  Subspace(const Prepared& prepared, std::uint64_t seed, Team& team)
      : prepared_(prepared),
        team_(team),
        n_(prepared.points.rows),
        d_(prepared.points.cols),
        grain_((n_ + kBlocks - 1) / kBlocks),
        exact_(d_ * kVectors),
        basis_(d_ * kVectors),
        scores_(n_ * kVectors) {
    Rng rng(mixSeed(seed, "principal"));
    for (double& value : exact_) value = rng.normal();
  }

  // Rotated and sorted: columns 0 and 1 of the scores and the basis are the two first components.
  std::vector<double> scores() {
    for (int i = 0; i < kIterations; ++i) {
      projectAll();
      spreadAll();
    }
    projectAll();
    Small gram{};
    for (std::int64_t i = 0; i < n_; ++i)
      for (int a = 0; a < kVectors; ++a)
        for (int b = 0; b <= a; ++b)
          gram[a][b] += static_cast<double>(scores_[i * kVectors + a]) * scores_[i * kVectors + b];
    for (int a = 0; a < kVectors; ++a)
      for (int b = 0; b < a; ++b) gram[b][a] = gram[a][b];
    const Small rotation = eigenvectors(gram);
    std::array<int, kVectors> order{};
    for (int i = 0; i < kVectors; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return gram[a][a] > gram[b][b]; });
    std::vector<double> result(2 * n_);
    for (int axis = 0; axis < 2; ++axis) {
      const double sign = signOf(rotation, order[axis]);
      for (std::int64_t i = 0; i < n_; ++i)
        for (int a = 0; a < kVectors; ++a)
          result[2 * i + axis] += sign * rotation[a][order[axis]] * scores_[i * kVectors + a];
    }
    return result;
  }

 private:
  void projectAll() {
    orthonormalise(exact_);
    std::copy(exact_.begin(), exact_.end(), basis_.begin());
    team_.blocks(n_, grain_, [&](std::int64_t begin, std::int64_t end) {
      Pass t{&prepared_, begin, end, basis_.data(), scores_.data(), nullptr};
      project(t);
    });
  }

  void spreadAll() {
    std::vector<AlignedVector<float>> part((n_ + grain_ - 1) / grain_);
    team_.blocks(n_, grain_, [&](std::int64_t begin, std::int64_t end) {
      AlignedVector<float>& sum = part[begin / grain_];
      sum.assign(d_ * kVectors, 0.0F);
      Pass t{&prepared_, begin, end, nullptr, scores_.data(), sum.data()};
      spread(t);
    });
    std::fill(exact_.begin(), exact_.end(), 0.0);
    for (const AlignedVector<float>& sum : part)
      for (std::int64_t e = 0; e < d_ * kVectors; ++e) exact_[e] += sum[e];
  }

  double signOf(const Small& rotation, int component) const {
    double most = 0;
    for (std::int64_t k = 0; k < d_; ++k) {
      double value = 0;
      for (int a = 0; a < kVectors; ++a) value += exact_[k * kVectors + a] * rotation[a][component];
      if (std::abs(value) > std::abs(most)) most = value;
    }
    return most < 0 ? -1 : 1;
  }

  const Prepared& prepared_;
  Team& team_;
  std::int64_t n_, d_, grain_;
  std::vector<double> exact_;  // the basis, dims x 8
  AlignedVector<float> basis_, scores_;
};

}  // namespace

std::vector<double> principalScores(const Prepared& prepared, std::uint64_t seed, Team& team) {
  return Subspace(prepared, seed, team).scores();
}

}  // namespace discern::embedding

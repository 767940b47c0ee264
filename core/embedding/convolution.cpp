#include "core/embedding/convolution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <tuple>

namespace discern::embedding {
namespace {

constexpr std::int64_t kLanes = kFftLanes;

// lanes[k][lane] = rows[lane][k] for k < count, and back.
void gatherLanes(const float* rows, std::int64_t stride, std::int64_t count, float* lanes) {
  for (std::int64_t k = 0; k < count; ++k)
    for (std::int64_t lane = 0; lane < kLanes; ++lane) lanes[k * kLanes + lane] = rows[lane * stride + k];
}
void scatterLanes(const float* lanes, std::int64_t stride, std::int64_t count, float* rows) {
  for (std::int64_t k = 0; k < count; ++k)
    for (std::int64_t lane = 0; lane < kLanes; ++lane) rows[lane * stride + k] = lanes[k * kLanes + lane];
}

// 16 columns of a grid, lane by lane, and back.
void copyColumns(const float* from, std::int64_t stride, std::int64_t count, float* lanes) {
  for (std::int64_t k = 0; k < count; ++k) std::copy_n(from + k * stride, kLanes, lanes + k * kLanes);
}
void storeColumns(const float* lanes, std::int64_t stride, std::int64_t count, float* to) {
  for (std::int64_t k = 0; k < count; ++k) std::copy_n(lanes + k * kLanes, kLanes, to + k * stride);
}

}  // namespace

template <typename Body>
void Convolution::withBuffer(const Body& body) {
  std::unique_ptr<Fft::Buffer> mine;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      mine = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!mine) mine = std::make_unique<Fft::Buffer>(fft_.length());
  body(*mine);
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(mine));
}

void Convolution::prepare(const NodeGrid& grid) {
  grid_ = grid;
  if (fft_.length() != 2 * grid.nodes) {
    fft_ = Fft(2 * grid.nodes);
    free_.clear();
  }
  const std::int64_t m = fft_.length();
  spectrumRe_.resize(m * m);
  spectrumIm_.resize(m * m);
  energy_.resize(m * m);
  transformKernel(false, spectrumRe_, &spectrumIm_);
  transformKernel(true, energy_, nullptr);
  measureNear();
  middleRe_.assign(m * grid.stride, 0.0F);
  middleIm_.assign(m * grid.stride, 0.0F);
  z_.assign(m / kLanes, 0.0);
}

double Convolution::convolve(const AlignedVector<float>& charges, AlignedVector<float>& fieldX,
                             AlignedVector<float>& fieldY) {
  const std::int64_t m = fft_.length(), n = grid_.nodes, stride = grid_.stride;
  team_.run(stride / kLanes, [&](std::int64_t block) {
    withBuffer([&](Fft::Buffer& b) {
      copyColumns(charges.data() + block * kLanes, stride, n, b.re.data());
      std::fill(b.re.begin() + n * kLanes, b.re.end(), 0.0F);
      std::fill(b.im.begin(), b.im.end(), 0.0F);
      fft_.forward(b);
      storeColumns(b.re.data(), stride, m, middleRe_.data() + block * kLanes);
      storeColumns(b.im.data(), stride, m, middleIm_.data() + block * kLanes);
    });
  });
  team_.run(m / kLanes, [&](std::int64_t block) { multiply(block); });
  team_.run(stride / kLanes, [&](std::int64_t block) {
    withBuffer([&](Fft::Buffer& b) {
      copyColumns(middleRe_.data() + block * kLanes, stride, m, b.re.data());
      copyColumns(middleIm_.data() + block * kLanes, stride, m, b.im.data());
      fft_.inverse(b);
      storeColumns(b.re.data(), stride, n, fieldX.data() + block * kLanes);
      storeColumns(b.im.data(), stride, n, fieldY.data() + block * kLanes);
    });
  });
  double z = 0;
  for (const double part : z_) z += part;
  return z;
}

// The second axis of 16 frequencies of the first: transform, times the kernel, back.
void Convolution::multiply(std::int64_t block) {
  const std::int64_t m = fft_.length(), n = grid_.nodes, stride = grid_.stride;
  withBuffer([&](Fft::Buffer& b) {
    gatherLanes(middleRe_.data() + block * kLanes * stride, stride, n, b.re.data());
    gatherLanes(middleIm_.data() + block * kLanes * stride, stride, n, b.im.data());
    std::fill(b.re.begin() + n * kLanes, b.re.end(), 0.0F);
    std::fill(b.im.begin() + n * kLanes, b.im.end(), 0.0F);
    fft_.forward(b);
    const float* kernelRe = spectrumRe_.data() + block * kLanes * m;
    const float* kernelIm = spectrumIm_.data() + block * kLanes * m;
    const float* energy = energy_.data() + block * kLanes * m;
    double z = 0;
    for (std::int64_t k = 0; k < m; ++k) {
      std::array<float, kLanes> power;
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        const std::int64_t e = k * kLanes + lane;
        const float re = b.re[e], im = b.im[e];
        power[lane] = (re * re + im * im) * energy[e];
        b.re[e] = re * kernelRe[e] - im * kernelIm[e];
        b.im[e] = re * kernelIm[e] + im * kernelRe[e];
      }
      for (const float p : power) z += p;
    }
    z_[block] = z;
    fft_.inverse(b);
    scatterLanes(b.re.data(), stride, n, middleRe_.data() + block * kLanes * stride);
    scatterLanes(b.im.data(), stride, n, middleIm_.data() + block * kLanes * stride);
  });
}

// At the offset of nodes c, r around the circle: x and y of z / (1 + |z|^2)^2, or 1 / (1 + |z|^2) and 0.
// Divided by length^2, which the inverse transform does not do.
std::pair<float, float> Convolution::kernelAt(std::int64_t c, std::int64_t r, bool energy) const {
  const std::int64_t m = fft_.length(), n = grid_.nodes;
  const double x = grid_.spacing * static_cast<double>(c <= n ? c : c - m);
  const double y = grid_.spacing * static_cast<double>(r <= n ? r : r - m);
  const double q = 1 / (1 + x * x + y * y), scale = 1 / (static_cast<double>(m) * static_cast<double>(m));
  if (energy) return {static_cast<float>(q * scale), 0.0F};
  // Half-way round, left and right meet: an odd function is 0 there.
  return {c == n ? 0.0F : static_cast<float>(x * q * q * scale),
          r == n ? 0.0F : static_cast<float>(y * q * q * scale)};
}

// Two splines blur the kernel, one where a charge is spread and one where the field is read. The factor per
// axis that undoes it with the least mean square error over where points lie between nodes (Hockney and
// Eastwood 1981): M^2 / (sum over aliases of M^2)^2, with M = sinc^4 the transform of the cubic B-spline.
std::vector<float> Convolution::sharpening() const {
  const std::int64_t m = fft_.length();
  std::vector<float> result(m);
  for (std::int64_t k = 0; k < m; ++k) {
    const double u = std::numbers::pi * static_cast<double>(k <= m / 2 ? k : k - m) / static_cast<double>(m);
    const auto blur = [&](int alias) {
      const double v = u + std::numbers::pi * alias;
      return v == 0 ? 1.0 : std::pow(std::sin(v) / v, 8);
    };
    double sum = 0;
    for (int alias = -3; alias <= 3; ++alias) sum += blur(alias);
    result[k] = static_cast<float>(blur(0) / (sum * sum));
  }
  return result;
}

void Convolution::transformKernel(bool energy, AlignedVector<float>& re, AlignedVector<float>* im) {
  const std::int64_t m = fft_.length();
  const std::vector<float> sharper = sharpening();
  AlignedVector<float> halfRe(m * m), halfIm(m * m);
  team_.run(m / kLanes, [&](std::int64_t block) {
    withBuffer([&](Fft::Buffer& b) {
      for (std::int64_t c = 0; c < m; ++c)
        for (std::int64_t lane = 0; lane < kLanes; ++lane)
          std::tie(b.re[c * kLanes + lane], b.im[c * kLanes + lane]) =
              kernelAt(c, block * kLanes + lane, energy);
      fft_.forward(b);
      storeColumns(b.re.data(), m, m, halfRe.data() + block * kLanes);
      storeColumns(b.im.data(), m, m, halfIm.data() + block * kLanes);
    });
  });
  team_.run(m / kLanes, [&](std::int64_t block) {
    withBuffer([&](Fft::Buffer& b) {
      gatherLanes(halfRe.data() + block * kLanes * m, m, m, b.re.data());
      gatherLanes(halfIm.data() + block * kLanes * m, m, m, b.im.data());
      fft_.forward(b);
      for (std::int64_t e = 0; e < m * kLanes; ++e) {
        const float factor = sharper[e / kLanes] * sharper[block * kLanes + e % kLanes];
        b.re[e] *= factor;
        b.im[e] *= factor;
      }
      std::copy(b.re.begin(), b.re.end(), re.begin() + block * kLanes * m);
      if (im) std::copy(b.im.begin(), b.im.end(), im->begin() + block * kLanes * m);
    });
  });
}

// The inverse transform of energy_ at the 16 smallest offsets.
void Convolution::measureNear() {
  const std::int64_t m = fft_.length();
  std::vector<std::array<double, kReach>> cosine(m);
  for (std::int64_t k = 0; k < m; ++k)
    for (std::int64_t offset = 0; offset < kReach; ++offset)
      cosine[k][offset] =
          std::cos(2 * std::numbers::pi * static_cast<double>(k * offset % m) / static_cast<double>(m));
  std::vector<NearEnergy> part(m / kLanes);
  team_.run(m / kLanes, [&](std::int64_t block) {
    for (std::int64_t lane = 0; lane < kLanes; ++lane) {
      std::array<double, kReach> along{};
      for (std::int64_t k = 0; k < m; ++k)
        for (std::int64_t r = 0; r < kReach; ++r)
          along[r] += energy_[(block * m + k) * kLanes + lane] * cosine[k][r];
      for (std::int64_t c = 0; c < kReach; ++c)
        for (std::int64_t r = 0; r < kReach; ++r)
          part[block][c][r] += cosine[block * kLanes + lane][c] * along[r];
    }
  });
  near_ = {};
  for (const NearEnergy& p : part)
    for (std::int64_t c = 0; c < kReach; ++c)
      for (std::int64_t r = 0; r < kReach; ++r) near_[c][r] += p[c][r];
}

}  // namespace discern::embedding

// Whatever the bytes: an image or an Error, nothing else.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/imaging/image.h"
#include "tests/core/imaging/encoded_images.h"

namespace discern::imaging {
namespace {

// Flips, overwrites, removes or inserts a few bytes, mostly near the start, where the structure is; or cuts
// the end off.
std::string damaged(std::string bytes, Rng& rng) {
  for (auto edits = 1 + rng.below(4); edits > 0 && !bytes.empty(); --edits) {
    const auto reach = rng.chance(0.7) ? std::min<std::int64_t>(static_cast<std::int64_t>(bytes.size()), 80)
                                       : static_cast<std::int64_t>(bytes.size());
    const auto at = static_cast<std::size_t>(rng.below(reach));
    switch (rng.below(5)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ 1 << rng.below(8));
        break;
      case 1:
        bytes[at] = static_cast<char>(rng.chance(0.5) ? 0xFF : rng.below(256));
        break;
      case 2:
        bytes.erase(at, static_cast<std::size_t>(1 + rng.below(8)));
        break;
      case 3:
        bytes.insert(at, static_cast<std::size_t>(1 + rng.below(8)), static_cast<char>(rng.below(256)));
        break;
      default:
        bytes.resize(static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(bytes.size()) + 1)));
    }
  }
  return bytes;
}

TEST(Fuzz, DecodeReturnsAnImageOrThrowsError) {
  const DecodeLimits limits{.maxPixels = 1'000'000};
  int decoded = 0, refused = 0;
  for (const auto& [name, bytes] : testing::everyFormat()) {
    for (std::uint64_t i = 0; i < 400; ++i) {
      Rng rng(mixSeed(mixSeed(1, name), i));
      const std::string input = damaged(bytes, rng);
      try {
        const cv::Mat image = decode(input, name, limits);
        ASSERT_EQ(image.type(), CV_8UC3) << name << " " << i;
        ASSERT_FALSE(image.empty()) << name << " " << i;
        ++decoded;
      } catch (const Error& e) {
        ASSERT_TRUE(std::string(e.what()).starts_with(name)) << e.what();
        ++refused;
      }
    }
  }
  EXPECT_GT(decoded, 100);  // the inputs are neither all sound nor all hopeless
  EXPECT_GT(refused, 1000);
}

TEST(Fuzz, ProbeSizeReadsAnyPrefix) {
  for (const auto& [name, bytes] : testing::everyFormat()) {
    const cv::Size whole = probeSize(bytes);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      // A copy of exactly that length, so that a sanitizer sees any reading beyond it.
      const std::vector<char> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
      const cv::Size size = probeSize({prefix.data(), prefix.size()});
      EXPECT_TRUE(size.empty() || size == whole || name == "PNM") << name << " " << length;
    }
  }
}

}  // namespace
}  // namespace discern::imaging

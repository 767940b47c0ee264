#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/aggregation/aggregate.h"
#include "tests/golden/stream.h"

namespace discern::aggregation {
namespace {

// The groups of evaluation_golden.py: group g has g + 1 samples.
struct Input {
  data::Matrix features{0, 24};
  std::vector<float> scores;
  std::vector<int> media;
  std::vector<std::vector<int>> groups;
};

Input goldenInput() {
  Input in;
  golden::Stream stream(5);
  for (int g = 0; g < 12; ++g) {
    const int n = g + 1, first = static_cast<int>(in.features.rows);
    in.groups.emplace_back();
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < 24; ++j) in.features.values.push_back(stream.next() - 0.4F);
      in.groups.back().push_back(first + i);
      in.media.push_back(i / 2);
    }
    in.features.rows += n;
    for (int i = 0; i < n; ++i) {
      const float scale = 1.0F + stream.next();
      for (float& v : in.features.row(first + i)) v *= scale;
    }
    for (int i = 0; i < n; ++i) in.scores.push_back(stream.bell(20));
  }
  return in;
}

TEST(AggregateGolden, AgreesWithNumPy) {
  std::ifstream file(DISCERN_SOURCE_DIR "/tests/golden/aggregation.json");
  const auto golden = nlohmann::json::parse(file);
  const Input in = goldenInput();
  ASSERT_EQ(golden.size(), 10U);
  for (const auto& [how, rows] : golden.items()) {
    Options options;
    options.method = parseMethod(how.substr(0, how.find(' ')));
    if (options.method == Method::Ddl) options.rescale = parseRescale(how.substr(4));
    options.threshold = 0.4;
    options.autoMinimum = 4;
    options.autoSpread = 0.3;
    options.normaliseFeatures = options.method != Method::MediaMeanSum;
    const auto result = aggregate(in.features.view(), in.groups, in.scores, options, in.media);
    for (std::size_t g = 0; g < in.groups.size(); ++g)
      for (std::size_t j = 0; j < rows[g].size(); ++j)
        EXPECT_NEAR(result.row(static_cast<std::int64_t>(g))[j], rows[g][j].get<double>(), 1e-6)
            << how << " " << g;
  }
}

}  // namespace
}  // namespace discern::aggregation

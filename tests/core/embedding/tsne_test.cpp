#include "core/embedding/tsne.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "tests/core/embedding/clouds.h"

namespace discern::embedding {
namespace {

TsneResult run(const data::Matrix& points, TsneOptions options, const LayoutSink& sink = {}) {
  Progress progress;
  return tsne(points.view(), options, progress, sink);
}

TEST(TsneTest, plantedClustersComeApart) {
  const TsneResult result = run(clusters(500, 32, 10, 3, 1), {.iterations = 500});
  ASSERT_EQ(result.map.rows, 500);
  ASSERT_EQ(result.map.cols, 2);
  EXPECT_EQ(agreement(result.map, 10), 1.0);
}

TEST(TsneTest, interpolationMakesAsGoodAMap) {
  const data::Matrix points = clusters(3500, 16, 20, 2, 1);
  const TsneResult exact = run(points, {.perplexity = 20, .iterations = 300, .exactLimit = 4000});
  const TsneResult interpolated = run(points, {.perplexity = 20, .iterations = 300, .exactLimit = 0});
  EXPECT_NE(exact.map.values, interpolated.map.values);
  EXPECT_NEAR(interpolated.kl, exact.kl, 0.03 * exact.kl);
  EXPECT_GT(agreement(interpolated.map, 20), 0.99);
}

TEST(TsneTest, theSameWhateverTheNumberOfThreads) {
  for (const bool exact : {true, false}) {
    const data::Matrix points = clusters(exact ? 700 : 3500, 24, 6, 1, 2);
    TsneOptions options;
    options.perplexity = 10;
    options.iterations = exact ? 300 : 40;
    options.exactLimit = exact ? 1000 : 0;
    options.threads = 1;
    const TsneResult one = run(points, options);
    for (const int threads : {2, 5}) {
      options.threads = threads;
      const TsneResult other = run(points, options);
      EXPECT_EQ(one.map.values, other.map.values) << threads;
      EXPECT_EQ(one.kl, other.kl);
    }
    options.seed = 2;
    EXPECT_NE(run(points, options).map.values, one.map.values);
  }
}

TEST(TsneTest, theSameInEveryRun) {
  const data::Matrix points = clusters(300, 24, 6, 1, 2);
  const TsneResult once = run(points, {.iterations = 200});
  EXPECT_EQ(once.map.values, run(points, {.iterations = 200}).map.values);
}

TEST(TsneTest, theSinkSeesTheMapGrow) {
  const data::Matrix points = clusters(300, 16, 5, 3, 3);
  TsneOptions options;
  options.iterations = 420;
  options.reportEvery = 100;
  std::vector<int> iterations;
  std::vector<double> kl, extent;
  data::Matrix last;
  const TsneResult result = run(points, options, [&](int iteration, double now, data::MatrixView layout) {
    ASSERT_EQ(layout.rows, 300);
    ASSERT_EQ(layout.cols, 2);
    iterations.push_back(iteration);
    kl.push_back(now);
    last = data::Matrix(300, 2);
    last.values.assign(layout.values, layout.values + 600);
    extent.push_back(*std::max_element(last.values.begin(), last.values.end()));
  });
  EXPECT_EQ(iterations, (std::vector<int>{0, 100, 200, 300, 400, 420}));
  EXPECT_LT(extent.front(), 1e-3);
  EXPECT_GT(extent.back(), 1);
  EXPECT_GT(kl.front(), 1.5 * kl.back());
  EXPECT_EQ(last.values, result.map.values);
  EXPECT_EQ(kl.back(), result.kl);
  EXPECT_EQ(result.map.values, run(points, options).map.values);  // watching changes nothing
}

TEST(TsneTest, progressCountsPointsThenIterations) {
  std::vector<std::string> stages;
  Progress progress([&](const ProgressEvent& event) {
    if (event.kind != ProgressEvent::Kind::StageDone) return;
    stages.push_back(event.stage);
    EXPECT_EQ(event.done, event.total);
    EXPECT_EQ(event.total, stages.size() == 1 ? 100 : 60);
  });
  TsneOptions options;
  options.iterations = 60;
  tsne(clusters(100, 4, 2, 3, 3).view(), options, progress);
  EXPECT_EQ(stages, (std::vector<std::string>{"finding neighbours", "laying out"}));
}

TEST(TsneTest, aStopHalfWayEndsAtTheNextIteration) {
  const data::Matrix points = clusters(300, 16, 5, 3, 3);
  TsneOptions options;
  options.reportEvery = 10;
  std::stop_source stop;
  Progress progress({}, stop.get_token());
  int last = -1;
  EXPECT_THROW(tsne(points.view(), options, progress,
                    [&](int iteration, double, data::MatrixView) {
                      last = iteration;
                      if (iteration == 500) stop.request_stop();
                    }),
               Cancelled);
  EXPECT_EQ(last, 500);
}

TEST(TsneTest, neitherPlaceNorScaleMatters) {
  const data::Matrix points = clusters(200, 8, 4, 3, 9);
  data::Matrix moved = points;
  for (float& value : moved.values) value = value * 1024 + 4096;
  TsneOptions options;
  options.iterations = 400;
  const TsneResult a = run(points, options), b = run(moved, options);
  EXPECT_NEAR(a.kl, b.kl, 0.05 * a.kl);
  EXPECT_EQ(agreement(b.map, 4), 1.0);
}

}  // namespace
}  // namespace discern::embedding

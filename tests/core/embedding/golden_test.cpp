// Against scikit-learn on the same points: tests/golden/tsne_golden.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/data/npy.h"
#include "core/embedding/attraction.h"
#include "core/embedding/repulsion.h"
#include "core/embedding/tsne.h"

namespace discern::embedding {
namespace {

const std::filesystem::path kGolden = std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden";

struct Golden {
  data::Matrix points = data::loadNpy(kGolden / "tsne_points.npy");
  data::Matrix layout = data::loadNpy(kGolden / "tsne_layout.npy");
  nlohmann::json json = nlohmann::json::parse(readFile(kGolden / "tsne.json"));
  std::vector<double> kl = json.at("kl");
  double perplexity = json.at("perplexity");
};

TEST(TsneGoldenTest, theSumIsThatOfScikitLearnOnItsOwnMap) {
  const Golden golden;
  Team team(2);
  Progress progress;
  const auto k = static_cast<std::int64_t>(3 * golden.perplexity + 1);
  const Affinities p = affinities(nearestNeighbours(prepare(golden.points.view(), team), k, team, progress),
                                  golden.perplexity, team);
  const Layout layout{data::Matrix(golden.layout)};
  Plane force(layout.points);
  const double z = exactRepulsion(layout.points, team)->compute(layout, force);
  EXPECT_NEAR(klDivergence(p, layout, z, team), golden.kl[0], 1e-4);
}

TEST(TsneGoldenTest, theMapIsAsGoodAsScikitLearns) {
  const Golden golden;
  const auto [best, worst] = std::minmax_element(golden.kl.begin(), golden.kl.end());
  TsneOptions options;
  options.perplexity = golden.perplexity;
  Progress progress;
  const TsneResult result = tsne(golden.points.view(), options, progress);
  EXPECT_LT(result.kl, *worst);
  EXPECT_GT(result.kl, 0.95 * *best);  // much less would be another sum
  EXPECT_EQ(result.iterations, 1000);
}

}  // namespace
}  // namespace discern::embedding

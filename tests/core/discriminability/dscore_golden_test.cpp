// Ratios and scores against NumPy (tests/golden/dscore_golden.py), on features made by the same integer hash.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/data/csv.h"
#include "core/discriminability/dscore.h"

namespace discern::discriminability {
namespace {

constexpr int kIdentities = 14, kDims = 24, kExtra = 5;

float hashed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 4096 + b + 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  x ^= x >> 31;
  return static_cast<float>(static_cast<double>(x >> 40) / (1 << 24) - 0.5);
}

void fill(data::Matrix& m, std::int64_t row, std::uint64_t base, std::uint64_t noise) {
  for (int k = 0; k < kDims; ++k) m.row(row)[k] = hashed(base, k) + hashed(noise, k);
}

TEST(DScoreGolden, AgreesWithNumPy) {
  std::vector<int> identity;
  std::vector<Part> part;
  const Part parts[] = {Part::Train, Part::Train, Part::Test, Part::Pool, Part::Train, Part::Out, Part::Test};
  for (int i = 0; i < kIdentities; ++i) {
    part.push_back(parts[i % 7]);
    identity.insert(identity.end(), 1 + i % 6, i);
  }
  data::Matrix features(static_cast<std::int64_t>(identity.size()), kDims), extra(kExtra, kDims);
  for (std::size_t s = 0; s < identity.size(); ++s) fill(features, static_cast<int>(s), identity[s], 100 + s);
  for (int k = 0; k < kExtra; ++k) fill(extra, k, 50 + k, 1000 + k);

  const std::filesystem::path file = std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden/dscore.csv";
  std::map<std::string, std::vector<data::CsvRow>> variants;
  const std::vector<data::CsvRow> rows = data::readCsv(file);
  for (std::size_t r = 1; r < rows.size(); ++r) variants[rows[r].fields[0]].push_back(rows[r]);
  ASSERT_EQ(variants.size(), 8U);
  for (const auto& [name, expected] : variants) {
    const auto has = [&, n = name](const char* word) { return n.find(word) != std::string::npos; };
    ScoreOptions options;
    options.metric = has("euclidean") ? Metric::Euclidean : Metric::Cosine;
    options.leaveOneOut = has("loo");
    Progress progress;
    const ScoreOutput output = score(
        {features.view(), identity, part, kIdentities, {}, has("extra") ? extra.view() : data::MatrixView{}},
        options, progress);
    EXPECT_EQ(std::ranges::count(output.table.status, data::ScoreStatus::Scored),
              static_cast<std::int64_t>(expected.size()));
    for (const data::CsvRow& row : expected) {
      const int s = std::stoi(row.fields[1]);
      EXPECT_NEAR(output.table.ratio[s], std::stod(row.fields[2]),
                  1e-5 * std::max(1.0, std::stod(row.fields[2])))
          << name << " sample " << s;
      EXPECT_NEAR(output.table.score[s], std::stod(row.fields[3]), 1e-5) << name << " sample " << s;
      EXPECT_EQ(output.table.hardestIdentity[s], std::stoi(row.fields[4])) << name << " sample " << s;
    }
  }
}

}  // namespace
}  // namespace discern::discriminability

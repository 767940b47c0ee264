// What importing features and scores leaves: what became of every row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace discern::results {

struct MatchedRows {
  std::string by;                      // path or row
  std::int64_t rows = 0, matched = 0;  // matched: images that have a row
  std::int64_t unknown = 0, ambiguous = 0,
               duplicates = 0;  // rows: of no image, of several, and the same again
  std::int64_t notFinite = 0;   // matched rows without usable numbers
  std::int64_t without = 0;     // images without a row
  std::vector<std::string> unknownExamples, ambiguousExamples, withoutExamples;
};

struct ImportFeaturesResult {
  static constexpr const char* kJob = "import-features";
  std::string name, source;
  std::int64_t dims = 0;
  MatchedRows rows;
  std::string newSet;  // of samples without a picture that were made; empty: none
  std::int64_t samples = 0, identities = 0;
  std::vector<std::string> ignored;  // columns
};

struct ImportScoresResult {
  static constexpr const char* kJob = "import-scores";
  std::string name, source, column;
  bool lowerIsBetter = false;
  MatchedRows rows;
  std::int64_t failures = 0, scored = 0;  // failures: rows that say so themselves
  double mean = 0, sigma = 0;             // of the values, turned so that higher is better
};

template <class V>
void describe(V& v, MatchedRows& r) {
  v("by", r.by);
  v("rows", r.rows);
  v("matched", r.matched);
  v("unknown", r.unknown);
  v("ambiguous", r.ambiguous);
  v("duplicates", r.duplicates);
  v("not_finite", r.notFinite);
  v("without", r.without);
  v.ifAny("unknown_examples", r.unknownExamples);
  v.ifAny("ambiguous_examples", r.ambiguousExamples);
  v.ifAny("without_examples", r.withoutExamples);
}
template <class V>
void describe(V& v, ImportFeaturesResult& r) {
  v("features", r.name);
  v("source", r.source);
  v("dims", r.dims);
  v("rows", r.rows);
  v.ifAny("new_set", r.newSet);
  v("samples", r.samples);
  v("identities", r.identities);
  v.ifAny("ignored", r.ignored);
}
template <class V>
void describe(V& v, ImportScoresResult& r) {
  v("scores", r.name);
  v("source", r.source);
  v.ifAny("column", r.column);
  v("lower_is_better", r.lowerIsBetter);
  v("rows", r.rows);
  v("failures", r.failures);
  v("scored", r.scored);
  v("mean", r.mean);
  v("sigma", r.sigma);
}

}  // namespace discern::results

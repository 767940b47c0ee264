// What making a protocol's templates the way they are deployed leaves: the features, and what they took.
#pragma once

#include <cstdint>
#include <string>

#include "core/results/evaluate.h"

namespace discern::results {

struct AggregateResult {
  static constexpr const char* kJob = "aggregate";
  std::string protocol, ddnet, model, aggregation;
  double threshold = 0;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that were averaged
  std::string published;                        // how far this is what DDL published
  std::string file, templatesCsv, imagesCsv;
  std::int64_t dims = 0;
  std::int64_t templates = 0, empty = 0;          // empty: without a usable image, rows of zeros
  std::int64_t images = 0, kept = 0, failed = 0;  // different ones; failed: no score, or no feature
  double startSeconds = 0;                        // loading both networks; in none of the below
  double scoreSeconds = 0, keptSeconds = 0;       // DDNet on all images, the base model on the kept ones
  // The base model on all: measured on `measured` of the dropped images, the others taken to be like those.
  double allSeconds = kUnknown;
  std::int64_t measured = 0;
  double ddnetMacs = 0, baseMacs = 0;                 // of one image; 0: unknown
  double macsShare = kUnknown, timeShare = kUnknown;  // of the base model on all
};

template <class V>
void describe(V& v, AggregateResult& r) {
  v("protocol", r.protocol);
  v("ddnet", r.ddnet);
  v("model", r.model);
  v("aggregation", r.aggregation);
  v("threshold", r.threshold);
  v("lengths", r.lengths);
  v.ifAny("published", r.published);
  v("file", r.file);
  v("templates_csv", r.templatesCsv);
  v("images_csv", r.imagesCsv);
  v("dims", r.dims);
  v("templates", r.templates);
  v("empty_templates", r.empty);
  v("images", r.images);
  v("kept", r.kept);
  v("failed", r.failed);
  v("start_seconds", r.startSeconds);
  v("score_seconds", r.scoreSeconds);
  v("kept_seconds", r.keptSeconds);
  v("all_seconds", r.allSeconds);
  v("measured", r.measured);
  v("ddnet_macs", r.ddnetMacs);
  v("base_macs", r.baseMacs);
  v("macs_share", r.macsShare);
  v("time_share", r.timeShare);
}

}  // namespace discern::results

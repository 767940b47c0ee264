#include "core/jobs/evaluate.h"

#include "core/aggregation/names.h"
#include "core/evaluation/names.h"
#include "core/jobs/choices.h"
#include "core/jobs/point_fields.h"

namespace discern::jobs {
namespace {

template <class O>
void addTables(Fields<O>& f, const char* scores) {
  f.add("protocol", &O::protocol, "Protocol", "What is compared")
      .whenEmpty("the operating point's")
      .from(FieldSource::Protocols);
  f.add("features", &O::features, "Features", "Feature table")
      .whenEmpty("the newest")
      .from(FieldSource::Features);
  f.add("scores", &O::scores, "Scores", scores).whenEmpty("the newest").from(FieldSource::Scores);
}

}  // namespace

const Fields<EvaluateOptions>& evaluateFields() {
  static const Fields<EvaluateOptions> fields = [] {
    using O = EvaluateOptions;
    Fields<O> f;
    addTables(f, "Score table for the aggregations");
    f.add("weights", &O::weights, "Weights",
          "Another score table (a head's): DDL once more, which drops by the scores and weighs by this")
        .whenEmpty("not")
        .from(FieldSource::Scores);
    f.add("threshold", &O::threshold, "Threshold", "DDL keeps samples with a score above this");
    f.add("percentile", &O::percentile, "Percentile",
          "The threshold as a percentile of the protocol's scores")
        .within(0, 100)
        .whenEmpty("the threshold is given", "-1");
    f.add("k", &O::k, "k", "Samples of top-k, random-k and uniform-k").within(1, 100000);
    addLengths(f);
    f.add("trim", &O::trim, "Trim", "trimmed-mean drops this share of a template's images").within(0, 0.99);
    f.add("min-cosine", &O::minCosine, "Least cosine",
          "two-pass-mean drops images whose cosine with the mean is below")
        .within(-1, 1);
    addAggregators(f, &O::aggregators);
    f.add("far", &O::fars, "FAR", "Operating points, comma-separated").above(0).atMost(1);
    f.add("far-rule", &O::rule, "FAR rule", "Which threshold an operating point takes");
    f.add("edc", &O::edc, "EDC", "Error versus discard");
    f.add("fmr", &O::fmr, "FMR", "False match rate of the EDC's threshold").within(0, 1);
    f.add("bootstraps", &O::bootstraps, "Bootstraps", "Resamplings for the 95 % intervals; 0: none")
        .within(0, 1000000);
    f.add("rescale", &O::rescales, "Rescale", "DDL weights, comma-separated").whenEmpty("all three", "all");
    f.add("point", &O::point, "Operating point",
          "Takes features, scores, weights, protocol and threshold from the project's operating point, where "
          "they are not given here, and reads true accepts at its FAR too");
    f.add("operating-point", &O::operatingPoint, "Point chosen elsewhere",
          "What point wrote to a file, another project, or a run of one (PROJECT:RUN): its threshold of "
          "scores, rescale, lengths, FAR and acceptance threshold are tried on this protocol")
        .whenEmpty("not")
        .file()
        .expert();
    f.add("seed", &O::seed, "Seed", "Of bootstrap and random-k");
    f.addPreset("paper", "DDL: raw features, rescaled weights, threshold 0.15",
                {{"lengths", "raw"}, {"rescale", "on"}, {"threshold", "0.15"}, {"percentile", ""}});
    return f;
  }();
  return fields;
}

const Fields<SweepJobOptions>& sweepFields() {
  static const Fields<SweepJobOptions> fields = [] {
    using O = SweepJobOptions;
    Fields<O> f;
    addTables(f, "Score table");
    f.add("thresholds", &O::thresholds, "Thresholds", "At evenly spaced quantiles of the scores")
        .within(2, 100000);
    addLengths(f);
    addAggregators(f, &O::aggregators);
    f.add("far", &O::far, "FAR", "Operating point").above(0).atMost(1);
    f.add("weights", &O::weights, "Weights",
          "Another score table (a head's): one more curve, which drops by the scores and weighs by this")
        .whenEmpty("not")
        .from(FieldSource::Scores);
    f.add("accuracy", &O::accuracy, "Accuracy", "Accuracy at the best threshold, too");
    f.add("lose-at-most", &O::loseAtMost, "Lose at most",
          "Finds the cheapest point that loses at most so many points of TAR (per cent) against the plain "
          "mean of "
          "every image")
        .within(0, 100)
        .whenEmpty("not asked for", "nan");
    f.add("compute-at-most", &O::computeAtMost, "Compute at most",
          "Finds the best point that takes at most this percentage of the compute of every image")
        .within(0, 1000)
        .whenEmpty("not asked for", "nan");
    f.add("bootstraps", &O::bootstraps, "Bootstraps",
          "Resamplings for the 95 % interval of that point; 0: none")
        .within(0, 1000000);
    f.add("point", &O::point, "Operating point",
          "Takes features, scores, weights, protocol and FAR from the project's operating point, where they "
          "are not given here");
    f.addPreset("paper",
                "DDL: raw features; its own is the curve of rescaled weights, at a threshold of 0.15",
                {{"lengths", "raw"}});
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

#include "core/jobs/student_jobs.h"

#include "core/aggregation/methods.h"
#include "core/base/registry.h"
#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<ModelCostOptions>& costFields() {
  static const Fields<ModelCostOptions> fields = [] {
    using O = ModelCostOptions;
    Fields<O> f;
    f.add("models", &O::models, "Models", "Networks or feature tables, comma-separated")
        .whenEmpty("all")
        .from(FieldSource::Recognisers);
    f.add("batches", &O::batches, "Batches", "Faces at once, comma-separated").within(1, 65536);
    f.add("threads", &O::threads, "Threads", "Of the CPU").within(1, 1024);
    f.add("count", &O::count, "Count", "How compute is told").incidental();
    f.add("seconds", &O::seconds, "Seconds", "Measured for so long, model by model").within(0.01, 3600);
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

const Fields<IdentifyOptions>& identifyFields() {
  static const Fields<IdentifyOptions> fields = [] {
    using O = IdentifyOptions;
    Fields<O> f;
    f.add("benchmark", &O::benchmark, "Benchmark",
          "Of test identities, except templates, tracklets and actions");
    f.add("features", &O::features, "Features", "Feature table")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("set", &O::set, "Set", "Imported set").whenEmpty("all").from(FieldSource::Sets);
    f.add("gallery", &O::gallery, "Gallery", "search: images of each test identity that are enrolled")
        .atLeast(1);
    f.add("subjects", &O::subjects, "Subjects",
          "scface: subjects tested; uccs: classes; 0: the benchmark's own number")
        .atLeast(0);
    f.add("galleries", &O::galleries, "Galleries",
          "templates, tracklets: protocols whose templates are enrolled, comma-separated")
        .whenEmpty("none")
        .from(FieldSource::Protocols);
    f.add("probes", &O::probes, "Probes",
          "templates, tracklets: protocols whose templates are searched for, one for each gallery or one for "
          "all; actions: the protocol whose videos are put into classes")
        .whenEmpty("none")
        .from(FieldSource::Protocols);
    f.add(
         "aggregation", &O::aggregation, "Aggregation",
         "templates: how images become one feature; tracklets, actions, which are told of all: which one the "
         "first numbers are of")
        .oneOf(aggregations);
    f.add("scores", &O::scores, "Scores",
          "templates, tracklets, actions: score table, for aggregations that need one")
        .whenEmpty("the newest")
        .from(FieldSource::Scores);
    f.add("weights", &O::weights, "Weights",
          "templates: another score table, which weighs the images that DDL keeps by the scores")
        .whenEmpty("not")
        .from(FieldSource::Scores);
    f.add("rescale", &O::rescale, "Rescale",
          "templates: DDL weights; tracklets, actions, which are told of all: which one the first numbers "
          "are of");
    f.add("threshold", &O::threshold, "Threshold",
          "templates, tracklets, actions: DDL keeps images with a score above this");
    f.add("lengths", &O::lengths, "Lengths",
          "templates, tracklets, actions: of the features that one is the mean of")
        .expert();
    f.add("k", &O::k, "k", "templates, tracklets: images of top-k, random-k and uniform-k")
        .within(1, 100000)
        .expert();
    f.add("clips", &O::clips, "Clips", "actions: clips of top-k, random-k and uniform-k, comma-separated")
        .within(1, 100000);
    f.add("trim", &O::trim, "Trim",
          "templates, tracklets, actions: trimmed-mean drops this share of a template's images")
        .within(0, 0.99)
        .expert();
    f.add("min-cosine", &O::minCosine, "Least cosine",
          "templates, tracklets, actions: two-pass-mean drops images whose cosine with the mean is below")
        .within(-1, 1)
        .expert();
    addAggregators(f, &O::aggregators);
    f.add("max-rank", &O::maxRank, "Ranks",
          "Length of the CMC; 0: 10, and 20 of templates and tracklets (of those at least 20)")
        .within(0, 100000);
    f.add("reduction-start", &O::reductionStart, "Reduction's start",
          "uccs: where the trained reduction starts")
        .expert();
    f.add("reduction", &O::reduction, "Reduction", "uccs: columns of a reduction that starts at random")
        .within(1, 65536)
        .expert();
    f.add("epochs", &O::epochs, "Epochs", "uccs: passes over the training images").within(1, 100000).expert();
    f.add("seed", &O::seed, "Seed", "Of split, training and random-k");
    f.addPreset("paper", "DDL: raw features, rescaled weights, threshold 0.15",
                {{"lengths", "raw"}, {"rescale", "on"}, {"threshold", "0.15"}});
    return f;
  }();
  return fields;
}

int ranksOf(const IdentifyOptions& options) {
  if (options.maxRank > 0) return options.maxRank;
  return options.benchmark == Benchmark::Templates || options.benchmark == Benchmark::Tracklets ? 20 : 10;
}

}  // namespace discern::jobs

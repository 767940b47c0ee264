#include "core/jobs/select.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<SelectOptions>& selectFields() {
  static const Fields<SelectOptions> fields = [] {
    using O = SelectOptions;
    Fields<O> f;
    f.add("features", &O::features, "Features", "Feature table of the teacher")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("name", &O::name, "Name", "Of the selection; an old one of this name is replaced")
        .must(mustBeNamed);
    f.add("method", &O::method, "Method", "How the faces are found").oneOf(selectionMethods).expert();
    f.add("lambda", &O::lambda, "Lambda", "Raw lambda of the one cut; a path has them all, rivals of it none")
        .atMost(0)
        .whenEmpty("not given")
        .expert();
    f.add("lengths", &O::lengths, "Lengths", "Of the features that a centroid is the mean of").expert();
    f.add("lambdas", &O::lambdas, "Lambdas",
          "Raw lambdas to print, comma-separated, such as the paper's -1,-2,-4")
        .atMost(0)
        .whenEmpty("some that keep 5 to 100 % of what can be kept")
        .expert();
    f.add("scores", &O::scores, "Scores",
          "D-score table to compare with, and by which lowest-dscore-first drops")
        .whenEmpty("one of the same features")
        .from(FieldSource::Scores)
        .expert();
    f.add("swap-labels", &O::swapLabels, "Swap labels",
          "Trial: give this share of the faces a wrong name first and count how many are discarded; kept as "
          "NAME-trial")
        .atLeast(0)
        .below(1)
        .expert();
    f.add("seed", &O::seed, "Seed", "Of random, and of the trial").expert();
    addDevice(f, &O::device);
    f.include(&O::shards, shardFields());
    f.addPreset("paper", "SKD: centroids of raw features, one cut of the whole graph",
                {{"method", "cut"}, {"lengths", "raw"}});
    return f;
  }();
  return fields;
}

const Fields<MapOptions>& mapFields() {
  static const Fields<MapOptions> fields = [] {
    using O = MapOptions;
    Fields<O> f;
    f.add("features", &O::features, "Features", "Feature table that is mapped")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("name", &O::name, "Name", "Of the map; an old one of this name is replaced").must(mustBeNamed);
    f.add("role", &O::role, "Identities", "What is on the map");
    f.add("identities", &O::identities, "Only of", "Identities (or SET/NAME) of it, comma-separated")
        .whenEmpty("all")
        .expert();
    f.add("most", &O::most, "Largest", "Only of so many identities, those with most images; 0: all")
        .atLeast(0)
        .expert();
    f.add("kept", &O::kept, "Kept by", "Only what a selection keeps: NAME, NAME@LAMBDA or NAME@80%")
        .whenEmpty("all")
        .from(FieldSource::Selections)
        .orOther()
        .expert();
    f.add("limit", &O::limit, "Faces at most", "Drawn at random when there are more; 0: all").within(0, 1e9);
    f.add(
         "perplexity", [](O& o) -> double& { return o.tsne.perplexity; }, "Perplexity",
         "How many neighbours count for a face, about")
        .atLeast(1);
    f.add(
         "iterations", [](O& o) -> int& { return o.tsne.iterations; }, "Iterations", "Steps of the descent")
        .within(1, 1000000);
    f.add(
        "seed", [](O& o) -> std::uint64_t& { return o.tsne.seed; }, "Seed",
        "The same seed makes the same map");
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

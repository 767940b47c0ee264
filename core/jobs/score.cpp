#include "core/jobs/score.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<discriminability::ScoreOptions>& dscoreFields() {
  static const Fields<discriminability::ScoreOptions> fields = [] {
    using O = discriminability::ScoreOptions;
    Fields<O> f;
    f.add("metric", &O::metric, "Metric", "Between features and centroids");
    f.add("leave-one-out", &O::leaveOneOut, "Leave the image out of its own centroid",
          "An image does not vote for its own centroid: for identities with few images");
    f.add("lengths", &O::lengths, "Lengths", "Of the features that a centroid is the mean of").expert();
    f.add("floor", &O::floor, "Floor", "Smallest cosine of the hardest negative").above(0).below(1).expert();
    f.add("nearly-same", &O::nearlySame, "Nearly same",
          "Two identities are never listed as probably one person below this centroid cosine")
        .within(-1, 1)
        .expert();
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

const Fields<ScoreJobOptions>& scoreFields() {
  static const Fields<ScoreJobOptions> fields = [] {
    using O = ScoreJobOptions;
    Fields<O> f;
    f.add("features", &O::features, "Features", "Feature table that the scores are made from")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("method", &O::method, "Method", "What an image's score is").oneOf(scoreMethods);
    f.add("name", &O::name, "Name", "Of the score table").whenEmpty("the method").must(mustBeFileName);
    f.include(&O::dscore, dscoreFields());
    f.include(&O::shards, shardFields());
    f.addPreset("paper", "DDL: centroids of raw features, cosines, every image votes",
                {{"metric", "cosine"}, {"leave-one-out", "false"}, {"lengths", "raw"}});
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

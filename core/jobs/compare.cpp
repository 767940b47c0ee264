#include "core/jobs/compare.h"

#include "core/aggregation/names.h"
#include "core/jobs/choices.h"

namespace discern::jobs {
const Fields<CompareOptions>& compareFields() {
  static const Fields<CompareOptions> fields = [] {
    using O = CompareOptions;
    Fields<O> f;
    f.add("protocol", &O::protocol, "Protocol", "What is compared")
        .whenEmpty("the operating point's")
        .from(FieldSource::Protocols);
    f.add("features-a", &O::featuresA, "Features A", "Feature table of side A")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("features-b", &O::featuresB, "Features B", "Feature table of side B")
        .whenEmpty("as A")
        .from(FieldSource::Features);
    f.add("scores-a", &O::scoresA, "Scores A", "Score table of side A")
        .whenEmpty("the newest, where templates have several images")
        .from(FieldSource::Scores);
    f.add("scores-b", &O::scoresB, "Scores B", "Score table of side B")
        .whenEmpty("as A")
        .from(FieldSource::Scores);
    f.add("weights-a", &O::weightsA, "Weights A",
          "DDL drops by the scores of side A and weighs what stays by this score table")
        .whenEmpty("not")
        .from(FieldSource::Scores);
    f.add("weights-b", &O::weightsB, "Weights B",
          "DDL drops by the scores of side B and weighs what stays by this score table")
        .whenEmpty("as A")
        .from(FieldSource::Scores);
    f.add("aggregation-a", &O::aggregationA, "Aggregation A", "How templates of side A become one feature")
        .whenEmpty("ddl where there are scores, else average")
        .oneOf(aggregations);
    f.add("aggregation-b", &O::aggregationB, "Aggregation B", "How templates of side B become one feature")
        .whenEmpty("as A")
        .oneOf(aggregations);
    f.add("rescale-a", &O::rescaleA, "Rescale A", "DDL weights of side A");
    f.add("rescale-b", &O::rescaleB, "Rescale B", "DDL weights of side B");
    f.add("lengths-a", &O::lengthsA, "Lengths A", "Of the features that templates of side A are means of")
        .expert();
    f.add("lengths-b", &O::lengthsB, "Lengths B", "Of the features that templates of side B are means of")
        .whenEmpty("as A")
        .oneOf(field_text::choicesOf<data::Lengths>)
        .expert();
    f.add("threshold-a", &O::thresholdA, "Threshold A",
          "DDL of side A keeps samples with a score above this");
    f.add("threshold-b", &O::thresholdB, "Threshold B", "The same of side B").whenEmpty("as A", "nan");
    f.add("far", &O::fars, "FAR", "Operating points, comma-separated").above(0).atMost(1);
    f.add("flips-far", &O::flipsFar, "FAR of flips", "At which the pairs that flip are listed")
        .above(0)
        .atMost(1);
    f.add("bootstraps", &O::bootstraps, "Bootstraps", "Resamplings for the 95 % intervals; 0: none")
        .within(0, 1000000);
    f.add(
        "point", &O::point, "Operating point",
        "Takes protocol, features, scores, weights, rescale, lengths and threshold of side A, the rescale of "
        "side B and the FAR from the project's operating point, where they are not given here");
    f.add("seed", &O::seed, "Seed", "Of the bootstrap");
    f.add("out", &O::out, "List", "A CSV of all pairs that flip").whenEmpty("not written").file();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

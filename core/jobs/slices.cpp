#include "core/jobs/slices.h"

#include "core/aggregation/names.h"
#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<SlicesOptions>& slicesFields() {
  static const Fields<SlicesOptions> fields = [] {
    using O = SlicesOptions;
    Fields<O> f;
    f.add("column", &O::column, "Column",
          "What the comparisons are parted by: a column of the metadata, or set, identity, media, damage, or "
          "a fact "
          "that an import knows of images (camera)")
        .needed();
    f.add("metadata", &O::metadata, "Metadata",
          "A CSV with that column and one that says whose a row is: path, sample or identity")
        .whenEmpty("what the project itself knows")
        .file();
    f.add("protocol", &O::protocol, "Protocol", "Whose comparisons")
        .whenEmpty("the newest")
        .from(FieldSource::Protocols);
    f.add("features", &O::features, "Features", "Feature table")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("scores", &O::scores, "Scores", "Score table that drops and weighs images")
        .whenEmpty("the newest, where templates have several images")
        .from(FieldSource::Scores);
    f.add("weights", &O::weights, "Weights", "Another score table, which weighs the images that stay")
        .whenEmpty("not")
        .from(FieldSource::Scores);
    f.add("rescale", &O::rescale, "Rescale", "DDL weights");
    f.add("threshold", &O::threshold, "Threshold", "DDL keeps samples with a score above this");
    f.add("far", &O::far, "FAR", "Of all comparisons: it sets the threshold that every part is read at")
        .above(0)
        .atMost(1);
    f.add(
        "point", &O::point, "Operating point",
        "Takes features, scores, weights, protocol, rescale, threshold and FAR from the project's operating "
        "point, where they are not given here");
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

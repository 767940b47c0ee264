#include "core/jobs/templates.h"

#include "core/aggregation/names.h"
#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<TemplatesOptions>& templatesFields() {
  static const Fields<TemplatesOptions> fields = [] {
    using O = TemplatesOptions;
    Fields<O> f;
    f.add("protocol", &O::protocol, "Protocol", "Whose templates")
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
    f.add("far", &O::far, "FAR", "At which a comparison counts as accepted").above(0).atMost(1);
    f.add("sort", &O::sort, "Sort", "What the worst come first by");
    f.add("limit", &O::limit, "Limit", "Templates that are listed; 0: all").within(0, 100000000);
    f.add(
        "point", &O::point, "Operating point",
        "Takes features, scores, weights, protocol, rescale, threshold and FAR from the project's operating "
        "point, where they are not given here");
    f.add("csv", &O::csv, "List", "A CSV of all templates").whenEmpty("not written").file();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

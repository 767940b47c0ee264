#include "core/jobs/extract.h"

namespace discern::jobs {

const Fields<ExtractOptions>& extractFields() {
  static const Fields<ExtractOptions> fields = [] {
    using O = ExtractOptions;
    Fields<O> f;
    addModelFields(f);
    f.add("flip", &O::flip, "Mirrored too",
          "Add the feature of the mirrored image, as InsightFace's scripts do; a recipe can say so, too")
        .expert();
    f.add("name", &O::name, "Name", "Of the feature table")
        .whenEmpty("the model's, and the layer's")
        .must(mustBeFileName);
    f.add("batch", &O::batch, "Batch", "Images the model sees at once").within(1, 4096).incidental().expert();
    addDevice(f, &O::device);
    f.addNot("no-recipe-check", &O::checkRecipe, "No recipe check",
             "Do not try other channel orders and scales first")
        .incidental()
        .expert();
    f.add(
        "only-kept", &O::onlyKept, "Only kept images",
        "Only of images that scores keep: of each template, and of the other images of each identity, those "
        "above the threshold, and the best one where there is none");
    f.add("scores", &O::scores, "Scores", "Whose scores keep images, with only-kept")
        .whenEmpty("the operating point's")
        .from(FieldSource::Scores)
        .expert();
    f.add("threshold", &O::threshold, "Threshold", "The score that an image must exceed, with only-kept")
        .within(0, 1)
        .whenEmpty("the operating point's", "nan")
        .expert();
    f.include(&O::shards, shardFields());
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

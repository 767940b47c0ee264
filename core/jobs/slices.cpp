#include "core/jobs/slices.h"

#include "core/jobs/point_fields.h"

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
    addPointTables(f, "Whose comparisons");
    f.add("far", &O::far, "FAR", "Of all comparisons: it sets the threshold that every part is read at")
        .above(0)
        .atMost(1);
    f.add("bootstraps", &O::bootstraps, "Bootstraps", "Resamplings for the 95 % interval of pAUC; 0: none")
        .within(0, 1000000)
        .expert();
    f.add("seed", &O::seed, "Seed", "Of the bootstrap").expert();
    addPointSwitch(f);
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

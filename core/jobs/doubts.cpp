#include "core/jobs/doubts.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<DoubtsOptions>& doubtsFields() {
  static const Fields<DoubtsOptions> fields = [] {
    using O = DoubtsOptions;
    Fields<O> f;
    f.add("scores", &O::scores, "Scores", "Table of D-scores, which say how near each image is to whom")
        .whenEmpty("the newest D-scores")
        .from(FieldSource::Scores);
    f.add("limit", &O::limit, "Limit", "Images and pairs that are listed; 0: all").within(0, 100000000);
    f.add("out", &O::out, "List", "A CSV of all").whenEmpty("not written").file();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

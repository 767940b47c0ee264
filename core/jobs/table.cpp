#include "core/jobs/table.h"

#include "core/aggregation/methods.h"

namespace discern::jobs {

const Fields<TableOptions>& tableFields() {
  static const Fields<TableOptions> fields = [] {
    using O = TableOptions;
    Fields<O> f;
    f.add("runs", &O::runs, "Runs",
          "Their numbers, comma-separated, or jobs such as train-ddnet, which stand for all their runs")
        .whenEmpty("all trainings and evaluations that are done");
    f.add("aggregations", &O::aggregations, "Aggregations",
          "Of evaluations, a row each, comma-separated; trainings take the first that there is")
        .whenEmpty("ddl rescale=auto");
    f.add("protocols", &O::protocols, "Protocols", "Whose numbers are told, comma-separated")
        .whenEmpty("all")
        .from(FieldSource::Protocols);
    f.add("far", &O::far, "FAR", "Of TAR; the nearest that an evaluation has").above(0).atMost(1);
    f.add("out", &O::out, "Table", "File, .csv").whenEmpty("none");
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

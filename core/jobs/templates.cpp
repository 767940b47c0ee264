#include "core/jobs/templates.h"

#include "core/jobs/point_fields.h"

namespace discern::jobs {

const Fields<TemplatesOptions>& templatesFields() {
  static const Fields<TemplatesOptions> fields = [] {
    using O = TemplatesOptions;
    Fields<O> f;
    addPointTables(f, "Whose templates");
    f.add("far", &O::far, "FAR", "At which a comparison counts as accepted").above(0).atMost(1);
    f.add("sort", &O::sort, "Sort", "What the worst come first by");
    f.add("limit", &O::limit, "Limit", "Templates that are listed; 0: all").within(0, 100000000);
    addPointSwitch(f);
    f.add("csv", &O::csv, "List", "A CSV of all templates").whenEmpty("not written").file();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

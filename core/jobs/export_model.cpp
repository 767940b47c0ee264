#include "core/jobs/export_model.h"

namespace discern::jobs {

const Fields<ExportModelOptions>& exportModelFields() {
  static const Fields<ExportModelOptions> fields = [] {
    using O = ExportModelOptions;
    Fields<O> f;
    f.add("network", &O::network, "Network",
          "A DDNet, head, student or recogniser of this project, or its file")
        .needed();
    f.add("layer", &O::layer, "Output layer", "Of a student: identity or mimic")
        .whenEmpty("identity")
        .expert();
    f.add("out", &O::out, "File", "The .onnx file to write").file().needed();
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

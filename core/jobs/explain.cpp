#include "core/jobs/explain.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<ExplainOptions>& explainFields() {
  static const Fields<ExplainOptions> fields = [] {
    using O = ExplainOptions;
    Fields<O> f;
    f.add("network", &O::ddnet, "DDNet", "A DDNet of this project").from(FieldSource::Scorers);
    f.add("image", &O::image, "Images", "Numbers of images, as the Inspector shows them: 3,7-9").needed();
    f.add("patch", &O::patch, "Patch",
          "Side of the grey square that hides a place; 0: a seventh of the width")
        .within(0, 1024)
        .in("pixels")
        .expert();
    f.add("stride", &O::stride, "Step", "Between two places of the square; 0: half of it")
        .within(0, 1024)
        .in("pixels")
        .expert();
    f.add("out", &O::out, "Pictures", "Folder that gets each map over its image as PNG")
        .whenEmpty("none")
        .folder();
    f.add("batch", &O::batch, "Batch", "Hidden images in one batch").within(1, 65536).incidental().expert();
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

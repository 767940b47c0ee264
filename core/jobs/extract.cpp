#include "core/jobs/extract.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<ExtractOptions>& extractFields() {
  static const Fields<ExtractOptions> fields = [] {
    using O = ExtractOptions;
    Fields<O> f;
    f.add("model", &O::model, "Base model",
          "demo, a network of this project, or a file: ONNX, TorchScript, Discern checkpoint")
        .whenEmpty("the one that features were made by, else demo")
        .from(FieldSource::Recognisers)
        .oneOf([] {
          return std::vector<FieldChoice>{{"demo", "The small recogniser that comes along"}};
        })
        .orOther()
        .file();
    f.add("recipe", &O::recipe, "Input recipe",
          "How pixels become the model's input, by name or a .toml file; a wrong one is the most common "
          "silent error")
        .oneOf(recipes)
        .orOther()
        .file();
    f.add("layer", &O::layer, "Output layer", "Output of the model; a student has identity and mimic")
        .whenEmpty("the recipe's, else the last one")
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
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

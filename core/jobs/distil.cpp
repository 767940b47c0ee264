#include "core/jobs/distil.h"

#include "core/jobs/choices.h"

namespace discern::jobs {

const Fields<DistilOptions>& distilFields() {
  static const Fields<DistilOptions> fields = [] {
    using O = DistilOptions;
    Fields<O> f;
    f.add("teacher", &O::teacher, "Teacher",
          "Feature table that the student learns to produce; several, comma-separated, are an ensemble")
        .whenEmpty("the newest that no student made")
        .from(FieldSource::Features);
    f.add("selection", &O::selection, "Selection",
          "Which faces modes s and sc learn the teacher's features of")
        .from(FieldSource::Selections);
    f.add("lambda", &O::lambda, "Lambda", "Raw lambda of the selection")
        .atMost(0)
        .whenEmpty("the one that keeps a share");
    f.add("keep", &O::keep, "Share kept", "Share of the selectable faces to keep").above(0).atMost(1);
    f.add("init-from", &O::initFrom, "Start from",
          "A student of this project, or a file of one, whose weights are the start instead of a first stage")
        .whenEmpty("a first stage")
        .from(FieldSource::Recognisers)
        .orOther()
        .file();
    f.add("set", &O::set, "Set", "Imported set whose faces are learned from")
        .whenEmpty("all")
        .from(FieldSource::Sets)
        .expert();
    f.include(&O::training, training::studentFields());
    f.at("mode").oneOf([] {
      auto modes = field_text::choicesOf<training::StudentMode>();
      std::erase_if(modes, [](const FieldChoice& mode) { return mode.name == "init"; });
      return modes;
    });
    f.add("name", &O::name, "Name", "Of the student")
        .whenEmpty("S-SIZE-MODE, with init-from S-SIZE-MODE-tuned")
        .must(mustBeFileName);
    f.add("replace", &O::replace, "Replace",
          "A student that is finished under that name, and was made with other options")
        .incidental();
    f.add("min-images", &O::minImages, "Least images", "Training identities with fewer images are no class")
        .within(1, 1000000)
        .expert();
    f.addNot("no-pool", &O::pool, "No pool", "No regression on pool identities (they need no labels)")
        .expert();
    f.add("protocols", &O::protocols, "Protocols", "Verified afterwards, comma-separated")
        .whenEmpty("all of single images")
        .from(FieldSource::Protocols)
        .expert();
    f.addPreset("paper",
                "SKD: features as they are, equal weights, no fit, no pool, no mirror, nothing held out",
                {{"target", "as-is"},
                 {"regression-weight", "1"},
                 {"start", "mode"},
                 {"no-fit-mimic", "true"},
                 {"no-pool", "true"},
                 {"no-flip", "true"},
                 {"validation", "0"},
                 {"clip", "0"},
                 {"perturbations", "16"},
                 {"perturbed-points", "own"}});
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

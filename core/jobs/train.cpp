#include "core/jobs/train.h"

#include "core/jobs/choices.h"
#include "core/jobs/protocol.h"

namespace discern::jobs {
namespace {

const Fields<CopyOptions>& copyFields() {
  static const Fields<CopyOptions> fields = [] {
    using O = CopyOptions;
    Fields<O> f;
    f.add("copies", &O::copies, "Degraded copies",
          "Of every training image: small sets hold few bad images to learn from")
        .within(0, 100);
    addDegradation(f, &O::kinds, &O::minStrength, &O::maxStrength);
    return f;
  }();
  return fields;
}

template <class O>
void addReplace(Fields<O>& f) {
  f.add("replace", &O::replace, "Replace",
        "What is finished under that name, and was made with other options")
      .incidental();
}

// Of every training image, and how many the base model sees at once.
template <class O>
void addCopies(Fields<O>& f) {
  f.include(&O::copies, copyFields());
  f.add("copy-batch", &O::batch, "Batch of copies", "Degraded copies that the base model sees at once")
      .within(1, 4096)
      .incidental()
      .expert();
}

template <class O>
void addTargets(Fields<O>& f, const char* name) {
  f.add("scores", &O::scores, "Scores", "D-score table whose values are learned").from(FieldSource::Scores);
  f.add("name", &O::name, "Name", name).must(mustBeNamed);
  addReplace(f);
}

}  // namespace

const Fields<TrainHeadOptions>& trainHeadFields() {
  static const Fields<TrainHeadOptions> fields = [] {
    using O = TrainHeadOptions;
    Fields<O> f;
    addTargets(f, "Of the head in this project");
    addCopies(f);
    f.add("seed", &O::seed, "Seed", "Degraded copies and folds follow from it");
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

const Fields<TrainAggregatorOptions>& trainAggregatorFields() {
  static const Fields<TrainAggregatorOptions> fields = [] {
    using O = TrainAggregatorOptions;
    Fields<O> f;
    f.add("features", &O::features, "Features", "Feature table")
        .whenEmpty("the newest")
        .from(FieldSource::Features);
    f.add("name", &O::name, "Name", "Of the aggregator in this project")
        .whenEmpty("the architecture's")
        .must(mustBeFileName);
    addReplace(f);
    f.include(&O::training, training::aggregatorFields());
    addCopies(f);
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

const Fields<TrainDdnetOptions>& trainDdnetFields() {
  static const Fields<TrainDdnetOptions> fields = [] {
    using O = TrainDdnetOptions;
    Fields<O> f;
    addTargets(f, "Of the network in this project");
    f.add("teacher", &O::teacher, "Teacher",
          "A head of this project, or its file: DDNet learns what it says of every image, of the pool's too")
        .whenEmpty("the images' own scores")
        .from(FieldSource::Heads)
        .orOther()
        .file();
    f.include(&O::copies, copyFields());
    f.add("target-scale", &O::scale, "Scale of targets",
          "What the targets' mean and deviation are taken over")
        .expert();
    f.include(&O::training, training::ddnetFields());
    f.add("copy-batch", &O::batch, "Batch of copies", "Degraded copies that the base model sees at once")
        .within(1, 4096)
        .incidental()
        .expert();
    f.addPreset("paper",
                "DDL: the training set's own images and scale, the plain loss, no mirror, nothing held out",
                {{"architecture", "ddnet-r18"},
                 {"clip", "0"},
                 {"no-flip", "true"},
                 {"size", "112"},
                 {"copies", "0"},
                 {"target-scale", "originals"},
                 {"teacher", ""},
                 {"loss", "score"},
                 {"augment", "false"},
                 {"hint-weight", "0"},
                 {"rank-weight", "0"},
                 {"validation", "0"}});
    return f;
  }();
  return fields;
}

const Fields<TrainBaseOptions>& trainBaseFields() {
  static const Fields<TrainBaseOptions> fields = [] {
    using O = TrainBaseOptions;
    Fields<O> f;
    f.add("name", &O::name, "Name", "Of the network in this project").must(mustBeNamed);
    addReplace(f);
    f.add("min-images", &O::minImages, "Least images", "Identities with fewer are left out")
        .within(1, 1000000)
        .expert();
    f.include(&O::training, training::baseFields());
    f.addPreset("slowfast", "SlowFast: the authors' own schedule, decay and dropout for batches of 64",
                {{"architecture", "slowfast-50"},
                 {"width", "1"},
                 {"head", "softmax"},
                 {"dropout", "0.5"},
                 {"epochs", "196"},
                 {"batch", "64"},
                 {"learning-rate", "0.1"},
                 {"warmup", "34"},
                 {"schedule", "half-cosine"},
                 {"momentum", "0.9"},
                 {"weight-decay", "0.0001"},
                 {"clip", "0"},
                 {"augment", "true"}});
    return f;
  }();
  return fields;
}

const Fields<PredictOptions>& predictFields() {
  static const Fields<PredictOptions> fields = [] {
    using O = PredictOptions;
    Fields<O> f;
    f.add("network", &O::model, "Network", "A DDNet or head of this project, or its file")
        .from(FieldSource::Scorers)
        .orOther()
        .file();
    f.add("name", &O::name, "Name", "Of the score table").must(mustBeNamed);
    f.add("batch", &O::batch, "Batch", "Images in one batch").within(1, 65536).incidental().expert();
    addDevice(f, &O::device);
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

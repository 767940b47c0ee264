#include "core/training/options.h"

#include "core/base/registry.h"
#include "core/catalog/heads.h"
#include "core/catalog/networks.h"

namespace discern::training {
namespace {

// What every training by gradient descent asks, in the order in which it is shown.
template <class O>
void addDescent(Fields<O>& f) {
  f.add("epochs", &O::epochs, "Epochs", "Passes over the training images").within(1, 100000);
  f.add("batch", &O::batch, "Batch", "Images in one step").within(2, 65536);
  f.add("learning-rate", &O::learningRate, "Learning rate", "The largest one: it warms up, then falls")
      .above(0);
  f.add("warmup", &O::warmup, "Warm-up", "Epochs in which the learning rate rises").atLeast(0).expert();
  f.add("momentum", &O::momentum, "Momentum", "Of the descent").atLeast(0).below(1).expert();
  f.add("weight-decay", &O::weightDecay, "Weight decay", "Of convolutions and linear layers")
      .atLeast(0)
      .expert();
  f.add("clip", &O::clip, "Gradient limit",
        "A step's gradients are scaled down to this common norm; 0: never, as the papers, which tell of none")
      .atLeast(0)
      .expert();
}

template <class O>
void addFalling(Fields<O>& f) {
  f.add("schedule", &O::schedule, "Schedule", "How the learning rate falls").expert();
  f.add("steps", &O::steps, "Steps", "Epochs at which the schedule 'step' divides by 10, comma-separated")
      .within(1, 1 << 20)
      .expert();
}

template <class O>
void addMachine(Fields<O>& f, const char* seed) {
  f.add("seed", &O::seed, "Seed", seed);
  f.add("device", &O::device, "Device", "What the network runs on").incidental();
}

std::vector<FieldChoice> trainable(const char* kind) {
  return choicesOf(catalog::networks(),
                   [kind](const auto& network) { return catalog::isTrainable(network, kind); });
}
std::vector<FieldChoice> ddnets() { return trainable("ddnet"); }
std::vector<FieldChoice> bases() { return trainable("base"); }
std::vector<FieldChoice> heads() { return choicesOf(catalog::heads()); }
std::vector<FieldChoice> studentSizes() { return {{"16", ""}, {"32", ""}, {"64", ""}, {"96", ""}}; }

}  // namespace

double marginOf(const BaseOptions& options) {
  if (!std::isnan(options.margin)) return options.margin;
  return catalog::heads().find(options.head).usual;
}

double scaleOf(const BaseOptions& options) {
  if (!std::isnan(options.scale)) return options.scale;
  return catalog::heads().find(options.head).scale;
}

bool startsOnClasses(const StudentOptions& o) {
  const bool random =
      o.start == StudentStart::Xavier || (o.start == StudentStart::Mode && o.mode == StudentMode::S);
  return o.epochsInit > 0 && !random;
}

const Fields<DdnetOptions>& ddnetFields() {
  static const Fields<DdnetOptions> fields = [] {
    using O = DdnetOptions;
    Fields<O> f;
    f.add("architecture", &O::architecture, "Architecture", "Network that is trained").oneOf(ddnets);
    f.add("size", &O::size, "Input size", "Side of the faces it sees").within(16, 1024).in("pixels").expert();
    addDescent(f);
    f.add("loss", &O::loss, "Loss", "What is squared; held-out losses are always those of the score");
    f.addNot("no-flip", &O::flip, "No mirror", "Do not mirror images at random").expert();
    f.add("augment", &O::augment, "Augment", "Mild random crop, blur and brightness, beside the mirror");
    f.add("hint-weight", &O::hintWeight, "Hint weight",
          "Above 0 it also learns to tell the base model's feature, in training alone; that error is part of "
          "the "
          "training loss that is shown")
        .atLeast(0);
    f.add("rank-weight", &O::rankWeight, "Rank weight", "Of a ranking term inside identities beside the loss")
        .atLeast(0)
        .expert();
    f.add("validation", &O::validationShare, "Held out",
          "Share of the identities held out to choose the epoch")
        .atLeast(0)
        .below(1)
        .as("validation_share")
        .expert();
    addMachine(f, "Initial weights, order and degraded copies follow from it");
    return f;
  }();
  return fields;
}

const Fields<BaseOptions>& baseFields() {
  static const Fields<BaseOptions> fields = [] {
    using O = BaseOptions;
    Fields<O> f;
    f.add("architecture", &O::architecture, "Architecture", "Network that is trained").oneOf(bases);
    f.add("width", &O::width, "Width", "Channel multiplier (mobilefacenet, resnet50, networks of clips)")
        .above(0)
        .expert();
    f.add("dims", &O::dims, "Feature length", "Numbers in a feature").within(2, 65536);
    f.add("size", &O::size, "Input size", "Side of the faces it sees").within(16, 1024).in("pixels").expert();
    f.add("head", &O::head, "Margin head",
          "What pushes identities apart while training; it is not part of the network that is kept")
        .oneOf(heads);
    f.add("margin", &O::margin, "Margin", "Of the head: added, subtracted or multiplied by")
        .within(0, 100)
        .whenEmpty("the head's own");
    f.add("scale", &O::scale, "Scale", "Of the head's cosines; 0: the length of the feature (sphereface)")
        .within(0, 10000)
        .whenEmpty("the head's own")
        .expert();
    f.addNot("no-anneal", &O::anneal, "No annealing",
             "Sphereface has its whole margin from the first step on")
        .expert();
    f.add("dropout", &O::dropout, "Dropout",
          "Share that is dropped before the last layer (iresnet, resnet50, networks of clips)")
        .atLeast(0)
        .below(1)
        .expert();
    f.add("triplet-weight", &O::tripletWeight, "Triplet weight",
          "Of batch-hard triplets beside the head; above 0, a batch holds several images of each identity")
        .atLeast(0)
        .expert();
    f.add("triplet-margin", &O::tripletMargin, "Triplet margin", "Between distances of features")
        .above(0)
        .expert();
    f.add("per-identity", &O::perIdentity, "Images an identity", "In a batch with triplets")
        .within(2, 1000)
        .expert();
    addDescent(f);
    addFalling(f);
    f.addNot("no-flip", &O::flip, "No mirror", "Do not mirror images at random").expert();
    f.add("augment", &O::augment, "Augment",
          "Mild random crop, blur and brightness: for sets without natural variety");
    f.addNot("no-mixed-precision", &O::mixedPrecision, "No mixed precision", "float32 alone, on CUDA too")
        .expert();
    addMachine(f, "Initial weights and order follow from it");
    return f;
  }();
  return fields;
}

const Fields<StudentOptions>& studentFields() {
  static const Fields<StudentOptions> fields = [] {
    using O = StudentOptions;
    Fields<O> f;
    f.add("size", &O::size, "Pixels", "Side of the faces it sees").in("pixels").oneOf(studentSizes);
    f.add("mode", &O::mode, "Mode", "What it learns");
    f.add("init-epochs", &O::epochsInit, "First epochs",
          "Passes of the first stage, on classes alone, before anything is learned from the teacher; shared "
          "by all "
          "modes")
        .within(0, 100000)
        .as("epochs_init");
    f.add("init-learning-rate", &O::learningRateInit, "First learning rate",
          "The largest one of the first stage")
        .above(0)
        .as("learning_rate_init")
        .expert();
    addDescent(f);
    f.at("epochs").help = "Passes of the fine-tuning";
    f.at("batch").help = "Faces in one step";
    f.at("learning-rate").help = "The largest one of the fine-tuning";
    f.at("learning-rate").expert();
    addFalling(f);
    f.add("regression-weight", &O::regressionWeight, "Regression weight",
          "Of the regression beside the cross-entropy")
        .above(0)
        .expert();
    f.add("target", &O::target, "Target", "What is regressed of the teacher's features").expert();
    f.add("start", &O::start, "Start", "Where the training of the mode starts").expert();
    f.addNot("no-fit-mimic", &O::fitMimic, "No fit first",
             "Do not fit the mimic layer in one go before the fine-tuning")
        .expert();
    f.add("identity-dims", &O::identityDims, "Identity layer", "Its columns; 128 and 1024 are usual")
        .within(2, 65536)
        .expert();
    f.add("perturbations", &O::perturbations, "Perturbations",
          "Seeded variants of a face, one an epoch; 0: none")
        .within(0, 10000)
        .expert();
    f.add("perturbed-points", &O::perturbedPoints, "Perturbed points", "Whose landmarks a variant moves")
        .expert();
    f.add("perturbation-strength", &O::perturbationStrength, "Their strength",
          "Deviation of a landmark, a share of the face's side")
        .within(0, 0.15)
        .expert();
    f.addNot("no-flip", &O::flip, "No mirror", "Do not mirror images at random").expert();
    f.add("validation", &O::validationShare, "Held out", "Share of the images of each class held out")
        .atLeast(0)
        .below(1)
        .as("validation_share")
        .expert();
    f.addNot("no-mixed-precision", &O::mixedPrecision, "No mixed precision", "float32 alone, on CUDA too")
        .expert();
    addMachine(f, "Initial weights, order and perturbations follow from it");
    return f;
  }();
  return fields;
}

}  // namespace discern::training

#include "core/training/aggregator_options.h"

namespace discern::training {

const Fields<AggregatorOptions>& aggregatorFields() {
  static const Fields<AggregatorOptions> fields = [] {
    using O = AggregatorOptions;
    Fields<O> f;
    f.add("architecture", &O::architecture, "Architecture", "How a group's samples become one feature");
    f.add("hidden", &O::hidden, "Hidden units",
          "Of the layer that looks at a sample, or of the recurrent unit; 0: attention by a query alone")
        .within(0, 4096);
    f.add("groups", &O::groups, "Groups", "What a group is drawn from");
    f.add("group-size", &O::groupSize, "Group size", "Samples of a group that is trained on, at most")
        .within(2, 1024);
    f.add("epochs", &O::epochs, "Epochs", "Passes over the training identities").within(1, 100000);
    f.add("batch", &O::batch, "Batch", "Groups in one batch").within(4, 65536).expert();
    f.add("per-identity", &O::perIdentity, "Per identity", "Groups of an identity in a batch")
        .within(2, 1024)
        .expert();
    f.add("triplet-weight", &O::tripletWeight, "Triplet weight",
          "Of batch-hard triplets beside the softmax over the identities")
        .atLeast(0)
        .expert();
    f.add("triplet-margin", &O::tripletMargin, "Triplet margin", "Euclidean distance of features of length 1")
        .within(0, 2)
        .expert();
    f.add("learning-rate", &O::learningRate, "Learning rate", "Adam's first; it falls along a cosine to zero")
        .above(0)
        .expert();
    f.add("weight-decay", &O::weightDecay, "Weight decay", "Adam's").atLeast(0).expert();
    f.add("validation", &O::validationShare, "Held out",
          "Share of the identities that choose the epoch; 0: the last one")
        .within(0, 0.9);
    f.add("seed", &O::seed, "Seed", "Initial weights, groups and degraded copies follow from it");
    return f;
  }();
  return fields;
}

}  // namespace discern::training

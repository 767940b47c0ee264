// What a job takes of an operating point, field by field: which comparisons, and how templates are made of
// images.
#pragma once

#include "core/aggregation/names.h"
#include "core/base/field.h"
#include "core/jobs/choices.h"

namespace discern::jobs {

template <class O>
void addLengths(Fields<O>& f) {
  f.add("lengths", &O::lengths, "Lengths", "Of the features that a template is the mean of").expert();
}

// protocol: what of it is meant.
template <class O>
void addPointTables(Fields<O>& f, const char* protocol) {
  f.add("protocol", &O::protocol, "Protocol", protocol)
      .whenEmpty("the operating point's")
      .from(FieldSource::Protocols);
  f.add("features", &O::features, "Features", "Feature table")
      .whenEmpty("the newest")
      .from(FieldSource::Features);
  f.add("scores", &O::scores, "Scores", "Score table that drops and weighs images")
      .whenEmpty("the newest, where templates have several images")
      .from(FieldSource::Scores);
  f.add("weights", &O::weights, "Weights", "Another score table, which weighs the images that stay")
      .whenEmpty("not")
      .from(FieldSource::Scores);
  f.add("rescale", &O::rescale, "Rescale", "DDL weights");
  addLengths(f);
  f.add("threshold", &O::threshold, "Threshold", "DDL keeps samples with a score above this");
}

// The switch that takes from the project's point what is not given.
template <class O>
void addPointSwitch(Fields<O>& f) {
  f.add("point", &O::point, "Operating point",
        "Takes features, scores, weights, protocol, rescale, lengths, threshold and FAR from the project's "
        "operating point, where they are not given here");
}

}  // namespace discern::jobs

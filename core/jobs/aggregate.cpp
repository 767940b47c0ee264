#include "core/jobs/aggregate.h"

#include "core/aggregation/methods.h"
#include "core/aggregation/names.h"
#include "core/jobs/choices.h"
#include "core/jobs/extract.h"
#include "core/jobs/point_fields.h"

namespace discern::jobs {
namespace {

// A detector's scores are no part of this.
std::vector<FieldChoice> withoutDetectors() {
  std::vector<FieldChoice> choices;
  const auto fits = [](const aggregation::MethodInfo& method) {
    return method.needs != aggregation::MethodInfo::Needs::DetectorScores;
  };
  for (const auto& name : aggregation::methods().names(fits))
    choices.push_back({name, aggregation::methods().help(name)});
  return choices;
}

}  // namespace

const Fields<AggregateOptions>& aggregateFields() {
  static const Fields<AggregateOptions> fields = [] {
    using O = AggregateOptions;
    Fields<O> f;
    f.add("protocol", &O::protocol, "Protocol", "Whose templates")
        .whenEmpty("the operating point's")
        .from(FieldSource::Protocols);
    f.add("network", &O::ddnet, "DDNet", "A DDNet of this project, or its file, which sees every image")
        .from(FieldSource::Scorers)
        .orOther()
        .file();
    f.add("threshold", &O::threshold, "Threshold",
          "The base model sees images with a score above this, and the best one where there is none")
        .within(0, 1);
    addModelFields(f);
    f.add("aggregation", &O::aggregation, "Aggregation", "How the images that stay are combined")
        .oneOf(withoutDetectors);
    f.add("rescale", &O::rescale, "Rescale", "DDL weights");
    f.add("k", &O::k, "k", "Images of top-k, random-k and uniform-k").within(1, 100000).expert();
    addLengths(f);
    addAggregators(f, &O::aggregators);
    f.add("measure", &O::measure, "Measure",
          "So many of the images that were dropped go through the base model too, which tells what it takes "
          "on "
          "all; -1: all of them, 0: none")
        .within(-1, 100000000);
    f.add("out", &O::out, "File", "A .npy with a row a template; two .csv are written beside it")
        .whenEmpty("templates-PROTOCOL.npy in the project's exports")
        .file();
    f.add("batch", &O::batch, "Batch", "Images a network sees at once").within(1, 4096).incidental().expert();
    addDevice(f, &O::device);
    f.addPreset("paper", "DDL: raw features, rescaled weights, threshold 0.15",
                {{"aggregation", "ddl"}, {"lengths", "raw"}, {"rescale", "on"}, {"threshold", "0.15"}});
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

// aggregate: templates by DDNet first and the base model on what it keeps alone (DDL, figure 2).
#pragma once

#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/device.h"
#include "core/base/field.h"
#include "core/data/lengths.h"

namespace discern::jobs {

struct AggregateOptions {
  std::string protocol;         // whose templates; empty: the operating point's
  std::string ddnet = "ddnet";  // a DDNet of this project, or its file
  double threshold = 0.15;      // images with a score above it go through the base model
  std::string model;            // as of ExtractOptions
  std::string recipe = "insightface";
  std::string layer;
  std::string aggregation = "ddl";  // of the images that stay
  aggregation::Rescale rescale = aggregation::Rescale::Auto;
  int k = 3;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that are averaged
  std::vector<std::string> aggregators;         // empty: the newest that were trained on such features
  int measure = 256;  // dropped images that the base model sees too, for its time alone; -1: all, 0: none
  std::string out;    // .npy; empty: PROJECT/exports/templates-PROTOCOL.npy
  Device device = Device::Cpu;
  int batch = 32;
};
const Fields<AggregateOptions>& aggregateFields();

}  // namespace discern::jobs

// explain: where in images a DDNet looks.
#pragma once

#include <string>

#include "core/base/device.h"
#include "core/base/field.h"

namespace discern::jobs {

struct ExplainOptions {
  std::string ddnet = "ddnet";  // a DDNet of this project
  std::string image;            // numbers and ranges: "3,7-9"
  int patch = 0;                // pixels of the network's input a side; 0: a seventh of its width
  int stride = 0;               // pixels between patches; 0: half a patch
  std::string out;              // folder for pictures; empty: none
  Device device = Device::Cpu;
  int batch = 64;
};
const Fields<ExplainOptions>& explainFields();

}  // namespace discern::jobs

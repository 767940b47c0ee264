// export-model: a network of the project as an ONNX file.
#pragma once

#include <string>

#include "core/base/field.h"

namespace discern::jobs {

struct ExportModelOptions {
  std::string network;  // a network or head of the project, or its file
  std::string layer;    // of a student: identity or mimic; empty: identity
  std::string out;      // .onnx
};
const Fields<ExportModelOptions>& exportModelFields();

}  // namespace discern::jobs

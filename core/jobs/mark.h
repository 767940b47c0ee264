// mark: what a person decides about images, and taking it back.
#pragma once

#include <string>

#include "core/base/field.h"

namespace discern::jobs {

// What is not given stays as it is.
struct MarkOptions {
  std::string samples;   // numbers and ranges: "3,7-9"
  std::string images;    // a file with a path a line, or a CSV with a column path or sample
  std::string leaveOut;  // a name of project::LeftOut
  std::string moveTo;    // identity, or SET/NAME
  bool moveBack = false;
  std::string verdict;  // a name of project::Verdict
  std::string tag, untag;
  std::string note;
  bool clearNote = false;
  std::string from;  // marks.csv, as export writes it
  bool undo = false, redo = false, history = false;
};
const Fields<MarkOptions>& markFields();

}  // namespace discern::jobs

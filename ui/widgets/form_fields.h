// What the window asks of each job, and what it does not, by intent.
#pragma once

#include <QString>
#include <string_view>
#include <vector>

#include "core/base/field.h"

namespace discern::ui {

using JobField = discern::Field;

struct Hidden {
  const char* job;
  const char* field;  // "*": all of them
  const char* why;
};
const std::vector<Hidden>& hiddenByIntent();

// The fields of a job's form: the others are hidden by intent.
std::vector<JobField> formFields(std::string_view job);
// The presets of a job's options, which JobForm::addPresets takes.
const std::vector<Preset>& formPresets(std::string_view job);
// What it is, and a line for each of `fields` that it sets: "Lengths = raw".
QString presetText(const Preset& preset, const std::vector<JobField>& fields);
// Only these, in their order, and all but these. For a page that has more than one form for a job.
std::vector<JobField> onlyFields(const std::vector<JobField>& fields,
                                 const std::vector<std::string_view>& names);
std::vector<JobField> withoutFields(const std::vector<JobField>& fields,
                                    const std::vector<std::string_view>& names);

// "Recognisers (*.onnx *.pt);;All files (*)": what a file dialog shows first for a field that takes a file.
QString fileFilter(const JobField& field);

}  // namespace discern::ui

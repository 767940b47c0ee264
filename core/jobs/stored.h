// The options of stored runs, by the fields of their jobs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json.h"
#include "core/project/project.h"

namespace discern::jobs {

// Of a run of the job that `fields` are of; nothing where one of them has a value that it cannot have.
template <class O>
std::optional<O> optionsOf(const Fields<O>& fields, const project::RunRow& run) {
  try {
    return optionsFromJson(fields, parseJson(run.options));
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The text of `field`, whatever it was called, in what a run of `job` stored; false: it is not in there.
bool findStored(const nlohmann::json& stored, std::string_view job, const Field& field, std::string& text);

// One option of a run of any job, as text, whatever it was called when it was stored; its default where it
// was not stored, empty where the job has no such field.
std::string storedText(const project::RunRow& run, std::string_view field);

}  // namespace discern::jobs

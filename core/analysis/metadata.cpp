#include "core/analysis/metadata.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/data/csv.h"
#include "core/data/degradations.h"
#include "core/data/path_match.h"

namespace discern::analysis {
namespace {
using Texts = std::vector<std::string>;  // one a sample; empty: not known

// All of them numbers, and many: four parts of about equal size, called "1987 to 1994".
std::optional<Labels> inParts(const Texts& texts) {
  constexpr std::size_t kParts = 4;
  std::vector<double> values;
  for (const auto& text : texts) {
    if (text.empty()) continue;
    const auto value = data::csvNumber(text);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  std::ranges::sort(values);
  std::vector<double> ends;  // the last value of each part
  for (std::size_t part = 1; part <= kParts; ++part) {
    const double end = values[std::max<std::size_t>(1, part * values.size() / kParts) - 1];
    if (ends.empty() || end > ends.back()) ends.push_back(end);
  }
  Labels labels;
  for (std::size_t part = 0; part < ends.size(); ++part) {
    const double first = part == 0 ? values.front() : *std::ranges::upper_bound(values, ends[part - 1]);
    labels.names.push_back(fmt::format("{:g} to {:g}", first, ends[part]));
  }
  for (const auto& text : texts)
    labels.of.push_back(
        text.empty()
            ? -1
            : static_cast<int>(std::ranges::lower_bound(ends, *data::csvNumber(text)) - ends.begin()));
  return labels;
}

// Empty where one of them is no number.
std::vector<float> numbersOf(const Texts& texts) {
  std::vector<float> numbers;
  for (const auto& text : texts) {
    const auto value = data::csvNumber(text);
    if (!value && !text.empty()) return {};
    numbers.push_back(value ? static_cast<float>(*value) : std::nanf(""));
  }
  return numbers;
}

Labels labelsOf(const Whose& people, Texts texts) {
  for (const auto& row : people.samples)
    if (row.parent >= 0 && texts[static_cast<std::size_t>(row.id)].empty())
      texts[static_cast<std::size_t>(row.id)] = texts[static_cast<std::size_t>(row.parent)];
  std::set<std::string> values(texts.begin(), texts.end());
  values.erase("");
  const auto numbers = numbersOf(texts);
  if (values.size() > kMostValues)
    if (auto parts = inParts(texts)) {
      parts->values = numbers;
      return *parts;
    }
  Labels labels;
  labels.values = numbers;
  labels.names.assign(values.begin(), values.end());
  std::ranges::stable_sort(labels.names, [](const std::string& a, const std::string& b) {
    const auto x = data::csvNumber(a), y = data::csvNumber(b);
    return x && y ? *x < *y : a < b;
  });
  std::map<std::string, int> index;
  for (std::size_t i = 0; i < labels.names.size(); ++i) index[labels.names[i]] = static_cast<int>(i);
  for (const auto& text : texts) labels.of.push_back(text.empty() ? -1 : index[text]);
  return labels;
}

// The columns that say whose a row is; -1: it has none of them.
struct WhoseColumns {
  int path, number, who;
};
WhoseColumns whoseColumns(const std::filesystem::path& file, const data::CsvRow& header) {
  const WhoseColumns found{data::findCsvColumn(header, {"path", "file", "image"}),
                           data::findCsvColumn(header, {"sample"}),
                           data::findCsvColumn(header, {"identity", "name"})};
  if (found.path < 0 && found.number < 0 && found.who < 0)
    fail(
        "{}: has neither a column path nor sample nor identity, which say whose its rows are; its columns "
        "are {}",
        file.string(), data::csvShown(header.fields));
  return found;
}

std::string textOf(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.is_number() ? fmt::format("{:g}", value.get<double>()) : "";
}

}  // namespace

Labels readLabels(const Whose& people, const std::filesystem::path& file, const std::string& column) {
  const auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; a header with the column {} was expected", file.string(), column);
  const auto& header = rows.front();
  const int wanted = data::csvColumn(file, header, column);
  const auto [path, number, who] = whoseColumns(file, header);
  for (std::size_t r = 1; r < rows.size(); ++r)
    if (rows[r].fields.size() != header.fields.size())
      fail("{}, line {}: has {} fields, {} were expected", file.string(), rows[r].line, rows[r].fields.size(),
           header.fields.size());
  Texts texts(people.samples.size());
  Labels labels;
  std::int64_t unknown = 0;
  const auto cell = [&](std::size_t r, int c) -> const std::string& {
    return rows[r].fields[static_cast<std::size_t>(c)];
  };
  if (path >= 0) {
    Texts known, asked;
    std::vector<int> ids;
    for (const auto& row : people.samples)
      if (!row.removed() && row.parent < 0) {
        known.push_back(row.image.file);
        ids.push_back(row.id);
      }
    for (std::size_t r = 1; r < rows.size(); ++r) asked.push_back(cell(r, path));
    const auto at = data::matchPaths(known, asked);
    for (std::size_t r = 1; r < rows.size(); ++r)
      if (at[r - 1] >= 0)
        texts[static_cast<std::size_t>(ids[static_cast<std::size_t>(at[r - 1])])] = cell(r, wanted);
      else
        ++unknown;
  } else if (number >= 0) {
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const auto id = data::csvNumber(cell(r, number));
      if (id && *id >= 0 && *id < static_cast<double>(texts.size()) && *id == std::floor(*id))
        texts[static_cast<std::size_t>(*id)] = cell(r, wanted);
      else
        ++unknown;
    }
  } else {
    std::map<std::string, std::string> of;
    std::set<std::string> used;
    for (std::size_t r = 1; r < rows.size(); ++r) of[cell(r, who)] = cell(r, wanted);
    for (const auto& row : people.samples) {
      const int id = people.identity[static_cast<std::size_t>(row.id)];
      if (id < 0) continue;
      const auto& person = people.identities[static_cast<std::size_t>(id)];
      for (const auto& name : {person.set + "/" + person.name, person.name})
        if (const auto found = of.find(name); found != of.end()) {
          texts[static_cast<std::size_t>(row.id)] = found->second;
          used.insert(name);
          break;
        }
    }
    unknown = std::ssize(of) - std::ssize(used);
  }
  labels = labelsOf(people, std::move(texts));
  labels.unknownRows = unknown;
  if (labels.names.empty())
    fail("{}: none of its {} rows is of an image here with a value in {}", file.string(), rows.size() - 1,
         column);
  return labels;
}

Labels ownLabels(const Whose& people, const std::string& column) {
  Texts texts(people.samples.size());
  for (const auto& row : people.samples) {
    auto& text = texts[static_cast<std::size_t>(row.id)];
    const int who = people.identity[static_cast<std::size_t>(row.id)];
    if (column == "set" || column == "identity") {
      if (who >= 0) {
        const auto& person = people.identities[static_cast<std::size_t>(who)];
        text = column == "set" ? person.set : person.name;
      }
    } else if (column == "media") {
      text = row.media;
    } else if (column == "damage") {
      const auto kind = row.image.degradation.kind;
      text = kind == data::DegradationKind::None ? "none" : nameOf(kind);
    } else if (!row.nuisance.empty()) {
      const auto facts = parseJson(row.nuisance);
      if (const auto found = facts.find(column); found != facts.end()) text = textOf(*found);
    }
  }
  Labels labels = labelsOf(people, std::move(texts));
  if (labels.names.empty())
    failField("column", column, "no image of this project has it; there are {}",
              fmt::join(ownColumns(people.samples), ", "));
  return labels;
}

std::vector<std::string> labelColumns(const std::filesystem::path& file) {
  data::CsvRow header;
  if (!data::CsvReader(file).next(header))
    fail("{}: is empty; a header with path, sample or identity and columns beside it was expected",
         file.string());
  const auto [path, number, who] = whoseColumns(file, header);
  std::vector<std::string> columns;
  for (int c = 0; c < std::ssize(header.fields); ++c)
    if (const auto& name = header.fields[static_cast<std::size_t>(c)];
        !name.empty() && c != path && c != number && (c != who || path >= 0 || number >= 0))
      columns.push_back(name);
  if (columns.empty())
    fail("{}: has no column beside those that say whose its rows are; it has {}", file.string(),
         data::csvShown(header.fields));
  return columns;
}

std::vector<std::string> ownColumns(std::span<const project::SampleRow> samples) {
  std::set<std::string> keys;
  int looked = 0;
  for (const auto& row : samples) {
    if (row.nuisance.empty()) continue;
    if (++looked > kLooked) break;
    const auto facts = parseJson(row.nuisance);
    for (const auto& [key, value] : facts.items())
      if (!textOf(value).empty()) keys.insert(key);
  }
  std::vector<std::string> columns = {"set", "identity"};
  if (std::ranges::any_of(samples, [](const auto& row) { return !row.media.empty(); }))
    columns.push_back("media");
  if (std::ranges::any_of(samples, [](const auto& row) { return row.parent >= 0; }))
    columns.push_back("damage");
  columns.insert(columns.end(), keys.begin(), keys.end());
  return columns;
}

std::vector<int> labelsOfTemplates(const data::Protocol& protocol, const Labels& labels) {
  std::vector<int> list;
  for (const auto& group : protocol.templates) {
    int label = -1;
    bool same = true;
    for (const int sample : group.samples) {
      const int one = static_cast<std::size_t>(sample) < labels.of.size()
                          ? labels.of[static_cast<std::size_t>(sample)]
                          : -1;
      if (one < 0) continue;
      same = same && (label < 0 || label == one);
      label = one;
    }
    list.push_back(same ? label : -1);
  }
  return list;
}

}  // namespace discern::analysis

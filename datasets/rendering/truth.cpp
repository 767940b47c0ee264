#include "datasets/rendering/truth.h"

#include <fmt/ranges.h>

#include <charconv>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/data/csv.h"

namespace discern::rendering {
namespace {

struct Field {
  const char* name;
  float Nuisance::*value;
};
constexpr Field kFields[] = {{"yaw", &Nuisance::yaw},
                             {"pitch", &Nuisance::pitch},
                             {"roll", &Nuisance::roll},
                             {"light_x", &Nuisance::lightX},
                             {"light_y", &Nuisance::lightY},
                             {"ambient", &Nuisance::ambient},
                             {"light_warmth", &Nuisance::lightWarmth},
                             {"smile", &Nuisance::smile},
                             {"mouth_open", &Nuisance::mouthOpen},
                             {"eyes_closed", &Nuisance::eyesClosed},
                             {"brow_raise", &Nuisance::browRaise},
                             {"occlusion", &Nuisance::occlusion},
                             {"blur", &Nuisance::blur},
                             {"motion_blur", &Nuisance::motionBlur},
                             {"motion_angle", &Nuisance::motionAngle},
                             {"noise", &Nuisance::noise},
                             {"resolution", &Nuisance::resolution},
                             {"exposure", &Nuisance::exposure}};
constexpr const char* kGlasses[] = {"none", "clear", "sun"};
constexpr const char* kOccluders[] = {"none", "hand", "hat"};

int occluderOf(const Nuisance& n) { return n.occlusion > 0 ? n.occluder : 0; }

template <typename T>
T parseNumber(const std::filesystem::path& csv, const data::CsvRow& row, int column, const char* name) {
  const std::string& text = row.fields[static_cast<std::size_t>(column)];
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    fail("{}:{}: expected a number in column {}, found '{}'; restore the file or generate the set again.",
         csv.string(), row.line, name, text);
  return value;
}

template <std::size_t N>
int parseName(const std::filesystem::path& csv, const data::CsvRow& row, int column,
              const char* const (&names)[N]) {
  const std::string& text = row.fields[static_cast<std::size_t>(column)];
  const auto found = std::find(std::begin(names), std::end(names), text);
  if (found == std::end(names))
    fail("{}:{}: expected one of {}, found '{}'; restore the file or generate the set again.", csv.string(),
         row.line, fmt::join(names, ", "), text);
  return static_cast<int>(found - std::begin(names));
}

// The shortest text that reads back as the same float, as JSON would keep it.
double shortest(float value) { return std::stod(fmt::format("{}", value)); }

std::string nuisanceJson(const TruthRow& row) {
  const Nuisance& n = row.nuisance;
  nlohmann::ordered_json json;
  json["label_error"] = row.trueIdentity != row.filedIdentity;
  json["true_identity"] = row.trueIdentity;
  json["bad"] = n.badness();
  for (const Field& field : kFields) json[field.name] = shortest(n.*field.value);
  json["occluder"] = kOccluders[occluderOf(n)];
  json["glasses"] = kGlasses[n.glasses];
  json["mask"] = n.mask;
  json["jpeg"] = n.jpeg;
  return json.dump();
}

}  // namespace

std::string truthCsv(const std::vector<TruthRow>& rows) {
  std::string text = "path,true_identity,filed_identity,label_error,bad";
  for (const Field& field : kFields) text += fmt::format(",{}", field.name);
  text += ",occluder,glasses,mask,jpeg\n";
  for (const TruthRow& row : rows) {
    const Nuisance& n = row.nuisance;
    text += fmt::format("{},{},{},{},{}", row.path, row.trueIdentity, row.filedIdentity,
                        row.trueIdentity != row.filedIdentity ? 1 : 0, fmt::join(n.badness(), "+"));
    for (const Field& field : kFields) text += fmt::format(",{}", n.*field.value);
    text +=
        fmt::format(",{},{},{},{}\n", kOccluders[occluderOf(n)], kGlasses[n.glasses], n.mask ? 1 : 0, n.jpeg);
  }
  return text;
}

std::vector<TruthRow> readTruth(const std::filesystem::path& csv) {
  const auto lines = data::readCsv(csv);
  if (lines.empty())
    fail("{}: expected a header and a row an image, found nothing; generate the set again.", csv.string());
  const auto column = [&](const char* name) { return data::csvColumn(csv, lines.front(), name); };
  const int path = column("path"), truly = column("true_identity"), filed = column("filed_identity");
  const int occluder = column("occluder"), glasses = column("glasses"), mask = column("mask"),
            jpeg = column("jpeg");
  std::vector<int> columns;
  for (const Field& field : kFields) columns.push_back(column(field.name));
  std::vector<TruthRow> rows;
  rows.reserve(lines.size() - 1);
  for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
    if (line->fields.size() != lines.front().fields.size())
      fail(
          "{}:{}: expected {} columns as in the header, found {}; restore the file or generate the set "
          "again.",
          csv.string(), line->line, lines.front().fields.size(), line->fields.size());
    const auto text = [&](int index) { return line->fields[static_cast<std::size_t>(index)]; };
    TruthRow row{text(path), text(truly), text(filed), {}};
    for (std::size_t i = 0; i < columns.size(); ++i)
      row.nuisance.*kFields[i].value = parseNumber<float>(csv, *line, columns[i], kFields[i].name);
    const int kind = parseName(csv, *line, occluder, kOccluders);
    if (kind > 0) row.nuisance.occluder = kind;
    row.nuisance.glasses = parseName(csv, *line, glasses, kGlasses);
    row.nuisance.mask = parseNumber<int>(csv, *line, mask, "mask") != 0;
    row.nuisance.jpeg = parseNumber<int>(csv, *line, jpeg, "jpeg");
    rows.push_back(std::move(row));
  }
  return rows;
}

data::Dataset truthDataset(const std::vector<TruthRow>& rows, const std::filesystem::path& folder) {
  data::Dataset set;
  const auto stem = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
  set.name = stem.string();
  set.format = "synthetic-faces";
  std::map<std::string, int> index;
  for (const TruthRow& row : rows) index.emplace(row.filedIdentity, 0);
  for (auto& [name, number] : index) {
    number = static_cast<int>(set.identities.size());
    set.identities.push_back(name);
  }
  set.samples.reserve(rows.size());
  for (const TruthRow& row : rows) {
    data::Sample sample;
    sample.image.file = (folder / row.path).string();
    sample.identity = index.at(row.filedIdentity);
    sample.nuisance = nuisanceJson(row);
    set.samples.push_back(std::move(sample));
  }
  return set;
}

}  // namespace discern::rendering

#include "core/analysis/marking.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "core/base/error.h"
#include "core/base/names.h"
#include "core/data/csv.h"
#include "core/data/path_match.h"
#include "core/data/place.h"
#include "core/project/decision_parts.h"

namespace discern::analysis {
namespace {
namespace fs = std::filesystem;
using project::Deed;
using project::LeftOut;
using project::Mark;
using project::Verdict;

std::string setName(const project::IdentityRow& row) { return row.set + "/" + row.name; }

std::string whatText(const project::Project& project, const MarkEdit& edit, std::size_t images) {
  project::DecisionParts said{{}, static_cast<std::int64_t>(images)};
  const auto add = [&said](Deed deed, std::vector<std::string> names = {}) {
    said.parts.push_back({deed, std::move(names)});
  };
  if (edit.leftOut) add(project::deedOf(*edit.leftOut));
  if (edit.moveTo && *edit.moveTo < 0) add(Deed::MoveBack);
  if (edit.moveTo && *edit.moveTo >= 0)
    add(Deed::MoveTo, {project.identities().at(static_cast<std::size_t>(*edit.moveTo)).name});
  if (edit.verdict) add(project::deedOf(*edit.verdict));
  if (!edit.tags.empty()) add(Deed::Tag, {fmt::format("{}", fmt::join(edit.tags, ", "))});
  if (!edit.untags.empty()) add(Deed::Untag, {fmt::format("{}", fmt::join(edit.untags, ", "))});
  if (edit.note) add(edit.note->empty() ? Deed::ClearNote : Deed::Note);
  return project::textOf(said);
}

int numberOf(const std::string& text, const std::string& where) {
  int number = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || number < 0)
    fail("{}: '{}' is not the number of an image; numbers and ranges such as 3,7-9 were expected", where,
         text);
  return number;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find(at, from), text.size());
    if (auto part = trimmed(std::string_view(text).substr(from, to - from)); !part.empty())
      parts.push_back(std::move(part));
    from = to + 1;
  }
  return parts;
}

// The original at each path, for lists that somebody wrote down.
struct Originals {
  std::vector<int> samples;
  std::vector<std::string> paths;
};
Originals originalsOf(const std::vector<project::SampleRow>& samples) {
  Originals found;
  for (const auto& row : samples)
    if (!row.removed() && row.parent < 0) {
      found.samples.push_back(row.id);
      found.paths.push_back(data::placeOf(row.image));
    }
  return found;
}

std::vector<int> samplesAt(const project::Project& project, const std::vector<std::string>& paths) {
  const auto originals = originalsOf(project.samples());
  std::vector<int> found = data::matchPaths(originals.paths, paths);
  for (int& at : found)
    if (at >= 0) at = originals.samples[static_cast<std::size_t>(at)];
  return found;
}

template <class Enum>
Enum cellOf(const std::string& text, const fs::path& file, int line, const char* column) {
  for (const auto& named : namesOf(Enum{}))
    if (text == named.name) return named.value;
  std::vector<std::string_view> names;
  for (const auto& named : namesOf(Enum{})) names.push_back(named.name);
  fail("{}, line {}: {} is '{}'; one of {} was expected", file.string(), line, column, text,
       fmt::join(names, ", "));
}

}  // namespace

bool MarkEdit::empty() const {
  return !leftOut && !moveTo && !verdict && tags.empty() && untags.empty() && !note;
}

std::vector<std::string> tagsOf(const std::string& list) { return split(list, ','); }

project::Change markChange(const project::Project& project, const std::vector<int>& samples,
                           const MarkEdit& edit) {
  std::map<int, Mark> now;
  for (auto& [sample, mark] : project::marks(project)) now.emplace(sample, std::move(mark));
  project::Change change;
  change.what = whatText(project, edit, samples.size());
  change.continues = edit.note.has_value();
  for (const int sample : samples) {
    const auto found = now.find(sample);
    Mark mark = found == now.end() ? Mark() : found->second;
    if (edit.leftOut) mark.leftOut = *edit.leftOut;
    if (edit.moveTo) mark.movedTo = *edit.moveTo;
    if (edit.verdict) mark.verdict = *edit.verdict;
    mark.tags.insert(mark.tags.end(), edit.tags.begin(), edit.tags.end());
    std::erase_if(mark.tags, [&](const std::string& tag) {
      return std::ranges::find(edit.untags, tag) != edit.untags.end();
    });
    if (edit.note) mark.note = *edit.note;
    change.marks.emplace_back(sample, std::move(mark));
  }
  return change;
}

std::string marksCsv(const project::Project& project) {
  const auto samples = project.samples();
  const auto identities = project.identities();
  const auto changed = project::markTimes(project);
  std::string out = "sample,set,identity,path,offset,left_out,moved_to,verdict,tags,note,changed\n";
  for (const auto& [sample, mark] : project::marks(project)) {
    const auto& row = samples[static_cast<std::size_t>(sample)];
    if (row.removed()) continue;
    const auto* who = row.identity < 0 ? nullptr : &identities[static_cast<std::size_t>(row.identity)];
    const auto time = changed.find(sample);
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{}\n", sample, who ? data::csvField(who->set) : "",
        who ? data::csvField(who->name) : "", data::csvField(data::pathOf(row.image)), row.image.offset,
        nameOf(mark.leftOut),
        mark.movedTo < 0 ? "" : data::csvField(setName(identities[static_cast<std::size_t>(mark.movedTo)])),
        nameOf(mark.verdict), data::csvField(fmt::format("{}", fmt::join(mark.tags, ";"))),
        data::csvField(mark.note), time == changed.end() ? "" : time->second);
  }
  return out;
}

ReadMarks readMarks(const project::Project& project, const fs::path& file) {
  const auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; a header with the columns of marks.csv was expected", file.string());
  const auto& header = rows.front();
  const auto column = [&](std::string_view name) { return data::findCsvColumn(header, {name}); };
  const int path = column("path"), number = column("sample"), leftOut = column("left_out"),
            movedTo = column("moved_to"), verdict = column("verdict"), tags = column("tags"),
            note = column("note");
  if (path < 0 && number < 0)
    fail("{}: has neither a column path nor sample; its columns are {}", file.string(),
         data::csvShown(header.fields));
  if (leftOut < 0 && movedTo < 0 && verdict < 0 && tags < 0 && note < 0)
    fail("{}: has none of the columns left_out, moved_to, verdict, tags and note; its columns are {}",
         file.string(), data::csvShown(header.fields));
  std::vector<std::string> paths;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (rows[r].fields.size() != header.fields.size())
      fail("{}, line {}: has {} fields, {} were expected", file.string(), rows[r].line, rows[r].fields.size(),
           header.fields.size());
    if (path >= 0) paths.push_back(rows[r].fields[static_cast<std::size_t>(path)]);
  }
  const auto at = path >= 0 ? samplesAt(project, paths) : std::vector<int>();
  const int count = project.sampleCount();
  ReadMarks read;
  std::map<int, Mark> wanted;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto& row = rows[r];
    const auto cell = [&](int c) { return c < 0 ? std::string() : row.fields[static_cast<std::size_t>(c)]; };
    const int sample = path >= 0 && !cell(path).empty()
                           ? at[r - 1]
                           : numberOf(cell(number), fmt::format("{}, line {}", file.string(), row.line));
    if (sample < 0 || sample >= count) {
      read.unknown.push_back(cell(path).empty() ? cell(number) : cell(path));
      continue;
    }
    Mark mark;
    if (const auto text = cell(leftOut); !text.empty())
      mark.leftOut = cellOf<LeftOut>(text, file, row.line, "left_out");
    if (const auto text = cell(movedTo); !text.empty()) mark.movedTo = identityNamed(project, text);
    if (const auto text = cell(verdict); !text.empty())
      mark.verdict = cellOf<Verdict>(text, file, row.line, "verdict");
    mark.tags = split(cell(tags), ';');
    mark.note = cell(note);
    wanted[sample] = std::move(mark);
  }
  read.change.what = project::textOf({{{Deed::MarksOf, {file.filename().string()}}}, std::ssize(wanted)});
  read.change.marks.assign(wanted.begin(), wanted.end());
  return read;
}

std::vector<int> samplesOf(const project::Project& project, const std::string& numbers, const char* field) {
  const int count = project.sampleCount();
  std::vector<int> samples;
  for (const auto& part : split(numbers, ',')) {
    const auto dash = part.find('-', 1);
    const int first = numberOf(trimmed(part.substr(0, dash)), field);
    const int last = dash == std::string::npos ? first : numberOf(trimmed(part.substr(dash + 1)), field);
    if (last < first) fail("{}: '{}' ends before it begins", field, part);
    if (last >= count)
      fail("{}: there is no image number {} in this project; the last is {}", field, last, count - 1);
    for (int i = first; i <= last; ++i) samples.push_back(i);
  }
  std::ranges::sort(samples);
  samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
  return samples;
}

std::vector<int> listedSamples(const project::Project& project, const fs::path& file) {
  const auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; a path a line was expected", file.string());
  const int path = data::findCsvColumn(rows.front(), {"path"}),
            number = data::findCsvColumn(rows.front(), {"sample"});
  std::vector<int> samples;
  std::vector<std::string> paths;
  for (const auto& row : rows) {
    const bool isHeader = &row == &rows.front() && (path >= 0 || number >= 0);
    if (isHeader) continue;
    const auto c = static_cast<std::size_t>(path >= 0 ? path : number >= 0 ? number : 0);
    if (c >= row.fields.size())
      fail("{}, line {}: has {} fields, more were expected", file.string(), row.line, row.fields.size());
    if (path < 0 && number >= 0) {
      const auto found = samplesOf(project, row.fields[c]);
      samples.insert(samples.end(), found.begin(), found.end());
    } else {
      paths.push_back(row.fields[c]);
    }
  }
  const auto at = samplesAt(project, paths);
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i] < 0)
      fail("{}: {} is {} here; give more of the path, or take the line out", file.string(), paths[i],
           at[i] == data::kSeveralPaths ? "the end of several images' paths" : "no image");
    samples.push_back(at[i]);
  }
  std::ranges::sort(samples);
  samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
  return samples;
}

int identityNamed(const project::Project& project, const std::string& name) {
  int found = -1, count = 0;
  for (const auto& row : project.identities())
    if (row.name == name || setName(row) == name) {
      found = row.id;
      ++count;
    }
  if (count == 0)
    fail("{}: no identity of that name in this project; an export lists them in identities.csv", name);
  if (count > 1) fail("{}: {} sets have an identity of that name; write SET/NAME", name, count);
  return found;
}

}  // namespace discern::analysis

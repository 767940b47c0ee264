// table: many runs side by side.
#include <algorithm>
#include <charconv>

#include "app/commands.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/jobs/table.h"
#include "core/results/printed.h"
#include "core/runs/run_table.h"

namespace discern::app {
namespace {

constexpr std::size_t kWidest = 26;  // of a column on the screen; a .csv has all of it

// Numbers as they are, a job as all of its runs.
std::vector<int> idsOf(const std::vector<project::RunRow>& runs, const std::vector<std::string>& given) {
  std::vector<int> ids;
  for (const std::string& word : given) {
    int id = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (code == std::errc() && end == word.data() + word.size()) {
      ids.push_back(id);
      continue;
    }
    const auto before = ids.size();
    for (const auto& run : runs)
      if (run.job == word && runs::isCompared(run)) ids.push_back(run.id);
    if (ids.size() == before)
      failField("runs", word, "is neither the number of a run nor a job with numbers that is done here");
  }
  if (!given.empty()) return ids;
  for (const auto& run : runs)
    if (runs::isCompared(run) &&
        (run.job.starts_with("train-") || run.job == "distil" || run.job == "evaluate"))
      ids.push_back(run.id);
  return ids;
}

std::string shortened(std::string text) {
  if (text.size() > kWidest) text = text.substr(0, kWidest - 2) + "..";
  return text;
}

std::string describe(const runs::RunTable& table) {
  std::vector<std::vector<std::string>> lines(1, {"run", "job", "name"});
  // A wide title stands on two lines: whose it is, and what.
  std::vector<std::string> above = {"", "", ""};
  for (const auto& column : table.columns) {
    above.push_back(shortened(column.of));
    lines[0].push_back(shortened(column.what));
  }
  lines.insert(lines.begin(), above);
  for (const auto& row : table.rows) {
    lines.push_back({std::to_string(row.run), row.job, shortened(row.name)});
    for (const auto& cell : row.cells) lines.back().push_back(shortened(cell.text));
  }
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (const auto& line : lines)
    for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], line[c].size());
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      const bool isNumber = c > 2 && !table.columns[c - 3].isOption;
      text += isNumber ? fmt::format("{:>{}}  ", line[c], widths[c])
                       : fmt::format("{:<{}}  ", line[c], widths[c]);
    }
    while (text.ends_with(' ')) text.pop_back();
    text += "\n";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

Outcome table(const std::string& folder, const jobs::TableOptions& o) {
  jobs::tableFields().check(o);
  const auto project = project::Project::open(folder, project::Project::Mode::Read);
  const auto all = project.runs();
  for (const auto& name : o.protocols) project.protocol(name);
  const auto made = runs::runTable(all, {idsOf(all, o.runs), o.aggregations, o.protocols, o.far});
  if (made.rows.empty()) fail("{}: no training and no evaluation is done yet", folder);
  results::TableResult result;
  for (const auto& column : made.columns) result.columns.push_back(runs::titleOf(column));
  for (const auto& row : made.rows) {
    result.rows.push_back({row.run, row.job, row.name, {}});
    for (const auto& cell : row.cells) result.rows.back().cells.push_back(cell.text);
  }
  std::string text = describe(made);
  if (!o.out.empty()) {
    writeFileAtomically(o.out, runs::toCsv(made));
    result.file = o.out;
    text += "\n" + o.out;
  }
  return {result, text};
}

}  // namespace

void addTableCommand(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::TableOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "table", jobs::jobOf("table").help, given->project);
  addFields(*c, jobs::tableFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"table", [given](Env&) { return table(given->project, given->options); }};
  });
}

}  // namespace discern::app

// report: the project as one document, drawn by the window's program.
#include <filesystem>

#include "app/commands.h"
#include "app/workbench_call.h"
#include "core/jobs/report.h"
#include "core/results/printed.h"

namespace discern::app {
namespace fs = std::filesystem;
namespace {

Outcome report(const std::string& folder, const jobs::ReportOptions& o, const std::stop_token& stop) {
  jobs::reportFields().check(o);
  const fs::path project = project::Project::open(folder, project::Project::Mode::Read).folder();
  results::ReportResult result;
  result.faces = o.faces;
  result.files = jobs::reportFiles(o, (project / "exports").string());
  for (const auto& file : result.files)
    if (const auto parent = fs::path(file).parent_path(); !parent.empty()) {
      std::error_code code;
      fs::create_directories(parent, code);
      if (code) failField("out", o.out, "the folder {} cannot be made ({})", parent.string(), code.message());
    }
  drawReport(project, result.files, o.faces, stop);
  std::string text;
  for (const auto& file : result.files) text += (text.empty() ? "" : "\n") + file;
  return {result, text};
}

}  // namespace

void addReportCommand(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::ReportOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "report", jobs::jobOf("report").help, given->project);
  addFields(*c, jobs::reportFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"report", [given](Env& env) { return report(given->project, given->options, env.stop); }};
  });
}

}  // namespace discern::app

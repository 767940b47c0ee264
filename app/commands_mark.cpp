// mark: what a person decides about images, and taking it back.
#include "app/commands.h"
#include "core/analysis/marking.h"
#include "core/base/field_error.h"
#include "core/base/names.h"
#include "core/jobs/mark.h"
#include "core/results/mark.h"

namespace discern::app {
namespace {

analysis::MarkEdit editOf(const project::Project& project, const jobs::MarkOptions& o) {
  analysis::MarkEdit edit;
  if (!o.leaveOut.empty()) edit.leftOut = parseName<project::LeftOut>(o.leaveOut, "leave-out");
  if (o.moveBack) edit.moveTo = -1;
  if (!o.moveTo.empty()) edit.moveTo = analysis::identityNamed(project, o.moveTo);
  if (!o.verdict.empty()) edit.verdict = parseName<project::Verdict>(o.verdict, "verdict");
  edit.tags = analysis::tagsOf(o.tag);
  edit.untags = analysis::tagsOf(o.untag);
  if (o.clearNote) edit.note = "";
  if (!o.note.empty()) edit.note = o.note;
  return edit;
}

Outcome told(const std::optional<project::Decision>& decision, const std::string& nothing,
             const std::string& more = {}) {
  results::MarkResult result;
  if (!decision) return {result, nothing};
  result.what = decision->what;
  result.images = decision->images;
  return {result, (decision->undone ? "taken back: " : "") + decision->what + more};
}

Outcome listed(const project::Project& project) {
  results::MarkResult result;
  std::string text;
  for (const auto& one : project::history(project)) {
    result.history.push_back({one.id, one.time, one.what, one.undone, one.images, one.people});
    text += fmt::format("{}{}  {}{}", text.empty() ? "" : "\n", one.time, one.what,
                        one.undone ? " (taken back)" : "");
  }
  return {result, text.empty() ? "nothing was decided yet" : text};
}

Outcome mark(const std::string& folder, const jobs::MarkOptions& o) {
  jobs::markFields().check(o);
  const int steps = (o.undo ? 1 : 0) + (o.redo ? 1 : 0) + (o.history ? 1 : 0) + (o.from.empty() ? 0 : 1);
  const bool named = !o.samples.empty() || !o.images.empty();
  if (steps > 1 || (steps == 1 && named))
    fail("mark: give images and what is decided about them, or one of from, undo, redo and history");
  if (o.history) return listed(project::Project::open(folder, project::Project::Mode::Read));
  auto project = project::openForDecisions(folder);
  if (o.undo) return told(project::undo(project), "there is no decision to take back");
  if (o.redo) return told(project::redo(project), "there is no decision to make again");
  if (!o.from.empty()) {
    const auto read = analysis::readMarks(project, o.from);
    const auto decision = project::decide(project, read.change);
    return told(decision, "nothing changed: its images are marked like that already",
                read.unknown.empty()
                    ? ""
                    : fmt::format("\n{} of no image here, such as {}",
                                  counted(read.unknown.size(), "row is", "rows are"), read.unknown.front()));
  }
  if (!named) fail("mark: no images are given; name them by number, or by a list of their paths");
  if (!o.samples.empty() && !o.images.empty())
    fail("mark: give numbers of images or a list of them, not both");
  if (o.moveBack && !o.moveTo.empty()) fail("mark: images are moved to an identity or back, not both");
  if (o.clearNote && !o.note.empty()) fail("mark: a note is given or cleared, not both");
  const auto edit = editOf(project, o);
  if (edit.empty())
    fail("mark: nothing is decided; say what, such as a verdict or what they are left out of");
  const auto samples =
      o.images.empty() ? analysis::samplesOf(project, o.samples) : analysis::listedSamples(project, o.images);
  return told(project::decide(project, analysis::markChange(project, samples, edit)),
              "nothing changed: these images are marked like that already");
}

}  // namespace

void addMarkCommand(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::MarkOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "mark", jobs::jobOf("mark").help, given->project);
  addFields(*c, jobs::markFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"mark", [given](Env&) { return mark(given->project, given->options); }};
  });
}

}  // namespace discern::app

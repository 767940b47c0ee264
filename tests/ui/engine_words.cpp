#include "tests/ui/engine_words.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>

#include "core/data/degradations.h"
#include "core/data/group_kind.h"
#include "core/data/score_table.h"
#include "core/imaging/sample.h"
#include "core/jobs/jobs.h"
#include "core/project/project.h"
#include "core/project/upkeep.h"
#include "core/runs/run_table.h"
#include "datasets/registry.h"
#include "ui/charts/chart.h"
#include "ui/models/images/sample_table.h"
#include "ui/models/results/training_curves.h"
#include "ui/widgets/form_fields.h"

namespace discern::ui::testing {
namespace {

namespace fs = std::filesystem;

class Collected {
 public:
  void add(const std::string& text) {
    if (std::ranges::any_of(text, [](unsigned char c) { return std::isalpha(c) != 0; })) words_.insert(text);
  }
  void add(const data::Word& word) {
    const bool isVowel = std::string("aeiou").find(word.one[0]) != std::string::npos;
    for (const auto& text : {word.one, word.many, (isVowel ? "an " : "a ") + word.one}) add(text);
  }
  template <class Enum>
  void addNames(Enum any) {
    for (const auto& named : namesOf(any)) add(named.name);
  }
  std::set<std::string> take() { return std::move(words_); }

 private:
  std::set<std::string> words_;
};

void addFields(Collected& words) {
  for (const auto& job : jobs::allJobs())
    for (const JobField& field : formFields(job.name)) {
      for (const auto* text : {&field.label, &field.help, &field.unit, &field.empty}) words.add(*text);
      if (field.choices)
        for (const FieldChoice& choice : field.choices()) words.add(choice.help);
    }
  for (const auto& job : jobs::allJobs())
    for (const Preset& preset : formPresets(job.name)) {
      words.add(preset.name);
      words.add(preset.help);
    }
  for (const char* job : {"evaluate", "identify", "predict"})  // columns of the table of runs
    for (const JobField& field : jobs::jobOf(job).fields) words.add(field.label);
  for (const auto& measure : runs::measures()) words.add(measure);
  for (const char* name : {"size", "mode"}) {  // boxes of the Distil page
    const JobField& field = *findField(jobs::jobOf("distil").fields, name);
    words.add(field.help);
    for (const FieldChoice& choice : field.choices()) words.add(choice.help);
  }
  for (const auto& format : datasets::formats()) {
    words.add(format.title);
    for (const auto& option : format.options) {
      std::string label = data::capital(option.key);  // as the import dialog labels it
      std::ranges::replace(label, '_', ' ');
      words.add(label);
      words.add(option.help);
    }
  }
}

// What `pattern` captures in the sources.
std::vector<std::string> literals(std::initializer_list<const char*> folders, const std::regex& pattern) {
  std::vector<std::string> found;
  for (const char* folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(DISCERN_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
        found.push_back((*it)[1].str());
    }
  return found;
}

// Stages and metrics of jobs, and charts, which have names: progress.start("extracting features", ...); and
// sentences that say why nothing is worked out.
void addNamed(Collected& words) {
  static const std::regex stage(R"re(\bstart\(\s*"([^"]+)")re"), metric(R"re(\bmetric\(\s*"([^"]+[^/])")re"),
      chart(R"re((?:Chart|ScoreStrip)[>]?\((?:QStringLiteral\()?"([a-z-]+[a-z])")re"),
      problem(R"re(result\.problem = "([^"]+)")re");
  for (const auto& name : literals({"core", "datasets", "app"}, stage)) words.add(name);
  for (const auto& sentence : literals({"core/analysis"}, problem)) words.add(sentence);
  for (const auto& name : literals({"core"}, metric))
    words.add(metricTitle(QString::fromStdString(name)).toStdString());
  for (const auto& name : literals({"ui"}, chart))
    words.add(captionOf(QString::fromStdString(name)).toStdString());
}

}  // namespace

std::set<std::string> engineWords() {
  Collected words;
  addFields(words);
  addNamed(words);
  for (const auto& kind : imaging::groupKinds())
    for (const data::Word& word : {kind.sample, kind.subject, kind.group, kind.identity}) words.add(word);
  words.addNames(project::Role{});
  words.addNames(project::LeftOut{});
  words.addNames(project::Verdict{});
  words.addNames(project::Entry{});
  words.addNames(data::DegradationKind{});
  for (int field = 1; field <= static_cast<int>(Field::Eyes); ++field) {  // the Data page's orders
    const QString name = fieldName(static_cast<Field>(field));
    words.add((name.left(1).toUpper() + name.mid(1)).toStdString());
  }
  for (int status = 0; status <= static_cast<int>(data::ScoreStatus::NotGiven); ++status) {
    words.add(data::toString(static_cast<data::ScoreStatus>(status)));
    words.add(data::explain(static_cast<data::ScoreStatus>(status)));
  }
  for (const char* text : {"running", "done", "failed", "yes", "no",  // states of runs, flags
                           "images or identities were left out, moved, merged or given another role since",
                           "gained", "lost", "falsely gained", "falsely lost"})  // what changed for a pair
    words.add(text);
  return words.take();
}

}  // namespace discern::ui::testing

#include "ui/widgets/form_fields.h"

#include <QLocale>
#include <algorithm>

#include "core/jobs/jobs.h"
#include "ui/language/words.h"

namespace discern::ui {

const std::vector<Hidden>& hiddenByIntent() {
  static const std::vector<Hidden> hidden = {
      {"import", "dry-run", "the dialog's preview is one"},
      {"import", "pairs", "the dialog asks for what the format takes"},
      {"import", "option", "the dialog asks for what the format takes"},
      {"import-features", "*", "on the command line"},
      {"import-scores", "*", "on the command line"},
      {"extract", "shard", "several machines are told on the command line"},
      {"extract", "merge", "with shard"},
      {"score", "shard", "several machines are told on the command line"},
      {"score", "merge", "with shard"},
      {"select", "shard", "several machines are told on the command line"},
      {"select", "merge", "with shard"},
      {"protocol", "from", "folds of a protocol are taken on the command line"},
      {"protocol", "folds", "with from"},
      {"select", "swap-labels", "a trial of the method, not of the data"},
      {"select", "lambdas", "the page shows every lambda"},
      {"distil", "size", "the page has boxes: several sizes are several runs"},
      {"distil", "mode", "the page has boxes: several modes are several runs"},
      {"distil", "lambda", "the page has an editor that follows the Selection page"},
      {"distil", "keep", "the page has an editor in per cent"},
      {"role", "*", "the Data page's menu"},
      {"merge", "*", "the Data page's menu"},
      {"exclude", "*", "the Data page's menu"},
      {"mark", "*", "the Image menu"},
      {"doubts", "*", "the Review page"},
      {"aggregate", "out", "the project's exports"},
      {"refresh", "*", "the Contents window looks at the files of all sets"},
      {"repoint", "*", "the Contents window asks for the folder"},
      {"rename", "*", "the Contents window, in the list"},
      {"remove", "*", "the Contents window, which says what goes with it"},
      {"align", "*", "the Inspector, where points are dragged"},
      {"explain", "*", "the Inspector's button: the shown image"},
      {"export", "numbers-only", "its dialog asks what is written"},
      {"report", "*", "the Report page's switches"},
      {"import-weights", "*", "a converter of files, without a project"},
      {"convert-checkpoint", "*", "it trusts a file: a person decides that on the command line"},
      {"export-model", "*", "the Contents window asks for the file"},
      {"point", "*", "every page shows and changes it"},
      {"predict", "*", "the Training page's button: the newest network, under its own name"},
      {"cost", "*", "the Distil page's button: all recognisers, one face at a time"},
      {"evaluate", "*", "the Evaluation page takes what the window shows"},
      {"compare", "point", "side A follows the tool bar"},
      {"compare", "out", "the page lists them; a table is copied whole"},
      {"sweep", "*", "the Trade-off page takes what the window shows"},
      {"slices", "*", "the Slices page takes what the window shows"},
      {"table", "*", "the Evaluation page's tab of runs"},
      {"templates", "*", "the Scores page has all of it beside its rows"}};
  return hidden;
}

std::vector<JobField> formFields(std::string_view job) {
  std::vector<JobField> fields = jobs::jobOf(job).fields;
  std::erase_if(fields, [&](const JobField& field) {
    return std::ranges::any_of(hiddenByIntent(), [&](const Hidden& hidden) {
      return job == hidden.job && (std::string_view(hidden.field) == "*" || field.name == hidden.field);
    });
  });
  return fields;
}

const std::vector<Preset>& formPresets(std::string_view job) { return jobs::jobOf(job).presets; }

QString presetText(const Preset& preset, const std::vector<JobField>& fields) {
  QString text = engineText(preset.help);
  for (const auto& [name, value] : preset.values) {
    const JobField* field = findField(fields, name);
    if (field == nullptr) continue;
    const QString told = field->kind == FieldKind::Flag
                             ? (value == "true" ? Words::tr("yes") : Words::tr("no"))
                         : field->kind == FieldKind::Number && !value.empty()
                             ? QLocale().toString(QString::fromStdString(value).toDouble())
                         : !value.empty()       ? engineText(value)
                         : field->empty.empty() ? Words::tr("nothing")
                                                : engineText(field->empty);
    text += QString("\n%1 = %2").arg(engineText(field->label), told);
  }
  return text;
}

std::vector<JobField> onlyFields(const std::vector<JobField>& fields,
                                 const std::vector<std::string_view>& names) {
  std::vector<JobField> only;
  for (const auto name : names)
    if (const JobField* field = findField(fields, name)) only.push_back(*field);
  return only;
}

std::vector<JobField> withoutFields(const std::vector<JobField>& fields,
                                    const std::vector<std::string_view>& names) {
  std::vector<JobField> rest = fields;
  std::erase_if(rest, [&](const JobField& field) { return std::ranges::count(names, field.name) > 0; });
  return rest;
}

QString fileFilter(const JobField& field) {
  struct Files {
    const char *field, *what, *patterns;
  };
  static constexpr Files kFiles[] = {
      {"model", QT_TRANSLATE_NOOP("Words", "Recognisers"), "*.onnx *.pt *.pth *.safetensors"},
      {"network", QT_TRANSLATE_NOOP("Words", "Networks"), "*.safetensors"},
      {"init-from", QT_TRANSLATE_NOOP("Words", "Networks"), "*.safetensors"},
      {"recipe", QT_TRANSLATE_NOOP("Words", "Recipes"), "*.toml"},
      {"teacher", QT_TRANSLATE_NOOP("Words", "Heads"), "*.json"},
      {"detect", QT_TRANSLATE_NOOP("Words", "Face detectors"), "*.onnx"},
      {"landmarks", QT_TRANSLATE_NOOP("Words", "Landmark models"), "*.onnx"}};
  for (const Files& files : kFiles)
    if (field.name == files.field)
      return Words::tr("%1 (%2);;All files (*)").arg(Words::tr(files.what), files.patterns);
  return {};
}

}  // namespace discern::ui

#include "core/runs/run_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "core/base/field_error.h"
#include "core/data/csv.h"
#include "core/jobs/jobs.h"
#include "core/jobs/stored.h"
#include "core/results/stored.h"
#include "core/results/visit.h"
#include "core/runs/lineage.h"

namespace discern::runs {
namespace {

using project::RunRow;
using results::AggregationResult;
using results::EvaluateResult;
using results::resultOf;
using Runs = std::vector<RunRow>;

bool isTraining(const RunRow& run) { return run.job.starts_with("train-") || run.job == "distil"; }

bool isScores(const RunRow& run) {
  return run.job == "score" || run.job == "predict" || run.job == "import-scores";
}

// What is put together, by column; columns stand in the order in which they come.
class Builder {
 public:
  void begin(int run, const std::string& job, const std::string& name) {
    table_.rows.push_back({run, job, name, {}});
  }
  void put(const Column& column, Cell cell) {
    const auto key = std::pair(column.of, column.what);
    auto at = places_.find(key);
    if (at == places_.end()) {
      at = places_.emplace(key, table_.columns.size()).first;
      table_.columns.push_back(column);
    }
    auto& cells = table_.rows.back().cells;
    if (cells.size() <= at->second) cells.resize(at->second + 1);
    cells[at->second] = std::move(cell);
  }
  void option(const std::string& job, const std::string& label, const std::string& text) {
    // A dash is a value, an empty cell is none.
    put({job, label, true}, {text.empty() ? "-" : text});
  }
  void number(const std::string& of, const std::string& what, double value, int digits) {
    if (std::isfinite(value)) put({of, what}, {fmt::format("{:.{}f}", value, digits), value});
  }
  // Options that are the same wherever there is one are left out, and those stand before the numbers.
  RunTable finish(const std::set<std::string>& always) {
    std::vector<std::size_t> kept;
    for (const bool options : {true, false})
      for (std::size_t c = 0; c < table_.columns.size(); ++c)
        if (table_.columns[c].isOption == options &&
            (!options || always.contains(table_.columns[c].what) || differs(c)))
          kept.push_back(c);
    RunTable table;
    for (const std::size_t c : kept) table.columns.push_back(table_.columns[c]);
    for (auto& row : table_.rows) {
      row.cells.resize(table_.columns.size());
      std::vector<Cell> cells;
      for (const std::size_t c : kept) cells.push_back(std::move(row.cells[c]));
      table.rows.push_back({row.run, row.job, row.name, std::move(cells)});
    }
    return table;
  }

 private:
  bool differs(std::size_t column) const {
    std::set<std::string> texts;
    for (const auto& row : table_.rows)
      if (column < row.cells.size() && !row.cells[column].text.empty()) texts.insert(row.cells[column].text);
    return texts.size() > 1;
  }

  RunTable table_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

constexpr const char* kAggregation = "Aggregation";

std::optional<Thing> thingOf(FieldSource source) {
  switch (source) {
    case FieldSource::Features:
      return Thing::Features;
    case FieldSource::Scores:
      return Thing::Scores;
    case FieldSource::Protocols:
      return Thing::Protocol;
    case FieldSource::Selections:
      return Thing::Selection;
    case FieldSource::Heads:
    case FieldSource::Scorers:
    case FieldSource::Recognisers:
      return Thing::Model;
    case FieldSource::Sets:
    case FieldSource::Nothing:
      break;
  }
  return std::nullopt;
}

// Whether other runs made all that the field names: their own options say what it is.
bool isMade(const Lineage& lineage, int at, const Field& field, const std::string& text) {
  const auto thing = thingOf(field.source);
  if (!thing) return false;
  auto names = splitList(text);
  if (names.empty()) {
    if (field.empty.find("newest") == std::string::npos) return false;
    names.emplace_back();
  }
  return std::ranges::all_of(names, [&](const std::string& name) {
    return lineage.makerOf({*thing, name}, at) >= 0;
  });
}

void putOptions(const Runs& runs, const Lineage& lineage, const std::vector<Ancestor>& chain,
                Builder& builder) {
  std::set<std::string> told;  // jobs
  for (const auto& [at, depth] : chain) {
    const RunRow& run = runs[static_cast<std::size_t>(at)];
    if (!told.insert(run.job).second) continue;
    for (const Field& field : jobs::jobOf(run.job).fields) {
      if (field.name == "name" || !field.matters) continue;
      const std::string text = jobs::storedText(run, field.name);
      if (!isMade(lineage, at, field, text)) builder.option(run.job, field.label, text);
    }
  }
}

// What a training and its network say of themselves.
void putTraining(const RunRow& run, Builder& builder) {
  const auto cost = [&](double macs, double parameters, double milliseconds) {
    if (macs > 0) builder.number("", "MMACs", macs / 1e6, 1);
    if (parameters > 0) builder.number("", "Parameters, M", parameters / 1e6, 3);
    if (milliseconds > 0) builder.number("", "ms an image", milliseconds, 2);
  };
  if (const auto net = resultOf<results::TrainDdnetResult>(run)) {
    builder.number("", "Held-out loss", net->validationLoss, 5);
    builder.number("", "Held-out rank correlation", net->validationSpearman, 3);
    builder.number("", "Held-out rank correlation, clean", net->validationSpearmanClean, 3);
    cost(net->macs, net->parameters, net->milliseconds);
  } else if (const auto head = resultOf<results::TrainHeadResult>(run)) {
    builder.number("", "Held-out rank correlation", head->validationSpearman, 3);
    builder.number("", "Held-out rank correlation, clean", head->validationSpearmanClean, 3);
  } else if (const auto aggregator = resultOf<results::TrainAggregatorResult>(run)) {
    builder.number("", "Held-out loss", aggregator->validationLoss, 5);
    cost(aggregator->macs, aggregator->parameters, 0);
  } else if (const auto base = resultOf<results::TrainBaseResult>(run)) {
    builder.number("", "Training loss", base->trainLoss, 4);
    cost(base->macs, base->parameters, 0);
  } else if (const auto student = resultOf<results::DistilResult>(run)) {
    builder.number("", "Held-out accuracy %", 100 * student->validationAccuracy, 2);
    builder.number("", "Held-out cosine to the teacher", student->validationCosine, 4);
    cost(student->macs, student->parameters, student->milliseconds);
    for (const auto& check : student->checks) {
      builder.number(check.protocol, "AUC, identity layer", check.aucIdentity, 4);
      builder.number(check.protocol, "AUC, mimic layer", check.aucMimic, 4);
      builder.number(check.protocol, "Accuracy %, identity layer", 100 * check.accuracyIdentity, 2);
      builder.number(check.protocol, "Accuracy %, mimic layer", 100 * check.accuracyMimic, 2);
    }
  }
}

std::vector<std::string> aggregationsOf(const EvaluateResult& result, const RunTableOptions& options) {
  const auto has = [&](const std::string& name) {
    return std::ranges::find(result.aggregations, name, &AggregationResult::name) !=
           result.aggregations.end();
  };
  std::vector<std::string> names;
  for (const auto& name : options.aggregations)
    if (has(name)) names.push_back(name);
  if (!names.empty() || result.aggregations.empty()) return names;
  if (has("ddl rescale=auto")) return {"ddl rescale=auto"};
  const auto ddl =
      std::ranges::find_if(result.aggregations, [](const auto& row) { return row.name.starts_with("ddl "); });
  return {(ddl == result.aggregations.end() ? result.aggregations.begin() : ddl)->name};
}

void putEvaluation(const EvaluateResult& result, const std::string& aggregation, double far,
                   Builder& builder) {
  const auto row = std::ranges::find(result.aggregations, aggregation, &AggregationResult::name);
  if (row == result.aggregations.end()) return;
  builder.option("evaluate", kAggregation, aggregation);
  const auto agreement = std::ranges::find(result.agreement, result.scores, &analysis::Agreement::scores);
  if (agreement != result.agreement.end()) {
    builder.number(result.protocol, "Rank correlation", agreement->within, 3);
    builder.number(result.protocol, "Rank correlation, clean", agreement->withinClean, 3);
  }
  builder.number(result.protocol, "AUC", row->auc, 4);
  const evaluation::TarAtFar* nearest = nullptr;
  for (const auto& tar : row->tar)
    if (nearest == nullptr || std::abs(std::log(tar.far / far)) < std::abs(std::log(nearest->far / far)))
      nearest = &tar;
  if (nearest != nullptr && nearest->supported)
    builder.number(result.protocol, fmt::format("TAR % at FAR {:g}", nearest->far), 100 * nearest->tar, 2);
  builder.number(result.protocol, "Accuracy %", 100 * row->accuracy, 2);
  builder.number(result.protocol, "Kept %", 100 * row->kept, 1);
  builder.number(result.protocol, "Compute %", 100 * row->macsShare, 1);
}

void putSearch(const results::IdentifyResult& result, Builder& builder) {
  const std::string of = result.galleries.empty() ? result.benchmark : result.galleries.front().gallery;
  if (!result.aggregation.empty()) builder.option("identify", kAggregation, result.aggregation);
  if (!result.cmc.empty()) builder.number(of, "Rank 1 %", 100 * result.cmc.front(), 2);
  if (result.meanPrecision) builder.number(of, "mAP %", 100 * *result.meanPrecision, 2);
  if (result.top1Error) builder.number(of, "Top-1 error %", 100 * *result.top1Error, 2);
  if (result.top5Error) builder.number(of, "Top-5 error %", 100 * *result.top5Error, 2);
}

class Table {
 public:
  Table(const Runs& runs, const RunTableOptions& options) : runs_(runs), options_(options), lineage_(runs) {
    for (std::size_t at = 0; at < runs.size(); ++at)
      if (auto result = resultOf<EvaluateResult>(runs[at]); result && isWanted(result->protocol)) {
        evaluations_.emplace(static_cast<int>(at), std::move(*result));
        ancestors_.emplace(static_cast<int>(at), lineage_.of(static_cast<int>(at)));
      }
  }

  RunTable make() {
    for (const int id : options_.runs) add(indexOf(id));
    return builder_.finish({kAggregation});
  }

 private:
  bool isWanted(const std::string& protocol) const {
    return options_.protocols.empty() ||
           std::ranges::find(options_.protocols, protocol) != options_.protocols.end();
  }

  int indexOf(int id) const {
    const auto at = std::ranges::find(runs_, id, &RunRow::id);
    if (at == runs_.end()) failField("runs", id, "there is no run of this number");
    if (at->status != "done") failField("runs", id, "this run of {} is not done ({})", at->job, at->status);
    if (!isCompared(*at))
      failField("runs", id,
                "a run of {} has no numbers to compare; take trainings, scores, evaluations or "
                "searches",
                at->job);
    return static_cast<int>(at - runs_.begin());
  }

  void add(int at) {
    const RunRow& run = runs_[static_cast<std::size_t>(at)];
    const auto chain = lineage_.of(at);
    const auto begin = [&] {
      builder_.begin(run.id, run.job, nameOfRun(run));
      putOptions(runs_, lineage_, chain, builder_);
      for (const auto& [ancestor, depth] : chain)
        if (const RunRow& made = runs_[static_cast<std::size_t>(ancestor)]; isTraining(made)) {
          putTraining(made, builder_);
          break;
        }
    };
    if (run.job == "evaluate") {
      const auto own = evaluations_.find(at);
      if (own == evaluations_.end()) return;  // of a protocol that was not asked for
      for (const auto& aggregation : aggregationsOf(own->second, options_)) {
        begin();
        putEvaluation(own->second, aggregation, options_.far, builder_);
      }
      return;
    }
    begin();
    if (const auto search = resultOf<results::IdentifyResult>(run)) putSearch(*search, builder_);
    for (const auto& [protocol, evaluated] : evaluationsWith(at)) {
      const auto& result = evaluations_.at(evaluated);
      const auto names = aggregationsOf(result, options_);
      if (!names.empty()) putEvaluation(result, names.front(), options_.far, builder_);
    }
  }

  // Of each protocol the evaluation that is nearest to what the run made.
  std::map<std::string, int> evaluationsWith(int at) const {
    std::map<std::string, int> found;
    std::map<std::string, int> depths;
    for (const auto& [evaluated, result] : evaluations_)
      for (const auto& [ancestor, depth] : ancestors_.at(evaluated)) {
        if (ancestor != at) continue;
        const auto known = depths.find(result.protocol);
        if (known != depths.end() && known->second < depth) continue;
        depths[result.protocol] = depth;
        found[result.protocol] = evaluated;
      }
    return found;
  }

  const Runs& runs_;
  const RunTableOptions& options_;
  Lineage lineage_;
  std::map<int, EvaluateResult> evaluations_;  // by place, oldest first
  std::map<int, std::vector<Ancestor>> ancestors_;
  Builder builder_;
};

}  // namespace

std::string titleOf(const Column& column) {
  return column.of.empty() ? column.what : column.of + ": " + column.what;
}

bool isCompared(const RunRow& run) {
  return run.status == "done" &&
         (isTraining(run) || isScores(run) || run.job == "evaluate" || run.job == "identify");
}

std::string nameOfRun(const RunRow& run) {
  if (const auto evaluated = resultOf<EvaluateResult>(run))
    return evaluated->scores.empty() ? evaluated->features : evaluated->scores;
  if (const auto searched = resultOf<results::IdentifyResult>(run)) return searched->features;
  const auto made = madeBy(run);
  return made.empty() ? std::string() : made.front().name;
}

std::vector<std::string> measures() {
  return {"Held-out loss",
          "Held-out rank correlation",
          "Held-out rank correlation, clean",
          "Training loss",
          "Held-out accuracy %",
          "Held-out cosine to the teacher",
          "MMACs",
          "Parameters, M",
          "ms an image",
          "AUC, identity layer",
          "AUC, mimic layer",
          "Accuracy %, identity layer",
          "Accuracy %, mimic layer",
          "Rank correlation",
          "Rank correlation, clean",
          "AUC",
          "Accuracy %",
          "Kept %",
          "Compute %",
          "Rank 1 %",
          "mAP %",
          "Top-1 error %",
          "Top-5 error %",
          kAggregation};
}

RunTable runTable(const Runs& runs, const RunTableOptions& options) { return Table(runs, options).make(); }

std::string toCsv(const RunTable& table) {
  std::string text = "run,job,name";
  for (const auto& column : table.columns) text += "," + data::csvField(titleOf(column));
  text += "\n";
  for (const auto& row : table.rows) {
    text += fmt::format("{},{},{}", row.run, row.job, data::csvField(row.name));
    for (const auto& cell : row.cells) text += "," + data::csvField(cell.text);
    text += "\n";
  }
  return text;
}

}  // namespace discern::runs

#include "ui/models/images/heat_rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/analysis/kept.h"
#include "core/analysis/protocol_today.h"

namespace discern::ui {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

// One a sample of the project.
std::vector<float> padded(const data::ScoreTable* table, int samples) {
  std::vector<float> scores = table == nullptr ? std::vector<float>() : table->score;
  scores.resize(static_cast<std::size_t>(samples), kNone);
  return scores;
}

struct Colouring {
  const SampleTable& table;
  std::vector<float> drop, colour;
  CellOrder order;
};

HeatRow rowOf(const Colouring& by, QString name, int key, std::vector<int> group) {
  HeatRow row;
  row.name = std::move(name);
  row.key = key;
  std::erase_if(group, [&](int sample) { return sample < 0 || sample >= by.table.size(); });
  const std::vector<float> leaving = analysis::leavingOf(group, by.drop);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (by.table.shows(group[i])) order.push_back(i);
  const auto colourOf = [&](std::size_t i) { return by.colour[static_cast<std::size_t>(group[i])]; };
  if (by.order == CellOrder::LowestFirst)
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return std::isnan(colourOf(a)) ? false : std::isnan(colourOf(b)) || colourOf(a) < colourOf(b);
    });
  double sum = 0;
  int known = 0;
  for (const std::size_t i : order) {
    row.samples.push_back(group[i]);
    row.values.push_back(colourOf(i));
    row.leaving.push_back(leaving[i]);
    if (std::isfinite(colourOf(i))) sum += colourOf(i), ++known;
  }
  row.mean = known > 0 ? sum / known : kNone;
  return row;
}

// What is sorted by: larger comes first; NaN: last.
double badness(const HeatRow& row, RowSort by) {
  using analysis::TemplateOrder;
  switch (by) {
    case RowSort::Mean:
      return -row.mean;
    case RowSort::Images:
      return static_cast<double>(row.samples.size());
    case RowSort::Kept:
      return -row.kept;
    case RowSort::WorstGenuine:
      return analysis::badness(row.match, TemplateOrder::WorstGenuine);
    case RowSort::BestImpostor:
      return analysis::badness(row.match, TemplateOrder::BestImpostor);
    case RowSort::Rank:
      return analysis::badness(row.match, TemplateOrder::Rank);
    case RowSort::Name:
      break;
  }
  return kNone;
}

}  // namespace

std::vector<HeatRow> heatRows(const HeatRequest& request) {
  const SampleTable& table = *request.table;
  const Snapshot& snapshot = table.snapshot();
  const Colouring by{table, padded(table.scores(), table.size()),
                     padded(request.colours ? request.colours.get() : table.scores(), table.size()),
                     request.order};
  std::vector<HeatRow> rows;
  const auto add = [&](const std::string& name, int key, const std::vector<int>& samples) {
    HeatRow row = rowOf(by, QString::fromStdString(name), key, samples);
    const bool known = request.rows == HeatRowsOf::Templates || std::isfinite(row.mean);
    if (!row.samples.empty() && known) rows.push_back(std::move(row));
  };
  if (request.rows == HeatRowsOf::Identities) {
    for (std::size_t i = 0; i < snapshot.samplesOfIdentity.size(); ++i)
      add(snapshot.identities[i].name, static_cast<int>(i), snapshot.samplesOfIdentity[i]);
  } else if (request.protocol) {
    analysis::PairCounts counts;
    const data::Protocol today =
        analysis::protocolToday(*request.protocol, snapshot.identities, snapshot.who, counts);
    for (std::size_t t = 0; t < today.templates.size(); ++t)
      add(today.templates[t].name, static_cast<int>(t), today.templates[t].samples);
  }
  return rows;
}

void addMatches(std::vector<HeatRow>& rows, HeatRowsOf of, const analysis::TemplateReport* report,
                const std::vector<int>& identityOf, double threshold) {
  std::vector<std::vector<int>> templatesOf;
  if (of == HeatRowsOf::Identities && report != nullptr)
    for (std::size_t t = 0; t < identityOf.size(); ++t) {
      if (identityOf[t] < 0) continue;
      if (templatesOf.size() <= static_cast<std::size_t>(identityOf[t]))
        templatesOf.resize(static_cast<std::size_t>(identityOf[t]) + 1);
      templatesOf[static_cast<std::size_t>(identityOf[t])].push_back(static_cast<int>(t));
    }
  for (HeatRow& row : rows) {
    const auto key = static_cast<std::size_t>(row.key);
    const auto kept =
        std::ranges::count_if(row.leaving, [&](float leaves) { return !(leaves <= threshold); });
    row.kept = static_cast<double>(kept) / static_cast<double>(row.leaving.size());
    row.match = {};
    if (report == nullptr) continue;
    if (of == HeatRowsOf::Templates) {
      if (key >= report->rows.size()) continue;
      row.match = report->rows[key];
      row.kept = row.match.keptShare();
    } else if (key < templatesOf.size()) {
      row.match = analysis::together(*report, templatesOf[key]);
    }
  }
}

void sortRows(std::vector<HeatRow>& rows, RowSort by, bool reversed) {
  if (by == RowSort::Name) {
    std::ranges::stable_sort(rows, [&](const HeatRow& a, const HeatRow& b) {
      const int order = QString::compare(a.name, b.name, Qt::CaseInsensitive);
      return reversed ? order > 0 : order < 0;
    });
    return;
  }
  std::ranges::stable_sort(rows, [&](const HeatRow& a, const HeatRow& b) {
    const double x = badness(a, by), y = badness(b, by);
    if (std::isnan(x) || std::isnan(y)) return !std::isnan(x) && std::isnan(y);
    return reversed ? x < y : x > y;
  });
}

}  // namespace discern::ui

// Networks, runs and their metrics.
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/project/decisions.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
namespace {
constexpr std::string_view kStates[] = {"running", "done", "failed", "cancelled", "interrupted"};
}

std::vector<ModelRow> Project::models() const {
  std::vector<ModelRow> rows;
  Reader row(*impl_, "models",
             "SELECT name, kind, architecture, file, macs, parameters, milliseconds, options FROM models "
             "ORDER BY rowid");
  while (row.next())
    rows.push_back({row.fileName(0), row.text(1), row.text(2), impl_->fromStored(row.text(3)), row.amount(4),
                    row.amount(5), row.amount(6), row.json(7)});
  return rows;
}

std::optional<ModelRow> Project::model(const std::string& name) const {
  for (auto& row : models())
    if (row.name == name) return row;
  return std::nullopt;
}

void Project::putModel(const ModelRow& model) {
  requireFileName("name", model.name);
  impl_->write([&] {
    SQLite::Statement insert(impl_->db, "INSERT OR REPLACE INTO models VALUES(?,?,?,?,?,?,?,?)");
    insert.bind(1, model.name);
    insert.bind(2, model.kind);
    insert.bind(3, model.architecture);
    insert.bind(4, impl_->toStored(model.file.string()));
    insert.bind(5, model.macs);
    insert.bind(6, model.parameters);
    insert.bind(7, model.milliseconds);
    insert.bind(8, model.options);
    insert.exec();
  });
}

namespace {
// What is written can be read again.
void requireShort(const std::string& job, const std::string& json) {
  if (const std::string excess = excessOfJson(json); !excess.empty())
    fail("{}: {}; ask for less, such as fewer thresholds", job, excess);
}
}  // namespace

int Project::startRun(const std::string& job, const std::string& optionsJson) {
  requireShort("the options of " + job, optionsJson);
  impl_->write([&] {
    SQLite::Statement insert(impl_->db,
                             "INSERT INTO runs(job, options, started, finished, status, result, pid) "
                             "VALUES(?,?,?,'','running','{}',?)");
    insert.bind(1, job);
    insert.bind(2, optionsJson);
    insert.bind(3, utcNow());
    insert.bind(4, static_cast<int>(::getpid()));
    insert.exec();
  });
  const auto run = static_cast<int>(impl_->db.getLastInsertRowid());
  impl_->write([&] { keepDecided(impl_->db, "run", std::to_string(run), decisionsToday(*this)); });
  return run;
}

void Project::finishRun(int run, const std::string& status, const std::string& resultJson) {
  requireShort("the result", resultJson);
  impl_->write([&] {
    SQLite::Statement update(impl_->db, "UPDATE runs SET finished = ?, status = ?, result = ? WHERE id = ?");
    update.bind(1, utcNow());
    update.bind(2, status);
    update.bind(3, resultJson);
    update.bind(4, run);
    update.exec();
  });
}

void Project::addMetric(int run, const MetricRow& metric) {
  impl_->write([&] {
    SQLite::Statement insert(impl_->db, "INSERT OR REPLACE INTO metrics VALUES(?,?,?,?)");
    insert.bind(1, run);
    insert.bind(2, metric.name);
    insert.bind(3, static_cast<std::int64_t>(metric.step));
    insert.bind(4, metric.value);
    insert.exec();
  });
}

std::vector<RunRow> Project::runs() const {
  std::vector<RunRow> rows;
  Reader row(*impl_, "runs",
             "SELECT id, job, options, started, finished, status, result FROM runs ORDER BY id");
  while (row.next()) {
    const auto id = static_cast<int>(row.whole(0, 1, std::numeric_limits<int>::max()));
    rows.push_back({id, row.text(1), row.json(2), row.text(3), row.text(4), row.text(5), row.json(6)});
    if (std::ranges::find(kStates, std::string_view(rows.back().status)) == std::end(kStates))
      row.bad(fmt::format("status is none of {}", fmt::join(kStates, ", ")));
  }
  return rows;
}

std::vector<MetricRow> Project::metrics(int run) const {
  std::vector<MetricRow> rows;
  Reader row(*impl_, fmt::format("metrics of run {}", run),
             "SELECT name, step, value FROM metrics WHERE run = ? ORDER BY name, step", std::to_string(run));
  while (row.next())  // SQLite keeps NaN as NULL
    rows.push_back({row.text(0), row.whole(1, 0, std::numeric_limits<std::int64_t>::max()),
                    row.isNull(2) ? std::numeric_limits<double>::quiet_NaN() : row.number(2)});
  return rows;
}

}  // namespace discern::project

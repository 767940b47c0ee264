// Networks, runs and their metrics.
#include <unistd.h>

#include <limits>

#include "core/project/impl.h"

namespace discern::project {

std::vector<ModelRow> Project::models() const {
  std::vector<ModelRow> rows;
  SQLite::Statement query(impl_->db,
                          "SELECT name, kind, architecture, file, macs, parameters, milliseconds, options "
                          "FROM models ORDER BY rowid");
  while (query.executeStep())
    rows.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                    query.getColumn(2).getString(), impl_->fromStored(query.getColumn(3).getString()),
                    query.getColumn(4).getDouble(), query.getColumn(5).getDouble(),
                    query.getColumn(6).getDouble(), query.getColumn(7).getString()});
  return rows;
}

std::optional<ModelRow> Project::model(const std::string& name) const {
  for (auto& row : models())
    if (row.name == name) return row;
  return std::nullopt;
}

void Project::putModel(const ModelRow& model) {
  requireFileName("--name", model.name);
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

int Project::startRun(const std::string& job, const std::string& optionsJson) {
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
  return static_cast<int>(impl_->db.getLastInsertRowid());
}

void Project::finishRun(int run, const std::string& status, const std::string& resultJson) {
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
  SQLite::Statement query(impl_->db,
                          "SELECT id, job, options, started, finished, status, result FROM runs ORDER BY id");
  while (query.executeStep())
    rows.push_back({query.getColumn(0), query.getColumn(1).getString(), query.getColumn(2).getString(),
                    query.getColumn(3).getString(), query.getColumn(4).getString(),
                    query.getColumn(5).getString(), query.getColumn(6).getString()});
  return rows;
}

std::vector<MetricRow> Project::metrics(int run) const {
  std::vector<MetricRow> rows;
  SQLite::Statement query(impl_->db,
                          "SELECT name, step, value FROM metrics WHERE run = ? ORDER BY name, step");
  query.bind(1, run);
  while (query.executeStep()) {
    const auto value = query.getColumn(2);  // SQLite keeps NaN as NULL
    rows.push_back({query.getColumn(0).getString(), query.getColumn(1).getInt64(),
                    value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble()});
  }
  return rows;
}

}  // namespace discern::project

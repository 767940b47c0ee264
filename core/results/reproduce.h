// An experiment of a paper done anew: what the paper tells and what came out here, row by row.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace discern::results {

struct ReproducedRow {
  std::string row, measure;          // "ddl rescale=auto", "TAR % at FAR 0.001"
  std::optional<double> paper = {};  // none: the number is not at hand
  double ours = std::numeric_limits<double>::quiet_NaN();
  double deviation = std::numeric_limits<double>::quiet_NaN();  // of ours over folds or galleries; NaN: none
};
struct ReproduceResult {
  std::string item, title;
  std::string data;  // the folder that was read; of a stand-in the one it was rendered into
  bool standIn = false;
  std::string project;
  std::vector<ReproducedRow> rows;
  std::vector<std::string> switches;  // a sentence each
  std::vector<std::string> files;     // that were written beside the table
};

template <class V>
void describe(V& v, ReproducedRow& r) {
  v("row", r.row);
  v("measure", r.measure);
  v.ifAny("paper", r.paper);
  v("ours", r.ours);
  v("deviation", r.deviation);
}
template <class V>
void describe(V& v, ReproduceResult& r) {
  v("item", r.item);
  v("title", r.title);
  v("data", r.data);
  v("standin", r.standIn);
  v("project", r.project);
  v("rows", r.rows);
  v("switches", r.switches);
  v.ifAny("files", r.files);
}

}  // namespace discern::results

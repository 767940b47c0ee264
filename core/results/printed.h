// What commands print that keep no run.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/only_kept.h"
#include "core/analysis/operating_point.h"
#include "core/results/data_results.h"
#include "core/results/scores.h"

namespace discern::results {

struct ExportedTreeInfo {
  std::int64_t images = 0, there = 0;  // there: of them those of an earlier export
};
struct ExportedRecordsInfo {
  std::int64_t images = 0, encoded = 0;  // encoded: of them those that were not taken byte by byte
};
struct ExportedProtocolInfo {
  std::int64_t templates = 0, pairs = 0, images = 0;  // images: that had to be written beside it
};
struct ExportedKept {
  std::string rule;  // in words
  std::int64_t kept = 0, removed = 0;
  std::optional<ExportedProtocolInfo> protocol;
  std::optional<ExportedRecordsInfo> records;
  std::optional<ExportedTreeInfo> tree;
};
struct ExportResult {
  std::vector<std::string> files;  // but charts and a tree's
  std::string folder;
  std::optional<ExportedKept> kept;   // none: nothing of the kind was asked for
  std::optional<std::string> charts;  // what drawing them said; none: they were not asked for
};

struct ReportResult {
  std::vector<std::string> files;
  bool faces = false;  // there are pictures in them
};

// Runs side by side (core/runs/run_table.h).
struct TableRow {
  int run = -1;
  std::string job, name;
  std::vector<std::string> cells;
};
struct TableResult {
  std::vector<std::string> columns;  // of the cells
  std::vector<TableRow> rows;
  std::string file;  // .csv; empty: none was asked for
};

struct ImportWeightsResult {
  std::string checkpoint, architecture, recipe;
  int size = 0, frames = 1;  // of the input
  std::int64_t dims = 0, parameters = 0;
  std::vector<std::string> leftOut;  // tensors
};

struct ExportModelResult {
  std::string file, kind, meaning;  // kind: ddnet, head, base or student; meaning: of the output
  std::string recipe;               // JSON, as the file carries it; of a head empty
  std::int64_t bytes = 0, dims = 0;
  int compared = 0;                   // inputs that went through all three
  double ofReader = 0, ofOpenCv = 0;  // largest difference from the network's own answer
};

struct RecipeStep {
  std::string job;
  bool skipped = false;
};
struct RecipeResult {
  std::vector<RecipeStep> steps;
  std::string project;
};

struct DeviceInfo {
  std::string device, name;  // as --device takes it; "NVIDIA H200", of the cpu "16 threads"
};
struct DevicesResult {
  std::vector<DeviceInfo> devices;  // that a network can run on here
};

struct ReferencePage {
  std::string markdown;
};

// --- info

struct SetInfo {
  std::int64_t identities = 0, excluded = 0, merged = 0, images = 0, copies = 0, unreadable = 0;
};
struct UnreadableImage {
  std::string file, problem;
};
struct ListedPhotograph {
  int sample = -1;
  std::string file;
};
struct FacesInfo {  // what a detector said of photographs
  std::int64_t photographs = 0;
  std::vector<ListedPhotograph> missed, several, tiny;
};
struct FeaturesInfo {
  std::string name, model;
  std::int64_t dims = 0;
  nlohmann::json recipe;  // as it is stored
  double macs = 0, milliseconds = 0;
  std::optional<analysis::OnlyKept> onlyKept = {};
};
struct WithoutFeature {
  std::string features;
  std::int64_t images = 0;
};
struct StalePart {
  std::string kind, name, why;
  std::vector<int> samples;  // whose change made it so
};
struct ScoresInfo {
  std::string name, method, features;
  double mean = 0, sigma = 0;
};
struct ModelInfo {
  std::string name, kind, architecture;
  double macs = 0, parameters = 0, milliseconds = 0;
};
struct SelectionInfo {
  std::string name, features;
  std::int64_t faces = 0, identities = 0;
};
struct MapInfo {
  std::string name, features;
  std::int64_t faces = 0;
};
struct EvaluationInfo {  // the newest of a protocol
  int run = -1;
  std::string protocol, features, scores;
  std::string best;  // the aggregation of the highest AUC
  double auc = 0;
};
struct ProjectInfo {
  std::map<std::string, SetInfo> sets;  // "NAME (role)"
  std::vector<UnreadableImage> unreadable;
  std::optional<std::int64_t> withoutPicture;  // samples
  std::optional<FacesInfo> faces;
  std::vector<FeaturesInfo> features;
  std::vector<WithoutFeature> withoutFeature;
  std::vector<StalePart> stale;
  std::vector<ScoresInfo> scores;
  std::vector<ImportedProtocol> protocols;
  std::vector<ModelInfo> models;
  analysis::OperatingPoint operatingPoint;
  std::vector<SelectionInfo> selections;
  std::vector<MapInfo> maps;
  std::vector<EvaluationInfo> evaluations;
  std::vector<ProbablySame> probablySame;
};

template <class V>
void describe(V& v, ExportedTreeInfo& r) {
  v("images", r.images);
  v("there", r.there);
}
template <class V>
void describe(V& v, ExportedRecordsInfo& r) {
  v("images", r.images);
  v("encoded", r.encoded);
}
template <class V>
void describe(V& v, ExportedProtocolInfo& r) {
  v("templates", r.templates);
  v("pairs", r.pairs);
  v("images", r.images);
}
template <class V>
void describe(V& v, ExportedKept& r) {
  v("rule", r.rule);
  v("kept", r.kept);
  v("removed", r.removed);
  v.ifAny("protocol", r.protocol);
  v.ifAny("records", r.records);
  v.ifAny("tree", r.tree);
}
template <class V>
void describe(V& v, ExportResult& r) {
  v("files", r.files);
  v("folder", r.folder);
  v.ifAny("kept", r.kept);
  v.ifAny("charts", r.charts);
}
template <class V>
void describe(V& v, TableRow& r) {
  v("run", r.run);
  v("job", r.job);
  v("name", r.name);
  v("cells", r.cells);
}
template <class V>
void describe(V& v, TableResult& r) {
  v("columns", r.columns);
  v("rows", r.rows);
  v.ifAny("file", r.file);
}
template <class V>
void describe(V& v, ReportResult& r) {
  v("files", r.files);
  v("faces", r.faces);
}
template <class V>
void describe(V& v, ImportWeightsResult& r) {
  v("checkpoint", r.checkpoint);
  v("architecture", r.architecture);
  v("recipe", r.recipe);
  v("size", r.size);
  v("frames", r.frames);
  v("dims", r.dims);
  v("parameters", r.parameters);
  v("left_out", r.leftOut);
}
template <class V>
void describe(V& v, ExportModelResult& r) {
  v("file", r.file);
  v("kind", r.kind);
  v("meaning", r.meaning);
  v.ifAny("recipe", r.recipe);
  v("bytes", r.bytes);
  v("dims", r.dims);
  v("compared", r.compared);
  v("difference", r.ofReader);
  v("difference_opencv", r.ofOpenCv);
}
template <class V>
void describe(V& v, RecipeStep& r) {
  v("job", r.job);
  v("skipped", r.skipped);
}
template <class V>
void describe(V& v, RecipeResult& r) {
  v("steps", r.steps);
  v("project", r.project);
}
template <class V>
void describe(V& v, DeviceInfo& r) {
  v("device", r.device);
  v("name", r.name);
}
template <class V>
void describe(V& v, DevicesResult& r) {
  v("devices", r.devices);
}
template <class V>
void describe(V& v, ReferencePage& r) {
  v("markdown", r.markdown);
}
template <class V>
void describe(V& v, SetInfo& r) {
  v("identities", r.identities);
  v("excluded", r.excluded);
  v("merged", r.merged);
  v("images", r.images);
  v("copies", r.copies);
  v("unreadable", r.unreadable);
}
template <class V>
void describe(V& v, UnreadableImage& r) {
  v("file", r.file);
  v("problem", r.problem);
}
template <class V>
void describe(V& v, ListedPhotograph& r) {
  v("sample", r.sample);
  v("file", r.file);
}
template <class V>
void describe(V& v, FacesInfo& r) {
  v("photographs", r.photographs);
  v("missed", r.missed);
  v("several", r.several);
  v("tiny", r.tiny);
}
template <class V>
void describe(V& v, FeaturesInfo& r) {
  v("name", r.name);
  v("model", r.model);
  v("dims", r.dims);
  v("recipe", r.recipe);
  v("macs", r.macs);
  v("ms", r.milliseconds);
  v.ifAny("only_kept", r.onlyKept);
}
template <class V>
void describe(V& v, WithoutFeature& r) {
  v("features", r.features);
  v("images", r.images);
}
template <class V>
void describe(V& v, StalePart& r) {
  v("kind", r.kind);
  v("name", r.name);
  v("why", r.why);
  v("samples", r.samples);
}
template <class V>
void describe(V& v, ScoresInfo& r) {
  v("name", r.name);
  v("method", r.method);
  v("features", r.features);
  v("mean", r.mean);
  v("sigma", r.sigma);
}
template <class V>
void describe(V& v, ModelInfo& r) {
  v("name", r.name);
  v("kind", r.kind);
  v("architecture", r.architecture);
  v("macs", r.macs);
  v("parameters", r.parameters);
  v("ms", r.milliseconds);
}
template <class V>
void describe(V& v, SelectionInfo& r) {
  v("name", r.name);
  v("features", r.features);
  v("faces", r.faces);
  v("identities", r.identities);
}
template <class V>
void describe(V& v, MapInfo& r) {
  v("name", r.name);
  v("features", r.features);
  v("faces", r.faces);
}
template <class V>
void describe(V& v, EvaluationInfo& r) {
  v("run", r.run);
  v("protocol", r.protocol);
  v("features", r.features);
  v("scores", r.scores);
  v("best", r.best);
  v("auc", r.auc);
}
template <class V>
void describe(V& v, ProjectInfo& r) {
  v.ifAny("sets", r.sets);
  v("unreadable", r.unreadable);
  v.ifAny("without_picture", r.withoutPicture);
  v.ifAny("faces", r.faces);
  v.ifAny("features", r.features);
  v.ifAny("without_feature", r.withoutFeature);
  v.ifAny("stale", r.stale);
  v.ifAny("scores", r.scores);
  v.ifAny("protocols", r.protocols);
  v.ifAny("models", r.models);
  v("operating_point", r.operatingPoint);
  v.ifAny("selections", r.selections);
  v.ifAny("maps", r.maps);
  v.ifAny("evaluations", r.evaluations);
  v("probably_same", r.probablySame);
}

}  // namespace discern::results

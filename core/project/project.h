// A project on disk: NAME.discern/ with project.sqlite (WAL), features/*.npy, maps/*.npy, checkpoints/,
// images/, exports/.
//
// One writer at a time (a job holds a ProjectLock), any number of readers. Every mutation is one transaction.
// Sample, identity and template ids are dense, 0-based, in order of import, and never change: row i of a
// feature file and of a score table belongs to sample i.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/names.h"
#include "core/data/dataset.h"
#include "core/data/matrix.h"
#include "core/data/npy.h"
#include "core/data/score_table.h"
#include "core/project/mark.h"

namespace discern::project {

// Names of sets, features, scores, selections, maps and networks become names of files. Throws FieldError
// about `field` for one that cannot be one inside its folder: empty, hidden, with a slash or a control
// character, or too long.
void requireFileName(const std::string& field, const std::string& name);

// What an identity is for. Pool: its centroid is a negative
// for others, its samples are never scored or trained on.
enum class Role { Train, Test, Pool };
inline const auto& namesOf(Role) {
  static constexpr std::array<Named<Role>, 3> kNames{
      {{Role::Train, "train", "Scored, and networks learn from it"},
       {Role::Test, "test", "Only evaluated"},
       {Role::Pool, "pool", "More people to be confused with, never scored"}}};
  return kNames;
}
// Whether a person said where this sample's face is: then no import moves it.
bool isPlacedByHand(const std::string& nuisance);

inline const char* toString(Role role) { return nameOf(role); }
inline Role parseRole(std::string_view text) { return parseName<Role>(text, "role"); }

struct IdentityRow {
  int id = -1;
  std::string name;
  std::string set;  // name of the imported set
  Role role = Role::Train;
  bool excluded = false;
  int mergedInto = -1;  // this identity's samples count for that one
};

struct SampleRow {
  int id = -1;
  int identity = -1;
  data::ImageRef image;  // file made absolute
  int parent = -1;       // a degraded copy: the sample it was made from
  std::string media, nuisance;
  std::string problem;  // empty: fine; else why the image cannot be used
  LeftOut leftOut =
      LeftOut::Nothing;  // what a person decided (decisions.h); of a copy: itself, or its original
  int movedTo = -1;      // the same: the identity it is of; -1: `identity`

  // Of a set that was removed: the row stays, so that no other changes its number.
  bool removed() const { return image.file.empty(); }
};

struct FeatureTableRow {
  std::string name;
  std::string model;   // path or built-in name
  std::string recipe;  // JSON
  std::int64_t dims = 0;
  double macs = 0;          // of the base model for one image; 0: unknown
  double milliseconds = 0;  // measured per image
  std::string created;      // ISO 8601, UTC
};

// Of features that came in a file: what stands in front of it in `model`. No model makes more of them.
constexpr std::string_view kImported = "imported:";
inline bool isImported(const FeatureTableRow& row) { return row.model.starts_with(kImported); }

// Made by one model that sees faces in one way.
inline bool sameFeatures(const FeatureTableRow& a, const FeatureTableRow& b) {
  return a.model == b.model && a.recipe == b.recipe;
}

struct ModelRow {  // a trained network, checkpoints/NAME.safetensors, or head, checkpoints/NAME.json
  std::string name;
  std::string kind;          // ddnet | base | student | head
  std::string architecture;  // e.g. "ddnet-r18"
  std::filesystem::path file;
  double macs = 0, parameters = 0, milliseconds = 0;
  std::string options;  // JSON: everything needed to train it again
};

// A lambda path (selection/selection.h): which faces are worth learning from, for every lambda.
struct SelectionRow {
  std::string name;
  std::string features;      // feature table
  std::int64_t centers = 0;  // centroids behind `others`: lambda / centers travels between data sets
  std::string options;       // JSON
  std::string created;       // ISO 8601, UTC
  std::vector<double>
      enters;  // per sample: kept at lambda iff -lambda > enters; infinity: never; NaN: not asked
  std::vector<float> others;               // u_i; NaN: not asked
  std::optional<std::string> decisions{};  // decisionsToday() when the faces were read, to keep; not read
};

// A map of two dimensions (t-SNE) of some samples.
struct MapRow {
  std::string name, features;
  std::string options{};  // JSON
  double kl = 0;
  std::string created{};
  data::Matrix points{};  // one row per sample; NaN: not on the map
};

struct RunRow {
  int id = -1;
  std::string job;      // "extract", "score", "train-ddnet", ...
  std::string options;  // JSON, seed and version included
  std::string started, finished;
  std::string status;  // running | done | failed | cancelled
  std::string result;  // JSON
};

struct MetricRow {
  std::string name;  // "train/loss", "validation/spearman"
  std::int64_t step = 0;
  double value = 0;
};

struct AddResult {
  int first = 0;  // id of the first new sample
  int added = 0;
  int duplicates = 0;  // already in the project, or twice in the data set
  int placed = 0;      // of the duplicates: their face was placed anew
};

// Where the face of a sample is: landmarks and crop of `image`, and what is known of them.
struct FacePlace {
  int sample = -1;
  data::ImageRef image;
  std::string nuisance;  // JSON
};

class Project {
 public:
  enum class Mode { Read, Write };

  // Throws Error when the folder exists, is not a project, or was written by a newer version. A reader
  // changes nothing, needs no place on the disk, and finds nothing in what an older version did not have.
  static Project create(const std::filesystem::path& folder);
  // Write takes the project's lock; a second writer gets an Error that says who holds it.
  static Project open(const std::filesystem::path& folder, Mode mode);
  static bool isProject(const std::filesystem::path& folder);
  ~Project();
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;

  const std::filesystem::path& folder() const;
  // Changes whenever any connection commits: poll it to follow a running job.
  std::int64_t dataVersion() const;

  // --- identities and samples
  std::vector<IdentityRow> identities() const;
  std::vector<SampleRow> samples() const;
  int sampleCount() const;
  std::vector<std::string> sets() const;
  // What is recognised together: a name of imaging::groupKinds(). Empty, as in every project from before
  // there was a choice: faces.
  std::string groupKind() const;
  // Appends a data set; its protocols come along, named SET or SET/NAME. Faces that are in the project
  // already are not added twice, so importing a grown folder again adds what is new: the same file, and where
  // it holds several faces the same place in it. A project holds one kind: throws FieldError for another.
  // placeFaces: one that is there gets the place that the data set says, unless a person placed it.
  AddResult addDataset(const data::Dataset& dataset, Role role, bool placeFaces = false);
  // Moves faces, and those of their degraded copies, inside their photographs: what the features saw is no
  // longer what is there, so their rows become NaN, and all that was made of them is listed by
  // staleParts() (contents.h) until it is made again.
  void placeFaces(const std::vector<FacePlace>& faces);
  // Appends degraded copies (parent and image.degradation set). Returns the first new id.
  int addCopies(const std::vector<SampleRow>& copies);
  void setRole(const std::vector<int>& identities, Role role);
  void setExcluded(const std::vector<int>& identities, bool excluded);
  void mergeIdentities(int from, int into);  // into -1: take a merge back
  void setProblem(int sample, const std::string& problem);

  // --- features: rows are samples, NaN where an image has none yet
  std::vector<FeatureTableRow> featureTables() const;
  std::optional<FeatureTableRow> featureTable(const std::string& name) const;
  data::MappedNpy features(const std::string& name) const;  // Error names the tables there are
  std::filesystem::path featureFile(const std::string& name) const;
  void putFeatureTable(const FeatureTableRow& row);

  // --- scores
  std::vector<std::string> scoreTables() const;
  data::ScoreTable scores(const std::string& name) const;  // resized to sampleCount()
  void putScores(const data::ScoreTable& table);

  // --- selections and maps; rows are resized to sampleCount()
  std::vector<std::string> selections() const;            // oldest first
  SelectionRow selection(const std::string& name) const;  // Error names those there are
  void putSelection(const SelectionRow& row);             // `created` is filled in
  std::vector<std::string> maps() const;                  // oldest first
  MapRow map(const std::string& name) const;
  void putMap(const MapRow& row);  // works without the job lock

  // --- protocols
  std::vector<std::string> protocols() const;
  data::Protocol protocol(const std::string& name) const;
  void putProtocol(const data::Protocol& protocol);

  // --- networks
  std::vector<ModelRow> models() const;
  std::optional<ModelRow> model(const std::string& name) const;
  void putModel(const ModelRow& model);

  // --- runs
  int startRun(const std::string& job, const std::string& optionsJson);
  void finishRun(int run, const std::string& status, const std::string& resultJson);
  void addMetric(int run, const MetricRow& metric);
  std::vector<RunRow> runs() const;
  std::vector<MetricRow> metrics(int run) const;

  // --- small settings that belong to the analysis, not the person: "threshold", "selected_score", ...
  std::optional<std::string> setting(const std::string& key) const;
  void putSetting(const std::string& key, const std::string& value);  // works without the job lock

 private:
  friend struct Inside;  // contents.h, upkeep.h
  struct Impl;
  explicit Project(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace discern::project

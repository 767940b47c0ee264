#include "core/pipeline/distil.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/analysis/selection_path.h"
#include "core/base/described.h"
#include "core/base/field_json.h"
#include "core/base/json.h"
#include "core/base/json_text.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/data/no_picture.h"
#include "core/features/base_model.h"
#include "core/imaging/image.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/departures.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/sample_source.h"
#include "core/pipeline/select.h"
#include "core/pipeline/timing.h"
#include "core/results/selection.h"
#include "core/selection/selection.h"
#include "core/training/train_student.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using data::Part;
using nlohmann::json;
using training::StudentOptions;

// The teacher's features, a row a sample: the table itself, or several side by side, each of unit length.
struct Teacher {
  std::string name;
  std::vector<data::MappedNpy> tables;
  data::Matrix joined;  // ensembles only
  double milliseconds = 0, macs = 0;

  data::MatrixView features() const { return tables.size() == 1 ? tables.front().view() : joined.view(); }
};

Teacher readTeacher(const project::Project& project, const std::vector<std::string>& names,
                    std::int64_t samples) {
  Teacher teacher;
  std::int64_t dims = 0;
  for (const auto& name : names) {
    teacher.tables.push_back(completeFeatures(project, name, static_cast<std::size_t>(samples)));
    const project::FeatureTableRow row = project.featureTable(name).value();
    teacher.name += (teacher.name.empty() ? "" : "+") + name;
    teacher.milliseconds += row.milliseconds;
    teacher.macs += row.macs;
    dims += row.dims;
    const auto view = teacher.tables.back().view();
    if (view.cols != row.dims)
      failField(
          "teacher", name,
          "the stored features have {} columns but the model gives {}; extract them again under another name",
          view.cols, row.dims);
  }
  if (teacher.tables.size() == 1) return teacher;
  teacher.joined = data::Matrix(samples, dims);
  for (std::int64_t i = 0; i < samples; ++i) {
    auto out = teacher.joined.row(i);
    for (const auto& table : teacher.tables) {
      const auto part = out.first(static_cast<std::size_t>(table.view().cols));
      std::ranges::copy(table.view().row(i), part.begin());
      data::normalise(part);
      out = out.subspan(part.size());
    }
  }
  return teacher;
}

// The newest table that no student made: a student is no teacher unless asked for by name.
std::string newestTeacher(const project::Project& project) {
  const auto models = project.models();
  std::vector<std::string> names;
  for (const auto& row : project.featureTables())
    if (std::ranges::none_of(
            models, [&](const auto& m) { return m.kind == "student" && m.file.string() == row.model; }))
      names.push_back(row.name);
  return chosenOrNewest("", names, "features of a teacher", "extract some first");
}

// Refuses a trial's selection; says when another model than
// the teacher chose, or the teacher is another one since.
project::SelectionRow selectionFor(const project::Project& project, const std::string& name,
                                   const std::vector<std::string>& teacher, Progress& progress) {
  project::SelectionRow row = project.selection(name);
  const json made = parseJson(row.options, fmt::format("selection '{}': its options", name));
  if (optionsOfSelection(row).swapLabels > 0)
    failField("selection", name,
              "is a trial with swapped labels, which chose among wrong names; take one whose labels were not "
              "swapped");
  noteOtherModel(project, fmt::format("selection '{}'", name), row.features,
                 fromJson<results::SelectedBy>(made, fmt::format("selection '{}': its options", name)).model,
                 "select", progress);
  const auto by = project.featureTable(row.features);
  const auto isSame = [&](const std::string& table) {
    return table == row.features || (by && project::sameFeatures(*by, project.featureTable(table).value()));
  };
  if (std::ranges::none_of(teacher, isSame))
    progress.note(
        fmt::format("selection '{}' was made from features '{}', which are not the teacher's; select "
                    "faces by those",
                    name, row.features));
  return row;
}

struct TrainingFaces {
  std::vector<data::ImageRef> images;
  std::vector<std::int64_t> sample;  // row of the teacher's features
  std::vector<int> label;
  std::vector<unsigned char> selected;
  int classes = 0;
};

TrainingFaces gather(const Roster& roster, const DistilOptions& options, const std::vector<double>& enters,
                     double lambda) {
  std::vector<int> images(roster.identities.size(), 0);
  const auto usable = [&](std::size_t i) {
    const auto& sample = roster.samples[i];
    return roster.votes[i] && roster.identity[i] >= 0 && sample.problem.empty() &&
           data::hasPicture(sample.image) &&
           (options.set.empty() ||
            roster.identities[static_cast<std::size_t>(sample.identity)].set == options.set);
  };
  for (std::size_t i = 0; i < roster.samples.size(); ++i)
    if (usable(i)) ++images[static_cast<std::size_t>(roster.identity[i])];
  std::vector<int> label(roster.identities.size(), -1);
  TrainingFaces faces;
  for (std::size_t k = 0; k < label.size(); ++k)
    if (roster.part[k] == Part::Train && images[k] >= options.minImages) label[k] = faces.classes++;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (!usable(i)) continue;
    const bool train = roster.isPart(static_cast<int>(i), Part::Train);
    if (!train && !(options.pool && roster.isPart(static_cast<int>(i), Part::Pool))) continue;
    faces.images.push_back(roster.samples[i].image);
    faces.sample.push_back(static_cast<std::int64_t>(i));
    faces.label.push_back(label[static_cast<std::size_t>(roster.identity[i])]);
    // The cut only judges faces that have others of their identity; those of the pool are not asked for.
    faces.selected.push_back(!train || enters.empty() || selection::isKept(enters[i], lambda) ? 1 : 0);
  }
  return faces;
}

// Those of faces that were aligned by some, where alignment put them.
std::vector<std::optional<data::Landmarks>> landmarksOf(const std::vector<data::ImageRef>& images) {
  std::vector<std::optional<data::Landmarks>> all(images.size());
  for (std::size_t i = 0; i < images.size(); ++i) {
    if (!images[i].landmarks) continue;
    try {
      all[i] = imaging::alignedLandmarks(*images[i].landmarks);
    } catch (const Error&) {  // its face cannot be loaded either
    }
  }
  return all;
}

// Modes that start alike share the first stage's checkpoint.
std::string initName(const StudentOptions& o, const training::StudentData& data) {
  std::uint64_t hash = mixSeed(data.faces.fingerprint, training::firstStageOptions(o));
  for (const int label : data.label) hash = mixSeed(hash, static_cast<std::uint64_t>(label) + 1);
  return fmt::format("S-{}-init-{:016x}.safetensors", o.size, hash);
}

// Those that can be verified: with pairs of both kinds.
std::vector<std::string> singleImageProtocols(const project::Project& project) {
  std::vector<std::string> names;
  for (const auto& name : project.protocols()) {
    const auto protocol = project.protocol(name);
    const auto genuine = std::ranges::count_if(protocol.pairs, &data::Pair::genuine);
    if (genuine == 0 || genuine == std::ssize(protocol.pairs)) continue;
    if (std::ranges::all_of(protocol.templates, [](const auto& t) { return t.samples.size() <= 1; }))
      names.push_back(name);
  }
  return names;
}

// Features of some samples by a student, in a matrix of all samples (other rows are zero).
data::Matrix studentFeatures(const fs::path& checkpoint, const char* layer, const Roster& roster,
                             const std::vector<int>& samples, const std::vector<cv::Mat>& faces,
                             Device device, Progress& progress) {
  features::Recipe recipe;
  recipe.outputLayer = layer;
  const auto model = features::openBaseModel(checkpoint.string(), recipe, device);
  data::Matrix all(static_cast<std::int64_t>(roster.samples.size()), model->dims());
  progress.start(fmt::format("checking the {} layer", layer), static_cast<std::int64_t>(samples.size()));
  features::extractAll(
      *model, static_cast<std::int64_t>(samples.size()),
      [&](std::int64_t i) {
        if (faces[static_cast<std::size_t>(i)].empty()) fail("not readable");
        return faces[static_cast<std::size_t>(i)];
      },
      [&](std::int64_t i, std::span<const float> feature) {
        std::ranges::copy(feature, all.row(samples[static_cast<std::size_t>(i)]).begin());
      },
      [](std::int64_t, const std::string&) {}, {.batch = 64}, progress);
  progress.finish();
  return all;
}

double accuracyOf(const PlainVerification& result) {
  return result.folds.folds.empty() ? std::nan("") : result.folds.accuracy;
}

std::vector<DistilCheck> checkStudent(const project::Project& project, const std::vector<std::string>& names,
                                      const fs::path& checkpoint, int size, const Teacher& teacher,
                                      const Roster& roster, Device device, Progress& progress) {
  std::vector<data::Protocol> protocols;
  std::vector<int> samples;
  for (const auto& name : names) {
    PairCounts counts;
    protocols.push_back(protocolToday(project, name, roster, counts, progress));
    for (const auto& t : protocols.back().templates)
      samples.insert(samples.end(), t.samples.begin(), t.samples.end());
  }
  if (samples.empty()) return {};
  std::ranges::sort(samples);
  samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
  // Decoded once for both layers: at these sizes decoding costs more than the student.
  std::vector<cv::Mat> faces(samples.size());
  const data::GroupKind& kind = kindOf(project);
  progress.start("reading test faces", static_cast<std::int64_t>(samples.size()));
  parallelFor(static_cast<std::int64_t>(samples.size()), 32, [&](std::int64_t begin, std::int64_t end) {
    progress.throwIfStopped();
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      try {
        faces[i] = imaging::loadSample(kind, roster.samples[static_cast<std::size_t>(samples[i])].image,
                                       kind.shape.at(size));
      } catch (const Error&) {  // stays empty; its pairs are left out
      }
    }
    progress.advance(end - begin);
  });
  progress.finish();
  const auto identity = studentFeatures(checkpoint, "identity", roster, samples, faces, device, progress);
  const auto mimic = studentFeatures(checkpoint, "mimic", roster, samples, faces, device, progress);
  std::vector<DistilCheck> checks;
  for (const auto& protocol : protocols) {
    try {
      const auto byIdentity = verifyAverage(protocol, identity.view());
      const auto byMimic = verifyAverage(protocol, mimic.view());
      const auto byTeacher = verifyAverage(protocol, teacher.features());
      checks.push_back({protocol.name, byIdentity.verification.auc, byMimic.verification.auc,
                        byTeacher.verification.auc, accuracyOf(byIdentity), accuracyOf(byMimic),
                        accuracyOf(byTeacher)});
    } catch (const Error& e) {
      progress.note(fmt::format("protocol '{}' does not check the student: {}", protocol.name, e.what()));
    }
  }
  return checks;
}

double oneThreadMilliseconds(const fs::path& checkpoint, int size, Device device) {
  setThreadCount(1);
  const auto model = features::openBaseModel(checkpoint.string(), {}, device);
  const double milliseconds =
      millisecondsPerFace(*model, {cv::Mat(size, size, CV_8UC3, cv::Scalar(90, 120, 150))}, 0.2);
  setThreadCount(0);
  return milliseconds;
}

// What the first stage says goes on to `progress`, its
// metrics under names of their own: both stages count from 1.
Progress::Sink asFirstStage(Progress& progress) {
  return [&progress, stage = std::string(), done = std::int64_t{0}](const ProgressEvent& event) mutable {
    switch (event.kind) {
      case ProgressEvent::Kind::Metric:
        return progress.metric("init/" + event.text, event.step, event.value);
      case ProgressEvent::Kind::Note:
        return progress.note(event.text);
      case ProgressEvent::Kind::StageDone:
        stage.clear();
        return progress.finish();
      case ProgressEvent::Kind::Progress:
        break;
    }
    if (event.stage != stage) {
      stage = event.stage;
      done = 0;
      progress.start(stage, event.total);
    }
    progress.advance(event.done - done);
    done = event.done;
  };
}

// The checkpoint of the student that `named` stands for.
fs::path studentNamed(const project::Project& project, const std::string& named) {
  if (const auto row = project.model(named)) {
    if (row->kind != "student")
      failField("init-from", named, "is a {} of this project; a student was expected", row->kind);
    return row->file;
  }
  if (fs::is_regular_file(named)) return fs::absolute(named);
  std::vector<std::string> students;
  for (const auto& row : project.models())
    if (row.kind == "student") students.push_back(row.name);
  failField("init-from", named, "is neither a student of this project ({}) nor a file",
            students.empty() ? std::string("it has none") : fmt::format("{}", fmt::join(students, ", ")));
}

// Trained once for all modes of equal options; a finished file is used again.
std::string initialised(const project::Project& project, const StudentOptions& options,
                        const training::StudentData& data, Progress& progress, training::Ranks* ranks) {
  if (!training::startsOnClasses(options)) return "";
  const fs::path file = project.folder() / "checkpoints" / initName(options, data);
  if (training::ofFirst(ranks, fs::exists(file))) {
    progress.note(
        fmt::format("starting from {}, which an earlier call initialised on classes with these options",
                    file.filename().string()));
    return file.string();
  }
  StudentOptions first = options;
  first.mode = training::StudentMode::Init;
  first.initFrom.clear();
  Progress ahead(asFirstStage(progress), progress.stopToken());
  training::trainStudent(first, data, file, ahead, ranks);
  return file.string();
}
void putTraining(DistilResult& result, const training::StudentResult& trained) {
  result.classified = trained.classified;
  result.regressed = trained.regressed;
  result.epochs = trained.epochs;
  result.trainLoss = trained.trainLoss;
  result.validationAccuracy = trained.validationAccuracy;
  result.validationCosine = trained.validationCosine;
  result.imagesPerSecond = trained.imagesPerSecond;
}
}  // namespace

DistilResult distil(project::Project& project, const DistilOptions& options, Progress& progress,
                    training::Ranks* ranks) {
  DistilResult result;
  StudentOptions student = options.training;
  jobs::distilFields().check(options);
  const bool selects = training::usesSelection(student.mode);
  const Roster roster = readRoster(project);
  requirePictures(roster.samples, "training a student");
  if (!options.set.empty()) requireSet(project, options.set);
  const fs::path start = options.initFrom.empty() ? fs::path() : studentNamed(project, options.initFrom);
  auto names = options.teacher;
  if (names.empty()) names.push_back(newestTeacher(project));
  const Teacher teacher = readTeacher(project, names, static_cast<std::int64_t>(roster.samples.size()));
  for (const auto& name : names) noteOnlyKept(project, name, progress);
  result.teacher = teacher.name;
  result.teacherMilliseconds = teacher.milliseconds;
  result.teacherMacs = teacher.macs;
  student.teacher = teacher.name;
  student.dims = static_cast<int>(teacher.features().cols);

  std::vector<double> enters;
  double keptBeyond = 0;
  std::vector<std::string> departures;
  if (names.size() > 1)
    departures.push_back(
        fmt::format("teacher {} side by side, each of unit length (published: one)", names.size()));
  if (selects) {
    result.selection = options.selection;
    const auto row = selectionFor(project, options.selection, names, progress);
    for (const auto& one : selectionDepartures(row, roster)) departures.push_back("of the selection: " + one);
    keptBeyond = analysis::lambdaToReadAt(row, options.lambda, "lambda");
    enters = row.enters;
    if (std::isnan(keptBeyond)) keptBeyond = analysis::lambdaForShare(enters, options.keep);
    result.lambda = analysis::isOrder(row) ? std::nan("") : keptBeyond;
  }
  const TrainingFaces faces = gather(roster, options, enters, keptBeyond);
  if (faces.classes < 2 && student.mode != training::StudentMode::S)
    fail(
        "a student needs at least two training identities with {} images or more, there are {}; import some "
        "in the role train",
        options.minImages, faces.classes);
  result.faces = static_cast<std::int64_t>(faces.images.size());
  result.classes = faces.classes;
  if (selects) {
    for (std::size_t k = 0; k < faces.sample.size(); ++k)
      result.selected +=
          faces.selected[k] && roster.isPart(static_cast<int>(faces.sample[k]), Part::Train) ? 1 : 0;
    if (result.selected == 0)
      failField(
          "lambda", result.lambda,
          "keeps no face of selection '{}'; take a lambda farther from 0, or a share to keep, such as 0.8",
          options.selection);
  }

  training::StudentData data;
  const data::GroupKind& kind = kindOf(project);
  data.faces = sourceOf(kind, faces.images, kind.shape.at(112), project.folder().string());
  data.label = faces.label;
  data.classes = faces.classes;
  data.teacher = teacher.features();
  data.teacherRow = faces.sample;
  data.selected = faces.selected;
  if (student.perturbedPoints == training::PerturbedPoints::Own) data.landmarks = landmarksOf(faces.images);
  const auto protocols = options.protocols.empty() ? singleImageProtocols(project) : options.protocols;
  for (const auto& name : protocols)
    project.protocol(name);  // a wrong name is said before an hour of training

  result.startedFrom = options.initFrom;
  result.name = !options.name.empty() ? options.name
                                      : fmt::format("S-{}-{}{}", student.size, nameOf(student.mode),
                                                    start.empty() ? "" : "-tuned");
  DistilOptions told = options;  // with what was chosen where nobody said
  told.name = result.name;
  told.teacher = names;
  told.protocols = protocols;
  if (selects) told.lambda = result.lambda;
  auto differs = jobs::distilFields().departures(told, "paper");
  differs.insert(differs.end(), departures.begin(), departures.end());
  result.published = publishedTraining(differs);
  requireFreeName(project, result.name, "student", fingerprintJson(jobs::distilFields(), told),
                  options.replace);
  student.initFrom = start.empty() ? initialised(project, student, data, progress, ranks) : start.string();
  const fs::path checkpoint = project.folder() / "checkpoints" / (result.name + ".safetensors");
  putTraining(result, training::trainStudent(student, data, checkpoint, progress, ranks));
  if (!training::isWriter(ranks)) return result;
  const auto cost = training::studentCost(student.size, student.dims, student.identityDims);
  result.parameters = cost.parameters;
  result.macs = cost.macs;
  result.fileBytes = static_cast<double>(fs::file_size(checkpoint));
  const json saved = modelJson(jobs::distilFields(), told);
  project::ModelRow row{result.name, "student",       "student", checkpoint,
                        cost.macs,   cost.parameters, 0,         textOf(saved)};
  project.putModel(row);  // first: nothing that follows may lose a training
  row.milliseconds = result.milliseconds = oneThreadMilliseconds(checkpoint, student.size, student.device);
  project.putModel(row);
  result.checks =
      checkStudent(project, protocols, checkpoint, student.size, teacher, roster, student.device, progress);
  return result;
}

}  // namespace discern::pipeline

// What distilling and measuring costs leave.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace discern::results {

// Student and teacher on one protocol; NaN: not known, and without folds every accuracy.
struct DistilCheck {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::string protocol;
  double aucIdentity = kNone, aucMimic = kNone, aucTeacher = kNone;
  double accuracyIdentity = kNone, accuracyMimic = kNone, accuracyTeacher = kNone;
};

struct DistilResult {
  static constexpr const char* kJob = "distil";
  std::string name, teacher, selection;
  std::string startedFrom;  // the student whose weights were the start; empty: none
  double lambda = 0;
  std::int64_t faces = 0, classes = 0, selected = 0;  // selected: training faces kept at lambda
  std::int64_t classified = 0, regressed = 0;         // training faces of either kind in the last stage
  int epochs = 0;                                     // of the last stage
  double trainLoss = 0;
  double validationAccuracy = 0, validationCosine = 0;  // on the held-out images; NaN without any
  double imagesPerSecond = 0;                           // while training
  double parameters = 0, macs = 0, fileBytes = 0;
  double milliseconds = 0;                          // one face, one thread
  double teacherMilliseconds = 0, teacherMacs = 0;  // as extraction measured it, on all threads; 0: unknown
  std::vector<DistilCheck> checks;
  std::string published;  // how far this is what SKD published
};

struct CostAtBatch {
  int batch = 1;
  double milliseconds = 0;  // per face
  double peakBytes = 0;     // growth of the process while opening the model and running it
  // Counted (features::RunMemory), whatever else the process needs; 0: not known.
  double weightBytes = 0, workspaceBytes = 0;
  std::string device{};  // it was measured on; empty: the run's option says it
};
struct ModelCost {
  std::string name, kind;  // kind: base | student
  int size = 0;            // pixels a side
  std::int64_t dims = 0;
  double parameters = 0;  // 0: the file does not say
  double fileBytes = 0, macs = 0;
  std::vector<CostAtBatch> at{};
};
struct CostResult {
  static constexpr const char* kJob = "cost";
  std::vector<ModelCost> models;
};

template <class V>
void describe(V& v, DistilCheck& r) {
  v("protocol", r.protocol);
  v("auc_identity", r.aucIdentity);
  v("auc_mimic", r.aucMimic);
  v("auc_teacher", r.aucTeacher);
  v("accuracy_identity", r.accuracyIdentity);
  v("accuracy_mimic", r.accuracyMimic);
  v("accuracy_teacher", r.accuracyTeacher);
}
template <class V>
void describe(V& v, DistilResult& r) {
  v("name", r.name);
  v("teacher", r.teacher);
  v("teacher_ms", r.teacherMilliseconds);
  v("teacher_macs", r.teacherMacs);
  v("selection", r.selection);
  v.ifAny("started_from", r.startedFrom);
  v("lambda", r.lambda);
  v("faces", r.faces);
  v("classes", r.classes);
  v("selected", r.selected);
  v("classified", r.classified);
  v("regressed", r.regressed);
  v("epochs", r.epochs);
  v("train_loss", r.trainLoss);
  v("validation_accuracy", r.validationAccuracy);
  v("validation_cosine", r.validationCosine);
  v("train_images_per_second", r.imagesPerSecond);
  v("parameters", r.parameters);
  v("macs", r.macs);
  v("file_bytes", r.fileBytes);
  v("ms", r.milliseconds);
  v("checks", r.checks);
  v.ifAny("published", r.published);
}
template <class V>
void describe(V& v, CostAtBatch& r) {
  v("batch", r.batch);
  v("ms", r.milliseconds);
  v("peak_bytes", r.peakBytes);
  v("weight_bytes", r.weightBytes);
  v("workspace_bytes", r.workspaceBytes);
  v.ifAny("device", r.device);
}
template <class V>
void describe(V& v, ModelCost& r) {
  v("name", r.name);
  v("kind", r.kind);
  v("size", r.size);
  v("dims", r.dims);
  v("parameters", r.parameters);
  v("file_bytes", r.fileBytes);
  v("macs", r.macs);
  v("at", r.at);
}
template <class V>
void describe(V& v, CostResult& r) {
  v("models", r.models);
}

}  // namespace discern::results

#include "core/training/train_student.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/networks/checkpoint.h"
#include "core/networks/cost.h"
#include "core/training/perturb.h"
#include "core/training/student_stage.h"

namespace discern::training {
namespace {

using nlohmann::json;

// Whether an earlier, interrupted call has finished the first stage with these options and data.
bool isFirstStageOf(const std::filesystem::path& file, const StudentOptions& options,
                    const std::string& dataHash) {
  if (!networks::isCheckpoint(file)) return false;
  try {
    const auto metadata = parseJson(networks::loadCheckpoint(file).metadata, file.string());
    return jsonText(metadata, "first_stage") == firstStageOf(options, dataHash);
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

StudentResult trainStudent(const StudentOptions& given, const StudentData& data,
                           const std::filesystem::path& checkpoint, Progress& progress, Ranks* ranks) {
  checkStudent(given, data);
  networks::prepareCpu();
  if (!data.faces.form.isSquare())
    fail("a student learns squares of one frame; samples in the form of {} have no student yet",
         toString(data.faces.form));
  StudentOptions options = given;
  if (options.dims == 0) options.dims = data.teacher.rows > 0 ? static_cast<int>(data.teacher.cols) : 512;
  const StudentTargets targets(options, data);
  checkStudentRoles(options, data, targets);
  const auto held = studentHoldOut(options, data, targets);
  const auto labels = fmt::format("{} {} {} {}", data.faces.count, data.faces.fingerprint, data.classes,
                                  hashOf(data.label, hashOf(held)));
  FaceStore store(data.faces, storedSize(options.size), options.cacheBytes);

  std::filesystem::path first;
  if (options.mode != StudentMode::Init && options.initFrom.empty() && startsOnClasses(options)) {
    first = checkpoint;
    first += ".init";
    options.mode = StudentMode::Init;
    if (!ofFirst(ranks, isFirstStageOf(first, options, labels)))
      StudentStage(options, data, targets, held, store, progress, ranks).run(first, labels, 0);
    options.mode = given.mode;
    options.initFrom = first.string();
  }
  const bool isFirst = options.mode == StudentMode::Init;
  const auto print =
      isFirst ? labels : fmt::format("{} {} {}", labels, hashOf(data.selected), targets.hash());
  const auto result = StudentStage(options, data, targets, held, store, progress, ranks)
                          .run(checkpoint, print, first.empty() ? 0 : options.epochsInit);
  if (!first.empty() && isWriter(ranks)) std::filesystem::remove(first);
  return result;
}

NetworkCost studentCost(int size, int dims, int identityDims) {
  const auto network =
      networks::makeNetwork("student", {.size = size, .dims = dims, .identityDims = identityDims});
  const auto cost = networks::countCost(*network, size);
  return {cost.macs, cost.flops, cost.parameters};
}

StudentInfo readStudent(const std::filesystem::path& checkpoint) {
  const auto loaded = networks::loadCheckpoint(checkpoint);
  if (loaded.kind != "student")
    fail("{}: holds a {} network, a student was expected; train one with the distilling job",
         checkpoint.string(), loaded.architecture);
  const auto metadata = parseJson(loaded.metadata, checkpoint.string());
  return {.name = jsonText(metadata, "name"),
          .mode = jsonText(metadata, "mode"),
          .teacher = jsonText(metadata, "teacher"),
          .size = loaded.size,
          .dims = loaded.dims,
          .identityDims = loaded.identityDims};
}

}  // namespace discern::training

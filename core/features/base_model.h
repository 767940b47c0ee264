// Base models behind one interface: ONNX, TorchScript, and Discern's own networks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/features/recipe.h"

namespace discern::features {

// Memory that recognising takes, counted and not measured: the learned numbers as they are kept, and the most
// that is held at a time on the way from faces to features (both left out). 0: not known.
struct RunMemory {
  double weights = 0, workspace = 0;
};

class BaseModel {
 public:
  virtual ~BaseModel() = default;
  // faces: 8-bit BGR, of recipe().shape(). Returns n x dims(), not normalised.
  virtual data::Matrix extract(const std::vector<cv::Mat>& faces) = 0;
  // The same under another recipe of the same size (recipe_check.h).
  // Default: for models to which no recipe applies.
  virtual data::Matrix extractAs(const Recipe& /*recipe*/, const std::vector<cv::Mat>& faces) {
    return extract(faces);
  }
  virtual int dims() const = 0;
  virtual const Recipe& recipe() const = 0;
  virtual double macs() const { return 0; }        // for one image; 0: unknown
  virtual double parameters() const { return 0; }  // learned numbers; 0: unknown
  // Memory that it took so far in a process of its own; 0: it has none.
  virtual double bytesElsewhere() const { return 0; }
  // Of so many faces at once, with threadCount() threads; may run the model.
  virtual RunMemory memory(std::int64_t /*faces*/) { return {}; }
  // What a person should know about how it is run, one sentence each: since it was opened, or the last call.
  virtual std::vector<std::string> takeNotes() { return {}; }
};

using discern::Device;

// A model that others made, ONNX or TorchScript, is looked through and runs in a process of its own, which
// can write nothing and is ended when it takes too much memory or time (internal/hosted_model.h); ours are
// read as plain tensors. ONNX is run by LibTorch or OpenCV (internal/onnx_model.h), with OpenCV on the CPU
// always. Each uses threadCount() threads of ours; OpenCV's own are switched off for the process, because one
// network a thread is about twice as fast. `model`: a path (.onnx, .pt/.ts TorchScript, a Discern
// checkpoint), "demo" (resources/) or an ensemble, "ensemble:A,B": each feature L2-normalised, then one
// behind the other. A@NAME gives a member a recipe of its own; the largest member's size is the ensemble's,
// the others get the face area-scaled. The kind is found from the contents, not the extension. A student's
// checkpoint has the outputs (recipe.outputLayer) "identity", the default, and "mimic", and always takes
// faces of its own size: ask recipe() of the model, not the given one. Throws Error: not a model, output is
// not a vector, another input size than the recipe's, code that asks for more than a recogniser needs, too
// much memory or time.
std::unique_ptr<BaseModel> openBaseModel(const std::string& model, const Recipe& recipe,
                                         Device device = Device::Cpu);

// The same model by paths that hold from any folder. Throws Error: no model was named.
std::string absoluteModel(const std::string& model);
// Of what its files contain; of a converted checkpoint (networks/convert.h) that of the file it was made
// from, so that features made by one still belong to the other. Throws Error: cannot be read.
std::uint64_t hashOfModel(const std::string& model);

// Extracts `count` faces in batches with decoding ahead of the model; load(i) gives face i (throws Error:
// reported through `failed`, the rest goes on), store(i, feature) and failed(i, why) are each called in order
// of i from the calling thread. load is called from several threads. Between batches a stop is noticed
// (Cancelled); what was stored stays. progress.advance(1) for every face, failed ones too; starting the stage
// is the caller's. Batch k holds what can be read of the faces from k * batch on: which faces go through the
// model together, and so the last bits of a feature, do not depend on when an earlier call was ended.
struct ExtractOptions {
  int batch = 32;
};
void extractAll(BaseModel& model, std::int64_t count, const std::function<cv::Mat(std::int64_t)>& load,
                const std::function<void(std::int64_t, std::span<const float>)>& store,
                const std::function<void(std::int64_t, const std::string&)>& failed,
                const ExtractOptions& options, Progress& progress);

}  // namespace discern::features

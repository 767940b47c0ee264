#include "core/training/explain.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/training/predict.h"
#include "core/training/saliency.h"

namespace discern::training {
namespace {

constexpr double kSmoothed = 1.0 / 56;  // of the width: sigma of the gradient's smoothing

}  // namespace

void explainDdnet(const std::filesystem::path& checkpoint, const FaceSource& faces,
                  const ExplainOptions& options, Device device,
                  const std::function<void(std::int64_t, ExplainedFace)>& done, Progress& progress) {
  networks::prepareCpu();
  const auto loaded = loadDdnet(checkpoint, device);
  if (loaded.shape.frames != 1)
    fail("{}: tells scores of {}; only networks of single images are explained", checkpoint.string(),
         toString(loaded.shape));
  const auto& shape = loaded.shape;
  ExplainedFace explained;
  explained.patch = options.patch > 0 ? options.patch : std::max(1, shape.width / 7);
  explained.stride = options.stride > 0 ? options.stride : std::max(1, explained.patch / 2);
  FaceStore store(faces, loaded.size, 0);
  const std::int64_t patches = std::int64_t{patchesAlong(shape.height, explained.patch, explained.stride)} *
                               patchesAlong(shape.width, explained.patch, explained.stride);
  progress.start("explain", faces.count * patches);
  for (std::int64_t i = 0; i < faces.count; ++i) {
    progress.throwIfStopped();
    FaceBatch batch{torch::empty(shape.tensor(1), torch::kUInt8), {i}};
    if (!store.fetch(i, batch.images.data_ptr<std::uint8_t>())) {
      progress.advance(patches);
      continue;
    }
    const auto image = normalised(batch, loaded.device);
    explained.score = loaded.forward(image).select(1, 0).item<double>();
    explained.occlusion =
        occlusionMap(*loaded.network, image, explained.patch, explained.stride, options.batch, progress);
    explained.gradient = gradientMap(*loaded.network, image, kSmoothed * shape.width);
    done(i, explained);
  }
  progress.finish();
}

}  // namespace discern::training

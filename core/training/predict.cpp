#include "core/training/predict.h"

#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "core/base/error.h"
#include "core/networks/registration.h"
#include "core/training/train_ddnet.h"
#include "core/training/trained_ddnet.h"

namespace discern::training {

networks::LoadedNetwork loadDdnet(const std::filesystem::path& checkpoint, Device device) {
  auto loaded = networks::loadCheckpoint(checkpoint, device);
  if (loaded.kind != "ddnet")
    fail("{}: holds a {} network, a DDNet was expected; train one", checkpoint.string(), loaded.architecture);
  return loaded;
}

std::vector<float> scoreFaces(networks::Network& network, torch::Device device, FaceStore& store,
                              const std::vector<std::int64_t>& faces, int batch, Progress& progress,
                              bool report) {
  network.eval();
  torch::NoGradGuard guard;
  std::vector<float> scores(faces.size(), std::numeric_limits<float>::quiet_NaN());
  std::unordered_map<std::int64_t, std::size_t> place;
  for (std::size_t i = 0; i < faces.size(); ++i) place[faces[i]] = i;
  const auto plan = cutIntoBatches(faces, batch);
  BatchLoader loader(store, plan, 0, loaderThreads(device));
  for (const auto& asked : plan) {
    const auto ready = loader.next();
    if (!ready->faces.empty()) {
      const auto output =
          network.forward(normalised(*ready, device)).select(1, 0).to(torch::kCPU).contiguous();
      for (std::size_t i = 0; i < ready->faces.size(); ++i)
        scores[place.at(ready->faces[i])] = output.data_ptr<float>()[i];
    }
    if (report) progress.advance(static_cast<std::int64_t>(asked.size()));
    progress.throwIfStopped();
  }
  return scores;
}

struct TrainedDdnet::Loaded {
  std::filesystem::path checkpoint;
  networks::LoadedNetwork network;
  std::shared_ptr<networks::Network> predicts;  // the same, folded where that can be
};

TrainedDdnet::TrainedDdnet(std::filesystem::path checkpoint, Device device) {
  networks::prepareCpu();
  auto network = loadDdnet(checkpoint, device);
  network.network->eval();
  auto predicts = network.network;
  if (const auto* scores = dynamic_cast<const networks::ScoreNetwork*>(network.network.get()))
    if (auto folded = scores->folded(network.shape.height, network.shape.width)) predicts = std::move(folded);
  loaded_ =
      std::make_unique<const Loaded>(Loaded{std::move(checkpoint), std::move(network), std::move(predicts)});
}
TrainedDdnet::~TrainedDdnet() = default;
TrainedDdnet::TrainedDdnet(TrainedDdnet&&) noexcept = default;

const data::Shape& TrainedDdnet::shape() const { return loaded_->network.shape; }

std::vector<float> TrainedDdnet::scores(const FaceSource& faces, int batch, Progress& progress) const {
  if (batch < 1) fail("batch {}: give at least 1", batch);
  const auto& loaded = loaded_->network;
  std::vector<std::int64_t> all(static_cast<std::size_t>(faces.count));
  std::iota(all.begin(), all.end(), 0);
  if (faces.form.at(loaded.size) != loaded.shape)
    fail("{}: tells scores of {}, not of {}", loaded_->checkpoint.string(), toString(loaded.shape),
         toString(faces.form.at(loaded.size)));
  FaceStore store(faces, loaded.size, 0);
  progress.start("predict", faces.count);
  auto scores = scoreFaces(*loaded_->predicts, loaded.device, store, all, batch, progress, true);
  progress.finish();
  return scores;
}

}  // namespace discern::training

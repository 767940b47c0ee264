#include "core/training/aggregator.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <set>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/networks/network.h"
#include "core/networks/safetensors.h"
#include "core/training/triplet.h"

namespace discern::training {
namespace {
namespace fs = std::filesystem;
using aggregation::GroupNetwork;
using aggregation::NetworkKind;
using Piece = AggregatorData::Piece;

constexpr double kLogitScale = 16;      // of the cosines that the softmax sees
constexpr double kMeasureMargin = 0.3;  // of the loss that chooses the epoch, whatever is trained with
constexpr int kLeastBatches = 20;       // of an epoch: small sets are drawn from more than once
constexpr int kMeasured = 4;            // times that the identities held out are drawn from

struct DrawnGroup {
  std::vector<std::int64_t> rows;
  int label = 0;
};
struct Batch {
  torch::Tensor seen, unit, isThere, label;  // B x T x D each, B x T, B
};

// The network as tensors of GroupNetwork's shapes, and the classes that it is trained by.
struct Trained : torch::nn::Module {
  Trained(GroupNetwork start, const torch::Tensor& centroids) : network(std::move(start)) {
    for (const auto& part : aggregation::partsOf(network)) {
      const auto values =
          torch::from_blob(part.values->data(), {part.rows, part.cols}, torch::kFloat32).clone();
      tensors[part.name] = register_parameter(part.name, values);
    }
    classes = register_parameter("classes", centroids.clone());
  }

  // B x D of length 1.
  torch::Tensor forward(const Batch& batch) {
    const auto there = batch.isThere.unsqueeze(2).to(torch::kFloat32), count = there.sum(1);
    torch::Tensor sum;
    if (network.kind == NetworkKind::Attention) {
      const auto layer = network.hidden > 0
                             ? (batch.seen.matmul(tensors.at("input")) + tensors.at("input_bias")).tanh()
                             : batch.seen;
      const auto attention = layer.matmul(tensors.at("output").squeeze(0));
      const auto weights =
          attention.masked_fill(~batch.isThere, -std::numeric_limits<float>::infinity()).softmax(1);
      sum = (weights.unsqueeze(2) * batch.unit).sum(1);
    } else {
      const auto mean = (statesOf(batch.seen) * there).sum(1) / count;
      sum =
          (batch.unit * there).sum(1) / count + mean.matmul(tensors.at("output")) + tensors.at("output_bias");
    }
    return torch::nn::functional::normalize(sum);
  }

  torch::Tensor logits(const torch::Tensor& features) {
    return kLogitScale * features.matmul(torch::nn::functional::normalize(classes).t());
  }

  GroupNetwork now() {
    GroupNetwork copy = network;
    for (const auto& part : aggregation::partsOf(copy)) {
      const auto values = tensors.at(part.name).detach().contiguous();
      std::copy_n(values.data_ptr<float>(), part.values->size(), part.values->begin());
    }
    return copy;
  }

 private:
  GroupNetwork network;  // as it began
  std::map<std::string, torch::Tensor> tensors;
  torch::Tensor classes;

  torch::Tensor statesOf(const torch::Tensor& seen) {
    const auto in = seen.matmul(tensors.at("input")) + tensors.at("input_bias");  // B x T x 3H
    auto state = torch::zeros({seen.size(0), network.hidden});
    std::vector<torch::Tensor> states;
    for (std::int64_t t = 0; t < seen.size(1); ++t) {
      const auto mine = in.select(1, t).chunk(3, 1);
      const auto own = (state.matmul(tensors.at("state")) + tensors.at("state_bias")).chunk(3, 1);
      const auto reset = (mine[0] + own[0]).sigmoid(), update = (mine[1] + own[1]).sigmoid();
      state = (1 - update) * (mine[2] + reset * own[2]).tanh() + update * state;
      states.push_back(state);
    }
    return torch::stack(states, 1);
  }
};

// Begins as the plain mean: what comes out last is zero.
GroupNetwork startOf(const AggregatorOptions& options, std::int64_t dims, float scale) {
  GroupNetwork network;
  network.kind = options.architecture;
  network.dims = dims;
  network.hidden = options.hidden;
  network.scale = scale;
  Rng rng(mixSeed(options.seed, "weights"));
  for (const auto& part : aggregation::partsOf(network)) {
    part.values->resize(static_cast<std::size_t>(part.rows * part.cols), 0.0F);
    if (part.values != &network.input && part.values != &network.state) continue;
    const double most = 1 / std::sqrt(static_cast<double>(part.rows));
    for (float& v : *part.values) v = static_cast<float>(rng.uniform(-most, most));
  }
  return network;
}

bool isUsable(std::span<const float> row) { return data::isFinite(row) && data::norm(row) > 0; }

// Without rows that cannot be used, and without what is left empty by that.
std::vector<Piece> usablePieces(const AggregatorData& data) {
  std::vector<Piece> pieces;
  for (const Piece& from : data.pieces) {
    Piece piece{from.identity, {}};
    for (auto rows : from.samples) {
      std::erase_if(rows, [&](std::int64_t row) { return !isUsable(data.features.row(row)); });
      if (!rows.empty()) piece.samples.push_back(std::move(rows));
    }
    if (!piece.samples.empty()) pieces.push_back(std::move(piece));
  }
  return pieces;
}

// Root mean square of the numbers of all features.
float scaleOf(data::MatrixView features) {
  double squares = 0, count = 0;
  for (std::int64_t i = 0; i < features.rows; ++i) {
    if (!isUsable(features.row(i))) continue;
    squares += std::pow(data::norm(features.row(i)), 2);
    count += static_cast<double>(features.cols);
  }
  return static_cast<float>(std::sqrt(squares / count));
}

// A part of the identities, and how groups of it are drawn.
class Drawer {
 public:
  Drawer(const AggregatorData& data, const AggregatorOptions& options, const std::vector<Piece>& pieces,
         const std::set<int>& identities)
      : data_(data),
        options_(options),
        all_(torch::from_blob(const_cast<float*>(data.features.values),
                              {data.features.rows, data.features.cols}, torch::kFloat32)),
        scale_(scaleOf(data.features)) {
    std::map<int, int> labels;
    for (const int identity : identities) labels.emplace(identity, static_cast<int>(labels.size()));
    byLabel_.resize(labels.size());
    for (const Piece& piece : pieces)
      if (const auto label = labels.find(piece.identity); label != labels.end())
        byLabel_[static_cast<std::size_t>(label->second)].push_back(piece);
  }

  // Of each piece as many groups as hold its samples, but at least `perIdentity` of an identity; all that
  // `times` over.
  std::vector<DrawnGroup> draw(Rng& rng, int times) const {
    std::vector<DrawnGroup> groups;
    for (int time = 0; time < times; ++time)
      for (std::size_t label = 0; label < byLabel_.size(); ++label) {
        const auto& pieces = byLabel_[label];
        int drawn = 0;
        for (std::size_t p = 0; p < pieces.size() || drawn < options_.perIdentity; ++p) {
          const Piece& piece = pieces[p % pieces.size()];
          const auto size = std::ssize(piece.samples);
          for (std::int64_t k = 0; k < (size + options_.groupSize - 1) / options_.groupSize; ++k, ++drawn)
            groups.push_back({rowsOf(piece, rng), static_cast<int>(label)});
        }
      }
    return groups;
  }

  Batch batchOf(const std::vector<DrawnGroup>& groups, const std::vector<std::int64_t>& which) const {
    std::size_t length = 0;
    for (const auto g : which) length = std::max(length, groups[static_cast<std::size_t>(g)].rows.size());
    std::vector<std::int64_t> rows, labels;
    auto isThere = torch::zeros({std::ssize(which), static_cast<std::int64_t>(length)}, torch::kBool);
    for (std::size_t k = 0; k < which.size(); ++k) {
      const DrawnGroup& group = groups[static_cast<std::size_t>(which[k])];
      const auto size = static_cast<std::int64_t>(group.rows.size());
      isThere[static_cast<std::int64_t>(k)].slice(0, 0, size) = true;
      labels.push_back(group.label);
      rows.insert(rows.end(), group.rows.begin(), group.rows.end());
      rows.insert(rows.end(), length - group.rows.size(), group.rows.front());  // hidden
    }
    const auto features =
        all_.index_select(0, torch::tensor(rows)).view({std::ssize(which), std::int64_t(length), -1});
    return {features / scale_,
            torch::nn::functional::normalize(features, torch::nn::functional::NormalizeFuncOptions().dim(2)),
            isThere, torch::tensor(labels)};
  }

  // C x D: the mean direction of each identity.
  torch::Tensor centroids() const {
    std::vector<torch::Tensor> means;
    for (const auto& pieces : byLabel_) {
      std::vector<std::int64_t> rows;
      for (const Piece& piece : pieces)
        for (const auto& sample : piece.samples) rows.insert(rows.end(), sample.begin(), sample.end());
      means.push_back(torch::nn::functional::normalize(all_.index_select(0, torch::tensor(rows))).mean(0));
    }
    return torch::nn::functional::normalize(torch::stack(means));
  }

  std::size_t identities() const { return byLabel_.size(); }
  float scale() const { return scale_; }

 private:
  std::vector<std::int64_t> rowsOf(const Piece& piece, Rng& rng) const {
    const auto size = std::ssize(piece.samples);
    const std::int64_t most = std::min<std::int64_t>(size, options_.groupSize);
    const std::int64_t least =
        std::max<std::int64_t>(1, std::min<std::int64_t>(most, options_.groupSize / 2));
    const std::int64_t count = least + rng.below(most - least + 1);
    std::vector<std::int64_t> places(piece.samples.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::int64_t>(i);
    if (!data_.runs) rng.shuffle(places);
    const std::int64_t first = data_.runs ? rng.below(size - count + 1) : 0;
    std::vector<std::int64_t> chosen(places.begin() + first, places.begin() + first + count);
    std::ranges::sort(chosen);
    std::vector<std::int64_t> rows;
    for (const auto place : chosen) {
      const auto& sample = piece.samples[static_cast<std::size_t>(place)];
      rows.push_back(sample[static_cast<std::size_t>(rng.below(std::ssize(sample)))]);
    }
    return rows;
  }

  const AggregatorData& data_;
  const AggregatorOptions& options_;
  std::vector<std::vector<Piece>> byLabel_;
  torch::Tensor all_;
  float scale_;
};

struct Split {
  std::set<int> train, held;
};
Split splitOf(const std::vector<Piece>& pieces, const AggregatorOptions& options) {
  std::set<int> all;
  for (const Piece& piece : pieces) all.insert(piece.identity);
  if (all.size() < 2)
    fail("an aggregator needs usable features of at least two training identities; there are {}", all.size());
  std::vector<int> order(all.begin(), all.end());
  Rng(mixSeed(options.seed, "held out")).shuffle(order);
  auto held =
      static_cast<std::size_t>(std::llround(options.validationShare * static_cast<double>(order.size())));
  if (options.validationShare > 0)
    held = std::max<std::size_t>(held, 2);  // of which the loss tells them apart
  if (held + 2 > order.size()) held = 0;
  return {{order.begin() + static_cast<std::ptrdiff_t>(held), order.end()},
          {order.begin(), order.begin() + static_cast<std::ptrdiff_t>(held)}};
}

// The triplet loss of groups of the identities held out, the same ones in every epoch.
class Measure {
 public:
  Measure(const Drawer& drawer, std::uint64_t seed) {
    if (drawer.identities() < 2) return;
    Rng rng(mixSeed(seed, "measured"));
    for (int k = 0; k < kMeasured; ++k) {
      const auto groups = drawer.draw(rng, 1);
      std::vector<std::int64_t> all(groups.size());
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
      batches_.push_back(drawer.batchOf(groups, all));
    }
  }

  double of(Trained& network) const {
    torch::NoGradGuard guard;
    double sum = 0;
    for (const Batch& batch : batches_)
      sum += batchHardTriplets(network.forward(batch), batch.label, kMeasureMargin).item<double>();
    return batches_.empty() ? std::numeric_limits<double>::quiet_NaN()
                            : sum / static_cast<double>(batches_.size());
  }

 private:
  std::vector<Batch> batches_;
};

// One pass; the mean loss of its batches. rate: of a step of it.
template <class Rate>
double trainEpoch(Trained& network, torch::optim::Adam& adam, const Drawer& drawer,
                  const std::vector<DrawnGroup>& groups,
                  const std::vector<std::vector<std::int64_t>>& batches, const AggregatorOptions& options,
                  const Rate& rate, Progress& progress) {
  double sum = 0;
  for (std::size_t b = 0; b < batches.size(); ++b) {
    progress.throwIfStopped();
    const Batch batch = drawer.batchOf(groups, batches[b]);
    const auto features = network.forward(batch);
    auto loss = torch::nn::functional::cross_entropy(network.logits(features), batch.label);
    if (options.tripletWeight > 0)
      loss = loss + options.tripletWeight * batchHardTriplets(features, batch.label, options.tripletMargin);
    adam.zero_grad();
    loss.backward();
    for (auto& group : adam.param_groups())
      static_cast<torch::optim::AdamOptions&>(group.options())
          .lr(rate(static_cast<double>(b) / static_cast<double>(batches.size())));
    adam.step();
    sum += loss.item<double>();
  }
  return sum / static_cast<double>(batches.size());
}

}  // namespace

AggregatorFit trainAggregator(const AggregatorData& data, const AggregatorOptions& options,
                              Progress& progress) {
  aggregatorFields().check(options);
  if (options.architecture == NetworkKind::Rnn && options.hidden < 1)
    failField("hidden", "0", "leaves a recurrent network without a state; give at least 1");
  networks::prepareCpu();
  const auto pieces = usablePieces(data);
  const Split split = splitOf(pieces, options);
  const Drawer drawer(data, options, pieces, split.train), held(data, options, pieces, split.held);
  const Measure measure(held, options.seed);
  Trained network(startOf(options, data.features.cols, drawer.scale()), drawer.centroids());
  torch::optim::Adam adam(network.parameters(),
                          torch::optim::AdamOptions(options.learningRate).weight_decay(options.weightDecay));
  AggregatorFit fit;
  fit.network = network.now();
  fit.identities = static_cast<int>(split.train.size());
  fit.heldOut = static_cast<int>(split.held.size());
  fit.epochs = options.epochs;
  fit.validationLoss = fit.meanLoss = measure.of(network);
  Rng counted(options.seed);
  const auto once = std::ssize(drawer.draw(counted, 1));
  const int times = static_cast<int>((kLeastBatches * options.batch + once - 1) / once);
  progress.start("training the aggregator", options.epochs);
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    Rng rng(mixSeed(mixSeed(options.seed, "groups"), static_cast<std::uint64_t>(epoch)));
    const auto groups = drawer.draw(rng, times);
    std::vector<int> labels;
    for (const auto& group : groups) labels.push_back(group.label);
    const auto batches = identityBatches(labels, options.perIdentity, options.batch, options.seed, epoch);
    fit.groups = std::ssize(groups);
    const double loss = trainEpoch(
        network, adam, drawer, groups, batches, options,
        [&](double part) {
          const double at = (epoch - 1 + part) / options.epochs;
          return options.learningRate * 0.5 * (1 + std::cos(std::numbers::pi * at));
        },
        progress);
    const double told = std::isfinite(loss) ? measure.of(network) : loss;
    if (!std::isfinite(loss) || (fit.heldOut > 0 && !std::isfinite(told)))
      fail("training diverged in epoch {}: the loss is not finite; lower the learning rate", epoch);
    progress.metric("train/loss", epoch, loss);
    if (fit.heldOut > 0) progress.metric("validation/loss", epoch, told);
    if (fit.heldOut == 0 || told < fit.validationLoss) {
      fit.network = network.now();
      fit.validationLoss = told;
      fit.bestEpoch = epoch;
    }
    progress.advance();
  }
  progress.finish();
  return fit;
}

void saveAggregator(const fs::path& file, const TrainedAggregator& aggregator,
                    const std::string& optionsJson) {
  aggregation::GroupNetwork network = aggregator.network;
  requireSound(network, file.string());
  networks::Safetensors contents;
  contents.metadata = {{"format", kAggregatorFormat},
                       {"kind", nameOf(network.kind)},
                       {"dims", std::to_string(network.dims)},
                       {"hidden", std::to_string(network.hidden)},
                       {"model", aggregator.model},
                       {"recipe", aggregator.recipe},
                       {"options", optionsJson}};
  contents.tensors["scale"] = torch::tensor({network.scale});
  for (const auto& part : aggregation::partsOf(network))
    contents.tensors[part.name] =
        torch::from_blob(part.values->data(), {part.rows, part.cols}, torch::kFloat32).clone();
  networks::saveSafetensors(file, contents);
}

}  // namespace discern::training

#include "core/training/joined.h"

#include <ATen/ops/batch_norm_compositeimplicitautograd_dispatch.h>
#include <torch/library.h>

#include <cmath>
#include <limits>

namespace discern::training {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;
using MaybeTensor = c10::optional<Tensor>;

// Of this thread: with whom it trains, and how many rows of a network's input are faces (the others fill up a
// batch that would be too small for a batch norm, and count for nothing).
struct Training {
  Ranks* ranks = nullptr;
  std::int64_t rows = 0;
};
thread_local Training training;

constexpr const char* kRanks = "ranks";

Ranks& ranksOf(AutogradContext* context) {
  return *reinterpret_cast<Ranks*>(context->saved_data[kRanks].toInt());
}

// Rows of each rank in the places of the plan; zero where a face could not be read.
struct JoinRows : torch::autograd::Function<JoinRows> {
  static Tensor forward(AutogradContext* context, const Tensor& own, std::int64_t ranks, std::int64_t begin,
                        std::int64_t planned, const Tensor& places) {
    context->saved_data[kRanks] = ranks;
    context->saved_data["begin"] = begin;
    context->saved_data["rows"] = own.size(0);
    context->save_for_backward({places});
    auto sizes = own.sizes().vec();
    sizes.front() = planned;
    auto all = torch::zeros(sizes, own.options());
    all.narrow(0, begin, own.size(0)).copy_(own);
    ranksOf(context).sum(all);
    context->saved_data["sizes"] = sizes;
    return all.index_select(0, places);
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto places = context->get_saved_variables().front();
    auto all = torch::zeros(context->saved_data["sizes"].toIntVector(), gradients.front().options());
    all.index_copy_(0, places, gradients.front());
    // Every rank has the same gradient of its share of the loss.
    const auto own = all.narrow(0, context->saved_data["begin"].toInt(), context->saved_data["rows"].toInt());
    return {own * ranksOf(context).count(), {}, {}, {}, {}};
  }
};

// Sums of one channel each, next to one another in double: of all ranks.
std::vector<Tensor> summed(Ranks& ranks, const std::vector<Tensor>& own) {
  std::vector<Tensor> flat;
  std::vector<std::int64_t> lengths;
  for (const auto& values : own) {
    flat.push_back(values.to(torch::kFloat64));
    lengths.push_back(values.numel());
  }
  auto all = torch::cat(flat);
  ranks.sum(all);
  return all.split_with_sizes(lengths);
}

// x: N x C x ..., of which `training.rows` count. y = (x - mean) / sqrt(var + eps) * weight + bias.
struct JoinedNorm : torch::autograd::Function<JoinedNorm> {
  static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias,
                        const Tensor& runningMean, const Tensor& runningVar, double momentum, double eps) {
    const auto rows = std::min(training.rows, x.size(0));
    const auto channels = x.size(1);
    const double own = static_cast<double>(rows) * static_cast<double>(x.numel() / x.size(0) / channels);
    const auto doubles = x.options().dtype(torch::kFloat64);
    auto sum = torch::zeros({channels}, doubles), squares = torch::zeros({channels}, doubles);
    if (rows > 0) {
      const auto [mean, var] = at::batch_norm_update_stats(x.narrow(0, 0, rows), {}, {}, 0);
      sum = mean.to(torch::kFloat64) * own;
      squares = var.to(torch::kFloat64) * own + sum * mean;
    }
    const auto all = summed(*training.ranks, {torch::full({1}, own, doubles), sum, squares});
    const double count = all[0].item<double>();
    const auto exactMean = all[1] / count;
    const auto exactVar = (all[2] / count - exactMean.square()).clamp_min(0);
    const auto mean = exactMean.to(weight.scalar_type()), var = exactVar.to(weight.scalar_type());
    if (runningMean.defined()) {
      runningMean.mul_(1 - momentum).add_(mean, momentum);
      runningVar.mul_(1 - momentum)
          .add_(exactVar.to(runningVar.scalar_type()), momentum * count / std::max(1.0, count - 1));
    }
    context->saved_data[kRanks] = reinterpret_cast<std::int64_t>(training.ranks);
    context->saved_data["rows"] = rows;
    context->saved_data["count"] = count;
    context->saved_data["eps"] = eps;
    context->save_for_backward({x, weight, mean, var});
    return std::get<0>(at::native_batch_norm(x, weight, bias, mean, var, false, 0, eps));
  }

  // dx = weight / deviation * (dy - mean of dy - xhat * mean of dy xhat), means over all ranks.
  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1], &mean = saved[2], &var = saved[3];
    const auto rows = context->saved_data["rows"].toInt();
    const double count = context->saved_data["count"].toDouble(), eps = context->saved_data["eps"].toDouble();
    auto dWeight = torch::zeros_like(weight), dBias = torch::zeros_like(weight);
    Tensor own;
    if (rows > 0)
      std::tie(own, dWeight, dBias) = at::native_batch_norm_backward(
          gradients.front().narrow(0, 0, rows).contiguous(), x.narrow(0, 0, rows), weight, mean, var, {}, {},
          false, eps, {true, true, true});
    const auto all = summed(ranksOf(context), {dWeight, dBias});
    auto dx = torch::zeros_like(x);
    if (rows > 0) {
      std::vector<std::int64_t> channel(static_cast<std::size_t>(x.dim()), 1);
      channel[1] = x.size(1);
      const auto spread = (var + eps).rsqrt().to(torch::kFloat64);
      const auto slope = weight * spread * spread * all[0] / count;
      const auto shift = weight * spread * all[1] / count - slope * mean;
      const auto like = [&](const Tensor& values) { return values.to(own.scalar_type()).view(channel); };
      dx.narrow(0, 0, rows).copy_(own - x.narrow(0, 0, rows) * like(slope) - like(shift));
    }
    return {dx, dWeight, dBias, {}, {}, {}, {}};
  }
};

// Instead of LibTorch's own, which is what it does outside of a training of several ranks.
Tensor batchNorm(const Tensor& x, const MaybeTensor& weight, const MaybeTensor& bias,
                 const MaybeTensor& runningMean, const MaybeTensor& runningVar, bool trains, double momentum,
                 double eps, bool cudnn) {
  if (!trains || training.ranks == nullptr)
    return at::compositeimplicitautograd::batch_norm(x, weight, bias, runningMean, runningVar, trains,
                                                     momentum, eps, cudnn);
  const auto given = [](const MaybeTensor& tensor) { return tensor.value_or(Tensor()); };
  auto scale = given(weight), offset = given(bias);
  const auto channels =
      x.options().dtype(x.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32);
  if (!scale.defined()) scale = torch::ones({x.size(1)}, channels);
  if (!offset.defined()) offset = torch::zeros({x.size(1)}, channels);
  return JoinedNorm::apply(x, scale, offset, given(runningMean), given(runningVar), momentum, eps);
}

// For the rest of the process; a network that has batch norms of whatever kind needs to know nothing of it.
void takeOverBatchNorms() {
  static const auto libraries = [] {
    std::vector<std::unique_ptr<torch::Library>> made;
    for (const auto key : {c10::DispatchKey::AutogradCPU, c10::DispatchKey::AutogradCUDA}) {
      made.push_back(std::make_unique<torch::Library>(torch::Library::IMPL, "aten", key, __FILE__, __LINE__));
      made.back()->impl("batch_norm", TORCH_FN(batchNorm));
    }
    return made;
  }();
  static_cast<void>(libraries);
}

}  // namespace

std::vector<std::int64_t> ownPart(const std::vector<std::int64_t>& all, const Ranks& ranks) {
  const auto part = portionOf(std::ssize(all), ranks.rank(), ranks.count());
  return {all.begin() + part.begin, all.begin() + part.end};
}

void joinParts(std::vector<float>& values, Ranks& ranks) {
  auto all = torch::zeros({2, std::ssize(values)});
  auto* value = all.data_ptr<float>();
  auto* known = value + values.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    value[i] = values[i];
    known[i] = 1;
  }
  ranks.sum(all);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = known[i] > 0 ? value[i] : std::numeric_limits<float>::quiet_NaN();
}

JoinedBatch::JoinedBatch(Ranks& ranks, const std::vector<std::int64_t>& planned, const FaceBatch& own,
                         bool stop)
    : ranks_(ranks),
      own_(own),
      part_(portionOf(std::ssize(planned), ranks.rank(), ranks.count())),
      planned_(std::ssize(planned)) {
  // For each place of the plan the face and 1, as it stands in the rows of outputs(); at the end who stops.
  auto told = torch::zeros({planned_ + 1}, torch::kInt64);
  auto* face = told.data_ptr<std::int64_t>();
  for (std::size_t k = 0; k < own.faces.size(); ++k)
    face[part_.begin + static_cast<std::int64_t>(k)] = own.faces[k] + 1;
  face[planned_] = stop ? 1 : 0;
  ranks.sum(told);
  stops_ = face[planned_] > 0;
  std::vector<std::int64_t> places;
  for (std::int64_t i = 0; i < planned_; ++i) {
    if (face[i] == 0) continue;
    faces_.push_back(face[i] - 1);
    places.push_back(i);
  }
  places_ = torch::tensor(places, torch::kInt64);
  std::size_t next = 0;
  for (const auto asked : planned) {
    if (next < faces_.size() && faces_[next] == asked)
      ++next;
    else
      unreadable_.push_back(asked);
  }
}

std::vector<Tensor> JoinedBatch::outputs(
    const std::function<std::vector<Tensor>(const FaceBatch& own)>& network) const {
  constexpr std::int64_t kLeast = 2;  // of which a batch norm takes statistics
  FaceBatch filled = own_;
  training.rows = std::ssize(own_.faces);
  if (const auto missing = kLeast - training.rows; missing > 0) {
    auto sizes = own_.images.sizes().vec();
    sizes.front() = missing;
    filled.images = torch::cat({own_.images, torch::zeros(sizes, own_.images.options())});
  }
  std::vector<Tensor> joined;
  for (const auto& rows : network(filled))
    joined.push_back(JoinRows::apply(rows.narrow(0, 0, std::ssize(own_.faces)),
                                     reinterpret_cast<std::int64_t>(&ranks_), part_.begin, planned_,
                                     places_.to(rows.device())));
  return joined;
}

JoinedNorms::JoinedNorms(Ranks& ranks) {
  takeOverBatchNorms();
  training.ranks = &ranks;
}
JoinedNorms::~JoinedNorms() { training = {}; }

}  // namespace discern::training

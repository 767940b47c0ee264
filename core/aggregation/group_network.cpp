#include "core/aggregation/group_network.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace discern::aggregation {
namespace {

constexpr std::int64_t kMostDims = 1 << 16, kMostHidden = 1 << 14;

using Vector = std::vector<float>;

// out += in' matrix, of in.size() rows: one row after the other, so that the sums of `out` are vectors.
void addProduct(const Vector& in, const Vector& matrix, Vector& out) {
  const std::size_t cols = out.size();
  for (std::size_t i = 0; i < in.size(); ++i) {
    const float factor = in[i];
    const float* row = matrix.data() + i * cols;
    for (std::size_t k = 0; k < cols; ++k) out[k] += factor * row[k];
  }
}

float sigmoid(float v) { return 1 / (1 + std::exp(-v)); }

// x_t: the feature as the base model gave it, whatever length the row has by now.
Vector inputOf(const GroupNetwork& network, const Group& group, std::size_t t) {
  const auto row = group.rows[t];
  const double factor = group.norms[t] / data::norm(row) / network.scale;
  Vector x(row.size());
  for (std::size_t j = 0; j < x.size(); ++j) x[j] = static_cast<float>(factor * row[j]);
  return x;
}

// The state after x.
void step(const GroupNetwork& network, const Vector& x, Vector& state) {
  const auto hidden = static_cast<std::size_t>(network.hidden);
  Vector in = network.inputBias, own = network.stateBias;
  addProduct(x, network.input, in);
  addProduct(state, network.state, own);
  for (std::size_t k = 0; k < hidden; ++k) {
    const float reset = sigmoid(in[k] + own[k]), update = sigmoid(in[hidden + k] + own[hidden + k]);
    const float fresh = std::tanh(in[2 * hidden + k] + reset * own[2 * hidden + k]);
    state[k] = (1 - update) * fresh + update * state[k];
  }
}

}  // namespace

double GroupNetwork::parameters() const {
  double count = 0;
  for (const Vector* part : {&input, &inputBias, &state, &stateBias, &output, &outputBias})
    count += static_cast<double>(part->size());
  return count;
}

double GroupNetwork::macs() const {
  // The outputs of a recurrent unit are averaged first, so its last product is one for the whole group.
  return static_cast<double>(input.size() + state.size()) +
         (kind == NetworkKind::Attention ? static_cast<double>(output.size()) : 0);
}

std::vector<NetworkPart> partsOf(GroupNetwork& network) {
  const auto d = network.dims, h = network.hidden;
  if (network.kind == NetworkKind::Rnn)
    return {{"input", &network.input, d, 3 * h}, {"input_bias", &network.inputBias, 1, 3 * h},
            {"state", &network.state, h, 3 * h}, {"state_bias", &network.stateBias, 1, 3 * h},
            {"output", &network.output, h, d},   {"output_bias", &network.outputBias, 1, d}};
  if (h == 0) return {{"output", &network.output, 1, d}};
  return {{"input", &network.input, d, h},
          {"input_bias", &network.inputBias, 1, h},
          {"output", &network.output, 1, h}};
}

void requireSound(GroupNetwork network, const std::string& where) {
  const std::int64_t least = network.kind == NetworkKind::Rnn ? 1 : 0;
  if (network.dims < 1 || network.dims > kMostDims || network.hidden < least || network.hidden > kMostHidden)
    fail("{}: features of {} numbers and a hidden layer of {} were found; 1 to {} and {} to {} were expected",
         where, network.dims, network.hidden, kMostDims, least, kMostHidden);
  if (!std::isfinite(network.scale) || network.scale <= 0)
    fail("{}: its scale is {}; a number above 0 was expected", where, network.scale);
  for (const NetworkPart& part : partsOf(network)) {
    if (std::ssize(*part.values) != part.rows * part.cols)
      fail("{}: \"{}\" holds {} numbers, {} were expected", where, part.name, part.values->size(),
           part.rows * part.cols);
    if (!std::ranges::all_of(*part.values, [](float v) { return std::isfinite(v); }))
      fail("{}: a number of \"{}\" is not finite; train it again", where, part.name);
  }
}

Method methodOf(NetworkKind kind) { return kind == NetworkKind::Rnn ? Method::Rnn : Method::Attention; }

const GroupNetwork& networkOf(const Options& options, std::int64_t dims) {
  if (!options.network || methodOf(options.network->kind) != options.method)
    fail("{} needs an aggregator that was trained; train one", toString(options.method));
  if (options.network->dims != dims)
    fail("the aggregator was trained on features of {} numbers, these have {}; train one on these",
         options.network->dims, dims);
  return *options.network;
}

std::vector<double> attentionOf(const GroupNetwork& network, const Group& group) {
  std::vector<double> attention;
  for (std::size_t t = 0; t < group.size; ++t) {
    Vector seen = inputOf(network, group, t);
    if (network.hidden > 0) {
      Vector layer = network.inputBias;
      addProduct(seen, network.input, layer);
      for (float& v : layer) v = std::tanh(v);
      seen = std::move(layer);
    }
    double sum = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) sum += static_cast<double>(network.output[k]) * seen[k];
    attention.push_back(sum);
  }
  return attention;
}

std::vector<double> readInOrder(const GroupNetwork& network, const Group& group) {
  const auto count = static_cast<float>(group.size);
  Vector state(static_cast<std::size_t>(network.hidden), 0.0F), mean = state;
  for (std::size_t t = 0; t < group.size; ++t) {
    step(network, inputOf(network, group, t), state);
    for (std::size_t k = 0; k < state.size(); ++k) mean[k] += state[k] / count;
  }
  Vector told = network.outputBias;
  addProduct(mean, network.output, told);
  std::vector<double> sum(told.begin(), told.end());
  for (std::size_t t = 0; t < group.size; ++t) {
    const double factor = 1 / (data::norm(group.rows[t]) * static_cast<double>(count));
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += factor * group.rows[t][j];
  }
  return sum;
}

}  // namespace discern::aggregation

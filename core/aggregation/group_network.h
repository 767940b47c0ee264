// Small networks that combine a group's features and were trained to do so, the rivals of DDL: attention (a
// query, as in Yang et al., NAN, 2017, or a hidden layer, as in Gao and Nevatia 2018) and a recurrent network
// (Gao and Nevatia). Made by training/aggregator.h; run here in plain loops, without LibTorch.
//
// x_t is the t-th feature as the base model gives it, divided by `scale`; u_t the same at length 1.
//   attention  e_t = output . tanh(input' x_t + inputBias), or output . x_t without a hidden layer;
//              weights softmax(e)
//   rnn        a gated recurrent unit (Cho et al. 2014, as LibTorch counts its gates: r, z, n) reads x_1,
//   x_2,
//              ... from a state of 0 on; mean_t(u_t + output' h_t + outputBias)
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/aggregation/methods.h"
#include "core/base/names.h"

namespace discern::aggregation {

enum class NetworkKind { Attention, Rnn };
inline const auto& namesOf(NetworkKind) {
  static constexpr std::array<Named<NetworkKind>, 2> kNames{
      {{NetworkKind::Attention, "attention", "Weights by a query, or a hidden layer, over each sample"},
       {NetworkKind::Rnn, "rnn",
        "A gated recurrent unit over the samples in their order, beside their mean"}}};
  return kNames;
}

struct GroupNetwork {
  NetworkKind kind = NetworkKind::Attention;
  std::int64_t dims = 0;    // D, of a feature
  std::int64_t hidden = 0;  // H; 0: attention by a query alone
  float scale = 1;
  // Row-major, a row for each number that comes in. attention: input D x H, inputBias H, output H (D without
  // a hidden layer); rnn: input D x 3H, inputBias 3H, state H x 3H, stateBias 3H, output H x D, outputBias D.
  std::vector<float> input, inputBias, state, stateBias, output, outputBias;

  double parameters() const;
  double macs() const;  // of one sample
};

// Each part with its name and its shape (rows 1: a vector), whatever its size is now.
struct NetworkPart {
  const char* name;
  std::vector<float>* values;
  std::int64_t rows, cols;
};
std::vector<NetworkPart> partsOf(GroupNetwork& network);
// Throws Error that begins with `where`: sizes that do not fit, or a number that is not finite.
void requireSound(GroupNetwork network, const std::string& where);

Method methodOf(NetworkKind kind);
// Throws Error: no network of the method's kind is in the options, or one of features of another length.
const GroupNetwork& networkOf(const Options& options, std::int64_t dims);

// e_t of each sample of the group: their softmax are the weights.
std::vector<double> attentionOf(const GroupNetwork& network, const Group& group);
// The group's feature, before it is brought to length 1.
std::vector<double> readInOrder(const GroupNetwork& network, const Group& group);

}  // namespace discern::aggregation

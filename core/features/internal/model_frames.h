// What goes between a program and the process that runs somebody else's model for it, over one socket: a
// request and its numbers, a reply and its numbers or its sentence, in turn. The first reply, to no request,
// says that the model is open. Lengths are checked by the reader before it takes memory.
#pragma once

#include <cstdint>

namespace discern::features {

struct ModelRequest {
  std::int64_t faces = 0;    // n x 3 x size x size float32 follow
  std::int64_t threads = 1;  // of ours, for this request
  std::int64_t counts = 0;   // not 0: no numbers follow, BaseModel::memory() of so many faces is asked for
};

struct ModelReply {
  std::int64_t bytes = 0;   // that follow: n x dims float32, or the sentence of an error
  std::int32_t failed = 0;  // an error
  std::int32_t dims = 0;
  std::int64_t notes = 0;  // bytes behind them: BaseModel::takeNotes(), a line each
  double macs = 0, parameters = 0;
  double weightBytes = 0, workspaceBytes = 0;  // of a request that counts
  double peakBytes = 0;  // of memory so far, beyond what the process took before it opened the model
};

constexpr std::int64_t kMostSentence = 4096;  // bytes
constexpr int kMostDims = 65'536;             // as of our own networks

}  // namespace discern::features

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <new>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/features/internal/blob_model.h"
#include "core/features/internal/confine.h"
#include "core/features/internal/model_frames.h"
#include "core/features/internal/model_probe.h"
#include "core/features/internal/onnx_model.h"
#include "core/features/internal/torch_models.h"
#include "core/features/model_host.h"
#include "core/onnx/read_graph.h"

namespace discern::features {
namespace {

constexpr int kChannel = 0;

// False: the other end is gone.
bool receive(void* out, std::size_t bytes) {
  char* at = static_cast<char*>(out);
  while (bytes > 0) {
    const auto got = ::recv(kChannel, at, bytes, 0);
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send(const void* data, std::size_t bytes) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const auto sent = ::send(kChannel, at, bytes, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += sent;
    bytes -= static_cast<std::size_t>(sent);
  }
  return true;
}

// A model in an endless loop does not see that nobody waits for it any more.
void endWithParent() {
  std::thread([parent = ::getppid()] {
    while (::getppid() == parent) std::this_thread::sleep_for(std::chrono::milliseconds(500));
    ::_exit(0);
  }).detach();
}

class Server {
 public:
  explicit Server(std::uint64_t before) : before_(before) {}

  bool answer(const std::function<data::Matrix()>& work) {
    ModelReply reply;
    memory_ = {};
    std::string problem;
    data::Matrix features;
    try {
      features = work();
      reply.dims = model_->dims();
      reply.macs = model_->macs();
      reply.parameters = model_->parameters();
      reply.weightBytes = memory_.weights;
      reply.workspaceBytes = memory_.workspace;
    } catch (const std::bad_alloc&) {
      problem = "needs more memory than it may take";
    } catch (const std::exception& e) {
      problem = e.what();
    }
    reply.failed = problem.empty() ? 0 : 1;
    problem.resize(std::min<std::size_t>(problem.size(), kMostSentence));
    const auto bytes = problem.empty() ? features.values.size() * sizeof(float) : problem.size();
    reply.bytes = static_cast<std::int64_t>(bytes);
    std::string notes;
    if (problem.empty())
      for (std::string note : model_->takeNotes()) {
        std::ranges::replace(note, '\n', ' ');
        notes += note + '\n';
      }
    notes.resize(std::min<std::size_t>(notes.size(), kMostSentence));
    reply.notes = static_cast<std::int64_t>(notes.size());
    const auto peak = memoryOf(::getpid(), "VmHWM:");
    reply.peakBytes = peak > before_ ? static_cast<double>(peak - before_) : 0;
    const void* data = problem.empty() ? static_cast<const void*>(features.values.data()) : problem.data();
    return send(&reply, sizeof reply) && send(data, bytes) && send(notes.data(), notes.size()) &&
           reply.failed == 0;
  }

  bool open(const std::string& file, const Recipe& recipe, Device device) {
    return answer([&] {
      if (readFile(file, 0, 2) == "PK") {
        model_ = openTorchScript(file, recipe, device);
        checkFeatures(file, *model_);
      } else {
        const std::string bytes = readFile(file);
        auto graph = onnx::readGraph(bytes);
        if (!graph) fail("{}: is no ONNX model any more; start again", file);
        model_ = openOnnx(file, bytes, std::move(*graph), recipe, device);
      }
      return data::Matrix();
    });
  }

  // False when there is nothing more to do.
  bool next() {
    ModelRequest request;
    if (!receive(&request, sizeof request)) return false;
    if (request.counts > 0) {
      setThreadCount(static_cast<int>(request.threads));
      return answer([&] {
        memory_ = model_->memory(request.counts);
        return data::Matrix();
      });
    }
    std::vector<float> blob(static_cast<std::size_t>(request.faces * 3 * model_->recipe().shape().pixels()));
    if (!receive(blob.data(), blob.size() * sizeof(float))) return false;
    setThreadCount(static_cast<int>(request.threads));
    return answer([&] { return model_->forward(blob, request.faces); });
  }

 private:
  std::uint64_t before_;
  RunMemory memory_;
  std::unique_ptr<BlobModel> model_;
};

}  // namespace

int serveModel(const std::vector<std::string>& arguments) {
  if (arguments.size() != 4) return 2;
  ::close_range(3, ~0U, 0);  // whatever the program that started this one had open
  endWithParent();
  const Device device = parseName<Device>(arguments[2], "device");
  const bool cuda = device == Device::Cuda;
  if (cuda) wakeDevice();
  Server server(memoryOf(::getpid(), "VmRSS:"));
  confine(std::strtoull(arguments[3].c_str(), nullptr, 10), cuda);
  if (!server.open(arguments[0], recipeFromJson(arguments[1]), device)) return 1;
  while (server.next()) {
  }
  return 0;
}

}  // namespace discern::features

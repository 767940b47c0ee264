#include "core/features/internal/hosted_model.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <sstream>
#include <utility>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/internal/blob_model.h"
#include "core/features/internal/confine.h"
#include "core/features/internal/model_frames.h"

namespace discern::features {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kGigabyte = std::uint64_t{1} << 30;
constexpr double kFacesASecondsWorth = 16;  // faces that take as long again as the first minute
constexpr int kLookEvery = 50;              // milliseconds

double fromEnvironment(const char* name, double usual) {
  const char* text = std::getenv(name);
  if (text == nullptr || *text == '\0') return usual;
  char* end = nullptr;
  const double value = std::strtod(text, &end);
  if (*end != '\0' || !(value > 0)) fail("{}={}: a positive number was expected", name, text);
  return value;
}

// Beside this program, whichever of ours that is.
std::string hostProgram() {
  std::error_code code;
  const fs::path here = fs::read_symlink("/proc/self/exe", code).parent_path();
  const fs::path program = here / "discern-model-host";
  if (!fs::exists(program, code))
    fail("{}: is missing, it runs models that others made; install or build it beside this program",
         program.string());
  return program.string();
}

std::string signalText(int number) {
  const char* name = ::sigdescr_np(number);
  return name == nullptr ? fmt::format("signal {}", number) : fmt::format("signal {}, {}", number, name);
}

class Process {
 public:
  Process(std::string file, const std::vector<fs::path>& weights, const Recipe& recipe, Device device)
      : file_(std::move(file)), seconds_(fromEnvironment("DISCERN_MODEL_SECONDS", 60)) {
    const auto own = static_cast<std::uint64_t>(fromEnvironment("DISCERN_MODEL_GIGABYTES", 2) * kGigabyte);
    bytes_ = own + 4 * fs::file_size(file_);
    for (const auto& beside : weights) bytes_ += 4 * fs::file_size(beside);
    if (device == Device::Cuda) bytes_ += 8 * kGigabyte;  // the driver's
    start(recipe, device);
  }
  ~Process() { end(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // `faces` images as numbers, of which each has to give `dims`; no image: waits until the model is open.
  ModelReply exchange(const std::vector<float>& blob, std::int64_t faces, int dims, std::vector<float>& out) {
    begin(faces);
    if (faces > 0) {
      const ModelRequest request{faces, threadCount()};
      send(&request, sizeof request);
      send(blob.data(), blob.size() * sizeof(float));
    }
    return receiveReply(faces, dims, out);
  }
  // What so many faces at once would take.
  RunMemory memory(std::int64_t faces) {
    begin(faces);
    const ModelRequest request{0, threadCount(), faces};
    send(&request, sizeof request);
    std::vector<float> nothing;
    const ModelReply reply = receiveReply(0, 0, nothing);
    return {reply.weightBytes, reply.workspaceBytes};
  }

  std::vector<std::string> takeNotes() { return std::exchange(notes_, {}); }

 private:
  void begin(std::int64_t faces) {
    if (process_ < 0) fail("{}: its process has ended", file_);
    budget_ = seconds_ * (1 + static_cast<double>(faces) / kFacesASecondsWorth);
    begun_ = Clock::now();
    computedBefore_ = computed();
  }
  ModelReply receiveReply(std::int64_t faces, int dims, std::vector<float>& out) {
    ModelReply reply;
    receive(&reply, sizeof reply);
    const auto most = reply.failed != 0 ? kMostSentence : faces * reply.dims * std::int64_t{sizeof(float)};
    if (reply.bytes < 0 || reply.dims < 0 || reply.dims > kMostDims || reply.bytes > most ||
        (reply.failed == 0 && (reply.bytes != most || (faces > 0 && reply.dims != dims))) ||
        reply.notes < 0 || reply.notes > kMostSentence)
      stop("its process answered with what is no answer");
    if (reply.failed != 0) {
      const std::string problem = receiveText(static_cast<std::size_t>(reply.bytes), false);
      end();
      throw Error(isAboutMemory(problem) ? memorySentence() : problem);
    }
    out.resize(static_cast<std::size_t>(reply.bytes) / sizeof(float));
    receive(out.data(), static_cast<std::size_t>(reply.bytes));
    if (reply.notes > 0) readNotes(static_cast<std::size_t>(reply.notes));
    return reply;
  }
  // What the process says goes to a terminal: no control character does.
  std::string receiveText(std::size_t bytes, bool lines) {
    std::string text(bytes, '\0');
    receive(text.data(), text.size());
    std::ranges::replace_if(
        text, [&](char c) { return static_cast<unsigned char>(c) < 32 && !(lines && c == '\n'); }, ' ');
    return text;
  }
  void readNotes(std::size_t bytes) {
    std::istringstream lines(receiveText(bytes, true));
    for (std::string line; std::getline(lines, line);) notes_.push_back(line);
  }

  void start(const Recipe& recipe, Device device) {
    const std::string program = hostProgram();
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
      fail("{}: no socket for its process ({})", file_, std::strerror(errno));
    std::array<std::string, 5> arguments = {program, file_, toJson(recipe), nameOf(device),
                                            std::to_string(bytes_ + kReserve * threadCount())};
    std::array<char*, 6> argv{};
    std::ranges::transform(arguments, argv.begin(), [](std::string& text) { return text.data(); });
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    // A session of its own: Ctrl-C is for the program, which ends at its own place, and there is no terminal.
    ::posix_spawnattr_setflags(&attributes,
                               POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    const int error = ::posix_spawn(&process_, program.c_str(), &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    channel_ = ends[0];
    if (error != 0) {
      process_ = -1;
      end();
      fail("{}: cannot be started ({})", program, std::strerror(error));
    }
  }

  void end() {
    if (channel_ >= 0) ::close(channel_);
    channel_ = -1;
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    process_ = -1;
  }
  template <typename... Args>
  [[noreturn]] void stop(fmt::format_string<Args...> format, Args&&... args) {
    end();
    fail("{}: {}", file_, fmt::format(format, std::forward<Args>(args)...));
  }

  double computed() const {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }
  static bool isAboutMemory(const std::string& problem) {
    return problem.find("memory") != std::string::npos || problem.find("bad_alloc") != std::string::npos ||
           problem.find("to allocate") != std::string::npos;
  }
  std::string memorySentence() const {
    return fmt::format(
        "{}: the model needs more than the {:.1f} GB of memory that it may take; if it is meant to, "
        "DISCERN_MODEL_GIGABYTES in the environment allows more",
        file_, static_cast<double>(bytes_) / static_cast<double>(kGigabyte));
  }

  // Its own computing counts, not the time: a busy machine is no fault of the model. The time does only where
  // it waits for something that never comes.
  void check() {
    const double waited = std::chrono::duration<double>(Clock::now() - begun_).count();
    if (computed() - computedBefore_ > budget_ || waited > 20 * budget_)
      stop(
          "the model computed for {:.0f} seconds without an answer and was stopped; if it is meant to, "
          "DISCERN_MODEL_SECONDS in the environment allows more",
          budget_);
    if (memoryOf(process_, "RssAnon:") > bytes_) {
      const auto sentence = memorySentence();
      end();
      throw Error(sentence);
    }
  }

  [[noreturn]] void died() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    if (WIFSIGNALED(status))
      stop("the process that ran the model was ended by {}; the file is damaged, or meant to do harm",
           signalText(WTERMSIG(status)));
    stop("the process that ran the model ended with status {}; run again", WEXITSTATUS(status));
  }

  void await(short event) {
    pollfd one{channel_, event, 0};
    while (::poll(&one, 1, kLookEvery) <= 0) check();
  }
  void send(const void* data, std::size_t bytes) {
    const char* at = static_cast<const char*>(data);
    while (bytes > 0) {
      await(POLLOUT);
      const auto sent = ::send(channel_, at, bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (sent <= 0) died();
      at += sent;
      bytes -= static_cast<std::size_t>(sent);
    }
  }
  void receive(void* out, std::size_t bytes) {
    char* at = static_cast<char*>(out);
    while (bytes > 0) {
      await(POLLIN);
      const auto got = ::recv(channel_, at, bytes, MSG_DONTWAIT);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (got <= 0) died();
      at += got;
      bytes -= static_cast<std::size_t>(got);
    }
  }

  // Addresses that a thread reserves and does not use: its stack and an arena of the allocator.
  static constexpr std::uint64_t kReserve = std::uint64_t{200} << 20;

  std::string file_;
  std::vector<std::string> notes_;
  double seconds_, budget_ = 0, computedBefore_ = 0;
  std::uint64_t bytes_ = 0;
  Clock::time_point begun_{};
  pid_t process_ = -1;
  int channel_ = -1;
};

class HostedModel final : public BlobModel {
 public:
  HostedModel(const std::string& file, const std::vector<fs::path>& weights, const Recipe& recipe,
              Device device)
      : BlobModel(recipe), process_(file, weights, recipe, device) {
    std::vector<float> nothing;
    opened_ = process_.exchange({}, 0, 0, nothing);
  }

  int dims() const override { return opened_.dims; }
  double macs() const override { return opened_.macs; }
  double parameters() const override { return opened_.parameters; }
  double bytesElsewhere() const override { return peakBytes_; }
  RunMemory memory(std::int64_t faces) override {
    const std::lock_guard lock(mutex_);
    return process_.memory(faces);
  }
  std::vector<std::string> takeNotes() override {
    const std::lock_guard lock(mutex_);
    return process_.takeNotes();
  }

  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    const std::lock_guard lock(mutex_);
    data::Matrix features(n, dims());
    std::vector<float> values;
    peakBytes_ = process_.exchange(blob, n, dims(), values).peakBytes;
    std::ranges::copy(values, features.values.begin());
    return features;
  }

 private:
  std::mutex mutex_;
  Process process_;
  ModelReply opened_;
  double peakBytes_ = 0;
};

}  // namespace

std::unique_ptr<BaseModel> openHosted(const std::string& file, const std::vector<fs::path>& weights,
                                      const Recipe& recipe, Device device) {
  return std::make_unique<HostedModel>(file, weights, recipe, device);
}

}  // namespace discern::features

#include "core/training/ranks.h"

#include "core/base/error.h"
#include "core/base/rng.h"

#ifdef DISCERN_GLOO

#include <c10/core/impl/VirtualGuardImpl.h>
#include <fmt/ranges.h>
#include <netdb.h>
#include <sys/socket.h>
#include <torch/cuda.h>
#include <unistd.h>

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef DISCERN_NCCL
#include <ATen/cuda/CUDAContext.h>

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace discern::training {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLook{20};       // between two looks at the store
constexpr milliseconds kStep{1800000};  // that the slowest rank may take to a step
constexpr milliseconds kReady{30000};   // that one which came may take to find that all have
// Between two signs of life; without one for so long a rank is gone; rank 0, who keeps the store, stays at
// most so long for those who live to read why it leaves.
constexpr milliseconds kBeat{400}, kProof{2500}, kStay{60000};

std::vector<std::uint8_t> bytesOf(const std::string& text) { return {text.begin(), text.end()}; }

std::string keyOf(const char* what, int number) { return fmt::format("{}/{}", what, number); }

// The first line of what LibTorch says; the others list its own functions.
std::string firstLine(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

std::shared_ptr<gloo::transport::Device> deviceTo(const std::string& address) {
  using c10d::ProcessGroupGloo;
  if (const char* interface = std::getenv("GLOO_SOCKET_IFNAME"); interface != nullptr && *interface != '\0')
    return ProcessGroupGloo::createDeviceForInterface(interface);
  const bool stays = address.starts_with("127.") || address == "localhost" || address == "::1";
  return stays ? ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
               : ProcessGroupGloo::createDefaultDevice();
}

}  // namespace

struct Ranks::Group {
  c10::intrusive_ptr<c10d::TCPStore> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> gloo;
#ifdef DISCERN_NCCL
  c10::intrusive_ptr<c10d::ProcessGroupNCCL> nccl;
#endif
  int turns = 0;
  bool hasLeft = false;
  std::jthread beating;  // last: it uses the store

  void set(const std::string& key, const std::string& value) { store->set(key, bytesOf(value)); }
  bool has(const std::string& key) { return store->check({key}); }
  std::string get(const std::string& key) {
    const auto value = store->get(key);
    return {value.begin(), value.end()};
  }
  // Looks until `done` says so or the time is over; whether it did.
  template <class Done>
  bool waitUntil(Clock::time_point end, Done done) {
    while (!done()) {
      if (Clock::now() >= end) return false;
      std::this_thread::sleep_for(kLook);
    }
    return true;
  }
  // Says that this rank is there, however long its own step takes.
  void beat(int rank) {
    beating = std::jthread([this, rank](const std::stop_token& stop) {
      std::mutex mutex;
      std::condition_variable_any waking;
      std::unique_lock lock(mutex);
      try {
        while (!stop.stop_requested()) {
          store->add(keyOf("beat", rank), 1);
          waking.wait_for(lock, stop, kBeat, [] { return false; });
        }
      } catch (const std::exception&) {  // rank 0 is gone, which the next step finds out
      }
    });
  }
  std::int64_t beats(int rank) { return store->add(keyOf("beat", rank), 0); }
  // Rank 0 stays until the others that came, but for those that are gone, have read why.
  void letRead(int ranks) {
    struct Sign {
      std::int64_t beats = -1;
      Clock::time_point at;
    };
    std::vector<Sign> signs(static_cast<std::size_t>(ranks));
    waitUntil(Clock::now() + kStay, [&] {
      for (int k = 1; k < ranks; ++k) {
        if (!has(keyOf("here", k)) || has(keyOf("read", k)) || has(keyOf("ended", k))) continue;
        Sign& sign = signs[static_cast<std::size_t>(k)];
        if (const auto now = beats(k); now != sign.beats) sign = {now, Clock::now()};
        if (Clock::now() - sign.at < kProof) return false;
      }
      return true;
    });
  }
};

namespace {

// What is asked of addresses before c10d is, which tells the terminal of every failure.
struct Addresses {
  addrinfo* first = nullptr;
  Addresses(const char* host, int port, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    if (::getaddrinfo(host, std::to_string(port).c_str(), &hints, &first) != 0) first = nullptr;
  }
  ~Addresses() {
    if (first != nullptr) ::freeaddrinfo(first);
  }
  Addresses(const Addresses&) = delete;
  Addresses& operator=(const Addresses&) = delete;
  // Whether `work` on a socket of one of them succeeds.
  template <class Work>
  bool any(Work work) const {
    for (const auto* one = first; one != nullptr; one = one->ai_next) {
      const int socket = ::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol);
      const bool works = socket >= 0 && work(socket, *one);
      if (socket >= 0) ::close(socket);
      if (works) return true;
    }
    return false;
  }
};

bool isListening(const std::string& host, int port) {
  return Addresses(host.c_str(), port, 0).any([](int socket, const addrinfo& at) {
    return ::connect(socket, at.ai_addr, at.ai_addrlen) == 0;
  });
}

bool isFree(int port) {
  return Addresses(nullptr, port, AI_PASSIVE).any([](int socket, const addrinfo& at) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return ::bind(socket, at.ai_addr, at.ai_addrlen) == 0 && ::listen(socket, 1) == 0;
  });
}

// The store at rank 0, who keeps it.
c10::intrusive_ptr<c10d::TCPStore> openStore(const Place& place, const std::stop_token& stop,
                                             Clock::time_point end) {
  c10d::TCPStoreOptions options;
  options.port = static_cast<std::uint16_t>(place.port);
  options.isServer = place.isFirst();
  options.waitWorkers = false;
  options.timeout = milliseconds(10000);
  while (true) {
    if (stop.stop_requested()) throw Cancelled();
    try {
      if (place.isFirst() ? isFree(place.port) : isListening(place.address, place.port))
        return c10::make_intrusive<c10d::TCPStore>(place.address, options);
    } catch (const std::exception&) {  // taken, or gone again, in between
    }
    if (place.isFirst())
      fail(
          "port {} (MASTER_PORT) is refused to rank 0: another program has it, or it is reserved; choose "
          "another, such as {}",
          place.port, place.port == 29500 ? 29555 : 29500);
    if (Clock::now() >= end)
      fail(
          "rank {} of {} found no rank 0 at {}:{} (MASTER_ADDR, MASTER_PORT); start rank 0, with the same "
          "two variables",
          place.rank, place.ranks, place.address, place.port);
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace

Ranks::Ranks(const Place& place, std::stop_token stop, double seconds)
    : place_(place), stop_(std::move(stop)), group_(std::make_unique<Group>()) {
  const auto end = Clock::now() + milliseconds(static_cast<std::int64_t>(1000 * seconds));
  auto& group = *group_;
  group.store = openStore(place, stop_, end);
  try {
    group.store->setTimeout(kStep);
    if (isFirst()) group.set("count", std::to_string(count()));
    if (group.store->add(keyOf("here", rank()), 1) > 1) {
      group.hasLeft = true;  // the other one may stay
      fail("two processes say that they are rank {} of {}; give each a RANK of its own", rank(), count());
    }
    if (const auto missing = absent("here", end); !missing.empty())
      fail("rank {} of {} did not come to {}:{} within {:.0f} s; start all of them", fmt::join(missing, ", "),
           count(), place.address, place.port, seconds);
    group.set(keyOf("ready", rank()), "");  // nothing wakes who waits inside of Gloo
    if (const auto missing = absent("ready", Clock::now() + kReady); !missing.empty())
      fail("rank {} of {} came to {}:{} and is gone without a word; start all ranks again",
           fmt::join(missing, ", "), count(), place.address, place.port);
    const auto options = c10d::ProcessGroupGloo::Options::create(kStep);
    options->devices.push_back(deviceTo(place.address));
    group.gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(
        c10::make_intrusive<c10d::PrefixStore>("gloo", group.store), rank(), count(), options);
    group.beat(rank());
  } catch (const Error& error) {
    leave(error.what());
    throw;
  } catch (const Cancelled&) {
    leave("");
    throw;
  } catch (const std::exception& error) {
    leave(firstLine(error));
    fail("rank {} of {} could not be joined with the others at {}:{}: {}", rank(), count(), place.address,
         place.port, firstLine(error));
  }
}

Ranks::~Ranks() = default;

std::vector<int> Ranks::absent(const char* what, std::chrono::steady_clock::time_point end) {
  auto& group = *group_;
  std::vector<int> missing;
  bool isCounted = false;
  group.waitUntil(end, [&] {
    if (stop_.stop_requested()) throw Cancelled();
    if (!isCounted && group.has("count")) {
      isCounted = true;
      if (const auto counted = group.get("count"); counted != std::to_string(count()))
        fail("rank {} was told of {} processes, and rank 0 of {}; give all the same WORLD_SIZE", rank(),
             count(), counted);
    }
    missing.clear();
    for (int k = 0; k < count(); ++k) {
      if (k != rank() && group.has(keyOf("ended", k))) {
        group.hasLeft = true;  // it has said why
        const std::string reason = group.get(keyOf("ended", k));
        if (isFirst())
          group.letRead(count());
        else
          group.set(keyOf("read", rank()), "");
        if (reason.empty()) throw Cancelled();
        fail("rank {} of {} ended: {}", k, count(), reason);
      }
      if (!group.has(keyOf(what, k))) missing.push_back(k);
    }
    return missing.empty();
  });
  return missing;
}

torch::Device Ranks::own(torch::Device device) const {
  if (!device.is_cuda()) return device;
  const auto gpus = static_cast<int>(torch::cuda::device_count());
  const torch::Device own(torch::kCUDA, static_cast<torch::DeviceIndex>(place_.local % std::max(1, gpus)));
  c10::impl::VirtualGuardImpl(own.type()).setDevice(own);
  return own;
}

#ifdef DISCERN_NCCL
namespace {

// NCCL refuses two ranks on one GPU in words of its own. By the bus, since each process may see its own GPU
// as the first.
void requireOwnGpu(Ranks& ranks, const torch::Tensor& values) {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  const auto* gpu = at::cuda::getDeviceProperties(values.device().index());
  auto all = torch::zeros({ranks.count()}, torch::kInt64);
  all[ranks.rank()] = static_cast<std::int64_t>(
      mixSeed(0, fmt::format("{} {} {} {}", host, gpu->pciDomainID, gpu->pciBusID, gpu->pciDeviceID)));
  ranks.sum(all);
  const auto* gpus = all.data_ptr<std::int64_t>();
  for (int k = 1; k < ranks.count(); ++k)
    if (const auto other = std::find(gpus, gpus + k, gpus[k]); other != gpus + k)
      fail(
          "rank {} and rank {} have the same GPU of one machine; give each process of a machine a LOCAL_RANK "
          "of its own, and start no more of them there than it has GPUs",
          other - gpus, k);
}

}  // namespace
#endif

void Ranks::sum(torch::Tensor& values) {
  torch::NoGradGuard guard;
#ifdef DISCERN_NCCL
  if (values.is_cuda() && !group_->nccl) requireOwnGpu(*this, values);
#endif
  try {
#ifdef DISCERN_NCCL
    if (values.is_cuda()) {
      if (!group_->nccl)
        group_->nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(
            c10::make_intrusive<c10d::PrefixStore>("nccl", group_->store), rank(), count());
      std::vector<torch::Tensor> onGpu = {values};
      group_->nccl->allreduce(onGpu)->wait();
      return;
    }
#endif
    std::vector<torch::Tensor> list = {values.to(torch::kCPU).contiguous()};
    group_->gloo->allreduce(list)->wait();
    if (!list.front().is_same(values)) values.copy_(list.front());
  } catch (const std::exception& error) {
    explain(firstLine(error));
  }
}

void Ranks::leave(const std::string& reason) noexcept {
  if (std::exchange(group_->hasLeft, true)) return;
  try {
    group_->set(keyOf("ended", rank()), reason);
    group_->gloo.reset();  // who waits for this one wakes up
    if (isFirst()) group_->letRead(count());
  } catch (const std::exception&) {  // rank 0 is gone: there is nobody to tell
  }
}

// A connection broke, or the others took too long: who of them is it?
void Ranks::explain(const std::string& what) {
  group_->hasLeft = true;
  auto& group = *group_;
  std::string reason;
  int who = -1;
  std::vector<int> silent;
  try {
    group.gloo.reset();  // so that those who wait for this one find out as well
    std::vector<std::int64_t> beats;
    for (int k = 0; k < count(); ++k) beats.push_back(group.beats(k));
    group.waitUntil(Clock::now() + kProof, [&] {
      silent.clear();
      for (int k = 0; k < count() && who < 0; ++k) {
        if (k == rank()) continue;
        if (group.has(keyOf("ended", k))) {
          who = k;
          reason = group.get(keyOf("ended", k));
        } else if (group.beats(k) == beats[static_cast<std::size_t>(k)]) {
          silent.push_back(k);
        }
      }
      return who >= 0 || silent.empty();
    });
    if (isFirst())
      group.letRead(count());
    else
      group.set(keyOf("read", rank()), "");
  } catch (const std::exception&) {
    if (who < 0) silent = {0};
  }
  if (who >= 0 && reason.empty()) throw Cancelled();
  if (who >= 0) fail("rank {} of {} ended: {}", who, count(), reason);
  if (!silent.empty())
    fail(
        "rank {} of {} is gone without a word, and with it the training; start all ranks again, which goes "
        "on from what was stored last",
        fmt::join(silent, ", "), count());
  fail(
      "the connection of rank {} to the other ranks broke ({}); start all ranks again, which goes on from "
      "what was stored last",
      rank(), what);
}

void Ranks::awaitFirst() {
  auto& group = *group_;
  const auto key = keyOf("turn", group.turns++);
  bool ended = false;
  try {
    while (!ended && !group.has(key)) {
      if (stop_.stop_requested()) throw Cancelled();
      std::this_thread::sleep_for(kLook);
      ended = group.has(keyOf("ended", 0));
    }
  } catch (const Cancelled&) {
    throw;
  } catch (const std::exception& error) {
    explain(firstLine(error));
  }
  if (ended) explain("");
}

void Ranks::tellFirst() {
  try {
    group_->set(keyOf("turn", group_->turns++), "");
  } catch (const std::exception& error) {
    explain(firstLine(error));
  }
}

}  // namespace discern::training

#else  // LibTorch without c10d, or without Gloo's headers

namespace discern::training {

struct Ranks::Group {};

Ranks::Ranks(const Place& place, std::stop_token stop, double) : place_(place), stop_(std::move(stop)) {
  fail(
      "this build trains on one device alone, and {} processes were started: build it where LibTorch has "
      "c10d and Gloo's headers are (Debian: libgloo-dev), or start one",
      place_.ranks);
}
Ranks::~Ranks() = default;
torch::Device Ranks::own(torch::Device device) const { return device; }
std::vector<int> Ranks::absent(const char*, std::chrono::steady_clock::time_point) { return {}; }
void Ranks::sum(torch::Tensor&) {}
void Ranks::leave(const std::string&) noexcept {}
void Ranks::explain(const std::string& what) { fail("{}", what); }
void Ranks::awaitFirst() {}
void Ranks::tellFirst() {}

}  // namespace discern::training

#endif

namespace discern::training {

void Ranks::fromFirst(torch::Tensor& values) {
  torch::NoGradGuard guard;
  if (!isFirst()) values.zero_();
  sum(values);
}

bool Ranks::fromFirst(bool value) {
  auto told = torch::full({1}, value ? 1 : 0, torch::kInt64);
  fromFirst(told);
  return told.item<std::int64_t>() != 0;
}

void Ranks::inTurn(const std::function<void()>& work) {
  if (!isFirst()) awaitFirst();
  work();
  if (isFirst()) tellFirst();
}

void Ranks::meet() { fromFirst(true); }

void Ranks::agree(const std::string& what, const std::string& text) {
  const auto mine = static_cast<std::int64_t>(mixSeed(0, text));
  auto first = torch::full({1}, mine, torch::kInt64);
  fromFirst(first);
  auto differs = torch::zeros({count()}, torch::kInt64);
  if (first.item<std::int64_t>() != mine) differs[rank()] = 1;
  sum(differs);
  for (int k = 0; k < count(); ++k)
    if (differs[k].item<std::int64_t>() != 0)
      fail("rank {} has other {} than rank 0; start all ranks by the same command, on the same project", k,
           what);
}

}  // namespace discern::training

// How fast frames of a video come: video_benchmark FILE. packaging/measure_video.sh runs it beside FFmpeg's
// own.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/imaging/video.h"

namespace {

using namespace discern;

double secondsOf(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double megabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void measure(const char* file) {
  imaging::VideoInfo video;
  const double probed = secondsOf([&] { video = imaging::probeVideo(file); });
  fmt::print("{:.1f} s, {} frames of {} x {}, {:.3f} a second; looked at in {:.3f} s\n", video.seconds,
             video.frames, video.width, video.height, video.rate, probed);
  const auto forward = [&](double rate, const char* name) {
    const auto count = static_cast<std::int64_t>(video.seconds * rate);
    const auto before = imaging::decodedFrames();
    const double seconds = secondsOf([&] {
      for (std::int64_t i = 0; i < count; ++i) {
        const double time = static_cast<double>(i) / rate;
        imaging::framesAt(file, {&time, 1});
      }
    });
    const auto decoded = static_cast<double>(imaging::decodedFrames() - before);
    fmt::print("{}: {} frames in {:.1f} s, {:.0f} a second decoded ({:.0f} decoded in all)\n", name, count,
               seconds, decoded / seconds, decoded);
  };
  forward(video.rate, "every frame");
  forward(2, "two a second");
  constexpr int kJumps = 200;
  Rng rng(1);
  const double jumps = secondsOf([&] {
    for (int i = 0; i < kJumps; ++i) {
      const double time = rng.uniform(0, video.seconds - 1);
      imaging::framesAt(file, {&time, 1});
    }
  });
  fmt::print("a jump to anywhere: {:.1f} ms\npeak memory: {:.0f} MB\n", 1000 * jumps / kJumps, megabytes());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("video_benchmark FILE\n", stderr);
    return 2;
  }
  try {
    measure(argv[1]);
  } catch (const Error& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 1;
  }
  return 0;
}

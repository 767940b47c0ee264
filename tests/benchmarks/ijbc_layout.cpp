// Writes a set in exactly IJB-C's layout, for timing what reads and compares it: 3,531 people, 469,375 images
// in 23,124 templates, 19,557 genuine and 15,638,932 impostor pairs, made-up features of 512 dimensions.
//
//   build/release/bin/ijbc_layout FOLDER    ->  ijbc.csv pairs.csv features.npy
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/rng.h"
#include "core/data/npy.h"

namespace {
using namespace discern;

constexpr int kPeople = 3531, kTemplates = 23124, kImages = 469375, kDims = 512;
constexpr int kGenuine = 19557, kImpostor = 15638932;

// Images of each template: at least one, most of few, some of hundreds (frames of videos).
std::vector<int> sizes(Rng& rng) {
  std::vector<double> weight;
  double sum = 0;
  for (int t = 0; t < kTemplates; ++t) {
    weight.push_back(std::exp(1.5 * rng.normal()));
    sum += weight.back();
  }
  std::vector<int> size;
  int left = kImages;
  for (int t = 0; t < kTemplates; ++t) {
    size.push_back(1 + static_cast<int>(weight[static_cast<std::size_t>(t)] / sum * (kImages - kTemplates)));
    left -= size.back();
  }
  for (int t = 0; left > 0; ++t, --left) ++size[static_cast<std::size_t>(t % kTemplates)];
  return size;
}

struct File {
  explicit File(const std::filesystem::path& path) : file(std::fopen(path.c_str(), "w")) {}
  ~File() { std::fclose(file); }
  std::FILE* file;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: ijbc_layout FOLDER\n"), 2;
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  Rng rng(1);
  const auto size = sizes(rng);
  data::MappedNpy features = data::MappedNpy::create(folder / "features.npy", kImages, kDims);
  File table(folder / "ijbc.csv");
  std::fprintf(table.file, "template,identity,path,media\n");
  std::vector<std::vector<int>> templatesOf(kPeople);
  std::int64_t image = 0;
  for (int t = 0; t < kTemplates; ++t) {
    const int who = t % kPeople;
    templatesOf[static_cast<std::size_t>(who)].push_back(t);
    std::vector<float> person;
    Rng own(mixSeed(2, static_cast<std::uint64_t>(who)));
    for (int d = 0; d < kDims; ++d) person.push_back(static_cast<float>(own.normal()));
    for (int k = 0; k < size[static_cast<std::size_t>(t)]; ++k, ++image) {
      std::fprintf(table.file, "%d,%d,img/%lld.jpg,%d\n", t, who, static_cast<long long>(image),
                   8 * t + k / 8);
      Rng noise(mixSeed(3, static_cast<std::uint64_t>(image)));
      auto row = features.row(image);
      for (std::size_t d = 0; d < kDims; d += 2) {  // uniform noise, cheaper than normal
        const std::uint64_t bits = noise.next();
        row[d] = person[d] + 6 * (static_cast<float>(bits & 0xFFFF) / 65536 - 0.5F);
        row[d + 1] = person[d + 1] + 6 * (static_cast<float>(bits >> 48) / 65536 - 0.5F);
      }
    }
  }
  features.flush();
  File pairs(folder / "pairs.csv");
  std::fprintf(pairs.file, "a,b,genuine\n");
  const auto any = [&](const std::vector<int>& of) {
    return of[static_cast<std::size_t>(rng.below(std::ssize(of)))];
  };
  for (int i = 0; i < kGenuine; ++i) {
    const auto& own = templatesOf[static_cast<std::size_t>(rng.below(kPeople))];
    const int a = any(own);
    int b = a;
    while (b == a) b = any(own);
    std::fprintf(pairs.file, "%d,%d,1\n", a, b);
  }
  for (int i = 0; i < kImpostor; ++i) {
    const auto a = static_cast<int>(rng.below(kTemplates));
    int b = a;
    while (b % kPeople == a % kPeople) b = static_cast<int>(rng.below(kTemplates));
    std::fprintf(pairs.file, "%d,%d,0\n", a, b);
  }
  return 0;
}

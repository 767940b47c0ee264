#include "core/results/explained.h"

#include <fmt/format.h>

#include "core/base/described.h"
#include "core/base/files.h"

namespace discern::results {
namespace fs = std::filesystem;

fs::path explainedFile(const fs::path& project, const std::string& network, int sample) {
  return project / "explained" / network / fmt::format("{}.json", sample);
}

fs::path explainedMap(const fs::path& project, const std::string& network, int sample, SaliencyMap map) {
  return project / "explained" / network /
         fmt::format("{}-{}.npy", sample, map == SaliencyMap::Occlusion ? "occlusion" : "gradient");
}

std::string hexadecimal(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

std::optional<Explained> readExplained(const fs::path& project, const std::string& network, int sample,
                                       std::uint64_t networkHash, std::uint64_t imageHash) {
  const auto file = explainedFile(project, network, sample);
  if (std::error_code none; !fs::exists(file, none)) return std::nullopt;
  try {
    auto told = fromJsonText<Explained>(readFile(file), file.string());
    if (told.network == hexadecimal(networkHash) && told.image == hexadecimal(imageHash)) return told;
  } catch (const Error&) {  // half of it is gone: it is made again
  }
  return std::nullopt;
}

}  // namespace discern::results

#include "core/training/place.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "core/base/error.h"

namespace discern::training {
namespace {

using Variable = std::function<const char*(const char* name)>;

constexpr int kMostRanks = 65536;

bool isSet(const Variable& variable, const char* name) {
  const char* text = variable(name);
  return text != nullptr && *text != '\0';
}

int numberOf(const Variable& variable, const char* name, int least, int most) {
  const char* text = variable(name);
  if (text == nullptr || *text == '\0')
    fail("{} is not set; start all processes with torchrun or srun, or set it to {} to {}", name, least,
         most);
  int value = 0;
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  if (error != std::errc() || stop != end || value < least || value > most)
    fail("{} is '{}', a number from {} to {} was expected", name, text, least, most);
  return value;
}

int numberOr(const Variable& variable, const char* name, int otherwise, int least, int most) {
  return isSet(variable, name) ? numberOf(variable, name, least, most) : otherwise;
}

// How many processes are on this machine; 1: not known. Only threads are shared by it. SLURM tells it of the
// allocation, of which a step may be a part.
int localRanks(const Variable& variable, bool isSlurm, int ranks) {
  if (!isSlurm) return numberOr(variable, "LOCAL_WORLD_SIZE", 1, 1, ranks);
  constexpr const char *kPerNode = "SLURM_NTASKS_PER_NODE", *kTasks = "SLURM_TASKS_PER_NODE";
  if (isSet(variable, kPerNode) || !isSet(variable, kTasks))
    return std::min(ranks, numberOr(variable, kPerNode, 1, 1, kMostRanks));
  const std::string text = variable(kTasks);  // "8(x2),4": the first node's are taken
  const std::string first = text.substr(0, text.find_first_of("(,"));
  return std::min(ranks, numberOf([&](const char*) { return first.c_str(); }, kTasks, 1, kMostRanks));
}

}  // namespace

Place placeOf(const Variable& variable) {
  const bool isNamed = isSet(variable, "RANK") || isSet(variable, "WORLD_SIZE");
  const bool isSlurm = !isNamed && isSet(variable, "MASTER_ADDR") && isSet(variable, "SLURM_PROCID");
  Place place;
  if (!isNamed && !isSlurm) return place;
  place.ranks = numberOf(variable, isSlurm ? "SLURM_NTASKS" : "WORLD_SIZE", 1, kMostRanks);
  place.rank = numberOf(variable, isSlurm ? "SLURM_PROCID" : "RANK", 0, place.ranks - 1);
  if (place.isAlone()) return place;
  place.local = numberOr(variable, isSlurm ? "SLURM_LOCALID" : "LOCAL_RANK", 0, 0, place.ranks - 1);
  place.localRanks = localRanks(variable, isSlurm, place.ranks);
  if (!isSet(variable, "MASTER_ADDR"))
    fail("MASTER_ADDR is not set; set it, for all {} processes, to the machine of rank 0", place.ranks);
  place.address = variable("MASTER_ADDR");
  place.port = numberOr(variable, "MASTER_PORT", place.port, 1, 65535);
  // There torchrun listens itself, in the words of its own version: rank 0 takes the next one.
  if (isSet(variable, "TORCHELASTIC_USE_AGENT_STORE") &&
      std::string(variable("TORCHELASTIC_USE_AGENT_STORE")) == "True")
    place.port = place.port < 65535 ? place.port + 1 : place.port - 1;
  return place;
}

Place placeOfProcess() {
  return placeOf([](const char* name) -> const char* { return std::getenv(name); });
}

}  // namespace discern::training

#include "core/training/together.h"

#include <algorithm>
#include <exception>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/training/ranks.h"

namespace discern::training {

void together(const Place& place, const std::stop_token& stop, const std::string& command,
              const std::function<void(Ranks* ranks)>& work) {
  if (place.isAlone()) return work(nullptr);
  Ranks ranks(place, stop);
  if (place.localRanks > 1) setThreadCount(std::max(1, threadCount() / place.localRanks));
  try {
    ranks.agree("options", command);
    work(&ranks);
  } catch (const Cancelled&) {
    ranks.leave("");
    throw;
  } catch (const std::exception& error) {
    ranks.leave(error.what());
    throw;
  }
}

bool isWriter(const Ranks* ranks) { return ranks == nullptr || ranks->isFirst(); }

void inTurn(Ranks* ranks, const std::function<void()>& work) {
  if (ranks == nullptr)
    work();
  else
    ranks->inTurn(work);
}

bool ofFirst(Ranks* ranks, bool value) { return ranks == nullptr ? value : ranks->fromFirst(value); }

}  // namespace discern::training

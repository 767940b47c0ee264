// A job that several processes do together: who of them does what beside the training itself. Free of
// LibTorch.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "core/training/place.h"

namespace discern::training {

class Ranks;  // ranks.h; a null pointer stands for one process alone

// Does `work` as one of the processes of `place`, which all have to be started by the same `command` (a text
// to compare); alone, without a word, where there is one. The threads of a machine are shared among its
// processes. When one ends, all do: with Error that names it, or with Cancelled.
void together(const Place& place, const std::stop_token& stop, const std::string& command,
              const std::function<void(Ranks* ranks)>& work);

// Whether this process writes what comes of it: rank 0, or who is alone.
bool isWriter(const Ranks* ranks);
// Rank 0 does it, then, however long that took, the others: what it leaves in files, they find.
void inTurn(Ranks* ranks, const std::function<void()>& work);
// What rank 0 says.
bool ofFirst(Ranks* ranks, bool value);

}  // namespace discern::training

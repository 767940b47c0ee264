// Data parallelism on plain threads: no pool of another library is woken, results do not depend on the count.
#pragma once

#include <cstdint>
#include <functional>

namespace discern {

// Threads that parallelFor uses; by default the processors this process may run on.
int threadCount();
void setThreadCount(int threads);  // 0 restores the default

// Calls body(begin, end) on disjoint blocks of at most `grain` items that cover [0, n), from up to
// threadCount() threads (the calling one included). The first exception stops the rest and is rethrown here.
void parallelFor(std::int64_t n, std::int64_t grain,
                 const std::function<void(std::int64_t begin, std::int64_t end)>& body);

}  // namespace discern

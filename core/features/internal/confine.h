// What a process that runs somebody else's model may do: compute, and little else.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace discern::features {

// For this process and for good. No file is written, made, renamed or removed, no program is started, no
// process is signalled and no connection is opened; `bytes` more memory than now at most. On a CUDA device,
// whose driver needs such calls and addresses, only files stay empty. Where the kernel has no seccomp the
// first alone is lost; what a model asks for by name is refused before anyway (torch_archive.h).
void confine(std::uint64_t bytes, bool cuda);

// A line of /proc/PID/status in bytes, such as "VmHWM:" or "RssAnon:"; 0 where it cannot be read.
std::uint64_t memoryOf(pid_t process, const char* line);

}  // namespace discern::features

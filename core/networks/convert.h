// Checkpoints and training states that earlier versions wrote: archives of LibTorch.
#pragma once

#include <filesystem>
#include <string>

namespace discern::networks {

// Rewrites `file` in today's format (checkpoint.h), tensors and texts bit for bit, reads that back, and only
// then removes `file`. The name's ".pt" becomes ".safetensors". Returns the new file.
//
// It trusts the file: LibTorch reads an archive by running the program in it, which can do whatever the
// person at the machine can. Only for files that this person made.
//
// Throws Error: not of an earlier version, damaged, or another file has the new name.
std::filesystem::path convertCheckpoint(const std::filesystem::path& file);

// What an archive of an earlier version holds, "discern_checkpoint" or "discern_state"; empty where `file` is
// none. Nothing in it is run.
std::string oldKind(const std::filesystem::path& file);
// Throws Error naming the command that converts it, where an earlier version wrote `file`.
void refuseOld(const std::filesystem::path& file);

// Where convertCheckpoint writes to.
std::filesystem::path convertedPath(const std::filesystem::path& file);

}  // namespace discern::networks

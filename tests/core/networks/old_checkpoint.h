// Writes what versions before 0.2 wrote: an archive of LibTorch.
#pragma once

#include "core/networks/checkpoint.h"

namespace discern::test {

inline void saveOld(const std::filesystem::path& file, const std::string& what,
                    const networks::TensorFile& contents) {
  c10::List<std::string> names;
  c10::List<torch::Tensor> tensors;
  for (const auto& [name, tensor] : contents.tensors) {
    names.push_back(name);
    tensors.push_back(tensor.detach());
  }
  torch::serialize::OutputArchive archive;
  archive.write(what, c10::IValue(contents.text));
  archive.write("names", c10::IValue(names));
  archive.write("tensors", c10::IValue(tensors));
  archive.write("checksum", c10::IValue(static_cast<std::int64_t>(networks::checksum(contents))));
  archive.save_to(file.string());
}

// The checkpoint in `file`, written again as it would have been then.
inline void makeOld(const std::filesystem::path& file, const std::filesystem::path& old,
                    const std::string& what = "discern_checkpoint") {
  saveOld(old, what, networks::loadTensors(file, what));
}

}  // namespace discern::test

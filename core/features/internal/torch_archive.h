// The look at a TorchScript archive before LibTorch reads it.
#pragma once

#include <string>

namespace discern::features {

// Reading an archive can run code (__setstate__, default values, class constants), and its tensors' shapes
// are believed. So everything that LibTorch will read is looked through first: the code (torch_code.h) and
// the pickles (torch_pickle.h), by LibTorch's own zip reader, so that both see the same. Throws Error naming
// the file: cut off, no archive, or what in it is not allowed.
void checkTorchArchive(const std::string& file);

// Whether LibTorch has an operator aten::`name`.
bool isTorchOperator(const std::string& name);

}  // namespace discern::features

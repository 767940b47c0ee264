// Looks through a pickle of a TorchScript archive before LibTorch reads it. Runs nothing, allocates little.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace discern::features {

// What LibTorch's own reader does not check: nothing but plain values, tensors and objects of the archive's
// own classes, nested at most a thousand levels deep, and every tensor inside of the record that holds its
// values. recordBytes(key): the size of a record of values. Throws Error that starts with `where`.
void checkTorchPickle(std::string_view pickle, const std::string& where,
                      const std::function<std::uint64_t(const std::string& key)>& recordBytes);

}  // namespace discern::features

#include "core/networks/npz.h"

#include <algorithm>

#include "core/data/npz.h"

namespace discern::networks {
namespace {

torch::Tensor tensorOf(const data::NpzArray& array) {
  static const std::map<std::string, torch::ScalarType> types = {{"<f2", torch::kHalf},
                                                                 {"<f4", torch::kFloat32},
                                                                 {"<f8", torch::kFloat64},
                                                                 {"<i4", torch::kInt32},
                                                                 {"<i8", torch::kInt64}};
  auto sizes = array.shape;
  if (array.fortran) std::ranges::reverse(sizes);
  auto tensor = torch::from_blob(const_cast<char*>(array.bytes.data()), sizes,
                                 torch::TensorOptions(types.at(array.type)))
                    .clone();
  if (!array.fortran) return tensor;
  std::vector<std::int64_t> order;
  for (auto d = static_cast<std::int64_t>(sizes.size()); d-- > 0;) order.push_back(d);
  return tensor.permute(order).contiguous();
}

}  // namespace

std::map<std::string, torch::Tensor> loadNpz(const std::filesystem::path& file) {
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, array] : data::readNpz(file)) tensors[name] = tensorOf(array);
  return tensors;
}

}  // namespace discern::networks

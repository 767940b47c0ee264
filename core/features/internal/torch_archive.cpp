#include "core/features/internal/torch_archive.h"

#include <ATen/core/symbol.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/features/internal/torch_code.h"
#include "core/features/internal/torch_pickle.h"

namespace discern::features {
namespace {

constexpr std::size_t kMostText = std::size_t{64} << 20;  // of all code, and of a pickle
constexpr std::size_t kMostRecords = 200'000;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string textOf(caffe2::serialize::PyTorchStreamReader& reader, const std::string& record) {
  const auto [data, bytes] = reader.getRecord(record);
  return {static_cast<const char*>(data.get()), bytes};
}

}  // namespace

bool isTorchOperator(const std::string& name) {
  return !torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString("aten::" + name)).empty();
}

void checkTorchArchive(const std::string& file) {
  caffe2::serialize::PyTorchStreamReader reader(file);
  const auto records = reader.getAllRecords();
  if (records.size() > kMostRecords)
    fail("{}: holds {} records, no network has so many", file, records.size());
  std::set<std::string> names;  // LibTorch finds a record by its name in any case
  std::map<std::string, std::string> code;
  std::size_t codeBytes = 0;
  for (const auto& record : records) {
    const std::string name = lower(record);
    if (!names.insert(name).second)
      fail("{}: holds the record {} twice; save the network again", file, record);
    if (!name.starts_with("code/") || name.ends_with(".debug_pkl")) continue;
    auto text = textOf(reader, record);
    codeBytes += text.size();
    if (codeBytes > kMostText) fail("{}: its code is longer than any network's", file);
    code[record] = std::move(text);
  }
  if (names.contains("model.json"))
    fail("{}: was saved by a PyTorch before 1.2, which is not read; save it again with a newer one", file);
  if (!names.contains("data.pkl") || !names.contains("constants.pkl") || code.empty())
    fail(
        "{}: this is a zip archive but no TorchScript module; a file of weights alone (torch.save) has no "
        "network: load it in Python and export the network with torch.onnx.export or torch.jit.trace(model, "
        "image).save",
        file);
  checkTorchCode(code, file, isTorchOperator);
  for (const std::string pickle : {"data", "constants"}) {
    const auto text = textOf(reader, pickle + ".pkl");
    if (text.size() > kMostText) fail("{}: its {}.pkl is longer than any network's", file, pickle);
    checkTorchPickle(text, fmt::format("{}: its {}.pkl", file, pickle), [&](const std::string& key) {
      return std::uint64_t{std::get<1>(reader.getRecord(pickle + "/" + key))};
    });
  }
}

}  // namespace discern::features

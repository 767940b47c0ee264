// Networks that PyTorch exported for each operator set give what PyTorch gives
// (tests/golden/make_exported_onnx.py).
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "core/base/files.h"
#include "core/data/npy.h"
#include "core/features/onnx/network.h"
#include "core/onnx/read_graph.h"

namespace discern::features::onnx {
namespace {
namespace fs = std::filesystem;

const fs::path kFolder = fs::path(DISCERN_SOURCE_DIR) / "tests/golden/exported";

at::Tensor tensorOf(const std::string& name) {
  const data::Matrix values = data::loadNpy(kFolder / (name + ".npy"));
  return at::tensor(values.values).view({values.rows, values.cols});
}

TEST(ExportedOnnx, EveryOperatorSetGivesWhatPyTorchGives) {
  const at::Tensor faces = tensorOf("faces").view({3, 3, 16, 16});
  std::map<std::string, int> sets;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".onnx") continue;
    const std::string stem = entry.path().stem().string(), name = stem.substr(0, stem.find('-'));
    SCOPED_TRACE(stem);
    const auto graph = discern::onnx::readGraph(readFile(entry.path()));
    ASSERT_TRUE(graph);
    ASSERT_EQ(graph->problem, "");
    EXPECT_EQ(std::to_string(graph->opset), stem.substr(stem.find('-') + 1));
    const Network network(*graph, entry.path(), {"feature"}, at::kCPU);
    const at::Tensor expected = tensorOf(name), all = network.run({faces}).at(0);
    ASSERT_EQ(all.sizes(), expected.sizes());
    EXPECT_LT((all - expected).abs().max().item<float>(), 2e-5F * expected.abs().max().item<float>());
    // The batch was exported as any number.
    const at::Tensor alone = network.run({faces.slice(0, 1, 2)}).at(0);
    EXPECT_LT((alone - expected.slice(0, 1, 2)).abs().max().item<float>(),
              2e-5F * expected.abs().max().item<float>());
    ++sets[name];
  }
  EXPECT_EQ(sets, (std::map<std::string, int>{
                      {"attention", 7}, {"mobile", 8}, {"products", 7}, {"residual", 8}, {"shapes", 6}}));
}

}  // namespace
}  // namespace discern::features::onnx

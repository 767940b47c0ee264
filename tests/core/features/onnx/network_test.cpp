// Operators in forms that ONNX's own tests of Debian 12 do not have, what a graph may not ask for, and what
// is computed ahead: against values worked out by hand or by plain loops.
#include "core/features/onnx/network.h"

#include <gtest/gtest.h>

#include "core/onnx/read_graph.h"
#include "tests/core/features/onnx/small_graph.h"

namespace discern::features::onnx {
namespace {

Values run(const SmallGraph& small, const Values& inputs) {
  const auto graph = readGraph(small.bytes());
  if (!graph) throw Error("this is no graph");
  const Network network(*graph, "small.onnx", Network::outputNames(*graph), at::kCPU);
  return network.run(inputs);
}

at::Tensor rows(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::tensor(values).reshape(shape);
}

void expectNear(const at::Tensor& got, const at::Tensor& truth) {
  ASSERT_EQ(got.sizes(), truth.sizes());
  EXPECT_TRUE(at::allclose(got, truth, 1e-5, 1e-6)) << got << truth;
}

std::string problemOf(const SmallGraph& small, const Values& inputs) {
  try {
    run(small, inputs);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

TEST(OnnxNetwork, AxesOfReductionsComeAsAnInput) {
  const auto x = rows({1, 2, 3, 4, 5, 6}, {2, 3});
  const auto mean = run(SmallGraph(18)
                            .input("x", {2, 3})
                            .integers("axes", {1})
                            .node("ReduceMean", {"x", "axes"}, {"y"})
                            .set("keepdims", std::int64_t{0})
                            .output("y"),
                        {x});
  expectNear(mean[0], rows({2, 5}, {2}));
  const auto noop = run(SmallGraph(18)
                            .input("x", {2, 3})
                            .node("ReduceMax", {"x"}, {"y"})
                            .set("noop_with_empty_axes", std::int64_t{1})
                            .output("y"),
                        {x});
  expectNear(noop[0], x);
}

TEST(OnnxNetwork, SplitsIntoANumberOfParts) {
  const auto x = rows({1, 2, 3, 4, 5}, {5});
  const auto parts = run(SmallGraph(18)
                             .input("x", {5})
                             .node("Split", {"x"}, {"a", "b"})
                             .set("num_outputs", std::int64_t{2})
                             .output("a")
                             .output("b"),
                         {x});
  expectNear(parts[0], rows({1, 2, 3}, {3}));
  expectNear(parts[1], rows({4, 5}, {2}));
}

TEST(OnnxNetwork, PadsSomeAxesByWrapping) {
  const auto x = rows({1, 2, 3, 4, 5, 6}, {2, 3});
  const auto padded = run(SmallGraph(19)
                              .input("x", {2, 3})
                              .integers("pads", {2, 1})
                              .integers("axes", {-1})
                              .node("Pad", {"x", "pads", "", "axes"}, {"y"})
                              .set("mode", std::string("wrap"))
                              .output("y"),
                          {x});
  expectNear(padded[0], rows({2, 3, 1, 2, 3, 1, 5, 6, 4, 5, 6, 4}, {2, 6}));
}

TEST(OnnxNetwork, GroupsAreScaledByGroupOrByChannel) {
  const auto x =
      rows({0, 2, 4, 6, 1, 1, 3, 3}, {1, 4, 2});  // two groups: mean 3, variance 5; mean 2, variance 1
  const auto graph = [](int opset, const std::vector<float>& scale, const std::vector<float>& bias) {
    const auto n = static_cast<std::int64_t>(scale.size());
    SmallGraph small(opset);
    small.input("x", {1, 4, 2})
        .constant("s", {n}, scale)
        .constant("b", {n}, bias)
        .node("GroupNormalization", {"x", "s", "b"}, {"y"})
        .set("num_groups", std::int64_t{2})
        .set("epsilon", 0.0)
        .output("y");
    return small;
  };
  const float a = 1 / std::sqrt(5.0F);
  expectNear(run(graph(18, {1, 10}, {0, 1}), {x})[0],
             rows({-3 * a, -a, a, 3 * a, -9, -9, 11, 11}, {1, 4, 2}));
  expectNear(run(graph(21, {1, 2, 10, 20}, {0, 0, 0, 1}), {x})[0],
             rows({-3 * a, -a, 2 * a, 6 * a, -10, -10, 21, 21}, {1, 4, 2}));
}

TEST(OnnxNetwork, GeluInBothForms) {
  const auto x = rows({-1, 0, 2}, {3});
  expectNear(run(SmallGraph(20).input("x", {3}).node("Gelu", {"x"}, {"y"}).output("y"), {x})[0],
             rows({-0.15865525F, 0, 1.9544997F}, {3}));
  expectNear(run(SmallGraph(20)
                     .input("x", {3})
                     .node("Gelu", {"x"}, {"y"})
                     .set("approximate", std::string("tanh"))
                     .output("y"),
                 {x})[0],
             rows({-0.15880801F, 0, 1.9545977F}, {3}));
}

TEST(OnnxNetwork, SoftmaxOfOldOperatorSetsGoesOverAllDimensionsBehindItsAxis) {
  const auto x = rows({1, 2, 3, 4}, {1, 2, 2});
  const auto old =
      run(SmallGraph(11).input("x", {1, 2, 2}).node("Softmax", {"x"}, {"y"}).output("y"), {x})[0];
  EXPECT_NEAR(old.sum().item<float>(), 1, 1e-6);
  const auto now =
      run(SmallGraph(13).input("x", {1, 2, 2}).node("Softmax", {"x"}, {"y"}).output("y"), {x})[0];
  EXPECT_NEAR(now.sum().item<float>(), 2, 1e-6);
}

TEST(OnnxNetwork, AveragesOverDilatedAndHangingWindows) {
  const auto x = rows({1, 2, 3, 4, 5}, {1, 1, 5});
  const auto dilated = run(SmallGraph(19)
                               .input("x", {1, 1, 5})
                               .node("AveragePool", {"x"}, {"y"})
                               .set("kernel_shape", std::vector<std::int64_t>{2})
                               .set("dilations", std::vector<std::int64_t>{2})
                               .output("y"),
                           {x});
  expectNear(dilated[0], rows({2, 3, 4}, {1, 1, 3}));
  // Windows begin at -1, 1, 3 and, with ceil_mode, 5, which would see padding alone.
  const auto hanging = run(SmallGraph(19)
                               .input("x", {1, 1, 5})
                               .node("AveragePool", {"x"}, {"y"})
                               .set("kernel_shape", std::vector<std::int64_t>{4})
                               .set("strides", std::vector<std::int64_t>{2})
                               .set("pads", std::vector<std::int64_t>{1, 1})
                               .set("ceil_mode", std::int64_t{1})
                               .set("count_include_pad", std::int64_t{1})
                               .output("y"),
                           {x});
  expectNear(hanging[0], rows({6.F / 4, 14.F / 4, 9.F / 3}, {1, 1, 3}));
}

TEST(OnnxNetwork, ABatchNormGoesIntoTheConvolutionBeforeIt) {
  at::manual_seed(4);
  const auto x = at::randn({2, 3, 5, 5}), w = at::randn({4, 3, 3, 3});
  const auto list = [](const at::Tensor& t) {
    const auto flat = t.contiguous();
    return std::vector<float>(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
  };
  const auto scale = at::rand({4}) + 0.5, bias = at::randn({4}), mean = at::randn({4}),
             variance = at::rand({4}) + 0.1;
  SmallGraph small;
  small.input("x", {-1, 3, 5, 5})
      .constant("w", {4, 3, 3, 3}, list(w))
      .constant("s", {4}, list(scale))
      .constant("b", {4}, list(bias))
      .constant("m", {4}, list(mean))
      .constant("v", {4}, list(variance))
      .node("Conv", {"x", "w"}, {"c"})
      .node("BatchNormalization", {"c", "s", "b", "m", "v"}, {"y"})
      .set("epsilon", 1e-3)
      .output("y");
  const auto truth = (at::conv2d(x, w) - mean.reshape({1, 4, 1, 1})) /
                         (variance + 1e-3).sqrt().reshape({1, 4, 1, 1}) * scale.reshape({1, 4, 1, 1}) +
                     bias.reshape({1, 4, 1, 1});
  EXPECT_TRUE(at::allclose(run(small, {x})[0], truth, 1e-4, 1e-5));
  small.output("c");  // the convolution's own output is asked for as well
  const auto both = run(small, {x});
  EXPECT_TRUE(at::allclose(both[0], truth, 1e-4, 1e-5));
  EXPECT_TRUE(at::allclose(both[1], at::conv2d(x, w), 1e-4, 1e-5));
}

TEST(OnnxNetwork, WhatIsWrittenOverIsNotNeededElsewhere) {
  const auto x = rows({-1, 2}, {2});
  const auto out = run(SmallGraph()
                           .input("x", {2})
                           .node("Neg", {"x"}, {"n"})
                           .node("Identity", {"n"}, {"i"})
                           .node("Relu", {"n"}, {"r"})
                           .node("Relu", {"x"}, {"q"})
                           .node("Add", {"i", "r"}, {"y"})
                           .output("y")
                           .output("q"),
                       {x});
  expectNear(out[0], rows({2, -2}, {2}));
  expectNear(out[1], rows({0, 2}, {2}));
  expectNear(x, rows({-1, 2}, {2}));
}

TEST(OnnxNetwork, TensorsOfATrillionNumbersAreRefusedWithTheNode) {
  const auto x = rows({1}, {1});
  const std::vector<std::int64_t> huge = {1'000'000, 1'000'000};
  for (const std::string op : {"Expand", "Reshape", "Tile"}) {
    const bool flat = op != "Tile";
    const auto problem =
        problemOf(SmallGraph()
                      .input("x", {1})
                      .integers("s", flat ? huge : std::vector<std::int64_t>{1'000'000'000'000})
                      .node(op, {"x", "s"}, {"y"})
                      .output("y"),
                  {x});
    EXPECT_NE(problem.find("small.onnx: the node 'y_node' (" + op + ") makes a tensor of"), std::string::npos)
        << problem;
  }
  const auto filled = problemOf(SmallGraph()
                                    .input("x", {1})
                                    .integers("s", huge)
                                    .node("ConstantOfShape", {"s"}, {"c"})
                                    .node("Add", {"x", "c"}, {"y"})
                                    .output("y"),
                                {x});
  EXPECT_NE(filled.find("(ConstantOfShape) makes a tensor of"), std::string::npos) << filled;
  const auto grown = problemOf(SmallGraph()
                                   .input("x", {1, 1, 8, 8})
                                   .constant("s", {4}, {1, 1, 1e6F, 1e6F})
                                   .node("Resize", {"x", "", "s"}, {"y"})
                                   .output("y"),
                               {at::zeros({1, 1, 8, 8})});
  EXPECT_NE(grown.find("(Resize) makes a tensor of"), std::string::npos) << grown;
  const auto crossed = problemOf(
      SmallGraph().input("a", {-1, 1}).input("b", {1, -1}).node("Mul", {"a", "b"}, {"y"}).output("y"),
      {at::zeros({1'000'000, 1}), at::zeros({1, 1'000'000})});
  EXPECT_NE(crossed.find("(Mul) makes a tensor of"), std::string::npos) << crossed;
}

TEST(OnnxNetwork, WhatCannotBeIsOneSentence) {
  const auto x = at::zeros({1, 2, 4, 4});
  const auto expect = [&](const SmallGraph& small, const std::string& part) {
    const auto problem = problemOf(small, {x});
    EXPECT_NE(problem.find(part), std::string::npos) << problem;
    EXPECT_EQ(problem.find('\n'), std::string::npos) << problem;
    EXPECT_TRUE(problem.starts_with("small.onnx: ")) << problem;
  };
  const auto start = [] {
    SmallGraph small;
    small.input("x", {1, 2, 4, 4});
    return small;
  };
  expect(start().node("Conv", {"x"}, {"y"}).output("y"), "has no input 2");
  expect(start().node("Add", {"x", "nothing"}, {"y"}).output("y"),
         "'nothing', which nothing before it gives");
  expect(start().node("Add", {"x", "z"}, {"y"}).node("Relu", {"y"}, {"z"}).output("y"),
         "'z', which nothing before it gives");
  expect(start().node("Relu", {"x"}, {"y"}).node("Relu", {"x"}, {"y"}).output("y"), "'y' is given twice");
  expect(start().node("Relu", {"x"}, {"y"}).output("z"), "nothing gives the output 'z'");
  expect(start().node("Frobnicate", {"x"}, {"y"}).output("y"),
         "(Frobnicate) is of a kind that is not implemented");
  expect(
      start().constant("w", {1, 1, 3, 3}, std::vector<float>(9)).node("Conv", {"x", "w"}, {"y"}).output("y"),
      "takes 1 channels and is given 2");
  expect(start()
             .constant("w", {1, 2, 9, 9}, std::vector<float>(162))
             .node("Conv", {"x", "w"}, {"y"})
             .output("y"),
         "lays a kernel of 9 over 4 pixels");
  expect(
      start().constant("w", {1, 2, 3, 3}, std::vector<float>(17)).node("Conv", {"x", "w"}, {"y"}).output("y"),
      "more or fewer values");
  expect(start().integers("i", {7}).node("Gather", {"x", "i"}, {"y"}).output("y"),
         "outside of the 1 that there are");
  expect(start().integers("s", {3, 5}).node("Reshape", {"x", "s"}, {"y"}).output("y"),
         "15 numbers from one of 32");
  expect(start().node("Transpose", {"x"}, {"y"}).set("perm", std::vector<std::int64_t>{0, 9}).output("y"),
         "(Transpose)");
  expect(start()
             .node("MaxPool", {"x"}, {"y"})
             .set("kernel_shape", std::vector<std::int64_t>{2, 2})
             .set("strides", std::vector<std::int64_t>{0, 1})
             .output("y"),
         "0 among its strides");
}

}  // namespace
}  // namespace discern::features::onnx

#include "core/detection/recipe.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;
constexpr int kSmallest = 8, kLargest = 4096;

bool hasOutput(const onnx::Graph& graph, std::string_view part) {
  return std::ranges::any_of(graph.outputs, [&](const auto& o) { return o.name.find(part) != o.name.npos; });
}

// Outputs whose last dimension is `last`.
std::ptrdiff_t outputsOf(const onnx::Graph& graph, std::int64_t last) {
  return std::ranges::count_if(graph.outputs,
                               [&](const auto& o) { return !o.shape.empty() && o.shape.back() == last; });
}

// Nothing of a network that is not known.
bool guessKind(const onnx::Graph& graph, Kind& kind) {
  const auto outputs = graph.outputs.size();
  if (outputs == 12 && outputsOf(graph, 1) == 6 && outputsOf(graph, 4) == 3 && outputsOf(graph, 10) == 3)
    kind = Kind::YuNet;
  else if ((outputs == 6 || outputs == 9) && outputsOf(graph, 4) == 3)
    kind = Kind::Strided;
  else if (outputs == 3 && (hasOutput(graph, "iou") || outputsOf(graph, 14) == 1))
    kind = Kind::OldYuNet;
  else if (outputs == 3 && outputsOf(graph, 4) == 1 && outputsOf(graph, 2) == 1 && outputsOf(graph, 10) == 1)
    kind = Kind::Priors;
  else if (outputs == 2 && outputsOf(graph, 4) == 1 && outputsOf(graph, 2) == 1)
    kind = Kind::UltraFace;
  else
    return false;
  return true;
}

Recipe usualOf(Kind kind) {
  switch (kind) {
    case Kind::Strided:
      return {kind, 640, 640, false, true, {127.5F, 127.5F, 127.5F}, {128, 128, 128}, 0.5, 0.4};
    case Kind::Priors:
      return {kind, 640, 640, false, false, {104, 117, 123}, {1, 1, 1}, 0.6, 0.4};
    case Kind::YuNet:
    case Kind::OldYuNet:
      return {kind, 640, 640, false, false, {0, 0, 0}, {1, 1, 1}, 0.6, 0.3};
    case Kind::Cascade:
      return {kind, 640, 640, false, false, {0, 0, 0}, {1, 1, 1}, 0, 0.3};
    case Kind::Landmarks:
      return {kind, 64, 64, true, true, {0, 0, 0}, {256, 256, 256}, 0, 0};
    case Kind::UltraFace:
      break;
  }
  Recipe recipe;
  recipe.stretch = true;  // as it was trained and as its users feed it
  return recipe;
}

void readChannels(const toml::node& node, const std::string& where, std::array<float, 3>& out) {
  if (const auto number = node.value<double>()) {
    out.fill(static_cast<float>(*number));
    return;
  }
  const toml::array* list = node.as_array();
  for (std::size_t c = 0; c < 3; ++c) {
    const auto number = list && list->size() == 3 ? (*list)[c].value<double>() : std::nullopt;
    if (!number) fail("{} must be a number or a list of three (one a channel)", where);
    out[c] = static_cast<float>(*number);
  }
}

double readNumber(const toml::node& node, const std::string& where) {
  const auto value = node.value<double>();
  if (!value || node.is_boolean()) fail("{} must be a number", where);
  return *value;
}

template <class T>
T readValue(const toml::node& node, const std::string& where, const char* what) {
  const auto value = node.value_exact<T>();
  if (!value) fail("{} must be {}", where, what);
  return *value;
}

toml::table readTable(const fs::path& file) {
  try {
    return toml::parse(readFile(file), file.string());
  } catch (const toml::parse_error& e) {
    fail("{}, line {}: {}; expected lines such as kind = \"scrfd\"", file.string(), e.source().begin.line,
         e.description());
  }
}

Kind kindIn(const toml::table& table, const std::string& file) {
  const std::string where = file + ": kind";
  return parseName<Kind>(readValue<std::string>(*table.get("kind"), where, "a text"), where);
}

void apply(const toml::table& table, const std::string& file, Recipe& recipe) {
  for (const auto& [name, node] : table) {
    const std::string key(name.str());
    const std::string where = file + ": " + key;
    if (key == "kind")
      recipe.kind = kindIn(table, file);
    else if (key == "width" || key == "height")
      (key == "width" ? recipe.width : recipe.height) = static_cast<int>(std::clamp<std::int64_t>(
          readValue<std::int64_t>(node, where, "a whole number of pixels"), 0, kLargest + 1));
    else if (key == "stretch")
      recipe.stretch = readValue<bool>(node, where, "true or false");
    else if (key == "rgb")
      recipe.rgb = readValue<bool>(node, where, "true (RGB) or false (BGR)");
    else if (key == "mean" || key == "std")
      readChannels(node, where, key == "mean" ? recipe.mean : recipe.std);
    else if (key == "score" || key == "overlap")
      (key == "score" ? recipe.score : recipe.overlap) = readNumber(node, where);
    else
      fail(
          "{} is not known; the recipe of a detector has kind, width, height, stretch, rgb, mean, std, "
          "score, "
          "overlap",
          where);
  }
}

void check(const std::string& file, const Recipe& recipe) {
  for (std::size_t c = 0; c < 3; ++c)
    if (!std::isfinite(recipe.mean[c]) || !std::isfinite(recipe.std[c]) || recipe.std[c] == 0)
      fail("{}: mean and std must be finite and std not 0", file);
  for (const int side : {recipe.width, recipe.height})
    if (side < kSmallest || side > kLargest)
      fail("{}: the detector's input is {} pixels wide or high; {} to {} were expected", file, side,
           kSmallest, kLargest);
  if (!(recipe.score >= 0 && recipe.score <= 1) || !(recipe.overlap >= 0 && recipe.overlap <= 1))
    fail("{}: score and overlap lie between 0 and 1", file);
}

}  // namespace

Recipe recipeOf(const std::string& model, const onnx::Graph& graph, std::optional<Kind> meant) {
  const fs::path beside = fs::path(model).replace_extension(".toml");
  const toml::table own = fs::exists(beside) ? readTable(beside) : toml::table();
  Kind kind = meant.value_or(Kind::UltraFace);
  if (own.contains("kind"))
    kind = kindIn(own, beside.string());
  else if (!meant && !guessKind(graph, kind))
    fail(
        "{}: its {} outputs are those of no face detector that is known (UltraFace, SCRFD, RetinaFace, "
        "YuNet); name its kind in {}",
        model, graph.outputs.size(), beside.string());
  Recipe recipe = usualOf(kind);
  if (graph.inputs.size() != 1)
    fail("{}: takes {} inputs, one image was expected", model, graph.inputs.size());
  if (const auto& shape = graph.inputs[0].shape; shape.size() == 4) {
    if (shape[2] > 0) recipe.height = static_cast<int>(std::min<std::int64_t>(shape[2], kLargest + 1));
    if (shape[3] > 0) recipe.width = static_cast<int>(std::min<std::int64_t>(shape[3], kLargest + 1));
  }
  apply(own, beside.string(), recipe);
  check(own.empty() ? model : beside.string(), recipe);
  return recipe;
}

std::string toJson(const Recipe& recipe) {
  return nlohmann::json{{"kind", nameOf(recipe.kind)}, {"width", recipe.width}, {"height", recipe.height},
                        {"stretch", recipe.stretch},   {"rgb", recipe.rgb},     {"mean", recipe.mean},
                        {"std", recipe.std},           {"score", recipe.score}, {"overlap", recipe.overlap}}
      .dump();
}

}  // namespace discern::detection

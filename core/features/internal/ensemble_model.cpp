#include "core/features/internal/ensemble_model.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/sample.h"

namespace discern::features {
namespace {

constexpr std::string_view kPrefix = "ensemble:";

// A zero or broken feature stays as it is: such a face is reported, not scored.
void normalise(std::span<float> feature) {
  double square = 0;
  for (const float value : feature) square += static_cast<double>(value) * value;
  if (!(square > 0) || !std::isfinite(square)) return;
  const auto factor = static_cast<float>(1 / std::sqrt(square));
  for (float& value : feature) value *= factor;
}

class EnsembleModel final : public BaseModel {
 public:
  EnsembleModel(std::vector<std::unique_ptr<BaseModel>> members, const Recipe& given)
      : members_(std::move(members)), recipe_(given) {
    recipe_.name = "ensemble";
    const auto largest = std::ranges::max_element(
        members_, {}, [](const auto& member) { return member->recipe().shape().pixels(); });
    recipe_.size = (*largest)->recipe().size;
    recipe_.height = (*largest)->recipe().height;
    recipe_.frames = (*largest)->recipe().frames;
    for (const auto& member : members_) dims_ += member->dims();
  }

  data::Matrix extract(const std::vector<cv::Mat>& faces) override {
    data::Matrix features(static_cast<std::int64_t>(faces.size()), dims_);
    std::ptrdiff_t column = 0;
    for (const auto& member : members_) {
      data::Matrix part = member->extract(sized(faces, member->recipe().shape()));
      for (std::int64_t i = 0; i < part.rows; ++i) {
        normalise(part.row(i));
        std::ranges::copy(part.row(i), features.row(i).begin() + column);
      }
      column += part.cols;
    }
    return features;
  }
  int dims() const override { return dims_; }
  const Recipe& recipe() const override { return recipe_; }
  double macs() const override { return total(&BaseModel::macs); }
  double parameters() const override { return total(&BaseModel::parameters); }
  // The members run one after the other.
  RunMemory memory(std::int64_t faces) override {
    RunMemory all;
    for (const auto& member : members_) {
      const RunMemory one = member->memory(faces);
      if (!(one.weights > 0)) return {};
      all.weights += one.weights;
      all.workspace = std::max(all.workspace, one.workspace);
    }
    return all;
  }
  std::vector<std::string> takeNotes() override {
    std::vector<std::string> notes;
    for (const auto& member : members_)
      for (auto& note : member->takeNotes()) notes.push_back(std::move(note));
    return notes;
  }

 private:
  double total(double (BaseModel::*part)() const) const {
    double sum = 0;
    for (const auto& member : members_) {
      const double one = ((*member).*part)();
      if (!(one > 0)) return 0;
      sum += one;
    }
    return sum;
  }

  std::vector<cv::Mat> sized(const std::vector<cv::Mat>& faces, const data::Shape& shape) const {
    std::vector<cv::Mat> all(faces.size());
    parallelFor(static_cast<std::int64_t>(faces.size()), 8, [&](std::int64_t begin, std::int64_t end) {
      for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
        all[i] = imaging::resized(faces[i], recipe_.shape(), shape);
    });
    return all;
  }

  std::vector<std::unique_ptr<BaseModel>> members_;
  Recipe recipe_;
  int dims_ = 0;
};

// "PATH" or "PATH@recipe"; a path may hold an @ itself.
EnsembleMember parseMember(const std::string& text) {
  const auto at = text.rfind('@');
  if (at == std::string::npos || std::filesystem::exists(text)) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

bool isEnsemble(const std::string& model) { return model.starts_with(kPrefix); }

std::vector<EnsembleMember> ensembleMembers(const std::string& model) {
  std::vector<EnsembleMember> members;
  std::string rest = model.substr(kPrefix.size());
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto member = rest.substr(0, comma);
    rest = comma == std::string::npos ? std::string() : rest.substr(comma + 1);
    if (member.empty() || isEnsemble(member))
      fail("{}: each member of an ensemble is a model file; write ensemble:A,B or ensemble:A@recipe,B",
           model);
    members.push_back(parseMember(member));
  }
  if (members.size() < 2)
    fail("{}: an ensemble has two members or more; write ensemble:A,B or ensemble:A@recipe,B", model);
  return members;
}

std::unique_ptr<BaseModel> openEnsemble(const std::string& model, const Recipe& recipe, Device device) {
  std::vector<std::unique_ptr<BaseModel>> members;
  for (const auto& member : ensembleMembers(model))
    members.push_back(
        openBaseModel(member.file, member.recipe.empty() ? recipe : findRecipe(member.recipe), device));
  return std::make_unique<EnsembleModel>(std::move(members), recipe);
}

}  // namespace discern::features

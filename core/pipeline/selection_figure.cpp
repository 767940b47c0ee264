#include "core/pipeline/selection_figure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/imaging/canvas.h"
#include "core/imaging/sample.h"
#include "core/pipeline/kept_images.h"

namespace discern::pipeline {
namespace {

constexpr int kPanel = 520, kMargin = 28, kSide = 56, kShown = 54;  // discarded faces at most

bool isOn(const project::MapRow& map, int sample) {
  return sample < map.points.rows && data::isFinite(map.points.row(sample));
}

std::vector<int> facesOn(const project::MapRow& map) {
  std::vector<int> faces;
  for (int i = 0; i < map.points.rows; ++i)
    if (isOn(map, i)) faces.push_back(i);
  return faces;
}

// The share of the faces whose nearest other one on the map is of the same identity.
double purity(const project::MapRow& map, const std::vector<int>& faces, const std::vector<int>& identity) {
  std::int64_t same = 0;
  for (const int face : faces) {
    const auto own = map.points.row(face);
    float least = std::numeric_limits<float>::infinity();
    int nearest = -1;
    for (const int other : faces) {
      if (other == face) continue;
      const auto there = map.points.row(other);
      const float dx = own[0] - there[0], dy = own[1] - there[1];
      if (const float distance = dx * dx + dy * dy; distance < least) {
        least = distance;
        nearest = other;
      }
    }
    same += nearest >= 0 &&
                    identity[static_cast<std::size_t>(nearest)] == identity[static_cast<std::size_t>(face)]
                ? 1
                : 0;
  }
  return faces.empty() ? std::nan("") : static_cast<double>(same) / static_cast<double>(faces.size());
}

class Panel {
 public:
  Panel(const project::MapRow& map, const std::vector<int>& faces, cv::Point corner)
      : map_(map), corner_(corner) {
    for (const int face : faces)
      for (std::size_t d = 0; d < 2; ++d) {
        low_[d] = std::min(low_[d], map.points.row(face)[d]);
        high_[d] = std::max(high_[d], map.points.row(face)[d]);
      }
  }
  cv::Point at(int face) const {
    const auto place = [&](std::size_t d) {
      const float range = std::max(high_[d] - low_[d], 1e-6F);
      const float share = (map_.points.row(face)[d] - low_[d]) / range;
      return kMargin / 2 + static_cast<int>(std::lround(share * static_cast<float>(kPanel - kMargin)));
    };
    return corner_ + cv::Point(place(0), kPanel - place(1));
  }
  cv::Rect box() const { return {corner_, cv::Size(kPanel, kPanel)}; }

 private:
  const project::MapRow& map_;
  cv::Point corner_;
  float low_[2] = {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity()};
  float high_[2] = {-std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
};

}  // namespace

SelectionFigure selectionFigure(const project::Project& project, const SelectionFigureOptions& options) {
  const Roster roster = readRoster(project);
  const auto before = project.map(options.before), after = project.map(options.after);
  const auto kept = keptImages(project, roster, options.kept, "");
  SelectionFigure figure;
  figure.faces = facesOn(before);
  std::map<int, int> identities;
  for (const int face : figure.faces) {
    figure.kept.push_back(kept.isKept(face) ? 1 : 0);
    if (!figure.kept.back()) figure.discarded.push_back(face);
    ++identities[roster.identity[static_cast<std::size_t>(face)]];
  }
  figure.identities = static_cast<int>(identities.size());
  std::ranges::stable_sort(figure.discarded, std::ranges::greater{},
                           [&](int face) { return kept.enters[static_cast<std::size_t>(face)]; });
  const auto staying = facesOn(after);
  if (std::ranges::none_of(staying, [&](int face) { return isOn(before, face) && kept.isKept(face); }))
    fail("map '{}': shows no face that {} keeps of map '{}'; make it anew with kept {}", options.after,
         options.kept, options.before, options.kept);
  figure.pureBefore = purity(before, figure.faces, roster.identity);
  figure.pureAfter = purity(after, staying, roster.identity);
  return figure;
}

std::vector<std::string> drawSelectionFigure(const project::Project& project,
                                             const SelectionFigureOptions& options,
                                             const SelectionFigure& figure,
                                             const std::filesystem::path& stem) {
  const Roster roster = readRoster(project);
  const auto before = project.map(options.before), after = project.map(options.after);
  const auto& kind = kindOf(project);
  std::map<int, int> colours;
  for (const int face : figure.faces)
    colours.emplace(roster.identity[static_cast<std::size_t>(face)], static_cast<int>(colours.size()));

  const int width = 2 * kPanel + 3 * kMargin, columns = (width - 2 * kMargin) / (kSide + 4);
  const int shown = std::min<int>(kShown, static_cast<int>(figure.discarded.size()));
  const int lines = (shown + columns - 1) / columns, gallery = kPanel + 3 * kMargin;
  imaging::Canvas canvas(width, gallery + lines * (kSide + 4) + kMargin);
  const Panel left(before, figure.faces, {kMargin, kMargin}),
      right(after, facesOn(after), {kPanel + 2 * kMargin, kMargin});
  for (const Panel* panel : {&left, &right}) canvas.frame(panel->box(), imaging::kFaint);
  canvas.text(fmt::format("all {} faces; rings are discarded", figure.faces.size()), {kMargin, kMargin - 8});
  canvas.text(fmt::format("the {} kept, laid out again", figure.faces.size() - figure.discarded.size()),
              {kPanel + 2 * kMargin, kMargin - 8});
  std::string csv = "sample,identity,path,kept,x,y,kept_x,kept_y\n";
  for (std::size_t i = 0; i < figure.faces.size(); ++i) {
    const int face = figure.faces[i];
    const int identity = roster.identity[static_cast<std::size_t>(face)];
    const auto colour = imaging::colourOf(colours.at(identity));
    canvas.dot(left.at(face), 4, colour, figure.kept[i] != 0);
    const bool again = isOn(after, face);
    if (again) canvas.dot(right.at(face), 4, colour);
    const auto& sample = roster.samples[static_cast<std::size_t>(face)];
    const auto place = before.points.row(face);
    csv +=
        fmt::format("{},{},{},{},{},{},{}\n", face,
                    data::csvField(roster.identities[static_cast<std::size_t>(identity)].name),
                    data::csvField(sample.image.file), figure.kept[i] != 0 ? 1 : 0, place[0], place[1],
                    again ? fmt::format("{},{}", after.points.row(face)[0], after.points.row(face)[1]) : ",");
  }
  canvas.text(fmt::format("discarded ({} of {} shown)", shown, figure.discarded.size()),
              {kMargin, gallery - 8});
  for (int i = 0; i < shown; ++i) {
    const int face = figure.discarded[static_cast<std::size_t>(i)];
    const cv::Rect box(kMargin + i % columns * (kSide + 4), gallery + i / columns * (kSide + 4), kSide,
                       kSide);
    try {
      canvas.picture(imaging::loadPicture(kind, roster.samples[static_cast<std::size_t>(face)].image, kSide),
                     box);
    } catch (const Error&) {  // its frame is empty
    }
    canvas.frame(box, imaging::colourOf(colours.at(roster.identity[static_cast<std::size_t>(face)])), 2);
  }
  const auto beside = [&](const char* ending) { return stem.string() + ending; };
  canvas.save(beside(".png"));
  writeFileAtomically(beside(".csv"), csv);
  return {beside(".png"), beside(".csv")};
}

}  // namespace discern::pipeline

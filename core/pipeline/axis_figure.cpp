#include "core/pipeline/axis_figure.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/imaging/canvas.h"
#include "core/imaging/sample.h"
#include "core/pipeline/inputs.h"

namespace discern::pipeline {
namespace {

constexpr int kSide = 56, kLeft = 150, kWide = 1000, kGap = 26;

struct Placed {
  cv::Rect box;
  int lane = 0;
};

// Where the pictures of one template stand: each with its middle at its score, in the first lane in which it
// covers no other.
std::vector<Placed> placed(const AxisTemplate& one, int& lanes) {
  std::vector<int> ends;  // of each lane
  std::vector<Placed> all;
  for (const float score : one.scores) {
    const int x = kLeft + static_cast<int>(std::lround(std::clamp(score, 0.0F, 1.0F) * kWide)) - kSide / 2;
    auto lane = std::ranges::find_if(ends, [&](int end) { return end <= x; });
    if (lane == ends.end()) lane = ends.insert(ends.end(), 0);
    *lane = x + kSide;
    all.push_back({{x, 0, kSide, kSide}, static_cast<int>(lane - ends.begin())});
  }
  lanes = static_cast<int>(ends.size());
  return all;
}

void drawSample(imaging::Canvas& canvas, const data::GroupKind& kind, const project::SampleRow& sample,
                cv::Rect box) {
  try {
    canvas.picture(imaging::loadPicture(kind, sample.image, kSide), box);
  } catch (const Error&) {
    canvas.line(box.tl(), box.br(), imaging::kFaint);
    canvas.line({box.x, box.br().y}, {box.br().x, box.y}, imaging::kFaint);
  }
  canvas.frame(box, imaging::kFaint);
}

}  // namespace

std::vector<AxisTemplate> templatesOnAxis(const project::Project& project, const AxisFigureOptions& options) {
  const auto protocol = project.protocol(options.protocol);
  const auto scores = project.scores(options.scores);
  struct Candidate {
    AxisTemplate shown;
    int identity;
  };
  std::vector<Candidate> candidates;
  for (const auto& one : protocol.templates) {
    std::vector<std::pair<float, int>> order;
    for (const int sample : one.samples)
      if (sample < scores.covered && std::isfinite(scores.score[static_cast<std::size_t>(sample)]))
        order.emplace_back(scores.score[static_cast<std::size_t>(sample)], sample);
    if (order.size() < 2) continue;
    std::ranges::sort(order);
    Candidate candidate{{one.name, {}, {}}, one.identity};
    for (const auto& [score, sample] : order) {
      candidate.shown.samples.push_back(sample);
      candidate.shown.scores.push_back(score);
    }
    candidates.push_back(std::move(candidate));
  }
  if (candidates.empty())
    fail("protocol '{}': no template has two images with scores '{}'; score its images first",
         options.protocol, options.scores);
  std::ranges::stable_sort(candidates, std::ranges::greater{},
                           [](const Candidate& c) { return c.shown.scores.back() - c.shown.scores.front(); });
  std::vector<AxisTemplate> chosen;
  std::set<int> seen;
  for (auto& candidate : candidates)
    if (std::ssize(chosen) < options.templates &&
        (candidate.identity < 0 || seen.insert(candidate.identity).second))
      chosen.push_back(std::move(candidate.shown));
  return chosen;
}

std::vector<std::string> drawAxisFigure(const project::Project& project,
                                        const std::vector<AxisTemplate>& templates,
                                        const std::filesystem::path& stem) {
  const auto samples = project.samples();
  const auto& kind = kindOf(project);
  std::vector<std::vector<Placed>> places;
  int height = kGap;
  std::vector<int> tops;
  for (const auto& one : templates) {
    int lanes = 0;
    places.push_back(placed(one, lanes));
    tops.push_back(height);
    height += lanes * (kSide + 2) + kGap;
  }
  imaging::Canvas canvas(kLeft + kWide + kSide, height + kGap);
  std::string csv = "template,sample,path,score\n";
  for (std::size_t t = 0; t < templates.size(); ++t) {
    const AxisTemplate& one = templates[t];
    int bottom = tops[t];
    for (std::size_t i = 0; i < one.samples.size(); ++i) {
      const auto& sample = samples[static_cast<std::size_t>(one.samples[i])];
      cv::Rect box = places[t][i].box;
      box.y = tops[t] + places[t][i].lane * (kSide + 2);
      bottom = std::max(bottom, box.br().y);
      drawSample(canvas, kind, sample, box);
      csv += fmt::format("{},{},{},{:.6f}\n", data::csvField(one.name), sample.id,
                         data::csvField(sample.image.file), one.scores[i]);
    }
    canvas.text(one.name, {8, tops[t] + kSide / 2});
    canvas.line({kLeft, bottom + 3}, {kLeft + kWide, bottom + 3}, imaging::kInk);
  }
  for (int tenth = 0; tenth <= 10; tenth += 2)
    canvas.text(fmt::format("{:.1f}", tenth / 10.0), {kLeft + kWide * tenth / 10 - 10, height + kGap - 8});
  const auto beside = [&](const char* ending) { return stem.string() + ending; };
  canvas.save(beside(".png"));
  writeFileAtomically(beside(".csv"), csv);
  return {beside(".png"), beside(".csv")};
}

}  // namespace discern::pipeline

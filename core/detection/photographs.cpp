#include "core/detection/photographs.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/base/parallel.h"
#include "core/data/empty_templates.h"
#include "core/data/no_face.h"
#include "core/data/place.h"
#include "core/imaging/image.h"

namespace discern::detection {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

// Side of the square that alignment shows, over the box's longer side (docs/benchmarks.md says on what it
// was measured).
double unitOf(Kind kind) { return kind == Kind::Cascade ? 1.0 : 1.12; }

constexpr int kRoomSide = 800;  // pixels, of a photograph that gets room around it

std::vector<Face> findWithRoom(Detector& detector, const cv::Mat& photograph) {
  const int longer = std::max(photograph.cols, photograph.rows);
  const double scale = std::min(1.0, static_cast<double>(kRoomSide) / longer);
  cv::Mat seen, roomy;
  cv::resize(photograph, seen, {}, scale, scale, cv::INTER_AREA);
  const int room = std::max(seen.cols, seen.rows) / 2;
  cv::copyMakeBorder(seen, roomy, room, room, room, room, cv::BORDER_CONSTANT, {0, 0, 0});
  auto faces = detector.find(roomy);
  const auto back = [&](float v) { return static_cast<float>((static_cast<double>(v) - room) / scale); };
  for (Face& face : faces) {
    face.box = {back(face.box.x), back(face.box.y), static_cast<float>(face.box.width / scale),
                static_cast<float>(face.box.height / scale)};
    if (face.landmarks)
      for (auto& p : *face.landmarks) p = {back(p.x), back(p.y)};
  }
  return faces;
}

cv::Point2f middleOf(const cv::Rect2f& box) { return {box.x + box.width / 2, box.y + box.height / 2}; }

Found look(FaceFinder& finder, const data::ImageRef& image) {
  Found found;
  try {
    const cv::Mat photograph = imaging::loadImage(image);
    found.size = photograph.size();
    found.faces = finder.find(photograph);
  } catch (const Error& e) {
    found.problem = e.what();
  }
  return found;
}

// Samples of one photograph, which is looked at once.
std::vector<std::vector<int>> photographsOf(const data::Dataset& set) {
  std::map<std::string, std::size_t> known;
  std::vector<std::vector<int>> photographs;
  for (std::size_t i = 0; i < set.samples.size(); ++i) {
    const auto& image = set.samples[i].image;
    if (image.landmarks) continue;
    const auto [at, fresh] = known.try_emplace(data::placeOf(image), photographs.size());
    if (fresh) photographs.emplace_back();
    photographs[at->second].push_back(static_cast<int>(i));
  }
  return photographs;
}

// Every photograph's faces, by all threads.
std::vector<Found> lookAtAll(const data::Dataset& set, const std::vector<std::vector<int>>& photographs,
                             std::vector<std::unique_ptr<FaceFinder>>& finders, Findings& findings,
                             Progress& progress) {
  std::vector<Found> all(photographs.size());
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < photographs.size(); ++i) {
    const auto& image = set.samples[static_cast<std::size_t>(photographs[i][0])].image;
    if (auto known = findings.find(image))
      all[i] = std::move(*known);
    else
      todo.push_back(i);
  }
  progress.start("finding faces", static_cast<std::int64_t>(photographs.size()));
  const std::size_t before = photographs.size() - todo.size();
  if (before > 0) {
    progress.resumeAt(static_cast<std::int64_t>(before));
    progress.note(fmt::format("Going on after {} of {} photographs.", before, photographs.size()));
  }
  cv::setNumThreads(1);
  std::atomic<std::size_t> next{0};
  parallelFor(static_cast<std::int64_t>(finders.size()), 1, [&](std::int64_t worker, std::int64_t) {
    for (std::size_t k = next++; k < todo.size(); k = next++) {
      progress.throwIfStopped();
      const auto& image = set.samples[static_cast<std::size_t>(photographs[todo[k]][0])].image;
      all[todo[k]] = look(*finders[static_cast<std::size_t>(worker)], image);
      findings.add(image, all[todo[k]]);
      progress.advance();
    }
  });
  progress.finish();
  return all;
}

std::string withFacts(const std::string& nuisance, const Face* face, std::size_t faces) {
  json facts = nuisance.empty() ? json::object() : parseJson(nuisance);
  if (!facts.is_object()) facts = json::object();
  facts["faces"] = faces;
  if (face) {
    facts["detector_score"] = std::round(face->score * 1e4) / 1e4;
    if (face->landmarks) facts["eyes"] = std::round(eyeDistance(*face->landmarks) * 10) / 10;
  }
  return facts.dump();
}

// Makes samples of what was found, and counts.
class Placer {
 public:
  Placer(data::Dataset& set, const DetectOptions& options, double unit)
      : set_(set), options_(options), unit_(unit), to_(set.samples.size()) {}

  void keep(int sample) { put(sample, set_.samples[static_cast<std::size_t>(sample)]); }

  void place(int index, const Found& found) {
    data::Sample sample = set_.samples[static_cast<std::size_t>(index)];
    ++summary_.photographs;
    if (!found.problem.empty()) {
      ++summary_.unreadable;
      if (isFrame(sample, "cannot be read; they were left out")) return;
      set_.problems.push_back({sample.image.file, found.problem});
      put(index, sample);
      return;
    }
    cv::Rect2f where({}, cv::Size2f(found.size));
    if (const auto& crop = sample.image.crop)
      where = {static_cast<float>(crop->x), static_cast<float>(crop->y), static_cast<float>(crop->width),
               static_cast<float>(crop->height)};
    const auto chosen = choose(found.faces, Choice::All, where);
    if (chosen.empty()) {
      ++summary_.missed;
      if (isFrame(sample, "show no face; they were left out")) return;
      set_.problems.push_back({sample.image.file, "no face was found in it; it stays, without a face"});
      sample.image.crop = data::kNoFace;
      sample.nuisance = withFacts(sample.nuisance, nullptr, 0);
      put(index, sample);
      return;
    }
    if (chosen.size() > 1) noteSeveral(sample, chosen.size());
    for (const Face& face : choose(chosen, options_.choose, where))
      put(index, faceOf(sample, face, chosen.size()));
  }

  Summary finish() {
    for (const auto& [what, count] : frames_)
      set_.problems.push_back({what.first, fmt::format("{} of its frames {}", count, what.second)});
    set_.samples = std::move(samples_);
    for (auto& protocol : set_.protocols)
      for (auto& one : protocol.templates) {
        std::vector<int> samples;
        for (const int s : one.samples)
          for (const int made : to_[static_cast<std::size_t>(s)]) samples.push_back(made);
        one.samples = std::move(samples);
      }
    for (auto& protocol : set_.protocols)
      if (const auto left = data::leaveOutEmpty(protocol); left.templates > 0)
        set_.problems.push_back({"protocol " + protocol.name,
                                 fmt::format("{} templates and {} pairs were left out, for no frame of their "
                                             "videos shows a face",
                                             left.templates, left.pairs)});
    return summary_;
  }

 private:
  // Of a video it is told how many of its frames are so: there are thousands. False: it is a photograph.
  bool isFrame(const data::Sample& sample, const char* what) {
    if (!sample.image.moment) return false;
    ++frames_[{sample.image.file, what}];
    return true;
  }

  void put(int from, data::Sample sample) {
    to_[static_cast<std::size_t>(from)].push_back(static_cast<int>(samples_.size()));
    samples_.push_back(std::move(sample));
  }

  void noteSeveral(const data::Sample& sample, std::size_t faces) {
    if (options_.choose == Choice::All) return;
    ++summary_.several;
    if (isFrame(sample, "show several faces, of which one was taken")) return;
    set_.problems.push_back(
        {sample.image.file,
         fmt::format("{} faces were found in it; the {} was taken", faces,
                     options_.choose == Choice::Largest ? "largest" : "one nearest to the middle")});
  }

  data::Sample faceOf(data::Sample sample, const Face& face, std::size_t faces) {
    sample.nuisance = withFacts(sample.nuisance, &face, faces);
    sample.image.landmarks = face.landmarks;
    if (!face.landmarks) {
      ++summary_.cropped;
      sample.image.crop = squareAround(face.box, unit_);
      return sample;
    }
    sample.image.crop = squareAround(face.box, 1);
    sample.image.crop->width = std::max(1, static_cast<int>(std::lround(face.box.width)));
    sample.image.crop->x = static_cast<int>(std::lround(face.box.x));
    sample.image.crop->height = std::max(1, static_cast<int>(std::lround(face.box.height)));
    sample.image.crop->y = static_cast<int>(std::lround(face.box.y));
    if (const double eyes = eyeDistance(*face.landmarks); eyes < options_.tinyEyes) {
      ++summary_.tiny;
      if (!isFrame(sample, "show a tiny face"))
        set_.problems.push_back(
            {sample.image.file, fmt::format("its face is tiny, {:.1f} pixels between the eyes", eyes)});
    }
    return sample;
  }

  data::Dataset& set_;
  const DetectOptions& options_;
  double unit_;
  std::vector<data::Sample> samples_;
  std::vector<std::vector<int>> to_;                           // of an old sample, the new ones
  std::map<std::pair<std::string, std::string>, int> frames_;  // by video, and what is so
  Summary summary_;
};

}  // namespace

FaceFinder::FaceFinder(const DetectOptions& options) : detector_(openDetector(options.model)) {
  if (!options.landmarks.empty()) landmarks_ = std::make_unique<LandmarkModel>(options.landmarks);
}

std::string FaceFinder::recipe() const {
  return detector_->recipe() + (landmarks_ ? landmarks_->recipe() : std::string());
}

std::vector<Face> FaceFinder::find(const cv::Mat& photograph) {
  auto faces = detector_->find(photograph);
  if (faces.empty()) faces = findWithRoom(*detector_, photograph);
  // Of a box that lies outside nothing can be seen.
  std::erase_if(faces, [&](const Face& face) {
    return (face.box & cv::Rect2f({}, cv::Size2f(photograph.size()))).area() < 0.25F * face.box.area();
  });
  for (Face& face : faces) {
    if (landmarks_) face.landmarks = landmarks_->find(photograph, face.box);
    if (!face.landmarks) continue;
    face.landmarks = inImageOrder(*face.landmarks);
    if (!problemOf(*face.landmarks, photograph.size()).empty()) face.landmarks.reset();
  }
  return faces;
}

std::vector<Face> choose(std::vector<Face> faces, Choice choice, const cv::Rect2f& where) {
  std::erase_if(faces, [&](const Face& face) { return !where.contains(middleOf(face.box)); });
  const auto away = [&](const Face& face) { return cv::norm(middleOf(face.box) - middleOf(where)); };
  if (choice == Choice::Central)
    std::ranges::stable_sort(faces, {}, away);
  else
    std::ranges::stable_sort(faces, std::greater(), [](const Face& face) { return face.box.area(); });
  if (choice != Choice::All && faces.size() > 1) faces.resize(1);
  return faces;
}

Summary detectFaces(data::Dataset& set, const DetectOptions& options, const fs::path& cache,
                    Progress& progress) {
  std::vector<std::unique_ptr<FaceFinder>> finders;
  for (int i = 0; i < threadCount(); ++i) finders.push_back(std::make_unique<FaceFinder>(options));
  const auto hash = [](const std::string& file) {
    return file.empty() ? std::string() : std::to_string(hashOfFile(file));
  };
  const std::string model = options.model == kCascade ? cascadeFile().value_or("") : options.model;
  Findings findings(cache, hash(model) + hash(options.landmarks) + finders[0]->recipe());
  const auto photographs = photographsOf(set);
  const auto found = lookAtAll(set, photographs, finders, findings, progress);
  std::vector<const Found*> of(set.samples.size(), nullptr);
  for (std::size_t i = 0; i < photographs.size(); ++i)
    for (const int sample : photographs[i]) of[static_cast<std::size_t>(sample)] = &found[i];
  Placer placer(set, options, unitOf(finders[0]->kind()));
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (of[i])
      placer.place(static_cast<int>(i), *of[i]);
    else
      placer.keep(static_cast<int>(i));
  }
  return placer.finish();
}

}  // namespace discern::detection

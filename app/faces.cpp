#include "app/faces.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/data/no_face.h"
#include "core/imaging/aligned.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"

namespace discern::app {
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// Of a preview: so many photographs are looked at.
constexpr std::size_t kPreviewed = 24;

data::Dataset some(const data::Dataset& set) {
  data::Dataset part;
  for (std::size_t k = 0; k < std::min(kPreviewed, set.samples.size()); ++k)
    part.samples.push_back(set.samples[k * set.samples.size() / std::min(kPreviewed, set.samples.size())]);
  return part;
}

}  // namespace

void checkDetector(const jobs::ImportOptions& o) {
  if (jobs::isRendered(o.source)) return;
  if (!o.detect.model.empty()) detection::FaceFinder finder(o.detect);
  if (o.detect.model.empty() && !o.detect.landmarks.empty())
    failField("landmarks", o.detect.landmarks, "is for the faces that a detector finds; name that as well");
}

FacesFound findFaces(const jobs::ImportOptions& o, const fs::path& project, data::Dataset& set,
                     Progress& progress) {
  FacesFound found;
  if (jobs::isRendered(o.source)) return found;
  if (const auto& kind = imaging::findGroupKind(set.kind); !imaging::isAlignable(kind)) {
    if (!o.detect.model.empty())
      failField("detect", o.detect.model, "finds faces, and {} are not aligned by theirs; leave it out",
                kind.subject.many);
    return found;
  }
  if (o.detect.model.empty()) {
    found.unaligned = detection::unalignedReason(set);
    return found;
  }
  if (o.load.dryRun) {
    data::Dataset part = some(set);
    found.summary = detection::detectFaces(part, o.detect, {}, progress);
    return found;
  }
  project::requireFileName("name", set.name);
  const fs::path file = findingsOf(project, set.name);
  fs::create_directories(file.parent_path());
  found.summary = detection::detectFaces(set, o.detect, file, progress);
  return found;
}

std::string facesText(const FacesFound& found, bool isPreview) {
  if (!found.unaligned.empty())
    return fmt::format(
        "\nThese images look unaligned: {}. Recognisers take aligned faces; import with --detect MODEL finds "
        "and aligns them.",
        found.unaligned);
  if (!found.summary) return "";
  const auto& s = *found.summary;
  std::string text =
      fmt::format("\nfaces{}: {}, {} without a face, {} with several, {} tiny", isPreview ? " of a few" : "",
                  counted(static_cast<std::size_t>(s.photographs), "photograph", "photographs"), s.missed,
                  s.several, s.tiny);
  if (s.unreadable > 0) text += fmt::format(", {} unreadable", s.unreadable);
  if (s.cropped > 0)
    text += fmt::format("\n{} without usable landmarks: cropped, not aligned; --landmarks MODEL aligns them",
                        counted(static_cast<std::size_t>(s.cropped), "face is", "faces are"));
  return text;
}

void putFaces(const FacesFound& found, results::ImportResult& result) {
  result.unaligned = found.unaligned;
  if (!found.summary) return;
  const auto& s = *found.summary;
  result.faces = {s.photographs, s.missed, s.several, s.tiny, s.cropped, s.unreadable};
}

fs::path findingsOf(const fs::path& project, const std::string& set) {
  return project / "detections" / (set + ".jsonl");
}

void forgetFindings(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
  fs::remove(file.parent_path(), ignored);  // only when it is empty
}

Outcome alignByHand(project::Project& project, const jobs::AlignOptions& o) {
  const std::string kindName = project.groupKind();
  if (const auto& kind = imaging::findGroupKind(kindName); !imaging::isAlignable(kind))
    fail("{} are not aligned by the points of a face; there is nothing to place", kind.subject.many);
  const auto samples = project.samples();
  if (o.sample >= std::ssize(samples))
    failField("sample", o.sample, "there are {} images, numbered from 0", samples.size());
  if (o.landmarks.size() != 10)
    failField("landmarks", o.landmarks.size(),
              "numbers were given; ten, x and y of five points, were expected");
  project::SampleRow row = samples[static_cast<std::size_t>(o.sample)];
  if (row.parent >= 0)
    failField("sample", o.sample, "is a degraded copy; place the face of the original, {}", row.parent);
  data::Landmarks points;
  for (std::size_t k = 0; k < points.size(); ++k)
    points[k] = {static_cast<float>(o.landmarks[2 * k]), static_cast<float>(o.landmarks[2 * k + 1])};
  const cv::Mat photograph = imaging::loadImage(row.image);
  if (const std::string problem = detection::problemOf(points, photograph.size()); !problem.empty())
    failField("landmarks", fmt::format("{:g}", fmt::join(o.landmarks, ",")), "{}", problem);
  row.image.landmarks = points;
  if (data::isWithoutFace(samples[static_cast<std::size_t>(o.sample)].image)) row.image.crop.reset();
  json facts = row.nuisance.empty() ? json::object() : parseJson(row.nuisance);
  if (!facts.is_object()) facts = json::object();
  facts["placed"] = "by hand";
  const double eyes = std::round(detection::eyeDistance(points) * 10) / 10;
  facts["eyes"] = eyes;
  project.placeFaces({{o.sample, row.image, facts.dump()}});
  return {results::AlignResult{o.sample, eyes},
          "done; run 'discern extract' and then 'discern score' again: what was made of it before is stale"};
}

// What a detector said of photographs: those without a face, with several, with a tiny one.
std::string tellFaces(const std::vector<project::SampleRow>& samples, results::ProjectInfo& info) {
  const double tiny = detection::DetectOptions().tinyEyes;
  std::vector<results::ListedPhotograph> missed, several, small;
  int found = 0;
  std::string examples;
  for (const auto& s : samples) {
    if (s.parent >= 0 || s.nuisance.find("\"faces\"") == std::string::npos) continue;
    const json facts = parseJson(s.nuisance);
    ++found;
    const results::ListedPhotograph entry{s.id, s.image.file};
    const double eyes = jsonNumber(facts, "eyes", tiny), faces = jsonNumber(facts, "faces", 1);
    if (data::isWithoutFace(s.image)) missed.push_back(entry);
    if (faces > 1) several.push_back(entry);
    if (eyes < tiny) small.push_back(entry);
    if (const bool listed = faces > 1 || eyes < tiny; listed && several.size() + small.size() <= 10)
      examples += fmt::format("  sample {}: {}: {}\n", s.id, s.image.file,
                              eyes < tiny ? fmt::format("tiny, {:g} pixels between the eyes", eyes)
                                          : fmt::format("{:g} faces", faces));
  }
  if (found == 0) return "";
  std::string text =
      fmt::format("faces found in photographs: {}; {} without a face, {} with several, {} tiny\n", found,
                  missed.size(), several.size(), small.size());
  text += examples;
  info.faces = {found, missed, several, small};
  return text;
}

}  // namespace discern::app

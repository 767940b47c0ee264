#include "core/jobs/import.h"

#include "core/base/registry.h"
#include "core/jobs/choices.h"

namespace discern::jobs {
namespace {
using datasets::LoadOptions;
using rendering::SyntheticOptions;

std::vector<FieldChoice> formats() {
  auto choices = choicesOf(datasets::formats());
  choices.insert(choices.begin(), {"auto", "Looks at what is there and says what it found"});
  return choices;
}

std::string cropText(const LoadOptions& o) {
  return o.crop ? fmt::format("{},{},{},{}", o.crop->x, o.crop->y, o.crop->width, o.crop->height) : "";
}

void readCrop(const std::string& text, LoadOptions& o) {
  o.crop.reset();
  if (text.empty()) return;
  std::vector<int> numbers;
  Field number;
  number.name = "crop";
  number.kind = FieldKind::Integer;
  number.within(-1'000'000, 1'000'000);
  const auto parts = splitList(text);
  if (parts.size() != 4)
    failField("crop", text, "four whole numbers x,y,width,height, such as 60,52,130,130, were expected");
  for (const auto& part : parts) {
    checkText(number, part);
    numbers.push_back(static_cast<int>(field_text::toInteger(part)));
  }
  if (numbers[2] <= 0 || numbers[3] <= 0) failField("crop", text, "width and height must be positive");
  o.crop = data::Rect{numbers[0], numbers[1], numbers[2], numbers[3]};
}

std::string extraText(const LoadOptions& o) {
  std::string text;
  for (const auto& [key, value] : o.extra) {
    if (key == "pairs") continue;
    if (!text.empty()) text += ',';
    text += key;
    text += '=';
    text += value;
  }
  return text;
}

// KEY=VALUE, several with commas between them; a comma without a key behind it belongs to the value.
void readExtra(const std::string& text, LoadOptions& o) {
  std::erase_if(o.extra, [](const auto& entry) { return entry.first != "pairs"; });
  std::string* value = nullptr;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const auto equals = part.find('=');
    const bool keyed = equals != std::string::npos && equals > 0 &&
                       part.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == equals;
    if (keyed)
      *(value = &o.extra[part.substr(0, equals)]) = part.substr(equals + 1);
    else if (value)
      *value += "," + part;
    else
      failField("option", text, "KEY=VALUE was expected, such as unknowns=import");
    at = end + 1;
  }
}

// What each format asks for: "uccs unknowns=import".
std::string formatOptions() {
  std::string text;
  for (const auto& format : datasets::formats())
    for (const auto& option : format.options)
      text += fmt::format("{}{} {}={}", text.empty() ? "" : ", ", format.name, option.key, option.value);
  return text;
}

std::string pairsText(const LoadOptions& o) {
  const auto found = o.extra.find("pairs");
  return found == o.extra.end() ? "" : found->second;
}

void readPairs(const std::string& text, LoadOptions& o) {
  if (text.empty())
    o.extra.erase("pairs");
  else
    o.extra["pairs"] = text;
}

const Fields<LoadOptions>& loadFields() {
  static const Fields<LoadOptions> fields = [] {
    using O = LoadOptions;
    Fields<O> f;
    f.add("name", &O::name, "Name", "Name of the set").whenEmpty("the source's").must(mustBeFileName);
    f.add("identities", &O::identities, "Identities",
          "Only these, comma-separated patterns such as id0*,id11")
        .whenEmpty("all");
    f.add("min-images", &O::minImages, "Least images", "Identities with fewer images are left out")
        .within(1, 100000);
    f.addText(
         "crop", cropText, readCrop, "Crop",
         "x,y,width,height of the face in every image without landmarks (LFW's deep-funneled images have "
         "60,52,130,130 by themselves)")
        .whenEmpty("the whole image")
        .must([](const Field&, const std::string& text) {
          LoadOptions trial;
          readCrop(text, trial);
        });
    f.addText("pairs", pairsText, readPairs, "Pairs", "Pairs file that is not beside the images")
        .whenEmpty("found by itself")
        .file();
    f.addText("option", extraText, readExtra, "Of the format",
              "What a format asks for, comma-separated KEY=VALUE: " + formatOptions())
        .must([](const Field&, const std::string& text) {
          LoadOptions trial;
          readExtra(text, trial);
        })
        .expert();
    f.add("dry-run", &O::dryRun, "Dry run", "Say what was understood and change nothing").incidental();
    return f;
  }();
  return fields;
}

const Fields<SyntheticOptions>& renderedFields() {
  static const Fields<SyntheticOptions> fields = [] {
    using O = SyntheticOptions;
    Fields<O> f;
    f.add("count", &O::identities, "Rendered identities", "Of a synthetic source: identities")
        .within(1, 100000);
    f.add("images", &O::imagesPerIdentity, "Images of each",
          "synthetic-faces: images an identity; synthetic-tracklets: frames a tracklet; synthetic-actions: "
          "videos an action")
        .within(1, 100000);
    f.add("bad-share", &O::badShare, "Bad images",
          "Of a synthetic source: share of images with heavy blur, occlusion, pose or cut, darkness; "
          "synthetic-actions: of a video without its action")
        .within(0, 1);
    f.add("label-errors", &O::labelErrors, "Label errors",
          "synthetic-faces: share of images filed under another identity")
        .within(0, 1);
    f.add("first-identity", &O::firstIdentity, "First identity",
          "Of a synthetic source: number of the first identity; disjoint ranges share nobody")
        .atLeast(0);
    f.add("seed", &O::seed, "Seed", "Of a synthetic source: the same seed renders the same");
    return f;
  }();
  return fields;
}

const Fields<detection::DetectOptions>& detectFields() {
  static const Fields<detection::DetectOptions> fields = [] {
    using O = detection::DetectOptions;
    Fields<O> f;
    f.add("detect", &O::model, "Face detector",
          "Finds the faces of raw photographs: an ONNX file (YuNet, SCRFD, RetinaFace, UltraFace)")
        .whenEmpty("images are faces already")
        .oneOf([] {
          return std::vector<FieldChoice>{
              {"cascade", "OpenCV's own, which misses many faces and aligns none: a poor choice"}};
        })
        .orOther()
        .file();
    f.add("landmarks", &O::landmarks, "Landmark model",
          "Five points of each face for a detector that gives none: an ONNX file with 68 or 5 points")
        .whenEmpty("the detector's own; without any, faces are cropped and not aligned")
        .file();
    f.add("face", &O::choose, "Which face", "Of a photograph with several");
    f.add("tiny-eyes", &O::tinyEyes, "Tiny below", "Faces with fewer pixels between the eyes are listed")
        .within(0, 1000)
        .in("pixels")
        .expert();
    return f;
  }();
  return fields;
}

}  // namespace

const Fields<ImportOptions>& importFields() {
  static const Fields<ImportOptions> fields = [] {
    using O = ImportOptions;
    Fields<O> f;
    f.add("source", &O::source, "Source",
          "Folder or file to read, or synthetic-faces, synthetic-tracklets, synthetic-actions")
        .file()
        .positioned();
    f.add("format", &O::format, "Format", "Layout of the source").oneOf(formats);
    f.add("role", &O::role, "Use", "What its identities are for");
    f.include(&O::load, loadFields());
    f.include(&O::detect, detectFields());
    f.include(&O::synthetic, renderedFields());
    return f;
  }();
  return fields;
}

}  // namespace discern::jobs

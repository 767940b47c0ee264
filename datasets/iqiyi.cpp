// iQIYI-VID-FACE: train_gt.txt and val_gt.txt say whose a video is. Where a folder of the video's name holds
// its frames, cut out as faces, these are taken, otherwise frames of the video itself.
#include <algorithm>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"
#include "datasets/text_rows.h"
#include "datasets/video_files.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kTrain = "train_gt.txt";
constexpr const char* kValidation = "val_gt.txt";

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// Where videos' folders may lie: in the root, and in the releases' parts and sets (IQIYI_VID_DATA_Part1,
// IQIYI_VID_TRAIN, IQIYI_VID_VAL), or in frames.
std::vector<fs::path> placesOf(const fs::path& root) {
  std::vector<fs::path> places = {root};
  for (std::size_t i = 0; i < places.size() && places.size() < 100; ++i) {
    std::vector<fs::path> inner;
    for (const auto& entry : fs::directory_iterator(places[i])) {
      const std::string name = entry.path().filename().string();
      const bool isPart = name.starts_with("IQIYI_VID_DATA") || name == "IQIYI_VID_TRAIN" ||
                          name == "IQIYI_VID_VAL" || (i == 0 && name == "frames");
      if (isPart && entry.is_directory()) inner.push_back(entry.path());
    }
    std::ranges::sort(inner);
    places.insert(places.end(), inner.begin(), inner.end());
  }
  return places;
}

class Loader {
 public:
  explicit Loader(const fs::path& root) : places_(placesOf(root)) {}

  // A line names its label before its videos, or one video before its label.
  void read(const fs::path& file, FaceProtocol& protocol, FaceProtocol* people, Progress& progress) {
    const auto index = static_cast<int>(faces.tables.size());
    faces.tables.push_back(file);
    TextRows rows(file);
    for (data::CsvRow row; rows.next(row);) {
      progress.throwIfStopped();
      const std::string where = fmt::format("{}:{}", file.string(), row.line);
      if (row.fields.size() < 2)
        fail("{}: '{}' was found, but a video and its label were expected ({})", where, row.fields[0],
             "IQIYI_VID_TRAIN_0000001.mp4 123");
      const auto isVideo = [](const std::string& text) { return text.find("IQIYI_VID") == 0; };
      const bool videoFirst = isVideo(row.fields.front());
      const std::string& label = videoFirst ? row.fields.back() : row.fields.front();
      if (label.empty() || !std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; }))
        fail("{}: '{}' was found; a label, a whole number, was expected", where, label);
      if (videoFirst && row.fields.size() != 2)
        fail("{}: {} columns were found, but a video and its label were expected", where, row.fields.size());
      for (std::size_t i = videoFirst ? 0 : 1; i + (videoFirst ? 1 : 0) < row.fields.size(); ++i) {
        if (!isVideo(row.fields[i]))
          fail("{}: '{}' was found; a video such as IQIYI_VID_VAL_0000001.mp4 was expected", where,
               row.fields[i]);
        add(row.fields[i], label, {index, row.line}, where, protocol, people);
      }
    }
  }

  // Frames of the videos that have no folder.
  void readVideos(const LoadOptions& options, Progress& progress) {
    std::vector<fs::path> files;
    for (const Packed& video : packed_) files.push_back(video.file);
    const auto frames = framesOf(files, videoSampling(options), options, progress);
    for (std::size_t i = 0; i < packed_.size(); ++i) {
      const Packed& video = packed_[i];
      if (!frames[i].problem.empty()) problems.push_back({video.file.string(), frames[i].problem});
      for (const double time : frames[i].times) {
        data::ImageRef image;
        image.file = video.file.string();
        image.moment = data::Moment{time, 0};
        take(video, std::move(image));
      }
    }
  }

  FaceTable faces;
  std::vector<data::Problem> problems;
  std::size_t listed = 0, missing = 0;

 private:
  void add(const std::string& video, const std::string& label, RowPlace place, const std::string& where,
           FaceProtocol& protocol, FaceProtocol* people) {
    ++listed;
    Packed one{{}, fs::path(video).stem().string(), label, place, where, &protocol, people};
    fs::path folder;
    for (const fs::path& part : places_)
      for (const std::string& name : {video, one.stem}) {
        std::error_code ignored;
        if (folder.empty() && isFolder(part / name)) folder = part / name;
        if (one.file.empty() && fs::is_regular_file(part / name, ignored)) one.file = part / name;
      }
    const auto images = folder.empty() ? std::vector<fs::path>() : imagesBelow(folder, true);
    if (images.empty() && one.file.empty()) ++missing;
    if (images.empty() && !one.file.empty()) packed_.push_back(one);
    for (const fs::path& file : images) {
      data::ImageRef image;
      image.file = file.string();
      take(one, std::move(image));
    }
  }

  // A line's video, and what it belongs to.
  struct Packed {
    fs::path file;
    std::string stem, label;
    RowPlace place;
    std::string where;
    FaceProtocol *protocol, *people;
  };

  void take(const Packed& video, data::ImageRef image) {
    const int identity = faces.identity(video.label);
    const auto at = static_cast<int>(faces.faces.size());
    Face face{video.place, identity, {}};
    face.sample.image = std::move(image);
    face.sample.media = video.stem;
    video.protocol->add(video.stem, identity, at, video.where);
    if (video.people) video.people->add(video.label, identity, at, video.where);
    faces.faces.push_back(std::move(face));
  }

  std::vector<fs::path> places_;
  std::vector<Packed> packed_;
};

data::Dataset loadIqiyi(const fs::path& path, const LoadOptions& options, Progress& progress) {
  Loader loader(path);
  FaceProtocol train("train"), people("people"), validation("val");
  const bool any = fs::exists(path / kTrain) || fs::exists(path / kValidation);
  if (!any) fail("{}: holds neither {} nor {}; check the path", path.string(), kTrain, kValidation);
  if (fs::exists(path / kTrain)) loader.read(path / kTrain, train, &people, progress);
  if (fs::exists(path / kValidation)) loader.read(path / kValidation, validation, nullptr, progress);
  loader.readVideos(options, progress);
  if (loader.faces.faces.empty())
    fail("{}: none of the {} listed videos is there, nor a folder with its frames{}; check the path",
         path.string(), loader.listed,
         loader.problems.empty() ? ""
                                 : fmt::format(" that can be read (the first: {}: {})",
                                               loader.problems.front().where, loader.problems.front().what));
  std::vector<int> sampleOf;
  const std::size_t missing = loader.missing, listed = loader.listed;
  const auto problems = std::move(loader.problems);
  data::Dataset dataset = toDataset(std::move(loader.faces), path, everybody(options), progress, &sampleOf);
  if (missing > 0)
    dataset.problems.push_back(
        {path.string(),
         fmt::format("{} of {} listed videos are not there, neither as videos nor as folders of frames",
                     missing, listed)});
  dataset.problems.insert(dataset.problems.end(), problems.begin(), problems.end());
  for (FaceProtocol* protocol : {&train, &people, &validation}) std::move(*protocol).addTo(dataset, sampleOf);
  return dataset;
}

}  // namespace

Format iqiyiFormat() {
  return {.name = "iqiyi",
          .title = "iQIYI-VID-FACE",
          .help =
              "iQIYI-VID-FACE: train_gt.txt and val_gt.txt, and each video or a folder of its frames; "
              "protocols of "
              "the videos (train, val) and of the people (all training frames of each)",
          .example =
              "SET/train_gt.txt\nSET/val_gt.txt\nSET/IQIYI_VID_TRAIN/IQIYI_VID_TRAIN_0000001.mp4/0001.jpg\n"
              "SET/IQIYI_VID_VAL/IQIYI_VID_VAL_0000001/0001.jpg",
          .matches =
              [](const fs::path& path) {
                if (!isFolder(path)) return false;
                for (const char* name : {kTrain, kValidation})
                  if (std::error_code code; fs::is_regular_file(path / name, code)) return true;
                return false;
              },
          .load = loadIqiyi,
          .options = videoSamplingOptions()};
}

}  // namespace discern::datasets

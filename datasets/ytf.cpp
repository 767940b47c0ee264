// YouTube Faces: frames of videos, Name/3/3.618.jpg in frame_images_DB, with a list of where the face is, or
// cut out and aligned in aligned_images_DB; splits.txt compares 5,000 videos in ten folds. Every video is a
// template.
#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAligned = "aligned_images_DB";
constexpr const char* kFrames = "frame_images_DB";
constexpr std::string_view kLabels = ".labeled_faces.txt";

std::vector<fs::path> foldersIn(const fs::path& folder) {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() && !entry.path().filename().string().starts_with('.'))
      folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

void addFace(FaceTable& table, FaceProtocol& protocol, Face face, const std::string& video,
             const std::string& where) {
  face.sample.media = video;
  protocol.add(video, face.identity, static_cast<int>(table.faces.size()), where);
  table.faces.push_back(std::move(face));
}

// Name/3/aligned_detect_3.618.jpg; the picture is the face.
void readAligned(const fs::path& root, FaceTable& table, FaceProtocol& protocol, Progress& progress) {
  for (const fs::path& person : foldersIn(root))
    for (const fs::path& video : foldersIn(person)) {
      progress.throwIfStopped();
      const std::string name = person.filename().string();
      for (const fs::path& image : imagesBelow(video, false)) {
        Face face{{0, 0}, table.identity(name), {}};
        face.sample.image.file = image.string();
        addFace(table, protocol, std::move(face), name + "/" + video.filename().string(), image.string());
      }
    }
}

// Name.labeled_faces.txt: Name\3\3.618.jpg,0,x,y,width,height,0.0,1, where x and y are the face's centre.
void readLabels(const fs::path& file, FaceTable& table, FaceProtocol& protocol, Progress& progress) {
  const auto index = static_cast<int>(table.tables.size());
  table.tables.push_back(file);
  data::CsvReader csv(file, ',');
  for (data::CsvRow row; csv.next(row);) {
    if (row.line % 4096 == 0) progress.throwIfStopped();
    const std::string where = fmt::format("{}:{}", file.string(), row.line);
    if (row.fields.size() != 8)
      fail("{}: {} columns were found, but 8 were expected (Name\\3\\3.618.jpg,0,x,y,width,height,0.0,1)",
           where, row.fields.size());
    std::string path = row.fields[0];
    std::ranges::replace(path, '\\', '/');
    const fs::path relative(path);
    const fs::path video = relative.parent_path(), person = video.parent_path();
    if (person.empty() || !person.parent_path().empty())
      fail("{}: '{}' was found, but Name\\3\\3.618.jpg was expected", where, row.fields[0]);
    double box[4];
    for (std::size_t i = 0; i < 4; ++i) {
      const auto value = data::csvNumber(row.fields[i + 2]);
      if (!value) fail("{}: '{}' was found; a number of pixels was expected", where, row.fields[i + 2]);
      box[i] = *value;
    }
    Face face{{index, row.line}, table.identity(person.string()), {}};
    face.sample.image.file = (file.parent_path() / relative).lexically_normal().string();
    face.sample.image.crop = toRect(box[0] - box[2] / 2, box[1] - box[3] / 2, box[2], box[3]);
    addFace(table, protocol, std::move(face), video.generic_string(), where);
  }
}

// split, pair, video, video, same; the header's names differ between copies, so columns count.
void readSplits(const fs::path& file, FaceProtocol& protocol, data::Dataset& notes) {
  TableReader table(file);
  if (table.header().size() != 5)
    fail("{}:1: {} columns were found, but 5 were expected (split, pair, video, video, same)", file.string(),
         table.header().size());
  std::size_t missing = 0, listed = 0;
  for (; table.next(); ++listed) {
    const std::int64_t split = table.whole(0), same = table.whole(4);
    if (split < 1 || split > 1000) fail("{}: split {} was found; the first is 1", table.where(), split);
    if (same != 0 && same != 1)
      fail("{}: the last column is {}; 1 (the same person) or 0 was expected", table.where(), same);
    const auto personOf = [&](int column) {
      const std::string& video = table.text(column);
      const auto slash = video.find('/');
      if (slash == std::string::npos || slash == 0 || slash + 1 == video.size())
        fail("{}: '{}' was found; a video such as Aaron_Eckhart/0 was expected", table.where(), video);
      return video.substr(0, slash);
    };
    if ((personOf(2) == personOf(3)) != (same == 1))
      fail("{}: says {}, but its videos are of {} and {}", table.where(), same, personOf(2), personOf(3));
    const int a = protocol.find(table.text(2)), b = protocol.find(table.text(3));
    if (a >= 0 && b >= 0) {
      protocol.pair(a, b, same == 1, static_cast<int>(split) - 1);
    } else if (++missing <= 1000) {
      notes.problems.push_back({table.where(), fmt::format("no frame of {} is there; the pair was left out",
                                                           table.text(a < 0 ? 2 : 3))});
    }
  }
  if (missing == listed)
    fail("{}: none of its {} pairs names two videos of this set; check the path", file.string(), listed);
}

std::optional<fs::path> findSplits(const fs::path& root) {
  for (const fs::path& folder : {root, root / "meta_data", root / "meta_and_splits"})
    for (const char* name : {"splits.txt", "Splits.txt"})
      if (fs::is_regular_file(folder / name)) return folder / name;
  return std::nullopt;
}

data::Dataset loadYtf(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto given = options.extra.find("images");
  if (given != options.extra.end() && given->second != "aligned" && given->second != "frames")
    fail("option images: '{}' was given; 'aligned' or 'frames' was expected", given->second);
  const bool aligned =
      given != options.extra.end() ? given->second == "aligned" : fs::is_directory(path / kAligned);
  const fs::path images = path / (aligned ? kAligned : kFrames);
  if (!fs::is_directory(images))
    fail("{}: is missing; folders Name/3 with the frames of a video were expected in it", images.string());
  FaceTable table;
  FaceProtocol protocol("pairs");
  if (aligned) {
    readAligned(images, table, protocol, progress);
  } else {
    std::vector<fs::path> lists;
    for (const auto& entry : fs::directory_iterator(images))
      if (entry.path().filename().string().ends_with(kLabels)) lists.push_back(entry.path());
    if (lists.empty())
      fail("{}: holds no Name{}, which say where the faces are; choose images=aligned, or get them",
           images.string(), kLabels);
    std::ranges::sort(lists);
    for (const fs::path& list : lists) readLabels(list, table, protocol, progress);
  }
  data::Dataset notes;
  if (const auto splits = findSplits(path))
    readSplits(*splits, protocol, notes);
  else
    notes.problems.push_back({(path / "splits.txt").string(), "is missing, so there are no comparisons"});
  std::vector<int> sampleOf;
  data::Dataset dataset = toDataset(std::move(table), path, everybody(options), progress, &sampleOf);
  std::ranges::move(notes.problems, std::back_inserter(dataset.problems));
  std::move(protocol).addTo(dataset, sampleOf);
  return dataset;
}

}  // namespace

Format ytfFormat() {
  return {
      .name = "ytf",
      .title = "YouTube Faces",
      .help =
          "YouTube Faces: aligned_images_DB, or frame_images_DB with Name.labeled_faces.txt, and splits.txt; "
          "a template is a video, and ten folds compare them",
      .example =
          "SET/splits.txt\nSET/aligned_images_DB/Aaron_Eckhart/0/aligned_detect_0.555.jpg\n"
          "SET/frame_images_DB/Aaron_Eckhart/0/0.555.jpg\nSET/frame_images_DB/"
          "Aaron_Eckhart.labeled_faces.txt",
      .matches =
          [](const fs::path& path) {
            return fs::is_directory(path / kAligned) || fs::is_directory(path / kFrames);
          },
      .load = loadYtf,
      .options = {
          {"images", "WHICH", "aligned (usual, where they are there) or frames, cut out by the list"}}};
}

}  // namespace discern::datasets

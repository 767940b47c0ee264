// What the adapters of action recognition share: videos that somebody labelled, cut into clips, and the
// protocols of those that are tested.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/registry.h"

namespace discern::datasets {

// Seconds of a video.
struct Stretch {
  double begin = 0, end = 0;
  bool operator==(const Stretch&) const = default;
};

struct LabelledVideo {
  std::string name;              // no other of the set has it
  std::string label;             // the action
  std::filesystem::path file;    // empty: it is not there
  bool tested = false;           // of the part that is tested
  std::vector<Stretch> actions;  // where in it the action is; empty: nobody says, as of a trimmed one
  std::filesystem::path table;   // that names it,
  std::string row;               // and where in there
};

struct VideoSet {
  std::vector<LabelledVideo> videos;
  std::vector<data::Problem> problems;  // what is odd, beside what toDataset finds
};

// Each video is cut into consecutive clips of `seconds` (FormatOption; 64 frames at 30 a second unless
// given), one beginning `every` seconds; one that is shorter is a single clip as long as it is, and a rest
// shorter than a clip is left out. A sample says its video (media) and, where the set tells, the share of it
// that shows the action ({"action":0.5}). Protocols: videos, those that are tested, for `identify` by
// actions, and pairs of them, for verification. Videos that are absent, damaged or listed twice are counted
// and listed. Throws Error when none is left, or an option is not understood.
data::Dataset toDataset(VideoSet set, const std::filesystem::path& root, const LoadOptions& options,
                        Progress& progress);

// The clips of a video of so many seconds. Throws Error where they are more than a million.
std::vector<data::Moment> clipsOf(double duration, double seconds, double every);

// For Format::options of all of them, with their own in front.
std::vector<FormatOption> videoOptions(std::vector<FormatOption> own = {});

// The videos below a folder (video_files.h), found by their names without the extension; of several the first
// in the order of their paths. Throws Cancelled.
class FilesByStem {
 public:
  FilesByStem(const std::filesystem::path& root, Progress& progress);
  std::filesystem::path find(const std::string& stem) const;  // empty: there is none
  bool isEmpty() const { return files_.empty(); }

 private:
  std::map<std::string, std::filesystem::path> files_;
};

// For Format::kind of all of them.
inline constexpr const char* kClipKind = "clip";

}  // namespace discern::datasets

// Rendered persons who do something, in the layouts of ActivityNet and Kinetics: videos in which the action
// fills a part, and the rest is distraction, with the truth of which is where.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"

namespace discern::datasets {

struct ActionOptions {
  enum class Layout { ActivityNet, Kinetics };

  int actions = 10;                         // 2 to 12, those of rendering::actionNames()
  int trainVideos = 0, testVideos = 0;      // of each action; one of them may be 0: that part is not made
  double seconds = 20;                      // of a video, 4 to 600
  double actionShare = 0.35;                // of a video, 0.05 to 1
  double trainSeconds = 0, trainShare = 0;  // the same of those to train on; 0: as of the others
  int places = 0;  // with who is there, the same for all actions; 0: each video has its own
  std::uint64_t seed = 1;
  int firstVideo = 0;  // video i of an action is a function of (seed, firstVideo + i)
  Layout layout = Layout::ActivityNet;
};

// Writes videos and annotations into FOLDER.tmp, renamed when whole, and beside them truth.csv: what each
// stretch of each video shows. Motion JPEG at 15 frames a second: the same options give the same bytes on any
// number of threads. Throws Error (folder exists, bad option, disk) or Cancelled, and then leaves nothing
// behind.
void generateActions(const ActionOptions& options, const std::filesystem::path& folder, Progress& progress);

// Whether `folder` was written with these very options.
bool isMadeWith(const std::filesystem::path& folder, const ActionOptions& options);

}  // namespace discern::datasets

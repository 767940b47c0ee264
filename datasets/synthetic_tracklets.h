// Walking figures in the layout of MARS: persons with clothes of their own, seen by cameras of different
// colours, hidden, cut off, dark or blurred in part; distractors and junk in the half that is tested.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"

namespace discern::datasets {

struct TrackletOptions {
  int trainPersons = 0, testPersons = 0;  // one of them may be 0: that half is not made
  int cameras = 4;                        // 2 to 6; each person is seen by two or more
  int frames = 8;                         // of a tracklet, 1 to 999; at each camera a person has one or two
  double badShare = 0.3;                  // of the frames
  int distractors = -1, junk = -1;  // tracklets; -1: as many for each tested person as MARS has (5 and 1.4)
  std::uint64_t seed = 1;
  int firstPerson = 0;  // person i is a function of (seed, firstPerson + i)
};

// Writes bbox_train, bbox_test and info into FOLDER.tmp, renamed when whole, and beside them walks.csv: for
// each frame whether and how it is bad, and how much of the person is seen. The same options give the same
// bytes on any number of threads. Throws Error (folder exists, bad option, disk) or Cancelled, and then
// leaves nothing behind.
void generateTracklets(const TrackletOptions& options, const std::filesystem::path& folder,
                       Progress& progress);

// Whether `folder` was written with these very options.
bool isMadeWith(const std::filesystem::path& folder, const TrackletOptions& options);

}  // namespace discern::datasets

// What the adapters of re-identification share: tracklets of persons that cameras saw, made into samples and
// the protocols of a search.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/face_table.h"

namespace discern::datasets {

struct Track {
  std::string name;                     // no other of the set has it
  std::string person;                   // empty: junk, which shows nobody in particular
  int camera = 0;                       // from 1
  std::vector<std::string> frames;      // files, in order
  bool gallery = false, query = false;  // it is searched in, it is searched for
  RowPlace place = {};                  // what told it
};

struct TrackSet {
  std::vector<std::filesystem::path> tables;  // that places are in
  std::vector<Track> tracks;

  // What is odd about it, beside what toDataset finds.
  std::vector<data::Problem> problems;
};

// Samples say their tracklet (media) and their camera ({"camera":1}). Protocols: gallery and query, of the
// tracklets, for `identify --benchmark tracklets`; pairs, for verification: each query against all right
// tracklets of other cameras and against some wrong ones, spread over the gallery. Junk is left out and
// counted, for no rank depends on it; frames that are missing or damaged leave their tracklets, counted and
// listed.
data::Dataset toDataset(TrackSet set, const std::filesystem::path& root, const LoadOptions& options,
                        Progress& progress);

// Of an option `part` of the format: whether that part of the set is asked for; without the option all are.
// Throws Error: it is none of `parts`.
bool asksForPart(const LoadOptions& options, const std::string& part,
                 const std::vector<std::string>& parts = {"train", "test"});
inline const std::vector<std::string> kThreeParts{"train", "validation", "test"};

// For Format::kind of all of them.
inline constexpr const char* kTrackletKind = "tracklet";
inline constexpr const char* kDistractor = "distractor ";  // their names, before that of the tracklet

}  // namespace discern::datasets

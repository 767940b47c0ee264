// import-features, import-scores: numbers that somebody else computed.
#pragma once

#include <array>
#include <string>

#include "core/base/field.h"
#include "core/base/names.h"
#include "core/project/project.h"
#include "datasets/number_rows.h"

namespace discern::jobs {

enum class Match { Auto, Path, Row };
inline const auto& namesOf(Match) {
  static constexpr std::array<Named<Match>, 3> kNames{
      {{Match::Auto, "auto", "By path where the rows have one, else in order"},
       {Match::Path, "path", "By path: the same, or the one whose last folders and name are the same"},
       {Match::Row, "row", "Row i is image i: there must be as many"}}};
  return kNames;
}

// Which image of the project each row is about.
struct MatchOptions {
  Match by = Match::Auto;
  std::string set;  // only its images; empty: all
};

struct ImportFeaturesOptions {
  datasets::NumberSource source;
  std::string name;  // of the feature table
  MatchOptions match;
  bool replace = false, add = false;  // of a table that is there
  std::string
      newSet;  // samples without a picture are made of the rows; empty: only where the project has none
  project::Role role = project::Role::Train;  // of the people of a new set
};
const Fields<ImportFeaturesOptions>& importFeaturesFields();

struct ImportScoresOptions {
  datasets::NumberSource source;
  std::string name;  // of the score table
  MatchOptions match;
  bool lowerIsBetter = false;
  bool replace = false;
  double macs = 0, milliseconds = 0;  // what the score costs an image; 0: unknown
};
const Fields<ImportScoresOptions>& importScoresFields();

}  // namespace discern::jobs

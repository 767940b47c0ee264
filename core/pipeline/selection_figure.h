// SKD, figure 6: some identities on a map before a selection and on one of what it keeps, beside the faces
// that it discards.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::pipeline {

struct SelectionFigureOptions {
  std::string before, after;  // maps: of some identities, and of what is kept of them
  std::string kept;           // SELECTION@LAMBDA or SELECTION@80%
};
struct SelectionFigure {
  std::vector<int> faces;           // on the map before
  std::vector<unsigned char> kept;  // of each of them
  std::vector<int> discarded;       // samples, the last to enter the selection first
  int identities = 0;
  double pureBefore = 0, pureAfter = 0;  // share of the faces whose nearest on the map is of their identity
};

// Throws Error: no such map, or no face of the first is kept on the second.
SelectionFigure selectionFigure(const project::Project& project, const SelectionFigureOptions& options);
// STEM.png and STEM.csv (sample,identity,path,kept,x,y,kept_x,kept_y). Returns both.
std::vector<std::string> drawSelectionFigure(const project::Project& project,
                                             const SelectionFigureOptions& options,
                                             const SelectionFigure& figure,
                                             const std::filesystem::path& stem);

}  // namespace discern::pipeline

// A project as select, tsne, distil and cost leave it, with planted numbers: in every identity the first
// image enters first, and the last one never; every fourth identity is a test identity and takes no part.
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::ui::testing {

struct SelectionOptions {
  int identities = 12, images = 10;
  bool features = true, selection = true, map = true, scores = true, students = true;
  bool pictures = false;  // also writes the image files
  int onMap = 0;          // so many of the faces that take part; 0: all
};

void makeSelectionProject(const std::string& folder, const SelectionOptions& options = {});

// What was planted: enters of every sample (NaN: takes no part, infinity: never kept).
std::vector<double> plantedEnters(const SelectionOptions& options);
project::SelectionRow plantedSelection(const SelectionOptions& options);
// At iteration `iteration` of 1000.
project::MapRow plantedMap(const SelectionOptions& options, int iteration = 1000);
// A finished run of `discern distil`; returns its id. Accuracy grows with `quality`.
int addStudent(project::Project& project, int size, const std::string& mode, double quality);

}  // namespace discern::ui::testing

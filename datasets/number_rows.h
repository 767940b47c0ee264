// Features and quality scores that somebody else computed, in the files that people keep them in: NumPy's
// .npy and .npz, Python pickles, lists with blanks between the columns, CSV tables.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/number_rows.h"

namespace discern::datasets {

struct NumberSource {
  std::string file;
  std::string paths = {};       // a list of the rows' images, a line a row; empty: as the file says
  std::string labels = {};      // the same of whose each row is: a line a row, or path and name
  std::string key = {};         // of a .npz: the array
  std::string pathsKey = {};    // its array of texts with the paths
  std::string labelsKey = {};   // its array of names or numbers of the people
  std::string pathColumn = {};  // of a table with a header
  std::string column = {};      // of a table of scores: the one that is the score
};

// Rows of several numbers. Throws Error for what is none of these files, malformed (file and line or row,
// what was expected), or could be read in two ways, which says what there is to choose from.
data::NumberRows readFeatureRows(const NumberSource& source, Progress& progress);
// One number a row. OFIQ's -1, "no value", is NaN and counted in `failures`.
data::NumberRows readScoreRows(const NumberSource& source, Progress& progress);

// The first column of a list of paths, a line a row: blanks, commas, semicolons or tabs between its columns,
// or the column path, file, filename or image of a table.
std::vector<std::string> readPathList(const std::filesystem::path& file);

}  // namespace discern::datasets

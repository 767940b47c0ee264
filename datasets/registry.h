// Every public on-disk format that can be imported, one adapter each, and the front door to all of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/registry.h"
#include "core/data/dataset.h"

namespace discern::datasets {

struct LoadOptions {
  std::vector<std::string> identities = {};  // glob patterns such as id0*; empty: all
  int minImages = 1;                         // identities with fewer usable images are left out
  std::optional<data::Rect> crop = {};  // of every image that has neither landmarks nor a crop of its own
  std::string name = {};                // of the set; empty: the stem of its path
  std::uint64_t seed = 1;               // for formats that draw; reading never does
  std::map<std::string, std::string> extra = {};  // what one format needs beyond these, such as pairs=FILE
  // Folder for what cannot be read in place (a packed shard); empty: there is none, and reading it is an
  // Error.
  std::filesystem::path unpackTo = {};
  // File that keeps what is found of videos one after the other, so that an import that was stopped goes on
  // from there. Who loads removes it in the end; empty: nothing is kept.
  std::filesystem::path foundSoFar = {};
  bool dryRun = false;  // only to see what is there: nothing is written, also where reading would need it
};

// What a format asks for beyond the options that are common to all: a key of LoadOptions::extra.
struct FormatOption {
  std::string key;    // pairs
  std::string value;  // what is given, such as FILE
  std::string help;   // one line
};

// All about a format, said in its own file.
struct Format {
  std::string name;
  std::string title;                                   // in a sentence: "an LFW layout"
  std::string help;                                    // one line: the layout that is expected
  std::string example = {};                            // such a layout, a file a line
  bool (*matches)(const std::filesystem::path& path);  // looks at names and first bytes only
  // Everything the files say. Call datasets::load, which applies the options that are common to all formats.
  data::Dataset (*load)(const std::filesystem::path& path, const LoadOptions& options, Progress& progress);
  std::vector<FormatOption> options = {};
  std::vector<std::string> files = {};  // patterns of its sources that are files, such as *.bin
  std::string kind = {};                // of its samples (imaging/sample.h); empty: faces
};

// Those of formats.def, in the order in which detectFormat asks them.
const Registry<Format>& formats();
void registerFormat(Format format);                             // one of the program's own; it is asked first
const Format& findFormat(const std::string& name);              // throws Error that lists them
const Format& detectFormat(const std::filesystem::path& path);  // throws Error that says what was expected

// Reads the layout and the header of each image, decodes none. Images that cannot be used are left out and
// listed in Dataset::problems; a set without a usable image, a malformed table, or an option nobody
// understands throws Error. Every path in the result is absolute. `format`: a name, or "auto".
data::Dataset load(const std::filesystem::path& path, const std::string& format, const LoadOptions& options,
                   Progress& progress);

}  // namespace discern::datasets

// What an adapter understood of somebody's files: identities,
// samples, templates and pairs, before a project owns them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/image_ref.h"

namespace discern::data {

struct Sample {
  ImageRef image;
  int identity = -1;     // index into Dataset::identities
  std::string media;     // video or still this frame came from; empty: unknown
  std::string nuisance;  // JSON object of known conditions (synthetic sets); empty: none
};

struct Template {
  std::string name;
  int identity = -1;         // -1: unknown
  std::vector<int> samples;  // indices of samples
};

struct Pair {
  int a = -1, b = -1;  // indices into Protocol::templates
  bool genuine = false;
  int fold = -1;  // LFW-style protocols: 0-based; -1: none
};

// Templates and the comparisons between them. An LFW pair is two templates of one sample each.
struct Protocol {
  std::string name;
  std::vector<Template> templates;
  std::vector<Pair> pairs;
  int folds = 0;  // 0: template verification; n: LFW-style n-fold accuracy
};
// Numbers the folds without those that lost all their pairs.
void closeFoldGaps(Protocol& protocol);

// Something that was skipped or looks odd, and where: "a/b.jpg: zero bytes; the image was left out".
struct Problem {
  std::string where;
  std::string what;
};

struct Dataset {
  std::string name;    // of the set: the folder's or file's stem
  std::string format;  // registry name of the adapter
  std::string kind;    // of what is recognised together (imaging/sample.h); empty: faces
  std::vector<std::string> identities;
  std::vector<Sample> samples;
  std::vector<Protocol> protocols;
  std::vector<Problem> problems;
};

}  // namespace discern::data

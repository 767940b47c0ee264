// A project of any size with a planted truth, to find what is slow in a window on a large one.
#pragma once

#include <string>

namespace discern::benchmarks {

struct BigOptions {
  int images = 1'000'000, identities = 50'000;
  int templates = 50'000;    // of the protocol "many"
  int fewTemplates = 5'000;  // of the protocol "few"
  int onMap = 100'000;       // images of the map, of those that are trained on
};

// Makes FOLDER: half of the identities train, half test; one file holds all pictures (64 different ones over
// and over); features of 64 dimensions around one direction an identity, two score tables, two protocols
// (two templates a test identity; five impostor pairs a genuine one), a selection, a map and a sweep's cost.
void makeBigProject(const std::string& folder, const BigOptions& options);

}  // namespace discern::benchmarks

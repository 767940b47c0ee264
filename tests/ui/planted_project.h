// A small real project with a planted truth: good images lie near their identity's direction and score high,
// bad ones lie anywhere and score low. Two identities a role, an evaluation and a sweep by the engine itself.
#pragma once

#include <QString>
#include <string>

#include "core/project/project.h"

namespace discern::ui::testing {

struct PlantedOptions {
  int identities = 12;  // half of them train, half test
  int images = 12;      // of each
  int badEvery = 4;     // every 4th image of an identity is bad
  bool features = true, scores = true, protocol = true, results = true;
  bool pictures = false;   // also writes the image files
  bool container = false;  // with pictures: those of a set in one file
};

// Makes FOLDER; samples 0 .. identities * images - 1, sample s belongs to identity s / images.
void makePlantedProject(const std::string& folder, const PlantedOptions& options = {});
bool isBad(int sample, const PlantedOptions& options = {});

// A shell script that stands in for the engine: `body` sees
// the words it was called with as "$@" and prints JSON lines.
QString writeFakeEngine(const QString& folder, const QString& body);

}  // namespace discern::ui::testing

// Everything the Inspector shows of one image that takes reading files: pictures, neighbours, and what
// dropping it does.
#pragma once

#include <QImage>
#include <QSizeF>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/what_if.h"
#include "ui/models/images/neighbours.h"
#include "ui/models/images/sample_table.h"

namespace discern::ui {

struct InspectionRequest {
  int sample = -1;
  std::shared_ptr<const SampleTable> table;
  std::shared_ptr<const data::Protocol> protocol;   // may be null
  analysis::OperatingPoint point;                   // how the template is combined
  std::shared_ptr<const data::ScoreTable> weights;  // of the point; may be null
  std::filesystem::path root;                       // of the project
  std::filesystem::path features;                   // .npy; empty: no features yet
};

struct Pictures {
  QImage stored, face;  // null when they cannot be read
  QSizeF storedSize;    // before a large picture was made smaller for the screen
  std::string problem;  // a sentence; empty: fine
};

struct Inspection {
  int rival = -1;                      // the most-confused identity
  std::vector<Neighbour> rivals, own;  // nearest images of the rival, and of its own identity
  analysis::WhatIf whatIf;
  std::string templateName;  // of the protocol as it is today; empty: the identity's images were split
  std::string problem;       // no features, ...; empty: fine
};

Pictures loadPictures(const InspectionRequest& request, int faceSize);
Inspection inspect(const InspectionRequest& request, int neighbours);

struct Comparison {
  QString table, method;
  double score = 0, raw = 0, percentile = 0;  // NaN: this table has none for it
};
Comparison compareIn(const data::ScoreTable& table, int sample);

}  // namespace discern::ui

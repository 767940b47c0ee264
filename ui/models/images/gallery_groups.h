// Which samples the gallery shows, in what groups and order. Plain work for any thread.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "ui/models/images/filter.h"

namespace discern::ui {

enum class Grouping { Identity, Template, None };

struct GalleryRequest {
  std::shared_ptr<const SampleTable> table;
  std::shared_ptr<const data::Protocol> protocol;  // for Grouping::Template
  Filter filter;
  Field sort = Field::Id;
  bool descending = false;
  Grouping grouping = Grouping::Identity;
  std::vector<int> identities;  // only these; empty: all
};

struct GalleryGroup {
  QString title, note;
  std::vector<int> samples;
};

// Groups by name; within a group by the sort key. A sample may be in several templates.
std::vector<GalleryGroup> galleryGroups(const GalleryRequest& request);

}  // namespace discern::ui

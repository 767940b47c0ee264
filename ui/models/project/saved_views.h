// Named ways to look at the samples of a project, kept with it.
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace discern::ui {

class Session;

struct SavedView {
  QString name, filter;
  QString sort;   // name of a field: "score"
  QString group;  // "identity", "template" or "none"
  bool descending = false, table = false;
  int size = 96;  // of a thumbnail, pixels
  bool operator==(const SavedView&) const = default;
};

// JSON: what is not a view is left out, and of two with one name the first one stays.
std::vector<SavedView> parseViews(const std::string& json);
std::string toJson(const std::vector<SavedView>& views);

// Of the open project, by name; none without one.
std::vector<SavedView> savedViews(const Session& session);
// Replaces all. Throws discern::Error where the project cannot be written.
void putViews(const Session& session, std::vector<SavedView> views);

}  // namespace discern::ui

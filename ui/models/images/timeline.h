// The samples of one video along its time. No widgets.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "ui/models/images/sample_table.h"

namespace discern::ui {

struct TimelinePoint {
  int sample = -1;
  double time = 0, seconds = 0;  // in the video (data::Moment)
  double score = std::numeric_limits<double>::quiet_NaN();
  bool kept = false;  // it is marked
};

// Which points are marked.
struct Marking {
  bool best = false;  // the k best by score, rather than what the operating point keeps
  int k = 5;          // > 0
};

struct Timeline {
  std::string file;                   // the video; empty: there is none
  std::vector<TimelinePoint> points;  // ascending by time

  int nearest(double time) const;        // its place among the points; -1: there is none
  int after(double time, int by) const;  // the next one before (by = -1) or behind it; -1: none
  int placeOf(int sample) const;         // -1: it is not there
};

// Of those of `samples` that lie in the same video as `sample`, and that the window's switch of originals and
// copies shows (of a copy its original is in the video). Empty: `sample` does not lie in a video.
Timeline timelineOf(const SampleTable& table, const std::vector<int>& samples, int sample,
                    const std::function<bool(int sample)>& isKept);

// Of these samples the k best by the table's scores, as top-k takes them of a template.
std::vector<int> bestOf(const SampleTable& table, const std::vector<int>& samples, int k);
// Marks so many of each identity's points that count (originals that nobody left out), and no other.
void markBest(Timeline& timeline, const SampleTable& table, int k);

// "0:03.48", "1:02:05.00".
QString timeText(double seconds);

}  // namespace discern::ui

// Re-identification as MARS evaluates it (Zheng et al., ECCV 2016): tracklets that one camera saw, searched
// for among those of all cameras.
//
// Distances are Euclidean (of rows of unit length their order is that of the cosine). A gallery row of the
// query's person that the same camera saw is junk for that query, the query itself among them, and so is
// every row of nobody; junk is taken out of the list before ranks are counted. A distractor is anybody whom
// no query shows: it counts as wrong. Of equal distances the wrong ones come first.
#pragma once

#include <span>
#include <vector>

#include "core/data/matrix.h"
#include "core/evaluation/identification.h"

namespace discern::evaluation {

struct Sighting {
  int person = -1;  // -1: nobody, a junk tracklet
  int camera = -1;
};

// One a query; first is 0 and the precision NaN where no other camera saw the person.
struct TrackletRanks {
  // As MARS's own code has it: queries stay in the gallery, and the area under precision over recall is
  // summed by trapezoids, as RowRank says.
  std::vector<RowRank> mars;
  // As most later code has it: queries are out of the gallery, and the average precision is the mean of the
  // precisions at the ranks of the right rows.
  std::vector<RowRank> step;
};

// galleryIsQuery: 1 for the gallery's rows that are queries too. In parallel. Throws Error on an empty
// gallery, lengths that do not fit, a row that is not finite, or a query of nobody or of no camera.
TrackletRanks rankTracklets(data::MatrixView gallery, std::span<const Sighting> gallerySeen,
                            std::span<const unsigned char> galleryIsQuery, data::MatrixView queries,
                            std::span<const Sighting> querySeen);

}  // namespace discern::evaluation

// What becomes of a template's match when one of its images is left out, under the operating point and beside
// it under every other aggregation.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/template_features.h"

namespace discern::analysis {

// Similarities that differ by less are said to be about even: what one image of many moves by chance.
inline constexpr double kEvenBand = 0.005;  // of a cosine
enum class Judged { Worse, Even, Better };
Judged judge(double gain);

// A template matched against the rest of its identity and against the most-confused identity.
struct Match {
  double own = 0;    // cosine to the centroid of the identity's other images; NaN: there are none
  double rival = 0;  // cosine to the rival's centroid; NaN: no rival
  double margin() const { return own - rival; }
};
struct WhatIfRow {
  std::string aggregation;  // "average", "ddl rescale=auto", ...
  Match with, without;
};
struct WhatIf {
  std::string problem;  // why it cannot be worked out, a sentence; empty: it could
  int templateSize = 0, referenceSize = 0, rivalSize = 0;
  std::vector<WhatIfRow> rows;  // the operating point's first, then the plain average, then others

  // By how much the template matches better without the image under the operating point: of the margin, or
  // of the one cosine that there is. Only where there is no problem.
  double gain() const;
};

// members: the template, with `sample` among them; reference: other images of the same identity; rival:
// images of the most-confused identity, may be empty. Of the point rescale, threshold, weights and lengths
// are looked at.
WhatIf whatIf(const TemplateSources& sources, const OperatingPoint& point, int sample,
              const std::vector<int>& members, const std::vector<int>& reference,
              const std::vector<int>& rival);

// Without a protocol: the identity's images dealt in turn, `sample` in the template; repeatable.
void splitIdentity(const std::vector<int>& images, int sample, std::vector<int>& members,
                   std::vector<int>& reference);

}  // namespace discern::analysis

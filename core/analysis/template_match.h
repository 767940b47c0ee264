// How well each template of a protocol matches, image by image: the worst genuine and the best impostor
// comparison, the rank among all templates, and what becomes of them when images are left out.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/analysis/aggregation_plan.h"
#include "core/analysis/roster.h"
#include "core/analysis/template_features.h"
#include "core/base/progress.h"
#include "core/evaluation/template_order.h"

namespace discern::analysis {

// One template under one aggregation. Similarities are cosines as `evaluate` compares them, float for float.
struct TemplateMatch {
  // Among the protocol's comparisons of this template; NaN and -1: there is none. With: the other template.
  float worstGenuine = std::numeric_limits<float>::quiet_NaN();
  float bestImpostor = std::numeric_limits<float>::quiet_NaN();
  int genuineWith = -1, impostorWith = -1;
  // How many there are, and how many reach the similarity that is accepted.
  int genuine = 0, genuineAccepted = 0, impostor = 0, impostorAccepted = 0;
  // 1 + the number of templates of others that are at least as like it as the nearest one of its own person,
  // over all templates of the protocol, compared or not: a search among all. Ties never help. 0: it has no
  // usable image, its person has no other template, or there are more than kMostRanked.
  int rank = 0;
};
inline constexpr std::int64_t kMostRanked = 20'000;  // templates; time grows with the square

struct TemplateRow {
  int images = 0, kept = 0;      // usable ones; those that the point uses
  double keptShare() const;      // NaN without an image
  TemplateMatch atPoint, plain;  // by the operating point; by the plain average of all its images
};
struct TemplateReport {
  std::vector<TemplateRow> rows;       // as the protocol's templates
  std::string aggregation;             // of the point: "ddl rescale=auto"
  double far = 0;                      // at which is accepted
  double accept = 0, acceptPlain = 0;  // similarity; NaN: a side has no comparison
  bool supported = false;              // there are impostors enough for this FAR
  bool ranked = true;
};

// All templates together; a comparison counts once for each of its two sides.
struct TemplateTotals {
  std::int64_t images = 0, kept = 0;
  std::int64_t genuine = 0, accepted = 0, acceptedPlain = 0;

  // NaN where there is nothing to share.
  double keptShare() const;
  double tar() const;  // by the operating point, at its FAR
  double tarPlain() const;
};
TemplateTotals totalsOf(const TemplateReport& report);

using evaluation::TemplateOrder;
// What is sorted by: larger is worse; NaN: there is no number (or the order is by name).
double badness(const TemplateRow& row, TemplateOrder order);
// Indices of the templates; of equally bad ones the earlier first.
std::vector<int> worstFirst(const TemplateReport& report, const data::Protocol& protocol,
                            TemplateOrder order);
// Several templates (of one person) as one row: their images, and the worst of each number.
TemplateRow together(const TemplateReport& report, const std::vector<int>& templates);

// Whose each template is: templates of one identity, and those that a genuine pair joins, have one number.
// Negative: nobody knows. identity: one a sample, merges followed.
std::vector<int> templateOwners(const data::Protocol& protocol, const std::vector<int>& identity);

// One template with some of its images switched off.
struct TriedAggregation {
  std::string name;
  // Of each image, with the sum 1; empty: it is no weighted mean. tried: 0 for what is off.
  std::vector<double> weights, triedWeights;
  TemplateMatch all, tried;  // with every image; with those that are on
  double accept = 0;         // similarity at the point's FAR under this aggregation; NaN: unknown
};
struct TriedTemplate {
  int index = -1;
  std::vector<int> samples;                    // in the template's order
  std::vector<bool> on, kept;                  // kept: by the point, when all are on
  std::vector<TriedAggregation> aggregations;  // the point's first, then the plan's
};

// The templates of a protocol, compared under one aggregation after another. What was compared is kept, so a
// moved switch costs milliseconds; safe to be asked from several threads.
class TemplateMatcher {
 public:
  // protocol: as it is compared today (protocol_today.h). sources: its matrix must live as long. owners: of
  // templateOwners, one a template.
  TemplateMatcher(TemplateSources sources, data::Protocol protocol, std::vector<int> owners);

  const data::Protocol& protocol() const { return protocol_; }
  // Of the operating point only threshold, rescale, weights, lengths and FAR are looked at. Throws Cancelled.
  TemplateReport report(const OperatingPoint& point, Progress& progress) const;
  // on: one an image of the template; everything else is compared as it is. Throws Cancelled, and Error where
  // the sizes do not fit.
  TriedTemplate tried(int index, const std::vector<bool>& on, const OperatingPoint& point,
                      Progress& progress) const;

 private:
  struct Side;
  std::shared_ptr<const Side> side(const PlannedAggregation& planned, double far, bool ranked,
                                   Progress& progress) const;
  TemplateMatch matchOf(int index, const Side& side) const;
  TemplateMatch matchOf(int index, const data::Matrix& own, const Side& side) const;
  void rank(Side& side, Progress& progress) const;

  const TemplateSources sources_;
  const data::Protocol protocol_;
  const std::vector<int> owners_;
  std::vector<std::vector<int>> groups_;
  std::vector<std::vector<int>> pairsOf_;  // of each template
  bool single_ = false;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const Side>> sides_;  // guarded; by the aggregation's name
};

}  // namespace discern::analysis

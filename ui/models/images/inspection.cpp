#include "ui/models/images/inspection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "core/analysis/percentiles.h"
#include "core/data/no_picture.h"
#include "core/data/npy.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "ui/language/words.h"
#include "ui/models/images/images.h"
#include "ui/models/images/uses.h"

namespace discern::ui {
namespace {

constexpr int kScreen = 2200;  // pixels: more of a picture no window shows

const std::vector<int>* samplesOf(const SampleTable& table, int identity) {
  const auto& all = table.snapshot().samplesOfIdentity;
  return identity >= 0 && identity < static_cast<int>(all.size()) ? &all[static_cast<std::size_t>(identity)]
                                                                  : nullptr;
}

// Those of the protocol as they are compared today. A sample that a person left out stays in its own: what it
// does there is what is asked.
std::vector<data::Template> templatesAround(int sample, const data::Protocol& protocol,
                                            const SampleTable& table) {
  const auto& snapshot = table.snapshot();
  analysis::Who who = snapshot.who;
  const auto at = static_cast<std::size_t>(sample);
  if (who.leftOut[at] != project::LeftOut::Nothing) {
    who.leftOut[at] = project::LeftOut::Nothing;
    who.identity[at] = table.identityOf(sample);
  }
  return templatesToday(protocol, snapshot, who).templates;
}

// The first template with this sample and at least one other.
const data::Template* templateWith(const std::vector<data::Template>& templates, int sample) {
  for (const data::Template& group : templates)
    if (group.samples.size() > 1 &&
        std::find(group.samples.begin(), group.samples.end(), sample) != group.samples.end())
      return &group;
  return nullptr;
}

void addWhatIf(const InspectionRequest& request, data::MatrixView features, const std::vector<int>& rivals,
               Inspection& result) {
  const SampleTable& table = *request.table;
  const std::vector<int>* own = samplesOf(table, table.identityOf(request.sample));
  if (own == nullptr) {
    result.whatIf.problem = Words::tr("It is not known whom this image shows.").toStdString();
    return;
  }
  const auto& snapshot = table.snapshot();
  const auto counts = [&](int sample) {
    return snapshot.who.identity[static_cast<std::size_t>(sample)] >= 0;
  };
  std::vector<int> members, reference;
  std::vector<data::Template> templates;
  if (request.protocol) templates = templatesAround(request.sample, *request.protocol, table);
  const data::Template* group = templateWith(templates, request.sample);
  if (group != nullptr) {
    members = group->samples;
    result.templateName = group->name;
    for (int sample : *own)
      if (std::find(members.begin(), members.end(), sample) == members.end()) reference.push_back(sample);
  } else {
    analysis::splitIdentity(*own, request.sample, members, reference);
    std::erase_if(members, [&](int sample) {
      return sample != request.sample &&
             snapshot.who.leftOut[static_cast<std::size_t>(sample)] != project::LeftOut::Nothing;
    });
  }
  std::erase_if(reference, [&](int sample) { return !counts(sample); });
  analysis::TemplateSources sources;  // without media and detectors, which would mean a look at every image
  sources.features = features;
  sources.scores = analysis::besideFeatures(table.scores(), features.rows);
  sources.weights = analysis::besideFeatures(request.weights.get(), features.rows);
  result.whatIf = analysis::whatIf(sources, request.point, request.sample, members, reference, rivals);
}

}  // namespace

Pictures loadPictures(const InspectionRequest& request, int faceSize) {
  Pictures pictures;
  const data::ImageRef& image =
      request.table->snapshot().samples[static_cast<std::size_t>(request.sample)].image;
  const data::GroupKind& kind = *request.table->snapshot().kind;
  if (!data::hasPicture(image)) {
    pictures.problem = data::noPictureProblem(image);
    return pictures;
  }
  try {
    cv::Mat stored = kind.stored(image, request.root);
    pictures.storedSize = QSizeF(stored.cols, stored.rows);
    const int side = std::max(stored.cols, stored.rows);
    if (side > kScreen)
      cv::resize(stored, stored, {}, static_cast<double>(kScreen) / side, static_cast<double>(kScreen) / side,
                 cv::INTER_AREA);
    pictures.stored = toImage(stored);
    pictures.face = toImage(imaging::loadPicture(kind, image, faceSize, request.root));
  } catch (const std::exception& error) {
    pictures.problem = error.what();
  }
  return pictures;
}

Inspection inspect(const InspectionRequest& request, int neighbours) {
  Inspection result;
  const SampleTable& table = *request.table;
  if (const data::ScoreTable* scores = table.scores();
      scores != nullptr && request.sample < static_cast<int>(scores->hardestIdentity.size()))
    result.rival = scores->hardestIdentity[static_cast<std::size_t>(request.sample)];
  if (request.features.empty()) {
    result.problem = Words::tr("There are no features yet: extract them with a base model to see neighbours.")
                         .toStdString();
    return result;
  }
  try {
    const data::MappedNpy file(request.features);
    const data::MatrixView features = file.view();
    const std::vector<int>* own = samplesOf(table, table.identityOf(request.sample));
    const std::vector<int>* rivals = samplesOf(table, result.rival);
    const auto shown = [&table](std::vector<int> samples) {
      std::erase_if(samples, [&](int sample) { return !table.shows(sample); });
      return samples;
    };
    if (own != nullptr) result.own = nearestOf(features, request.sample, shown(*own), neighbours);
    if (rivals != nullptr) result.rivals = nearestOf(features, request.sample, shown(*rivals), neighbours);
    addWhatIf(request, features, rivals != nullptr ? *rivals : std::vector<int>{}, result);
  } catch (const std::exception& error) {
    result.problem = error.what();
  }
  return result;
}

Comparison compareIn(const data::ScoreTable& table, int sample) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Comparison result{QString::fromStdString(table.name), QString::fromStdString(table.method), kNone, kNone,
                    kNone};
  const auto i = static_cast<std::size_t>(sample);
  if (i >= table.score.size() || std::isnan(table.score[i])) return result;
  result.score = table.score[i];
  if (i < table.ratio.size()) result.raw = table.ratio[i];
  result.percentile = analysis::percentileOf(table.score[i], table.score);
  return result;
}

}  // namespace discern::ui

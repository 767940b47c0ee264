#include "datasets/import_options.h"

#include <fmt/ranges.h>
#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/base/field_error.h"
#include "core/data/empty_templates.h"
#include "core/data/place.h"
#include "core/imaging/image.h"

namespace discern::datasets {
namespace {

bool matchesGlob(const std::string& pattern, std::string_view name) {
  return ::fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
}

void checkPatterns(data::Dataset& dataset, const std::filesystem::path& path, const LoadOptions& options) {
  std::size_t useless = 0;
  for (const std::string& pattern : options.identities) {
    if (std::any_of(dataset.identities.begin(), dataset.identities.end(),
                    [&](const auto& name) { return matchesGlob(pattern, name); }))
      continue;
    dataset.problems.push_back({"identities", fmt::format("the pattern '{}' matches no identity", pattern)});
    ++useless;
  }
  if (useless == 0 || useless < options.identities.size()) return;
  const auto shown = std::min<std::size_t>(dataset.identities.size(), 5);
  fail("{}: no identity matches {}; the first of {} identities are: {}", path.string(),
       fmt::join(options.identities, ", "), dataset.identities.size(),
       fmt::join(dataset.identities.begin(), dataset.identities.begin() + static_cast<std::ptrdiff_t>(shown),
                 ", "));
}

// Refuses a crop that lies outside each of a few images spread over the set, whichever way up they are; one
// that cannot be read says nothing.
void checkCrop(const data::Dataset& dataset, const data::Rect& crop) {
  constexpr std::size_t kAsked = 8;
  const auto misses = [&](int width, int height) {
    return crop.x >= width || crop.y >= height || static_cast<std::int64_t>(crop.x) + crop.width <= 0 ||
           static_cast<std::int64_t>(crop.y) + crop.height <= 0;
  };
  std::string first;
  const std::size_t asked = std::min(kAsked, dataset.samples.size());
  for (std::size_t k = 0; k < asked; ++k) {
    const data::ImageRef& image = dataset.samples[k * dataset.samples.size() / asked].image;
    if (image.crop != crop) continue;  // it has its own, or landmarks
    cv::Size size;
    try {
      size = imaging::probeSize(imaging::readEncoded(image));
    } catch (const Error&) {
      continue;
    }
    if (size.empty()) continue;
    if (!misses(size.width, size.height) || !misses(size.height, size.width)) return;
    if (first.empty()) first = fmt::format("{} has {} x {} pixels", image.file, size.width, size.height);
  }
  if (!first.empty())
    failField("crop", fmt::format("{},{},{},{}", crop.x, crop.y, crop.width, crop.height),
              "lies outside the images, {}; give x,y,width,height of the face in these pixels", first);
}

// New index of each identity, -1 when it is left out.
std::vector<int> keepIdentities(data::Dataset& dataset, const LoadOptions& options) {
  std::vector<int> counts(dataset.identities.size());
  for (const data::Sample& sample : dataset.samples)
    if (sample.identity >= 0) ++counts[static_cast<std::size_t>(sample.identity)];
  std::vector<int> to(dataset.identities.size(), -1);
  std::vector<std::string> kept;
  int small = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (!isWanted(options, dataset.identities[i])) continue;
    if (counts[i] == 0) {
      dataset.problems.push_back(
          {dataset.identities[i], "this identity has no usable image and was left out"});
    } else if (counts[i] < options.minImages) {
      ++small;
    } else {
      to[i] = static_cast<int>(kept.size());
      kept.push_back(dataset.identities[i]);
    }
  }
  if (small > 0)
    dataset.problems.push_back(
        {"identities", fmt::format("{} identities with fewer than {} usable images were left out", small,
                                   options.minImages)});
  dataset.identities = std::move(kept);
  return to;
}

void keepTemplates(data::Dataset& dataset, const std::vector<int>& identityTo,
                   const std::vector<int>& sampleTo) {
  for (data::Protocol& protocol : dataset.protocols) {
    for (data::Template& one : protocol.templates) {
      std::vector<int> samples;
      for (const int s : one.samples)
        if (sampleTo[static_cast<std::size_t>(s)] >= 0)
          samples.push_back(sampleTo[static_cast<std::size_t>(s)]);
      one.samples = std::move(samples);
      if (!one.samples.empty() && one.identity >= 0)
        one.identity = identityTo[static_cast<std::size_t>(one.identity)];
    }
    const int folds = protocol.folds;
    if (const auto left = data::leaveOutEmpty(protocol); left.templates > 0)
      dataset.problems.push_back({"protocol " + protocol.name,
                                  fmt::format("{} templates and {} pairs were left out with their images",
                                              left.templates, left.pairs)});
    if (protocol.folds < folds)
      dataset.problems.push_back(
          {"protocol " + protocol.name,
           fmt::format("{} of {} folds have no pair left; the others are numbered anew",
                       folds - protocol.folds, folds)});
  }
  std::erase_if(dataset.protocols, [](const data::Protocol& protocol) { return protocol.templates.empty(); });
}

std::string keyOf(const data::ImageRef& image) {
  std::string key = fmt::format("{}\n{}", data::pathOf(image), image.offset);
  if (image.crop)
    key += fmt::format("\nc{} {} {} {}", image.crop->x, image.crop->y, image.crop->width, image.crop->height);
  if (image.landmarks)
    for (const data::Point& p : *image.landmarks) key += fmt::format("\nl{} {}", p.x, p.y);
  return key;
}

void listDuplicates(data::Dataset& dataset) {
  std::unordered_map<std::string, int> seen;
  for (const data::Sample& sample : dataset.samples) {
    const auto [first, fresh] = seen.emplace(keyOf(sample.image), sample.identity);
    if (fresh) continue;
    const auto name = [&](int identity) {
      return identity < 0 ? std::string("nobody") : dataset.identities[static_cast<std::size_t>(identity)];
    };
    dataset.problems.push_back(
        {data::toldPlace(sample.image),
         first->second == sample.identity
             ? fmt::format("the image is listed more than once under {}", name(sample.identity))
             : fmt::format("the image is listed under {} and under {}", name(first->second),
                           name(sample.identity))});
  }
}

}  // namespace

bool isWanted(const LoadOptions& options, std::string_view identity) {
  return options.identities.empty() ||
         std::any_of(options.identities.begin(), options.identities.end(),
                     [&](const std::string& pattern) { return matchesGlob(pattern, identity); });
}

void applyOptions(data::Dataset& dataset, const std::filesystem::path& path, const LoadOptions& options) {
  if (options.minImages < 1) failField("min-images", options.minImages, "is at least 1");
  if (options.crop && (options.crop->width < 1 || options.crop->height < 1))
    failField("crop", fmt::format("{} x {}", options.crop->width, options.crop->height),
              "a positive width and height were expected");
  checkPatterns(dataset, path, options);
  const std::vector<int> identityTo = keepIdentities(dataset, options);
  std::vector<int> sampleTo(dataset.samples.size(), -1);
  std::vector<data::Sample> samples;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
    data::Sample& sample = dataset.samples[i];
    const int identity = sample.identity < 0 ? -1 : identityTo[static_cast<std::size_t>(sample.identity)];
    if (identity < 0) continue;
    sample.identity = identity;
    if (options.crop && !sample.image.landmarks && !sample.image.crop) sample.image.crop = options.crop;
    sampleTo[i] = static_cast<int>(samples.size());
    samples.push_back(std::move(sample));
  }
  dataset.samples = std::move(samples);
  keepTemplates(dataset, identityTo, sampleTo);
  if (dataset.samples.empty())
    fail("{}: holds no usable image{}; check the path, the format and the options", path.string(),
         dataset.problems.empty()
             ? std::string()
             : fmt::format(" (of {} problems the first is: {}: {})", dataset.problems.size(),
                           dataset.problems.front().where, dataset.problems.front().what));
  if (options.crop) checkCrop(dataset, *options.crop);
  listDuplicates(dataset);
  if (dataset.identities.size() == 1)
    dataset.problems.push_back(
        {dataset.identities.front(),
         "this is the only identity; scores compare identities, so import at least two"});
}

}  // namespace discern::datasets

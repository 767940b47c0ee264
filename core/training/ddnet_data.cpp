#include "core/training/ddnet_data.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/training/face_loader.h"

namespace discern::training {
namespace {

constexpr int kChunk = 4;  // faces of an identity side by side when pairs are ranked

}  // namespace

std::vector<std::vector<std::int64_t>> evenBatches(const std::vector<std::int64_t>& faces, int batch) {
  const auto n = static_cast<std::int64_t>(faces.size());
  const std::int64_t batches = std::max<std::int64_t>(1, std::min((n + batch - 1) / batch, n / 2));
  std::vector<std::vector<std::int64_t>> plan;
  for (std::int64_t b = 0; b < batches; ++b)
    plan.emplace_back(faces.begin() + b * n / batches, faces.begin() + (b + 1) * n / batches);
  return plan;
}

std::vector<std::int64_t> chunkedByIdentity(const std::vector<int>& identity,
                                            const std::vector<std::int64_t>& faces, int chunk, Rng& rng) {
  std::map<int, std::vector<std::int64_t>> own;
  for (const auto face : faces) own[identity[static_cast<std::size_t>(face)]].push_back(face);
  std::vector<std::vector<std::int64_t>> chunks;
  for (auto& [id, members] : own) {
    rng.shuffle(members);
    for (auto& piece : cutIntoBatches(members, chunk)) chunks.push_back(std::move(piece));
  }
  rng.shuffle(chunks);
  std::vector<std::int64_t> order;
  for (const auto& piece : chunks) order.insert(order.end(), piece.begin(), piece.end());
  return order;
}

void checkDdnet(const DdnetOptions& o, const DdnetData& data) {
  ddnetFields().check(o);
  if (data.features.rows != 0 && data.features.rows != data.faces.count)
    fail("{} faces came with {} features; one of each was expected", data.faces.count, data.features.rows);
  if (o.hintWeight > 0 && data.features.rows == 0)
    failField("hint-weight", o.hintWeight, "needs the base model's features");
  const auto count = static_cast<std::size_t>(data.faces.count);
  if (count == 0) fail("there are no faces to train on; score some images first");
  if (data.target.size() != count || data.identity.size() != count ||
      (!data.clean.empty() && data.clean.size() != count) ||
      (!data.taught.empty() && data.taught.size() != count))
    fail("{} faces came with {} targets, {} identities and {} clean flags; one of each per face was expected",
         count, data.target.size(), data.identity.size(), data.clean.size());
  std::int64_t usable = 0;
  for (const auto* values : {&data.target, &data.taught})
    for (std::size_t i = 0; i < values->size(); ++i) {
      const float value = (*values)[i];
      if (!std::isnan(value) && !(value >= 0 && value <= 1))
        fail("face {} has the target {}; D-scores between 0 and 1 were expected", i, value);
    }
  for (const float lesson : lessonsOf(data)) usable += std::isnan(lesson) ? 0 : 1;
  if (usable < 2)
    fail("{} of {} faces have a D-score; at least two are needed, score the images first", usable, count);
}

std::vector<float> lessonsOf(const DdnetData& data) {
  std::vector<float> lessons = data.target;
  for (std::size_t i = 0; i < data.taught.size(); ++i)
    if (!std::isnan(data.taught[i])) lessons[i] = data.taught[i];
  return lessons;
}

DdnetSplit splitDdnet(const DdnetOptions& options, const DdnetData& data) {
  std::set<int> present;
  for (std::size_t i = 0; i < data.target.size(); ++i)
    if (!std::isnan(data.target[i])) present.insert(data.identity[i]);
  std::vector<int> identities(present.begin(), present.end());
  Rng(mixSeed(options.seed, "validation")).shuffle(identities);
  const auto total = static_cast<std::int64_t>(identities.size());
  std::int64_t held = 0;
  if (options.validationShare > 0 && total > 1)
    held = std::clamp<std::int64_t>(std::llround(options.validationShare * static_cast<double>(total)), 1,
                                    total - 1);
  const std::set<int> heldOut(identities.begin(), identities.begin() + held);
  DdnetSplit split;
  const auto lessons = lessonsOf(data);
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    const auto face = static_cast<std::int64_t>(i);
    if (!heldOut.contains(data.identity[i])) {
      if (!std::isnan(lessons[i])) split.train.push_back(face);
    } else if (!std::isnan(data.target[i])) {
      split.validation.push_back(face);
    }
  }
  return split;
}

std::vector<std::vector<std::int64_t>> planDdnet(const DdnetOptions& options, const DdnetData& data,
                                                 const std::vector<std::int64_t>& faces, int epoch) {
  if (options.rankWeight == 0) return shuffledBatches(faces, options.batch, options.seed, epoch);
  Rng rng(mixSeed(mixSeed(options.seed, "order"), static_cast<std::uint64_t>(epoch)));
  return evenBatches(chunkedByIdentity(data.identity, faces, kChunk, rng), options.batch);
}

std::vector<std::vector<std::int64_t>> shuffledBatches(std::vector<std::int64_t> faces, int batch,
                                                       std::uint64_t seed, int epoch) {
  Rng rng(mixSeed(mixSeed(seed, "order"), static_cast<std::uint64_t>(epoch)));
  rng.shuffle(faces);
  return evenBatches(faces, batch);
}

}  // namespace discern::training

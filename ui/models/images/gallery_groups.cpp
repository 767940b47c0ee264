#include "ui/models/images/gallery_groups.h"

#include <algorithm>
#include <cmath>

#include "ui/language/words.h"
#include "ui/models/project/counts.h"

namespace discern::ui {
namespace {

QString noteOf(const SampleTable& table, const std::vector<int>& samples, const QString& extra) {
  double sum = 0;
  int scored = 0;
  for (int sample : samples) {
    const double score = table.number(sample, Field::Score);
    if (std::isnan(score)) continue;
    sum += score;
    ++scored;
  }
  QString note = countText(table.snapshot().kind->sample, std::ssize(samples));
  if (scored > 0) note += QStringLiteral(" · ") + Words::tr("mean %L1").arg(sum / scored, 0, 'f', 2);
  return extra.isEmpty() ? note : note + QStringLiteral(" · ") + extra;
}

std::vector<GalleryGroup> byIdentity(const SampleTable& table, const std::vector<int>& samples) {
  const Snapshot& snapshot = table.snapshot();
  std::vector<std::vector<int>> members(snapshot.identities.size());
  std::vector<int> sizes(members.size());
  for (const int sample : samples)
    if (const int identity = table.identityOf(sample); identity >= 0)
      ++sizes[static_cast<std::size_t>(identity)];
  for (std::size_t i = 0; i < members.size(); ++i) members[i].reserve(static_cast<std::size_t>(sizes[i]));
  GalleryGroup unknown{Words::tr("unknown"), {}, {}};
  for (int sample : samples) {
    const int identity = table.identityOf(sample);
    (identity < 0 ? unknown.samples : members[static_cast<std::size_t>(identity)]).push_back(sample);
  }
  std::vector<GalleryGroup> groups;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].empty()) continue;
    const project::IdentityRow& identity = snapshot.identities[i];
    const QString extra = identity.excluded                       ? Words::tr("excluded")
                          : identity.role == project::Role::Train ? QString()
                                                                  : engineText(toString(identity.role));
    const QString note = noteOf(table, members[i], extra);
    groups.push_back({QString::fromStdString(identity.name), note, std::move(members[i])});
  }
  if (!unknown.samples.empty()) groups.push_back(std::move(unknown));
  return groups;
}

std::vector<GalleryGroup> byTemplate(const SampleTable& table, const data::Protocol& protocol,
                                     const std::vector<int>& samples) {
  std::vector<int> rank(static_cast<std::size_t>(table.size()), -1);  // place in the order; -1: filtered out
  for (std::size_t i = 0; i < samples.size(); ++i)
    rank[static_cast<std::size_t>(samples[i])] = static_cast<int>(i);
  const auto rankOf = [&](int sample) {
    return sample < table.size() ? rank[static_cast<std::size_t>(sample)] : -1;
  };
  std::vector<GalleryGroup> groups;
  for (const data::Template& group : protocol.templates) {
    std::vector<int> members;
    for (int sample : group.samples)
      if (rankOf(sample) >= 0) members.push_back(sample);
    if (members.empty()) continue;
    std::sort(members.begin(), members.end(), [&](int a, int b) { return rankOf(a) < rankOf(b); });
    const int identity = table.identityOf(members.front());
    const QString note = noteOf(table, members, table.identityName(identity));
    groups.push_back({QString::fromStdString(group.name), note, std::move(members)});
  }
  return groups;
}

}  // namespace

std::vector<GalleryGroup> galleryGroups(const GalleryRequest& request) {
  const SampleTable& table = *request.table;
  std::vector<int> samples = filterAndSort(table, request.filter, request.sort, request.descending);
  if (!request.identities.empty()) {
    std::vector<bool> wanted(table.snapshot().identities.size(), false);
    for (int identity : request.identities) wanted[static_cast<std::size_t>(identity)] = true;
    std::erase_if(samples, [&](int sample) {
      const int identity = table.identityOf(sample);
      return identity < 0 || !wanted[static_cast<std::size_t>(identity)];
    });
  }
  std::vector<GalleryGroup> groups;
  if (request.grouping == Grouping::Template && request.protocol)
    return byTemplate(table, *request.protocol, samples);
  if (request.grouping == Grouping::Identity) {
    groups = byIdentity(table, samples);
    const auto byTitle = [](const GalleryGroup& a, const GalleryGroup& b) {
      return QString::compare(a.title, b.title, Qt::CaseInsensitive) < 0;
    };
    if (!std::ranges::is_sorted(groups, byTitle)) std::ranges::stable_sort(groups, byTitle);
    return groups;
  }
  groups.push_back({{}, {}, std::move(samples)});
  return groups;
}

}  // namespace discern::ui

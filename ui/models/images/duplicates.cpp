#include "ui/models/images/duplicates.h"

#include <QHash>
#include <algorithm>

#include "core/base/described.h"
#include "core/results/scores.h"

namespace discern::ui {
namespace {

std::vector<results::ProbablySame> notedPairs(const std::string& json) {
  try {
    return listFromJsonText<results::ProbablySame>(json, "");
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

QString jobName(const Snapshot& snapshot, int identity) {
  const project::IdentityRow& row = snapshot.identities[static_cast<std::size_t>(identity)];
  const auto namesakes =
      std::count_if(snapshot.identities.begin(), snapshot.identities.end(),
                    [&](const project::IdentityRow& other) { return other.name == row.name; });
  return QString::fromStdString(namesakes > 1 ? row.set + "/" + row.name : row.name);
}

std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot) {
  const auto pairs = notedPairs(json);
  if (pairs.empty()) return {};
  QHash<QString, int> open;  // by name and by SET/NAME
  for (std::size_t i = 0; i < snapshot.identities.size(); ++i) {
    const project::IdentityRow& identity = snapshot.identities[i];
    if (identity.mergedInto >= 0 || identity.excluded) continue;
    for (const std::string& name : {identity.name, identity.set + "/" + identity.name})
      if (!open.contains(QString::fromStdString(name)))
        open.insert(QString::fromStdString(name), static_cast<int>(i));
  }
  std::vector<Duplicate> found;
  for (const auto& noted : pairs) {
    Duplicate pair;
    pair.cosine = noted.cosine;
    const auto find = [&](const std::string& name, const std::string& set) {
      return open.value(QString::fromStdString(set.empty() ? name : set + '/' + name), -1);
    };
    pair.from = find(noted.a, noted.aSet);
    pair.into = find(noted.b, noted.bSet);
    if (pair.from < 0 || pair.into < 0 || pair.from == pair.into) continue;
    const auto images = [&](int identity) {
      return snapshot.samplesOfIdentity[static_cast<std::size_t>(identity)].size();
    };
    if (images(pair.from) > images(pair.into)) std::swap(pair.from, pair.into);
    pair.fromName = jobName(snapshot, pair.from);
    pair.intoName = jobName(snapshot, pair.into);
    found.push_back(pair);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Duplicate& a, const Duplicate& b) { return a.cosine > b.cosine; });
  return found;
}

}  // namespace discern::ui

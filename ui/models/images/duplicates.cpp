#include "ui/models/images/duplicates.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace discern::ui {

QString jobName(const Snapshot& snapshot, int identity) {
  const project::IdentityRow& row = snapshot.identities[static_cast<std::size_t>(identity)];
  const auto namesakes =
      std::count_if(snapshot.identities.begin(), snapshot.identities.end(),
                    [&](const project::IdentityRow& other) { return other.name == row.name; });
  return QString::fromStdString(namesakes > 1 ? row.set + "/" + row.name : row.name);
}

std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot) {
  QHash<QString, int> open;  // by name and by SET/NAME
  for (std::size_t i = 0; i < snapshot.identities.size(); ++i) {
    const project::IdentityRow& identity = snapshot.identities[i];
    if (identity.mergedInto >= 0 || identity.excluded) continue;
    for (const std::string& name : {identity.name, identity.set + "/" + identity.name})
      if (!open.contains(QString::fromStdString(name)))
        open.insert(QString::fromStdString(name), static_cast<int>(i));
  }
  std::vector<Duplicate> found;
  for (const QJsonValue& value : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
    const QJsonObject object = value.toObject();
    Duplicate pair;
    pair.cosine = object["cosine"].toDouble();
    const auto find = [&](const QString& name, const QString& set) {
      return open.value(set.isEmpty() ? name : set + '/' + name, -1);
    };
    pair.from = find(object["a"].toString(), object["a_set"].toString());
    pair.into = find(object["b"].toString(), object["b_set"].toString());
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

#include "ui/models/duplicates.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace discern::ui {

std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot) {
  QHash<QString, int> open;
  for (std::size_t i = 0; i < snapshot.identities.size(); ++i) {
    const project::IdentityRow& identity = snapshot.identities[i];
    const QString name = QString::fromStdString(identity.name);
    if (identity.mergedInto < 0 && !identity.excluded && !open.contains(name))
      open.insert(name, static_cast<int>(i));
  }
  std::vector<Duplicate> found;
  for (const QJsonValue& value : QJsonDocument::fromJson(QByteArray::fromStdString(json)).array()) {
    const QJsonObject object = value.toObject();
    Duplicate pair;
    pair.fromName = object["a"].toString();
    pair.intoName = object["b"].toString();
    pair.cosine = object["cosine"].toDouble();
    pair.from = open.value(pair.fromName, -1);
    pair.into = open.value(pair.intoName, -1);
    if (pair.from < 0 || pair.into < 0 || pair.from == pair.into) continue;
    const auto images = [&](int identity) {
      return snapshot.samplesOfIdentity[static_cast<std::size_t>(identity)].size();
    };
    if (images(pair.from) > images(pair.into)) {
      std::swap(pair.from, pair.into);
      std::swap(pair.fromName, pair.intoName);
    }
    found.push_back(pair);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Duplicate& a, const Duplicate& b) { return a.cosine > b.cosine; });
  return found;
}

}  // namespace discern::ui

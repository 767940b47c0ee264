#include "ui/models/images/sample_table.h"

#include <QFileInfo>
#include <QHash>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <unordered_map>

#include "core/analysis/percentiles.h"
#include "core/base/json.h"
#include "core/data/degradations.h"
#include "core/data/place.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

double at(const std::vector<float>& values, int i) {
  return i < static_cast<int>(values.size()) ? values[static_cast<std::size_t>(i)] : kNoValue;
}

QString damage(const data::Degradation& degradation) { return nameOf(degradation.kind); }

}  // namespace

bool isNumber(Field field) {
  switch (field) {
    case Field::Id:
    case Field::Score:
    case Field::Percentile:
    case Field::Ratio:
    case Field::Own:
    case Field::Hardest:
    case Field::Faces:
    case Field::Eyes:
      return true;
    default:
      return false;
  }
}

QString fieldName(Field field) {
  static const std::array<const char*, 22> names = {
      "thumbnail", "id",         "identity", "set", "role",    "file",
      "score",     "percentile", "ratio",    "own", "hardest", "hardest_identity",
      "status",    "out",        "verdict",  "tag", "note",    "media",
      "damage",    "below",      "faces",    "eyes"};
  return QString::fromLatin1(names[static_cast<std::size_t>(field)]);
}

SampleTable::SampleTable(std::shared_ptr<const Snapshot> snapshot,
                         std::shared_ptr<const data::ScoreTable> scores, double threshold, Shown shown)
    : snapshot_(std::move(snapshot)), scores_(std::move(scores)), threshold_(threshold), shown_(shown) {
  if (scores_) percentile_ = analysis::percentiles(scores_->score);
  identity_.assign(snapshot_->samples.size(), -1);
  for (std::size_t i = 0; i < snapshot_->samplesOfIdentity.size(); ++i)
    for (int sample : snapshot_->samplesOfIdentity[i])
      identity_[static_cast<std::size_t>(sample)] = static_cast<int>(i);
}

SampleTable SampleTable::withThreshold(double threshold) const {
  SampleTable other = *this;
  other.threshold_ = threshold;
  return other;
}

int SampleTable::size() const { return static_cast<int>(snapshot_->samples.size()); }

int SampleTable::identityOf(int sample) const { return identity_[static_cast<std::size_t>(sample)]; }

QString SampleTable::identityName(int identity) const {
  if (identity < 0 || identity >= static_cast<int>(snapshot_->identities.size())) return {};
  return QString::fromStdString(snapshot_->identities[static_cast<std::size_t>(identity)].name);
}

data::ScoreStatus SampleTable::status(int sample) const {
  const project::SampleRow& row = snapshot_->samples[static_cast<std::size_t>(sample)];
  if (!row.problem.empty()) return data::ScoreStatus::Unreadable;
  if (!scores_ || sample >= static_cast<int>(scores_->status.size())) return data::ScoreStatus::NotAsked;
  return scores_->status[static_cast<std::size_t>(sample)];
}

double SampleTable::number(int sample, Field field) const {
  if (field == Field::Id) return sample;
  if (field == Field::Faces || field == Field::Eyes) return factOf(sample, field);
  if (!scores_) return kNoValue;
  switch (field) {
    case Field::Score:
      return at(scores_->score, sample);
    case Field::Percentile:
      return at(percentile_, sample);
    case Field::Ratio:
      return at(scores_->ratio, sample);
    case Field::Own:
      return at(scores_->own, sample);
    case Field::Hardest:
      return at(scores_->hardest, sample);
    default:
      return kNoValue;
  }
}

// What a detector said of the photograph.
double SampleTable::factOf(int sample, Field field) const {
  const std::string& facts = snapshot_->samples[static_cast<std::size_t>(sample)].nuisance;
  if (facts.find("\"faces\"") == std::string::npos && facts.find("\"eyes\"") == std::string::npos)
    return kNoValue;
  return jsonNumber(parseJson(facts), field == Field::Faces ? "faces" : "eyes", kNoValue);
}

QString SampleTable::text(int sample, Field field) const {
  const project::SampleRow& row = snapshot_->samples[static_cast<std::size_t>(sample)];
  if (field == Field::Id) return QString::number(sample);
  if (isNumber(field)) {
    const double value = number(sample, field);
    return std::isfinite(value) ? QLocale().toString(value, 'f', field == Field::Percentile ? 1 : 3)
                                : QString();
  }
  const int identity = identityOf(sample);
  switch (field) {
    case Field::Identity:
      return identityName(identity);
    case Field::Set:
      return row.identity < 0
                 ? QString()
                 : QString::fromStdString(snapshot_->identities[static_cast<std::size_t>(row.identity)].set);
    case Field::Role:
      return identity < 0 ? QString()
                          : QString::fromLatin1(project::toString(
                                snapshot_->identities[static_cast<std::size_t>(identity)].role));
    case Field::File:
      return QString::fromStdString(data::pathOf(row.image));
    case Field::HardestIdentity:
      if (!scores_ || sample >= static_cast<int>(scores_->hardestIdentity.size())) return {};
      return identityName(scores_->hardestIdentity[static_cast<std::size_t>(sample)]);
    case Field::Status:
      return QString::fromLatin1(data::toString(status(sample)));
    case Field::Media:
      return QString::fromStdString(row.media);
    case Field::Damage:
      return damage(row.image.degradation);
    case Field::Below:
      return number(sample, Field::Score) <= threshold_ ? QStringLiteral("yes") : QStringLiteral("no");
    case Field::Out:
      return row.leftOut == project::LeftOut::Nothing ? QString() : QString(nameOf(row.leftOut));
    case Field::Verdict: {
      const auto verdict = snapshot_->mark(sample).verdict;
      return verdict == project::Verdict::None ? QString() : QString(nameOf(verdict));
    }
    case Field::Tags: {
      QStringList tags;
      for (const auto& tag : snapshot_->mark(sample).tags) tags << QString::fromStdString(tag);
      return tags.join(QStringLiteral(", "));
    }
    case Field::Note:
      return QString::fromStdString(snapshot_->mark(sample).note);
    default:
      return {};
  }
}

QString SampleTable::shownText(int sample, Field field) const {
  switch (field) {
    case Field::Role:
    case Field::Status:
    case Field::Damage:
    case Field::Below:
    case Field::Out:
    case Field::Verdict:
      return engineText(text(sample, field));
    default:
      return text(sample, field);
  }
}

QString SampleTable::copyText(int sample) const {
  const int parent = snapshot_->samples[static_cast<std::size_t>(sample)].parent;
  if (parent < 0) return {};
  return Words::tr("%1 copy of %2")
      .arg(shownText(sample, Field::Damage), QFileInfo(text(parent, Field::File)).fileName());
}

QString SampleTable::decisionText(int sample) const {
  const project::SampleRow& row = snapshot_->samples[static_cast<std::size_t>(sample)];
  QStringList parts;
  if (row.leftOut != project::LeftOut::Nothing)
    parts << Words::tr("left out of %1").arg(shownText(sample, Field::Out));
  if (row.movedTo >= 0) parts << Words::tr("moved from %1").arg(identityName(row.identity));
  if (const QString verdict = shownText(sample, Field::Verdict); !verdict.isEmpty()) parts << verdict;
  if (const QString tags = text(sample, Field::Tags); !tags.isEmpty())
    parts << Words::tr("tagged %1").arg(tags);
  if (const QString note = text(sample, Field::Note); !note.isEmpty())
    parts << QStringLiteral("“%1”").arg(note);
  return parts.join(QStringLiteral(", "));
}

std::shared_ptr<const std::vector<int>> SampleTable::ranks(Field field) const {
  const auto make = [&] {
    return std::make_shared<const std::vector<int>>(isNumber(field) ? numberRanks(field) : textRanks(field));
  };
  if (field == Field::Below) return make();  // it follows the threshold
  const std::lock_guard lock(ranks_->mutex);
  auto& known = ranks_->of[field];
  if (!known) known = make();
  return known;
}

std::vector<int> SampleTable::numberRanks(Field field) const {
  std::vector<std::pair<double, int>> values;
  std::vector<int> ranks(static_cast<std::size_t>(size()), kNoRank);
  values.reserve(ranks.size());
  for (int sample = 0; sample < size(); ++sample)
    if (const double value = number(sample, field); !std::isnan(value)) values.emplace_back(value, sample);
  if (!std::ranges::is_sorted(values)) std::ranges::sort(values);
  int rank = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && values[i].first != values[i - 1].first) ++rank;
    ranks[static_cast<std::size_t>(values[i].second)] = rank;
  }
  return ranks;
}

std::vector<int> SampleTable::textRanks(Field field) const {
  // What several samples share is compared once: identities by their number, other texts by themselves.
  std::vector<int> first, textOf(static_cast<std::size_t>(size()));  // a sample of each text; its text
  std::unordered_map<int, int> byIdentity;
  QHash<QString, int> byText;
  const auto identityIn = [&](int sample) {
    return field == Field::Set               ? snapshot_->samples[static_cast<std::size_t>(sample)].identity
           : field != Field::HardestIdentity ? identityOf(sample)
           : scores_ && sample < std::ssize(scores_->hardestIdentity)
               ? scores_->hardestIdentity[static_cast<std::size_t>(sample)]
               : -1;
  };
  const bool ofIdentity = field == Field::Identity || field == Field::Set || field == Field::Role ||
                          field == Field::HardestIdentity;
  const std::string* before = nullptr;
  for (int sample = 0; sample < size(); ++sample) {
    const auto next = static_cast<int>(first.size());
    int& own = textOf[static_cast<std::size_t>(sample)];
    const std::string& file = snapshot_->samples[static_cast<std::size_t>(sample)].image.file;
    if (ofIdentity) {
      own = byIdentity.try_emplace(identityIn(sample), next).first->second;
    } else if (field == Field::File) {
      own = before != nullptr && *before == file ? next - 1 : next;  // of a container there are many
      before = &file;
    } else {
      const QString text = this->text(sample, field);
      const auto known = byText.constFind(text);
      own = known != byText.constEnd() ? *known : *byText.insert(text, next);
    }
    if (own == next) first.push_back(sample);
  }
  std::vector<QString> texts;
  if (field != Field::Identity)
    for (const int sample : first) texts.push_back(text(sample, field));
  const auto order = [&](int a, int b) {
    return field == Field::Identity
               ? compare(first[static_cast<std::size_t>(a)], first[static_cast<std::size_t>(b)], field)
               : QString::compare(texts[static_cast<std::size_t>(a)], texts[static_cast<std::size_t>(b)],
                                  Qt::CaseInsensitive);
  };
  const auto lower = [&](int a, int b) { return order(a, b) < 0; };
  std::vector<int> sorted(first.size()), rankOf(first.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  if (!std::ranges::is_sorted(sorted, lower)) std::ranges::sort(sorted, lower);
  int rank = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && order(sorted[i - 1], sorted[i]) != 0) ++rank;
    rankOf[static_cast<std::size_t>(sorted[i])] = rank;
  }
  for (int& one : textOf) one = rankOf[static_cast<std::size_t>(one)];
  return textOf;
}

int SampleTable::compare(int a, int b, Field field) const {
  if (isNumber(field)) {
    const double x = number(a, field), y = number(b, field);
    if (std::isnan(x) || std::isnan(y))
      return static_cast<int>(std::isnan(x)) - static_cast<int>(std::isnan(y));
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (field == Field::Identity) {  // the most usual order need not build strings
    const int x = identityOf(a), y = identityOf(b);
    if (x == y) return 0;
    if (x < 0 || y < 0) return x < 0 ? 1 : -1;
    const auto& names = snapshot_->identities;
    const int order =
        names[static_cast<std::size_t>(x)].name.compare(names[static_cast<std::size_t>(y)].name);
    return order != 0 ? order : x - y;
  }
  return QString::compare(text(a, field), text(b, field), Qt::CaseInsensitive);
}

}  // namespace discern::ui

#include "ui/models/images/filter_words.h"

#include <QMutex>
#include <QRegularExpression>
#include <algorithm>
#include <set>
#include <string>

#include "core/data/score_table.h"
#include "core/project/mark.h"

namespace discern::ui {
namespace {

constexpr int kMost = 40, kLooked = 100'000;

QString quoted(const QString& value) {
  return value.contains(QLatin1Char(' ')) ? QLatin1Char('"') + value + QLatin1Char('"') : value;
}

// What begins with `part` first, then what has it inside; nothing typed: all.
QStringList having(const QStringList& values, const QString& part, int most) {
  QStringList begin, inside;
  for (const QString& value : values) {
    if (value.startsWith(part, Qt::CaseInsensitive))
      begin << value;
    else if (inside.size() < most && value.contains(part, Qt::CaseInsensitive))
      inside << value;
    if (begin.size() >= most) break;
  }
  return (begin + inside).mid(0, most);
}

template <typename Enum>
QStringList wordsOf(Enum any) {
  QStringList words;
  for (const auto& named : namesOf(any)) words << QString::fromUtf8(std::string(named.name).c_str());
  return words;
}

QStringList allOf(Field field) {
  QStringList found;
  switch (field) {
    case Field::Role:
      found = wordsOf(project::Role{});
      break;
    case Field::Out:
      found = wordsOf(project::LeftOut{}).mid(1);  // "nothing" is no text
      break;
    case Field::Verdict:
      found = wordsOf(project::Verdict{}).mid(1);
      break;
    case Field::Status:
      for (int status = 0; status <= static_cast<int>(data::ScoreStatus::NotGiven); ++status)
        found << QString::fromLatin1(data::toString(static_cast<data::ScoreStatus>(status)));
      break;
    case Field::Below:
      found = {QStringLiteral("no"), QStringLiteral("yes")};
      break;
    default:
      break;
  }
  found.sort();
  return found;
}

}  // namespace

const QStringList& closedValues(Field field) {
  static QHash<int, QStringList> known;
  static QMutex mutex;  // filters are made in workers, too
  const QMutexLocker lock(&mutex);
  const auto key = static_cast<int>(field);
  if (!known.contains(key)) known.insert(key, allOf(field));
  return known[key];
}

FilterToken tokenAt(const QString& text, int cursor) {
  FilterToken token;
  bool isQuoted = false;
  for (int i = 0; i < cursor && i < text.size(); ++i) {
    if (text[i] == QLatin1Char('"')) isQuoted = !isQuoted;
    if (text[i].isSpace() && !isQuoted) token.start = i + 1;
  }
  token.end = std::min(cursor, static_cast<int>(text.size()));
  token.text = text.mid(token.start, token.end - token.start);
  for (; token.end < text.size() && (isQuoted || !text[token.end].isSpace()); ++token.end)
    if (text[token.end] == QLatin1Char('"')) isQuoted = !isQuoted;
  return token;
}

FilterWords::FilterWords(std::shared_ptr<const SampleTable> table) : table_(std::move(table)) {}

const QStringList& FilterWords::values(Field field) const {
  const int key = static_cast<int>(field);
  if (const auto known = values_.constFind(key); known != values_.constEnd()) return *known;
  const Snapshot& snapshot = table_->snapshot();
  std::set<QString> found;
  switch (field) {
    case Field::Identity:
    case Field::HardestIdentity:
      for (const auto& row : snapshot.identities) found.insert(QString::fromStdString(row.name));
      break;
    case Field::Set:
      for (const auto& row : snapshot.identities) found.insert(QString::fromStdString(row.set));
      break;
    case Field::Tags:
      for (const auto& [sample, mark] : snapshot.marks)
        for (const auto& tag : mark.tags) found.insert(QString::fromStdString(tag));
      break;
    case Field::Media:
    case Field::Damage:
      for (int i = 0; i < std::min(table_->size(), kLooked); ++i) found.insert(table_->text(i, field));
      break;
    default:
      return values_[key] = closedValues(field);
  }
  found.erase(QString());
  return values_[key] = QStringList(found.begin(), found.end());
}

QStringList FilterWords::complete(const QString& typed) const {
  const QString sign = typed.startsWith(QLatin1Char('-')) ? QStringLiteral("-") : QString();
  const QString token = typed.mid(sign.size());
  static const QRegularExpression pattern(QStringLiteral("^([A-Za-z_]+)(:|=|!=)(.*)$"));
  const QRegularExpressionMatch match = pattern.match(token);
  QStringList terms;
  const auto isLast = [](Field field) { return field == Field::Eyes; };
  if (match.hasMatch()) {
    for (Field field = Field::Identity;; field = static_cast<Field>(static_cast<int>(field) + 1)) {
      if (fieldName(field) == match.captured(1).toLower())
        for (const QString& value :
             having(values(field), QString(match.captured(3)).remove(QLatin1Char('"')), kMost))
          terms << sign + match.captured(1) + match.captured(2) + quoted(value);
      if (isLast(field)) break;
    }
    return terms;
  }
  if (token.isEmpty()) return {};
  for (Field field = Field::Id;; field = static_cast<Field>(static_cast<int>(field) + 1)) {
    if (fieldName(field).startsWith(token, Qt::CaseInsensitive))
      terms << sign + fieldName(field) + QLatin1Char(isNumber(field) ? '<' : ':');
    if (isLast(field)) break;
  }
  for (const Field field : {Field::Tags, Field::Set, Field::Identity})
    for (const QString& value : having(values(field), token, kMost - static_cast<int>(terms.size())))
      terms << sign + fieldName(field) + QLatin1Char(':') + quoted(value);
  return terms;
}

}  // namespace discern::ui

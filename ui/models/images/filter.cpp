#include "ui/models/images/filter.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace discern::ui {
namespace {

// Split at blanks outside of quotes; the quotes go.
QStringList tokens(const QString& text) {
  QStringList result;
  QString token;
  bool quoted = false, any = false;
  for (const QChar c : text) {
    if (c == QLatin1Char('"')) {
      quoted = !quoted;
      any = true;
    } else if (c.isSpace() && !quoted) {
      if (any) result << token;
      token.clear();
      any = false;
    } else {
      token += c;
      any = true;
    }
  }
  if (any) result << token;
  return result;
}

std::optional<Field> fieldOf(const QString& name) {
  for (int i = 1; i <= static_cast<int>(Field::Eyes); ++i)
    if (fieldName(static_cast<Field>(i)) == name) return static_cast<Field>(i);
  if (name == QLatin1String("name")) return Field::File;
  if (name == QLatin1String("rival")) return Field::HardestIdentity;  // as it was called once
  return std::nullopt;
}

QString fieldList() {
  QStringList names;
  for (int i = 1; i <= static_cast<int>(Field::Eyes); ++i) names << fieldName(static_cast<Field>(i));
  return names.join(QStringLiteral(", "));
}

}  // namespace

QString Filter::help() {
  return QStringLiteral(
             "Words are looked for in identity, file, set and media.\n"
             "Numbers: score<0.3   percentile>=90   own:0.2..0.4\n"
             "Texts: identity:smith   set:lfw   status:scored   -role:pool   file:\"my image\"\n"
             "Decisions: out:everything   verdict:wrong   tag:blurry   note:glasses\n"
             "Several terms: all of them hold. A leading - turns one round.\n"
             "Fields: ") +
         fieldList();
}

Filter::Filter(const QString& text) {
  for (const QString& token : tokens(text)) parseTerm(token);
}

void Filter::parseTerm(QString token) {
  Term term;
  if (token.size() > 1 && token.startsWith(QLatin1Char('-'))) {
    term.negated = true;
    token.remove(0, 1);
  }
  static const QRegularExpression pattern(QStringLiteral("^([A-Za-z_]+)(:|<=|>=|!=|<|>|=)(.*)$"));
  const QRegularExpressionMatch match = pattern.match(token);
  if (!match.hasMatch()) {
    term.text = token;
    terms_.push_back(term);
    return;
  }
  const QString name = match.captured(1).toLower(), sign = match.captured(2), value = match.captured(3);
  const std::optional<Field> field = fieldOf(name);
  if (!field) {
    error_ = QStringLiteral("'%1' is not a field; there are: %2").arg(name, fieldList());
    return;
  }
  if (value.isEmpty()) return;  // still being typed
  term.field = *field;
  term.text = value;
  if (!isNumber(*field)) {
    if (sign != QLatin1String(":") && sign != QLatin1String("=") && sign != QLatin1String("!=")) {
      error_ = QStringLiteral("%1 is a text: write %1:%2").arg(name, value);
      return;
    }
    term.test = sign == QLatin1String(":")   ? Test::Contains
                : sign == QLatin1String("=") ? Test::Equal
                                             : Test::NotEqual;
    terms_.push_back(term);
    return;
  }
  bool lowOk = true, highOk = true;
  const int dots = static_cast<int>(value.indexOf(QStringLiteral("..")));
  if (sign == QLatin1String(":") && dots >= 0) {
    term.test = Test::Between;
    term.low = value.left(dots).toDouble(&lowOk);
    term.high = value.mid(dots + 2).toDouble(&highOk);
  } else {
    static const std::vector<std::pair<QString, Test>> signs = {
        {":", Test::Equal},   {"=", Test::Equal},      {"!=", Test::NotEqual},    {"<", Test::Less},
        {">", Test::Greater}, {"<=", Test::LessEqual}, {">=", Test::GreaterEqual}};
    for (const auto& [text, test] : signs)
      if (text == sign) term.test = test;
    term.low = value.toDouble(&lowOk);
  }
  if (!lowOk || !highOk) {
    error_ = QStringLiteral("'%1' is not a number: write %2<0.3 or %2:0.2..0.4").arg(value, name);
    return;
  }
  terms_.push_back(term);
}

bool Filter::holds(const Term& term, const SampleTable& table, int sample) {
  const auto contains = [&](Field field) {
    return table.text(sample, field).contains(term.text, Qt::CaseInsensitive);
  };
  if (term.test == Test::Word)
    return contains(Field::Identity) || contains(Field::Set) || contains(Field::Media) ||
           QFileInfo(table.text(sample, Field::File)).fileName().contains(term.text, Qt::CaseInsensitive);
  if (term.test == Test::Contains) return contains(term.field);
  if (!isNumber(term.field)) {
    const bool equal = table.text(sample, term.field).compare(term.text, Qt::CaseInsensitive) == 0;
    return (term.test == Test::Equal) == equal;
  }
  const double value = table.number(sample, term.field);
  if (std::isnan(value)) return false;
  switch (term.test) {
    case Test::Less:
      return value < term.low;
    case Test::LessEqual:
      return value <= term.low;
    case Test::Greater:
      return value > term.low;
    case Test::GreaterEqual:
      return value >= term.low;
    case Test::Equal:
      return std::abs(value - term.low) < 1e-9;
    case Test::NotEqual:
      return std::abs(value - term.low) >= 1e-9;
    case Test::Between:
      return value >= term.low && value <= term.high;
    default:
      return false;
  }
}

bool Filter::matches(const SampleTable& table, int sample) const {
  return std::all_of(terms_.begin(), terms_.end(),
                     [&](const Term& term) { return holds(term, table, sample) != term.negated; });
}

std::vector<int> filterAndSort(const SampleTable& table, const Filter& filter, Field key, bool descending) {
  std::vector<int> samples;
  for (int i = 0; i < table.size(); ++i)
    if (table.shows(i) && filter.matches(table, i)) samples.push_back(i);
  const bool number = isNumber(key);
  std::stable_sort(samples.begin(), samples.end(), [&](int a, int b) {
    if (number && (std::isnan(table.number(a, key)) || std::isnan(table.number(b, key))))
      return table.compare(a, b, key) < 0;
    const int order = table.compare(a, b, key);
    return descending ? order > 0 : order < 0;
  });
  return samples;
}

}  // namespace discern::ui

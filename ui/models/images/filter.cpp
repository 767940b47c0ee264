#include "ui/models/images/filter.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "ui/language/words.h"
#include "ui/models/images/filter_words.h"

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
  return Words::tr(
             "Words are looked for in identity, file, set and media.\n"
             "Numbers: score<0.3   percentile>=90   own:0.2..0.4\n"
             "Texts: identity:smith   set:lfw   status:scored   -role:pool   file:\"my image\"\n"
             "Decisions: out:everything   verdict:wrong   tag:blurry   note:glasses\n"
             "Several terms: all of them hold. A leading - turns one round.\n"
             "Fields: %1")
      .arg(fieldList());
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
    error_ = Words::tr("'%1' is not a field; there are: %2").arg(name, fieldList());
    return;
  }
  if (value.isEmpty()) return;  // still being typed
  term.field = *field;
  term.text = value;
  if (!isNumber(*field)) {
    if (sign != QLatin1String(":") && sign != QLatin1String("=") && sign != QLatin1String("!=")) {
      error_ = Words::tr("%1 is a text: write %1:%2").arg(name, value);
      return;
    }
    if (const QStringList& values = closedValues(*field);
        !values.isEmpty() &&
        !(sign == QLatin1String(":") ? !values.filter(value, Qt::CaseInsensitive).isEmpty()
                                     : values.contains(value, Qt::CaseInsensitive))) {
      error_ =
          Words::tr("%1 is never '%2'; there are: %3").arg(name, value, values.join(QStringLiteral(", ")));
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
    error_ = Words::tr("'%1' is not a number: write %2<0.3 or %2:0.2..0.4").arg(value, name);
    return;
  }
  terms_.push_back(term);
}

bool Filter::holds(const Term& term, const SampleTable& table, int sample, Known& known) {
  const project::SampleRow& row = table.snapshot().samples[static_cast<std::size_t>(sample)];
  const auto has = [&](const QString& text) { return text.contains(term.text, Qt::CaseInsensitive); };
  const auto once = [&](std::vector<signed char>& of, int identity, Field field) {
    if (of.empty()) of.assign(table.snapshot().identities.size() + 1, -1);
    signed char& answer = of[static_cast<std::size_t>(identity + 1)];
    if (answer < 0) answer = has(table.text(sample, field)) ? 1 : 0;
    return answer == 1;
  };
  const auto contains = [&](Field field) {
    if (field == Field::Identity) return once(known.identity, table.identityOf(sample), field);
    if (field == Field::Set) return once(known.set, row.identity, field);
    return has(table.text(sample, field));
  };
  const auto fileHas = [&] {
    if (known.file != nullptr && *known.file == row.image.file) return known.fileHas;
    known.file = &row.image.file;
    const std::size_t slash = row.image.file.rfind('/');
    return known.fileHas = has(QString::fromStdString(
               slash == std::string::npos ? row.image.file : row.image.file.substr(slash + 1)));
  };
  if (term.test == Test::Word)
    return contains(Field::Identity) || contains(Field::Set) || contains(Field::Media) || fileHas();
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

bool Filter::matches(const SampleTable& table, int sample, std::vector<Known>& known) const {
  for (std::size_t i = 0; i < terms_.size(); ++i)
    if (holds(terms_[i], table, sample, known[i]) == terms_[i].negated) return false;
  return true;
}

bool Filter::matches(const SampleTable& table, int sample) const {
  std::vector<Known> known(terms_.size());
  return matches(table, sample, known);
}

std::vector<int> Filter::passing(const SampleTable& table, int from, int to) const {
  std::vector<Known> known(terms_.size());
  std::vector<int> samples;
  for (int i = from; i < to; ++i)
    if (!table.snapshot().samples[static_cast<std::size_t>(i)].removed() && table.shows(i) &&
        matches(table, i, known))
      samples.push_back(i);
  return samples;
}

std::vector<int> filterAndSort(const SampleTable& table, const Filter& filter, Field key, bool descending) {
  const std::vector<int> samples = filter.passing(table, 0, table.size());
  if (key == Field::Id && !descending) return samples;
  // Places in the order are counted, not compared.
  const auto ranks = table.ranks(key);
  int highest = -1;
  for (const int sample : samples)
    if (const int rank = (*ranks)[static_cast<std::size_t>(sample)]; rank != SampleTable::kNoRank)
      highest = std::max(highest, rank);
  const auto placeOf = [&](int sample) {
    const int rank = (*ranks)[static_cast<std::size_t>(sample)];
    return static_cast<std::size_t>(rank == SampleTable::kNoRank ? highest + 1
                                    : descending                 ? highest - rank
                                                                 : rank);
  };
  std::vector<int> next(static_cast<std::size_t>(highest) + 3, 0);
  for (const int sample : samples) ++next[placeOf(sample) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<int> sorted(samples.size());
  for (const int sample : samples) sorted[static_cast<std::size_t>(next[placeOf(sample)]++)] = sample;
  return sorted;
}

}  // namespace discern::ui

#include "ui/charts/styles.h"

#include <QCoreApplication>
#include <QHash>
#include <QObject>
#include <QRegularExpression>
#include <QVariant>
#include <algorithm>
#include <array>

#include "ui/charts/colours.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

// Those that meet in one chart differ: no two aggregations are alike. A legend shows them in the window's
// language (engineText).
const QHash<QString, int>& known() {
  static const QHash<QString, int> styles{{"average", 0},
                                          {"ddl rescale=auto", 1},
                                          {"ddl rescale=on", 2},
                                          {"ddl rescale=off", 3},
                                          {"score-weighted", 4},
                                          {"top-k", 5},
                                          {"norm-weighted", 6},
                                          {"media-mean-sum", 7},
                                          {"insightface-ijb", 13},
                                          {"max", 8},
                                          {"top-1", 14},
                                          {"random-k", 15},
                                          {"uniform-k", 10},
                                          {"trimmed-mean", 9},
                                          {"two-pass-mean", 11},
                                          {"geometric-median", 12},
                                          {"detector-weighted", 16},
                                          {"attention", 17},
                                          {"rnn", 18},
                                          {QT_TRANSLATE_NOOP("engine", "plain aggregations"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "genuine"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "impostor"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "originals"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "degraded copies"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "train"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "validation"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "pool"), 3},
                                          {QT_TRANSLATE_NOOP("engine", "test"), 2},
                                          {QT_TRANSLATE_NOOP("engine", "training loss"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "held-out loss"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "rank correlation"), 2},
                                          {QT_TRANSLATE_NOOP("engine", "on clean images"), 3},
                                          {QT_TRANSLATE_NOOP("engine", "held-out cosine to the teacher"), 4},
                                          {"A", 0},
                                          {"B", 1},
                                          {QT_TRANSLATE_NOOP("engine", "knee"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "compute"), 2},
                                          {QT_TRANSLATE_NOOP("engine", "all"), 0},
                                          {"c", 0},
                                          {"s", 1},
                                          {"sc", 2},
                                          {"dc", 3},
                                          {QT_TRANSLATE_NOOP("engine", "teacher"), 7},
                                          {QT_TRANSLATE_NOOP("engine", "kept"), 0},
                                          {QT_TRANSLATE_NOOP("engine", "dropped"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "discarded"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "left out"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "right"), 2},
                                          {QT_TRANSLATE_NOOP("engine", "wrong"), 1},
                                          {QT_TRANSLATE_NOOP("engine", "unsure"), 3},
                                          {QT_TRANSLATE_NOOP("engine", "all others"), kOtherStyle},
                                          {QT_TRANSLATE_NOOP("engine", "not known"), kUnknownStyle}};
  return styles;
}

bool isKnown(const QString& name) { return name.isEmpty() || known().contains(name); }

}  // namespace

QString shownName(const QObject& chart, const QString& name) {
  return chart.property("ownNames").toBool() && styleOf(name) >= 0 ? name : engineText(name);
}

QString otherName() { return QStringLiteral("all others"); }
QString unknownName() { return QStringLiteral("not known"); }

int styleOf(const QString& name) {
  if (name.isEmpty()) return 0;
  if (const auto found = known().find(name); found != known().end()) return *found;
  // "top-3" as "top-k".
  static const QRegularExpression numbered(QStringLiteral("^(.+-)[0-9]+$"));
  if (const auto match = numbered.match(name); match.hasMatch())
    if (const auto found = known().find(match.captured(1) + 'k'); found != known().end()) return *found;
  if (name.startsWith("FAR ")) return 0;
  if (name.endsWith(" kept")) return 1;
  quint32 hash = 2166136261U;  // FNV-1a: the same in every process
  for (const char letter : name.toUtf8()) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  return static_cast<int>((hash ^ (hash >> 16)) % kColours);
}

std::vector<int> stylesOf(const QStringList& names, const QStringList& beside) {
  QStringList sorted = names + beside;
  sorted.removeDuplicates();
  // What is known keeps its own, so it comes first.
  std::ranges::sort(sorted, [](const QString& a, const QString& b) {
    return std::pair(!isKnown(a), a) < std::pair(!isKnown(b), b);
  });
  std::array<bool, kStyles> taken{};
  QHash<QString, int> style;
  for (const QString& name : sorted) {
    const int wanted = styleOf(name);
    int own = wanted;
    if (wanted >= 0 && !isKnown(name))
      for (int step = 0; step < kStyles; ++step) {  // other colours before the same one with another dash
        const int other = step == 0 ? wanted : step / kColours * kColours + (wanted + step) % kColours;
        if (taken[static_cast<std::size_t>(other)]) continue;
        own = other;
        break;
      }
    if (own >= 0) taken[static_cast<std::size_t>(own)] = true;
    style[name] = own;
  }
  std::vector<int> result;
  for (const QString& name : names) result.push_back(style[name]);
  return result;
}

}  // namespace discern::ui

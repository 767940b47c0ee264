#include "ui/charts/styles.h"

#include <QCoreApplication>
#include <QHash>
#include <QObject>
#include <QVariant>
#include <algorithm>
#include <array>

#include "ui/charts/colours.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

// Those that meet in one chart differ. A legend shows them in the window's language (engineText).
const QHash<QString, int>& known() {
  static const QHash<QString, int> styles{{"average", 0},
                                          {"ddl rescale=auto", 1},
                                          {"ddl rescale=on", 2},
                                          {"ddl rescale=off", 3},
                                          {"score-weighted", 4},
                                          {"top-k", 5},
                                          {"norm-weighted", 6},
                                          {"media-mean-sum", 7},
                                          {"insightface-ijb", 5},
                                          {"max", 5},
                                          {"top-1", 6},
                                          {"random-k", 7},
                                          {"uniform-k", 2},
                                          {"trimmed-mean", 2},
                                          {"two-pass-mean", 3},
                                          {"geometric-median", 4},
                                          {"detector-weighted", 4},
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
                                          {QT_TRANSLATE_NOOP("engine", "threshold"), 7},
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
  if (name.startsWith("FAR ")) return 0;
  if (name.endsWith(" kept")) return 1;
  quint32 hash = 2166136261U;  // FNV-1a: the same in every process
  for (const char letter : name.toUtf8()) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  return static_cast<int>((hash ^ (hash >> 16)) % kStyles);
}

std::vector<int> stylesOf(const QStringList& names) {
  QStringList sorted = names;
  sorted.removeDuplicates();
  // What is known keeps its own, so it comes first.
  std::ranges::sort(sorted, [](const QString& a, const QString& b) {
    return std::pair(!isKnown(a), a) < std::pair(!isKnown(b), b);
  });
  std::array<int, kStyles> taken{};
  QHash<QString, int> style;
  for (const QString& name : sorted) {
    const int wanted = styleOf(name);
    style[name] = wanted;
    if (wanted < 0) continue;
    int best = wanted;
    for (int step = 1; step < kStyles; ++step)
      if (const int other = (wanted + step) % kStyles;
          taken[static_cast<std::size_t>(other)] < taken[static_cast<std::size_t>(best)])
        best = other;
    ++taken[static_cast<std::size_t>(best)];
    style[name] = best;
  }
  std::vector<int> result;
  for (const QString& name : names) result.push_back(style[name]);
  return result;
}

}  // namespace discern::ui

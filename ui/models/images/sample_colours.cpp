#include "ui/models/images/sample_colours.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "core/analysis/metadata.h"
#include "core/data/degradations.h"
#include "core/project/project.h"
#include "ui/language/words.h"
#include "ui/models/images/uses.h"

namespace discern::ui {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// kindOf: a number of its own for each kind, -1: not known. The named ones stay in the order of their
// numbers.
template <typename KindOf>
void sortOut(SampleColours& colours, const ColourRequest& request, KindOf kindOf,
             const std::function<QString(int kind)>& nameOf) {
  std::vector<int> kinds;
  std::vector<std::int64_t> count;
  std::int64_t unknown = 0;
  kinds.reserve(request.samples.size());
  for (const int sample : request.samples) {
    const int kind = kindOf(sample);
    kinds.push_back(kind);
    if (kind < 0) {
      ++unknown;
      continue;
    }
    if (at(kind) >= count.size()) count.resize(at(kind) + 1);
    ++count[at(kind)];
  }
  std::vector<int> frequent(count.size());
  std::iota(frequent.begin(), frequent.end(), 0);
  std::erase_if(frequent, [&](int kind) { return count[at(kind)] == 0; });
  const bool many = std::ssize(frequent) > kNamedKinds + 1;
  if (many) {
    std::ranges::stable_sort(frequent, std::greater{}, [&](int kind) { return count[at(kind)]; });
    frequent.resize(kNamedKinds);
    std::ranges::sort(frequent);
  }
  std::vector<int> place(count.size(), static_cast<int>(frequent.size()));
  for (std::size_t i = 0; i < frequent.size(); ++i) {
    place[at(frequent[i])] = static_cast<int>(i);
    colours.names << nameOf(frequent[i]);
  }
  if (many) colours.names << request.otherName;
  const auto last = static_cast<int>(colours.names.size());
  if (unknown > 0) colours.names << request.unknownName;
  for (int& kind : kinds) kind = kind < 0 ? last : place[at(kind)];
  colours.kinds = std::move(kinds);
}

void byIdentity(SampleColours& colours, const ColourRequest& request) {
  const SampleTable& table = *request.table;
  std::vector<unsigned char> seen(table.snapshot().identities.size());
  for (const int sample : request.samples) {
    colours.identities.push_back(table.identityOf(sample));
    if (colours.identities.back() >= 0) seen[at(colours.identities.back())] = 1;
  }
  if (std::ranges::count(seen, 1) > kNamedKinds) return;
  colours.identities.clear();
  sortOut(
      colours, request, [&](int sample) { return table.identityOf(sample); },
      [&](int identity) { return table.identityName(identity); });
}

void byPoint(SampleColours& colours, const ColourRequest& request) {
  const auto uses = usesToday(*request.table, request.protocol.get());
  sortOut(
      colours, request,
      [&](int sample) {
        const auto use = uses[at(sample)];
        return use == analysis::Use::Unknown ? -1 : use == analysis::Use::Kept ? 0 : 1;
      },
      [](int kind) { return QString(kind == 0 ? "kept" : "dropped"); });
}

void byLambda(SampleColours& colours, const ColourRequest& request) {
  sortOut(
      colours, request,
      [&](int sample) {
        const double enters = request.path ? request.path->enters(sample) : std::nan("");
        return std::isnan(enters) ? -1 : selection::isKept(enters, request.lambda) ? 0 : 1;
      },
      [](int kind) { return QString(kind == 0 ? "kept" : "discarded"); });
}

void byMark(SampleColours& colours, const ColourRequest& request) {
  const Snapshot& snapshot = request.table->snapshot();
  if (request.key == "verdict") {
    sortOut(
        colours, request,
        [&](int sample) {
          const auto verdict = snapshot.mark(sample).verdict;
          return verdict == project::Verdict::None ? -1 : static_cast<int>(verdict);
        },
        [](int verdict) { return QString(nameOf(static_cast<project::Verdict>(verdict))); });
    return;
  }
  std::map<std::vector<std::string>, int> number;  // of each set of tags
  std::vector<QString> names;
  sortOut(
      colours, request,
      [&](int sample) {
        const auto& tags = snapshot.mark(sample).tags;
        if (tags.empty()) return -1;
        const auto [known, fresh] = number.try_emplace(tags, static_cast<int>(names.size()));
        if (fresh) names.push_back(request.table->text(sample, Field::Tags));
        return known->second;
      },
      [&](int kind) { return names[at(kind)]; });
}

void byLabels(SampleColours& colours, const ColourRequest& request, bool own) {
  const Snapshot& snapshot = request.table->snapshot();
  const analysis::Whose people(snapshot.samples, snapshot.identities, snapshot.who.identity);
  const auto column = request.key.section(':', 1).toStdString();
  const auto labels =
      own ? analysis::ownLabels(people, column) : analysis::readLabels(people, request.metadata, column);
  if (!labels.values.empty() && labels.names.size() > 2) {
    bool first = true;
    for (const int sample : request.samples) {
      const float value = labels.values[at(sample)];
      colours.values.push_back(value);
      if (!std::isfinite(value)) continue;
      colours.low = first ? value : std::min<double>(colours.low, value);
      colours.high = first ? value : std::max<double>(colours.high, value);
      first = false;
    }
    return;
  }
  sortOut(
      colours, request, [&](int sample) { return labels.of[at(sample)]; },
      [&](int kind) { return QString::fromStdString(labels.names[at(kind)]); });
}

void byScores(SampleColours& colours, const ColourRequest& request) {
  const auto name = request.key.section(':', 1).toStdString();
  const data::ScoreTable* scores = request.table->scores();
  if (scores == nullptr || scores->name != name) {
    colours.scores = request.scores;
    if (!colours.scores || colours.scores->name != name)
      colours.scores = std::make_shared<const data::ScoreTable>(
          project::Project::open(request.project, project::Project::Mode::Read).scores(name));
    scores = colours.scores.get();
  }
  for (const int sample : request.samples)
    colours.values.push_back(at(sample) < scores->score.size() ? scores->score[at(sample)] : std::nanf(""));
}

}  // namespace

std::vector<ColourChoice> colourChoices(const Snapshot& snapshot, const QStringList& ownColumns,
                                        const QStringList& tableColumns) {
  std::vector<ColourChoice> choices = {{"identity", Words::tr("{identity}")}};
  for (const std::string& name : snapshot.scoreTables)
    choices.push_back({"scores:" + QString::fromStdString(name),
                       Words::tr("score (%1)").arg(QString::fromStdString(name))});
  choices.push_back({"point", Words::tr("kept at the operating point")});
  choices.push_back({"lambda", Words::tr("kept at lambda")});
  choices.push_back({"role", Words::tr("role")});
  choices.push_back({"damage", Words::tr("damage")});
  choices.push_back({"verdict", Words::tr("verdict")});
  choices.push_back({"tags", Words::tr("tags")});
  for (const QString& column : ownColumns)
    if (column != "identity" && column != "damage") choices.push_back({"own:" + column, column});
  for (const QString& column : tableColumns)
    choices.push_back({"table:" + column, Words::tr("%1 (table)").arg(column)});
  return choices;
}

SampleColours coloursOf(const ColourRequest& request) {
  SampleColours colours;
  const SampleTable& table = *request.table;
  for (const ColourChoice& choice : colourChoices(table.snapshot(), {}, {}))
    if (choice.key == request.key) colours.title = choice.title;
  if (request.key == "point") {
    byPoint(colours, request);
  } else if (request.key == "lambda") {
    byLambda(colours, request);
  } else if (request.key == "role") {
    const auto& identities = table.snapshot().identities;
    sortOut(
        colours, request,
        [&](int sample) {
          const int identity = table.identityOf(sample);
          return identity < 0 ? -1 : static_cast<int>(identities[at(identity)].role);
        },
        [](int role) { return QString(project::toString(static_cast<project::Role>(role))); });
  } else if (request.key == "damage") {
    sortOut(
        colours, request,
        [&](int sample) {
          return static_cast<int>(table.snapshot().samples[at(sample)].image.degradation.kind);
        },
        [](int kind) {
          const auto damage = static_cast<data::DegradationKind>(kind);
          return QString(damage == data::DegradationKind::None ? "originals" : nameOf(damage));
        });
  } else if (request.key == "verdict" || request.key == "tags") {
    byMark(colours, request);
  } else if (request.key.startsWith("scores:")) {
    byScores(colours, request);
  } else if (request.key.startsWith("own:") || request.key.startsWith("table:")) {
    colours.title = request.key.section(':', 1);
    byLabels(colours, request, request.key.startsWith("own:"));
  } else {
    colours.title = Words::tr("{identity}");
    byIdentity(colours, request);
  }
  return colours;
}

QString SampleColours::textOf(std::size_t position) const {
  if (position < values.size()) {
    QLocale plain;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);  // it may be a year
    return std::isfinite(values[position]) ? plain.toString(values[position], 'g', 4) : QString("–");
  }
  return position < kinds.size() ? names.value(kinds[position]) : QString();
}

}  // namespace discern::ui

#include "ui/models/images/review_cases.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "core/analysis/settings.h"
#include "core/results/doubts.h"

namespace discern::ui {

namespace {

ScoresPtr newestDscores(const project::Project& project, const ReviewRequest& request,
                        std::vector<ScoresPtr>& read) {
  const auto& names = request.snapshot->scoreTables;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    const auto found =
        std::ranges::find_if(request.known, [&](const auto& one) { return one->name == *name; });
    ScoresPtr table = found == request.known.end() ? nullptr : *found;
    if (!table) read.push_back(table = std::make_shared<const data::ScoreTable>(project.scores(*name)));
    if (table->method == "dscore") return table;
  }
  return nullptr;
}

std::vector<ReviewCase> casesOf(const project::Project& project, const Snapshot& snapshot,
                                const data::ScoreTable* dscores) {
  const analysis::Decided decided{{snapshot.marks.begin(), snapshot.marks.end()},
                                  project::pairVerdicts(project)};
  const std::string noted = project.setting(analysis::settings::kProbablySame).value_or("");
  std::vector<ReviewCase> cases;
  for (const auto& pair :
       analysis::doubtfulPairs(results::notedPairs(noted, snapshot.identities), snapshot.who,
                               snapshot.samples, snapshot.identities, decided))
    cases.push_back({-1, pair.from, pair.into, pair.cosine, pair.cosine});
  if (dscores != nullptr)
    for (const auto& one :
         analysis::doubtfulImages(*dscores, snapshot.who, snapshot.samples, snapshot.identities, decided))
      cases.push_back({one.sample, one.own, one.other, one.cosineOwn, one.cosineOther});
  return cases;
}

std::optional<ReviewCase> firstOutside(const std::vector<ReviewCase>& cases,
                                       const std::vector<ReviewCase>& before) {
  const auto keyOf = [](const ReviewCase& one) { return std::tuple(one.sample, one.own, one.other); };
  std::set<std::tuple<int, int, int>> known;
  for (const ReviewCase& one : before) known.insert(keyOf(one));
  const auto found =
      std::ranges::find_if(cases, [&](const auto& one) { return !known.contains(keyOf(one)); });
  return found == cases.end() ? std::nullopt : std::optional(*found);
}

// With its set where two have the same.
std::vector<QString> namesOf(const std::vector<project::IdentityRow>& identities) {
  std::unordered_map<std::string, int> namesakes;
  for (const auto& row : identities) ++namesakes[row.name];
  std::vector<QString> names;
  for (const auto& row : identities)
    names.push_back(QString::fromStdString(namesakes[row.name] > 1 ? row.set + '/' + row.name : row.name));
  return names;
}

}  // namespace

ReviewList reviewList(const project::Project& project, const ReviewRequest& request) {
  ReviewList list;
  list.dscores = newestDscores(project, request, list.read);
  list.cases = casesOf(project, *request.snapshot, list.dscores.get());
  list.names = namesOf(request.snapshot->identities);
  list.returned = firstOutside(list.cases, request.before);
  return list;
}

}  // namespace discern::ui

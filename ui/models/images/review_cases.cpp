#include "ui/models/images/review_cases.h"

#include "core/analysis/settings.h"
#include "core/results/doubts.h"

namespace discern::ui {

std::shared_ptr<const data::ScoreTable> newestDscores(const Session& session) {
  const auto& names = session.snapshot()->scoreTables;
  for (auto name = names.rbegin(); name != names.rend(); ++name)
    if (auto table = session.scores(QString::fromStdString(*name)); table && table->method == "dscore")
      return table;
  return nullptr;
}

std::vector<ReviewCase> reviewCases(const Session& session, const data::ScoreTable* dscores) {
  if (!session.isOpen()) return {};
  const auto snapshot = session.snapshot();
  analysis::Decided decided;
  decided.marks.assign(snapshot->marks.begin(), snapshot->marks.end());
  std::string noted;
  try {
    decided.pairs = project::pairVerdicts(session.project());
    noted = session.project().setting(analysis::settings::kProbablySame).value_or("");
  } catch (const std::exception&) {
    return {};  // a busy database: the list comes with the next change
  }
  std::vector<ReviewCase> cases;
  for (const auto& pair :
       analysis::doubtfulPairs(results::notedPairs(noted, snapshot->identities), snapshot->who,
                               snapshot->samples, snapshot->identities, decided))
    cases.push_back({-1, pair.from, pair.into, pair.cosine, pair.cosine});
  if (dscores != nullptr)
    for (const auto& one :
         analysis::doubtfulImages(*dscores, snapshot->who, snapshot->samples, snapshot->identities, decided))
      cases.push_back({one.sample, one.own, one.other, one.cosineOwn, one.cosineOther});
  return cases;
}

}  // namespace discern::ui

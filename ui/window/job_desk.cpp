#include "ui/window/job_desk.h"

#include <QLocale>
#include <algorithm>
#include <set>

#include "core/analysis/defaults.h"
#include "core/jobs/student_jobs.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"
#include "ui/window/kept.h"

namespace discern::ui {

JobDesk::JobDesk(Session& session, JobRunner& runner, QWidget& window)
    : session_(session), runner_(runner), window_(window) {}

void JobDesk::enqueue(const std::vector<JobRequest>& requests) {
  if (session_.isOpen() && !requests.empty()) runner_.enqueueChain(session_.folder(), requests);
}

std::vector<JobRequest> JobDesk::refresh() const {
  return refreshRequests(*session_.snapshot(), session_.point());
}

void JobDesk::request(const QString& job, const QStringList& options) {
  if (job == "import" && options.isEmpty()) return emit importRequested();
  if (!session_.isOpen()) return emit said(tr("Open or make a project first."));
  if (job == "identify") return askIdentify(options);
  if (!options.isEmpty()) return enqueue({{job, options}});
  if (job == "refresh") return enqueue(refresh());
  if (job == "extract") return askExtract();
  if (job == "score") return askScore();
  if (job == "protocol") return askProtocol();
  if (job == "export") return askExport();
  if (job == "aggregate") return askAggregate();
  if (job == "evaluate") return enqueue({evaluateRequest(*session_.snapshot(), session_.point())});
  if (job == "sweep") return enqueue({sweepRequest(session_.point())});
  enqueue({{job, options}});
}

namespace {
QStringList namesOf(const Snapshot& snapshot, FieldSource source) {
  switch (source) {
    case FieldSource::Features:
      return toList(analysis::namesOf(snapshot.featureTables));
    case FieldSource::Scores:
      return toList(snapshot.scoreTables);
    case FieldSource::Protocols:
      return toList(snapshot.protocols);
    case FieldSource::Sets: {
      QStringList sets;
      for (const auto& identity : snapshot.identities) sets << QString::fromStdString(identity.set);
      sets.removeDuplicates();
      return sets;
    }
    default:
      return {};  // those who ask for them fill them in
  }
}
}  // namespace

// Where a field names something of the project, what there is; an empty one says first what it means.
void JobDesk::offerNames(JobForm& form) const {
  for (const JobField& field : form.fields()) {
    const QString name = QString::fromStdString(field.name);
    if (!form.lacksChoices(name)) continue;
    QStringList names = namesOf(*session_.snapshot(), field.source);
    if (names.isEmpty()) continue;
    if (!field.empty.empty() && !field.open && field.kind != FieldKind::List) names.prepend(QString());
    form.setChoices(name, names);
  }
}

void JobDesk::remembered(JobDialog& dialog, const QString& job) {
  offerNames(dialog.form());
  emit formMade(dialog.form());
  if (kept_ == nullptr) return;
  kept_->restore(dialog.form(), job);
  connect(&dialog, &QDialog::accepted, kept_, [this, &dialog, job] { kept_->store(dialog.form(), job); });
}

void JobDesk::run() {
  const auto snapshot = session_.snapshot();
  if (snapshot->samples.empty()) return emit importRequested();
  if (snapshot->featureTables.empty()) return askExtract();
  enqueue(runRequests(*snapshot, session_.point()));
}

void JobDesk::askExtract() {
  JobDialog dialog(tr("Extract features"),
                   inWords(session_.kind(),
                           tr("The base model looks at every {sample} once; scores and {groups} are made of "
                              "what it sees. Those "
                              "that have features already are left as they are. Scoring follows by itself.")),
                   tr("Extract and score"), formFields("extract"), &window_);
  remembered(dialog, "extract");
  dialog.form().setChoices("model", recognisersOf(*session_.snapshot()));
  dialog.form().setValue("model", usualRecogniser(*session_.snapshot()));
  if (dialog.exec() != QDialog::Accepted) return;
  std::vector<JobRequest> requests = {{"extract", dialog.form().options()}};
  // A D-score needs what its identity's other images look like, too.
  if (!requests[0].options.contains("--only-kept")) requests.push_back({"score", {}});
  enqueue(requests);
}

void JobDesk::askScore() {
  const QStringList tables = toList(analysis::namesOf(session_.snapshot()->featureTables));
  if (tables.isEmpty()) return askExtract();
  JobDialog dialog(inWords(session_.kind(), tr("Score the {samples}")),
                   inWords(session_.kind(), tr("The D-score of {a sample} says how much closer it is to its "
                                               "own {identity} than to the one it is "
                                               "most confused with.")),
                   tr("Score"), formFields("score"), &window_);
  dialog.form().addPresets(formPresets("score"));
  remembered(dialog, "score");
  dialog.form().setChoices("features", tables);
  dialog.form().setValue("features", session_.featureTable());
  if (dialog.exec() == QDialog::Accepted) enqueue({{"score", dialog.form().options()}});
}

void JobDesk::askProtocol() {
  JobDialog dialog(
      tr("Make a protocol"),
      inWords(
          session_.kind(),
          tr("{Groups} are drawn from the {identities} of one role and compared with each other. Degraded "
             "copies become {samples} of the project, so features and scores are brought up to date "
             "afterwards.")),
      tr("Make it"), formFields("protocol"), &window_);
  remembered(dialog, "protocol");
  if (dialog.exec() != QDialog::Accepted) return;
  std::vector<JobRequest> requests = {{"protocol", dialog.form().options()}};
  for (JobRequest& request : refresh()) requests.push_back(std::move(request));
  enqueue(requests);
}

void JobDesk::askExport() {
  JobDialog dialog(tr("Export kept images"),
                   tr("What is left once the bad images are out: as lists, a protocol, features, an "
                      "InsightFace record, or a "
                      "folder for each identity. The project and its images stay as they are."),
                   tr("Export"), formFields("export"), &window_);
  dialog.form().setValue("what", "lists,tree");
  remembered(dialog, "export");
  dialog.form().setChoices("features", toList(analysis::namesOf(session_.snapshot()->featureTables)));
  if (dialog.exec() == QDialog::Accepted) enqueue({{"export", dialog.form().options()}});
}

void JobDesk::askAggregate() {
  const QStringList ddnets = ddnetsOf(*session_.snapshot());
  if (ddnets.isEmpty())
    return emit said(
        tr("There is no DDNet yet: train one on the Training page, which then tells scores first."));
  JobDialog dialog(
      inWords(session_.kind(), tr("Make {groups} as they are deployed")),
      inWords(
          session_.kind(),
          tr("A DDNet looks at every {sample}, the base model only at those with a score above the "
             "threshold. Each {group} becomes one feature in a file, and what both took is measured beside "
             "the base model on all. The project stays as it is.")),
      tr("Make them"), formFields("aggregate"), &window_);
  remembered(dialog, "aggregate");
  dialog.form().setChoices("network", ddnets);
  dialog.form().setChoices("model", recognisersOf(*session_.snapshot()));
  dialog.form().setValue("network", ddnets.front());
  dialog.form().setValue("protocol", session_.protocolName());
  dialog.form().setValue("model", usualRecogniser(*session_.snapshot()));
  dialog.form().setValue("threshold",
                         QString::number(session_.point().threshold, 'g', QLocale::FloatingPointShortest));
  dialog.form().setValue("lengths", nameOf(session_.point().lengths));
  if (dialog.exec() == QDialog::Accepted) enqueue({{"aggregate", dialog.form().options()}});
}

namespace {

// Whether the field is one of this benchmark: its help tells field by field which ones it is for, "scface:
// ...; uccs: ...". One that tells none is of all.
bool isOf(const JobField& field, const std::string& benchmark) {
  std::set<std::string> of;
  for (std::size_t at = 0; at < field.help.size();) {
    const auto end = std::min(field.help.find(';', at), field.help.size());
    const std::string part = field.help.substr(at, end - at);
    if (const auto colon = part.find(':'); colon != std::string::npos)
      for (const std::string& name : splitList(part.substr(0, colon)))
        for (const auto& entry : namesOf(jobs::Benchmark{}))
          if (name == entry.name) of.insert(name);
    at = end + 1;
  }
  return of.empty() || of.contains(benchmark);
}

// What an imported benchmark brought: protocols "query" and "gallery" of one set.
bool hasTracklets(const Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.protocols, [&](const std::string& name) {
    return name.ends_with("/query") &&
           std::ranges::count(snapshot.protocols, name.substr(0, name.size() - 5) + "gallery") > 0;
  });
}

}  // namespace

void JobDesk::askIdentify(const QStringList& options) {
  const auto snapshot = session_.snapshot();
  if (snapshot->featureTables.empty()) return askExtract();
  JobDialog dialog(
      tr("Identify"),
      inWords(session_.kind(),
              tr("Some {samples} or {groups} are enrolled and others searched for among them, by "
                 "the rules of a benchmark: at which rank are they found?")),
      tr("Identify"), formFields("identify"), &window_);
  JobForm& form = dialog.form();
  form.addPresets(formPresets("identify"));
  remembered(dialog, "identify");
  QStringList words = options;
  for (auto run = snapshot->runs.rbegin(); run != snapshot->runs.rend() && words.isEmpty(); ++run)
    if (run->job == "identify" && run->status == "done") words = wordsOfRun(*run);
  if (words.isEmpty() && hasTracklets(*snapshot)) words = {"--benchmark", nameOf(jobs::Benchmark::Tracklets)};
  for (qsizetype i = 0; i + 1 < words.size(); i += 2)
    if (const QString field = words[i].mid(2); form.has(field)) form.setValue(field, words[i + 1]);
  const auto showFields = [&form] {
    const std::string benchmark = form.text("benchmark").toStdString();
    for (const JobField& field : form.fields())
      form.setShown(QString::fromStdString(field.name), isOf(field, benchmark));
  };
  connect(&form, &JobForm::changed, this, showFields);
  showFields();
  if (dialog.exec() == QDialog::Accepted) enqueue({{"identify", form.options()}});
}

}  // namespace discern::ui

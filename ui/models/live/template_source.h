// How the templates of the chosen protocol match at the operating point, worked out once for all pages and
// off the window's thread, for whoever shows it.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/template_match.h"
#include "core/data/npy.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/project/session.h"

namespace discern::ui {

// The protocol as it is compared today, with the features it is made of.
struct LoadedTemplates {
  LoadedTemplates(data::MappedNpy file, analysis::TemplateSources sources, data::Protocol protocol,
                  std::vector<int> owners, std::vector<int> identities)
      : features(std::move(file)),
        identityOf(std::move(identities)),
        matcher(std::move(sources), std::move(protocol), std::move(owners)) {}

  data::MappedNpy features;
  std::vector<int> identityOf;  // of each template; -1: unknown
  analysis::TemplateMatcher matcher;
};

struct TemplateAnswer {
  std::shared_ptr<const LoadedTemplates> loaded;
  analysis::OperatingPoint point;  // it was asked at
  analysis::TemplateReport report;
};

// Progress of a LatestTask's work: it stops when the task is not wanted any more.
class TaskProgress {
 public:
  TaskProgress(LatestTask::Stopped stopped, std::shared_ptr<std::atomic<int>> percent = {});
  Progress& progress() { return progress_; }

 private:
  std::stop_source stop_;
  Progress progress_;
};

class TemplateSource : public QObject {
  Q_OBJECT

 public:
  // The one that all pages of a session share.
  static TemplateSource& of(Session& session);

  // Works out what the session's point asks for, unless that is there already: called by who shows it,
  // whenever something moved. A hand on the threshold is followed when it rests.
  void follow();
  bool busy() const { return timer_.isActive() || task_.busy(); }
  int percent() const { return *percent_; }  // of what is being worked out
  // The newest there is, of an earlier point while it is busy; null: none (problem() says why, if anything is
  // wrong).
  std::shared_ptr<const TemplateAnswer> answer() const { return answer_; }
  const QString& problem() const { return problem_; }

  // The template that the Template page shows; -1: none was chosen yet.
  int current() const { return current_; }
  void setCurrent(int index);

 signals:
  void changed();     // another answer, or none
  void progressed();  // percent moved, or work began
  void currentChanged();

 private:
  explicit TemplateSource(Session& session);
  struct Inputs;
  void start();

  Session& session_;
  std::shared_ptr<const Inputs> inputs_;  // of what was asked last
  analysis::OperatingPoint asked_;
  std::shared_ptr<const TemplateAnswer> answer_;
  std::shared_ptr<const LoadedTemplates> loaded_;  // of inputs_; null: not yet
  QString problem_;
  int current_ = -1;
  std::shared_ptr<std::atomic<int>> percent_ = std::make_shared<std::atomic<int>>(0);
  QTimer timer_, poll_;
  LatestTask task_;
};

}  // namespace discern::ui

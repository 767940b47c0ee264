#include "ui/widgets/job_progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/live/job_watch.h"

namespace discern::ui {
namespace {

constexpr int kSteps = 1000;

}  // namespace

JobProgress::JobProgress(JobWatch& watch, QWidget* parent)
    : QWidget(parent),
      watch_(watch),
      text_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      stop_(new QPushButton(tr("Stop"), this)) {
  text_->setObjectName("progressText");
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  bar_->setObjectName("progressBar");
  bar_->setTextVisible(false);
  stop_->setObjectName("progressStop");
  stop_->setToolTip(tr("What is finished by then is kept."));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(text_);
  auto* row = new QHBoxLayout;
  row->addWidget(bar_, 1);
  row->addWidget(stop_);
  layout->addLayout(row);
  connect(stop_, &QPushButton::clicked, &watch_, &JobWatch::cancel);
  connect(&watch_, &JobWatch::changed, this, &JobProgress::showJob);
  connect(&watch_, &JobWatch::finished, this, [this](const Job& job) {
    problem_ = job.state == Job::State::Failed ? job.name + ": " + job.error : QString();
  });
  showJob();
}

void JobProgress::showJob() {
  const Job* job = watch_.current();
  if (job != nullptr) problem_.clear();
  text_->setText(job != nullptr ? watch_.text() : problem_);
  text_->setVisible(!text_->text().isEmpty());
  bar_->setVisible(job != nullptr);
  stop_->setVisible(job != nullptr);
  setVisible(job != nullptr || !problem_.isEmpty());
  if (job == nullptr) return;
  bar_->setRange(0, job->total > 0 ? kSteps : 0);
  bar_->setValue(int(kSteps * job->share()));
  stop_->setEnabled(job->state != Job::State::Stopping);
}

}  // namespace discern::ui

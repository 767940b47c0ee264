// What was done with the project, to be read here and saved: data, models, scores, evaluations, every run.
#pragma once

#include <QTimer>
#include <functional>
#include <vector>

#include "ui/models/live/latest_task.h"
#include "ui/models/project/project_report.h"
#include "ui/pages/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTextBrowser;

namespace discern::ui {

class EmptyState;

class ReportPage : public Page {
  Q_OBJECT

 public:
  // `charts`: of the other pages, those that have something to show, once the others are `ready`.
  ReportPage(
      Session& session, std::function<std::vector<Chart*>()> charts,
      std::function<bool()> ready = [] { return true; }, QWidget* parent = nullptr);

  QString title() const override { return "Report"; }
  QString iconName() const override { return "report"; }
  bool settled() const override { return !later_.isActive() && !task_.busy(); }
  QStringList exportTo(const QString& folder) override;  // report.html, report.pdf

  void save(const QString& file);  // .html or .pdf; throws discern::Error

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* buildContent();
  void changed();  // made anew when somebody looks
  void refresh();
  void showReport(const ProjectReport& report);
  void chooseFile();
  ReportRequest request() const;
  std::vector<Chart*> reportCharts() const;

  std::function<std::vector<Chart*>()> charts_;
  std::function<bool()> ready_;
  QTimer later_;
  LatestTask task_;
  ProjectReport report_;
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QTextBrowser* view_ = nullptr;
  QLabel* about_ = nullptr;
  QPushButton* save_ = nullptr;
};

}  // namespace discern::ui

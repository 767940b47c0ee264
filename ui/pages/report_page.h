// What was done with the project, to be read here and exported: its own contents and its own charts, whatever
// the other pages show.
#pragma once

#include <QTimer>
#include <functional>
#include <memory>

#include "ui/models/live/latest_task.h"
#include "ui/models/project/project_report.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTextBrowser;

namespace discern::ui {

class EmptyState;
class ReportDrawing;

class ReportPage : public Page {
  Q_OBJECT

 public:
  explicit ReportPage(Session& session, QWidget* parent = nullptr);
  ~ReportPage() override;

  QString title() const override { return QT_TR_NOOP("Report"); }
  QString iconName() const override { return "report"; }
  bool settled() const override {
    return !later_.isActive() && !task_.busy() && !(isVisible() && templates_.busy());
  }
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
  void tell(const std::function<void()>& work, const QString& where);

  TemplateSource& templates_;
  QTimer later_;
  LatestTask task_;
  std::unique_ptr<ReportDrawing> drawing_;  // of what the view shows
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QTextBrowser* view_ = nullptr;
  QLabel* about_ = nullptr;
  QCheckBox* faces_ = nullptr;
  QComboBox* format_ = nullptr;
  QPushButton* save_ = nullptr;
};

}  // namespace discern::ui

// Data: who is in the project and every image of them, sorted and filtered by anything.
#pragma once

#include <memory>
#include <vector>

#include "ui/models/images/filter.h"
#include "ui/models/images/filter_words.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;
class QStackedWidget;
class QTableView;
class QTimer;
class QToolButton;

namespace discern::ui {

class DuplicatesPanel;
class EmptyState;
class IdentityModel;
class JobRunner;
class JobWatch;
class SampleList;
class TableSource;
class ViewsButton;
struct SavedView;

class DataPage : public Page {
  Q_OBJECT

 public:
  // `runner`: of the jobs that fill an empty project; null: nothing is said of them.
  explicit DataPage(Session& session, JobRunner* runner = nullptr, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Data"); }
  QString iconName() const override { return QStringLiteral("data"); }
  bool showsSamples() const override { return true; }
  bool settled() const override;

  void showIdentity(int identity);  // alone, chosen in the list

 private:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool isShown(int sample) const;  // it passes the filter, and is of a chosen identity
  QWidget* makeBar();
  QWidget* makeIdentities();
  void connectAll();
  void tableChanged();
  void refreshLater();
  void refresh();
  void refreshList();
  void showCounts();
  void updateEmptyState();
  SavedView viewNow() const;
  void showView(const SavedView& view);
  void identityMenu(const QPoint& at);
  std::vector<int> chosenIdentities() const;
  void chooseIdentities(const std::vector<int>& identities);
  void selectIdentities(const std::vector<int>& identities);  // those that the table shows

  TableSource& source_;
  JobWatch* filling_ = nullptr;        // a recipe or an import; null: without a runner
  WhenSeen table_, refresh_, follow_;  // follow_: the threshold
  QStackedWidget* stack_;
  EmptyState* empty_;
  FilterWords filterWords_;
  ViewsButton* saved_;
  QLineEdit *filterLine_, *identityFilter_;
  QLabel *filterError_, *counts_;
  QComboBox *sort_, *group_;
  QToolButton *descending_, *asTable_;
  QStackedWidget* views_;  // gallery or table
  SampleList* list_;
  QSlider* size_;
  QTableView* identityView_;
  IdentityModel* identities_;
  DuplicatesPanel* duplicates_;
  GalleryView* gallery_;
  std::vector<bool> inGallery_;  // by sample
  QTimer* later_;                // typing and clicking settle before the gallery is made anew
  LatestTask task_;
};

}  // namespace discern::ui

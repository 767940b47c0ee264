// Where in the shown image a DDNet looks, laid over it: maps that the job `explain` leaves in the project.
#pragma once

#include <QFrame>
#include <QImage>
#include <memory>
#include <optional>

#include "core/data/matrix.h"
#include "core/results/explained.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/project/session.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;

namespace discern::ui {

class ImageView;
class JobRunner;

// The picture, and over each place a colour of the colour map as strong as `opacity` (0 to 1) and the map's
// value there, as a share of its largest; what is not above 0 stays as it is.
QImage overlaid(const QImage& picture, const data::Matrix& map, double opacity);

class ExplainPanel : public QFrame {
  Q_OBJECT

 public:
  // runner: whose jobs are shown while they run; null: nobody's.
  ExplainPanel(Session& session, JobRunner* runner, QWidget* parent = nullptr);

  void setSample(int sample, const QImage& picture);  // as the base model sees it; -1: none
  bool busy() const { return task_.busy(); }

 signals:
  void jobRequested(const QString& job, const QStringList& options);

 private:
  struct Maps {
    std::optional<results::Explained> told;
    data::Matrix occlusion, gradient;
  };
  void buildControls();
  void fillNetworks();
  void read();
  void show();
  QString legend(const data::Matrix& map) const;
  QString network() const;

  Session& session_;
  int sample_ = -1;
  QImage picture_;
  Maps maps_;
  QComboBox *network_, *which_;
  QPushButton* explain_;
  ImageView* view_;
  QSlider* opacity_;
  QLabel *legend_, *ramp_, *note_;
  QWidget* shown_ = nullptr;  // picture and legend
  LatestTask task_;
  WhenSeen read_;
};

}  // namespace discern::ui

#include "ui/pages/inspector/explain_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/files.h"
#include "core/data/npy.h"
#include "ui/charts/colours.h"
#include "ui/models/live/job_watch.h"
#include "ui/models/project/kind_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/job_progress.h"

namespace discern::ui {
namespace {

constexpr int kHeight = 224, kRampWidth = 120, kRampHeight = 10;

// Between the middles of the map's pixels.
double valueAt(const data::Matrix& map, double x, double y) {
  const auto along = [](double at, std::int64_t n) {
    const double inside = std::clamp(at, 0.0, static_cast<double>(n - 1));
    const auto low = static_cast<std::int64_t>(inside);
    return std::tuple(low, std::min(low + 1, n - 1), inside - static_cast<double>(low));
  };
  const auto [left, right, fx] = along(x, map.cols);
  const auto [top, bottom, fy] = along(y, map.rows);
  const auto at = [&](std::int64_t r, std::int64_t c) {
    return static_cast<double>(map.row(r)[static_cast<std::size_t>(c)]);
  };
  return (1 - fy) * ((1 - fx) * at(top, left) + fx * at(top, right)) +
         fy * ((1 - fx) * at(bottom, left) + fx * at(bottom, right));
}

QPixmap rampPicture() {
  QPixmap picture(kRampWidth, kRampHeight);
  QPainter painter(&picture);
  painter.fillRect(picture.rect(), mapRamp(picture.rect()));
  return picture;
}

}  // namespace

QImage overlaid(const QImage& picture, const data::Matrix& map, double opacity) {
  QImage result = picture.convertToFormat(QImage::Format_RGB32);
  const float most = map.values.empty() ? 0 : *std::ranges::max_element(map.values);
  if (!(most > 0) || result.isNull()) return result;
  const double perX = static_cast<double>(map.cols) / result.width();
  const double perY = static_cast<double>(map.rows) / result.height();
  for (int y = 0; y < result.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(result.scanLine(y));
    for (int x = 0; x < result.width(); ++x) {
      const double part = valueAt(map, (x + 0.5) * perX - 0.5, (y + 0.5) * perY - 0.5) / most;
      if (!(part > 0)) continue;
      const QColor colour = mapColour(part);
      const double share = opacity * part;
      const auto mix = [share](int below, int above) {
        return static_cast<int>(std::lround((1 - share) * below + share * above));
      };
      line[x] = qRgb(mix(qRed(line[x]), colour.red()), mix(qGreen(line[x]), colour.green()),
                     mix(qBlue(line[x]), colour.blue()));
    }
  }
  return result;
}

ExplainPanel::ExplainPanel(Session& session, JobRunner* runner, QWidget* parent)
    : QFrame(parent),
      session_(session),
      network_(makeCombo("explainNetwork", tr("The DDNet that is looked into"))),
      which_(makeCombo("explainMap", tr("What the colours tell"), {tr("Occlusion"), tr("Gradient")})),
      explain_(new QPushButton),
      view_(new ImageView),
      opacity_(new QSlider(Qt::Horizontal)),
      legend_(mutedNote("explainLegend")),
      ramp_(new QLabel),
      note_(mutedNote("explainNote")),
      read_(*this, [this] { read(); }) {
  setObjectName("card");
  buildControls();
  if (runner != nullptr) {
    auto* watch = new JobWatch(session, *runner, {"explain"}, this);
    layout()->addWidget(new JobProgress(*watch));
    connect(watch, &JobWatch::changed, this,
            [this, watch] { explain_->setEnabled(watch->current() == nullptr); });
  }
  connect(&session_, &Session::snapshotChanged, &read_, &WhenSeen::ask);
  connect(network_, &QComboBox::currentIndexChanged, &read_, &WhenSeen::ask);
  connect(which_, &QComboBox::currentIndexChanged, this, &ExplainPanel::show);
  connect(opacity_, &QSlider::valueChanged, this, &ExplainPanel::show);
  connect(explain_, &QPushButton::clicked, this, [this] {
    emit jobRequested("explain", {"--network", network(), "--image", QString::number(sample_)});
  });
}

void ExplainPanel::buildControls() {
  auto* heading = sectionHeading(tr("What DDNet looks at"));
  explain_->setObjectName("explain");
  explain_->setText(tr("Explain"));
  explain_->setToolTip(tr("Works out which places of the face the predicted discriminability depends on"));
  keepChoice(which_);
  letShrink(network_, 6);
  view_->setObjectName("explained");
  view_->setAccessibleName(tr("The face under the map of what DDNet looks at"));
  view_->setFixedHeight(kHeight);
  opacity_->setObjectName("explainOpacity");
  opacity_->setRange(0, 100);
  opacity_->setValue(75);
  opacity_->setToolTip(tr("How strong the colours are"));
  opacity_->setAccessibleName(tr("Opacity"));
  ramp_->setPixmap(rampPicture());
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(network_, 1);
  row->addWidget(explain_);
  auto* looks = new QHBoxLayout;
  looks->setSpacing(6);
  looks->addWidget(which_);
  looks->addWidget(opacity_, 1);
  looks->addWidget(ramp_);
  shown_ = new QWidget;
  auto* below = new QVBoxLayout(shown_);
  below->setContentsMargins(0, 0, 0, 0);
  below->setSpacing(6);
  below->addWidget(view_);
  below->addLayout(looks);
  below->addWidget(legend_);
  auto* rows = new QVBoxLayout(this);
  rows->setContentsMargins(14, 12, 14, 12);
  rows->setSpacing(8);
  rows->addWidget(heading);
  rows->addLayout(row);
  rows->addWidget(note_);
  rows->addWidget(shown_);
}

QString ExplainPanel::network() const { return network_->currentText(); }

void ExplainPanel::fillNetworks() {
  QStringList names;
  for (const auto& model : session_.snapshot()->models)
    if (model.kind == "ddnet") names << QString::fromStdString(model.name);
  const QString chosen = names.contains(network()) || names.isEmpty() ? network() : names.back();
  fillQuietly(network_, names, chosen);
  explain_->setEnabled(!names.isEmpty() && sample_ >= 0);
}

void ExplainPanel::setSample(int sample, const QImage& picture) {
  if (sample != sample_) maps_ = {};
  sample_ = sample;
  picture_ = picture;
  read_.ask();
}

void ExplainPanel::read() {
  fillNetworks();
  const auto snapshot = session_.snapshot();
  const auto model = std::ranges::find(snapshot->models, network().toStdString(), &project::ModelRow::name);
  if (model == snapshot->models.end() || sample_ < 0 || sample_ >= std::ssize(snapshot->samples)) {
    task_.cancel();
    maps_ = {};
    return show();
  }
  task_.run(
      [folder = session_.folder().toStdString(), name = model->name, file = model->file, sample = sample_,
       image = snapshot->samples[static_cast<std::size_t>(sample_)].image](const LatestTask::Stopped&) {
        Maps maps;
        if (!std::filesystem::exists(results::explainedFile(folder, name, sample))) return maps;
        maps.told =
            results::readExplained(folder, name, sample, hashOfFile(file), data::hashOf({&image, 1}, folder));
        if (!maps.told) return maps;
        const auto load = [&](results::SaliencyMap map) {
          return data::loadNpy(results::explainedMap(folder, name, sample, map));
        };
        maps.occlusion = load(results::SaliencyMap::Occlusion);
        maps.gradient = load(results::SaliencyMap::Gradient);
        return maps;
      },
      [this](Maps maps) {
        maps_ = std::move(maps);
        show();
      },
      [this](const std::string&) {  // half of it is gone: it can be made again
        maps_ = {};
        show();
      });
}

QString ExplainPanel::legend(const data::Matrix& map) const {
  const auto [low, high] = std::ranges::minmax(map.values);
  const auto number = [](double value) { return QLocale().toString(value, 'g', 2); };
  QString text;
  if (which_->currentIndex() == 0) {
    text = tr("How much the predicted discriminability falls when this place is hidden, in score units: 0 to "
              "%1 (from violet to yellow).")
               .arg(number(std::max(0.0F, high)));
    if (low < 0) text += ' ' + tr("Hiding some other place raises it by up to %1.").arg(number(-low));
    text += ' ' + tr("A grey square of %1 pixels was moved over it by %2.")
                      .arg(maps_.told->patch)
                      .arg(maps_.told->stride);
  } else {
    text = tr("How much the predicted discriminability changes with each grey level of a pixel, in score "
              "units: 0 to %1 (from violet to yellow).")
               .arg(number(high));
  }
  return text + ' ' + tr("Predicted: %L1.").arg(maps_.told->score, 0, 'f', 3);
}

void ExplainPanel::show() {
  const bool any = network_->count() > 0, made = maps_.told && !picture_.isNull();
  shown_->setVisible(made);
  note_->setVisible(!made);
  note_->setText(any ? tr("Not worked out yet for this image by this network.")
                     : tr("There is no DDNet yet: train one to see what it looks at."));
  if (!made) return;
  const auto& map = which_->currentIndex() == 0 ? maps_.occlusion : maps_.gradient;
  view_->setImage(overlaid(picture_, map, opacity_->value() / 100.0));
  legend_->setText(legend(map));
}

}  // namespace discern::ui

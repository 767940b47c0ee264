#include "ui/pages/selection/lambda_box.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_spin.h"

namespace discern::ui {
namespace {

constexpr int kSliderSteps = 10000;

QDoubleSpinBox* reading(QDoubleSpinBox* spin, const QString& name, double low, double high,
                        const QString& tooltip) {
  spin->setObjectName(name);
  spin->setRange(low, high);
  spin->setKeyboardTracking(false);
  spin->setToolTip(tooltip);
  return spin;
}

void setQuietly(QDoubleSpinBox* spin, double value) {
  const QSignalBlocker blocker(spin);
  spin->setValue(value);
}

QSlider* makeSlider() {
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setObjectName("lambdaSlider");
  slider->setAccessibleName(Words::tr("Lambda"));
  slider->setRange(0, kSliderSteps);
  slider->setPageStep(kSliderSteps / 50);
  slider->setToolTip(Words::tr(
      "How much being alike counts against looking like others, on a logarithmic scale: to the right "
      "more {samples} are kept."));
  return slider;
}

}  // namespace

LambdaBox::LambdaBox(Session& session, QWidget* parent)
    : QGroupBox(tr("Lambda"), parent),
      session_(session),
      source_(SelectionSource::of(session)),
      slider_(makeSlider()),
      kept_(mutedNote("keptText")),
      show_(*this, [this] { showLambda(); }) {
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(slider_);
  raw_ = reading(new NumberSpin, "lambdaRaw", -1e12, 0,
                 tr("As in the paper: 0 keeps nobody, far below keeps all."));
  normalised_ = reading(new NumberSpin, "lambdaNormalised", -1e9, 0,
                        tr("Divided by the number of other {identities}: travels between data sets."));
  share_ = reading(
      new QDoubleSpinBox, "keptShare", 0, 100,
      tr("Of the {samples} that some lambda keeps; the smallest selection that keeps at least so many."));
  share_->setDecimals(1);
  share_->setSuffix(" %");
  auto* form = new QFormLayout;
  form->addRow("λ", raw_);
  form->addRow(tr("λ / (C − 1)"), normalised_);
  form->addRow(tr("Share kept"), share_);
  layout->addLayout(form);
  layout->addWidget(kept_);

  connect(&source_, &SelectionSource::pathChanged, &show_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &show_, &WhenSeen::ask);
  connect(slider_, &QSlider::valueChanged, this, [this](int step) {
    if (const auto path = source_.path())
      source_.setLambda(-path->low() * std::pow(path->high() / path->low(), double(step) / kSliderSteps));
  });
  connect(raw_, &QDoubleSpinBox::valueChanged, &source_, &SelectionSource::setLambda);
  connect(normalised_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    if (const auto path = source_.path()) source_.setLambda(path->raw(value));
  });
  connect(share_, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
    if (const auto path = source_.path()) source_.setLambda(path->lambdaForShare(percent / 100));
  });
  show_.ask();
}

void LambdaBox::showLambda() {
  const auto path = source_.path();
  setEnabled(path != nullptr && !source_.isCut());
  if (!path) {
    kept_->clear();
    for (QDoubleSpinBox* spin : {raw_, normalised_, share_}) setQuietly(spin, 0);
    return;
  }
  const double lambda = source_.lambda();
  const int kept = path->kept(lambda);
  {
    const QSignalBlocker blocker(slider_);
    const double position =
        std::log(std::max(-lambda, path->low()) / path->low()) / std::log(path->high() / path->low());
    slider_->setValue(int(std::lround(std::min(position, 1.0) * kSliderSteps)));
  }
  setTitle(path->isOrder() ? tr("Share kept") : tr("Lambda"));
  for (QDoubleSpinBox* spin : {raw_, normalised_}) spin->setEnabled(!path->isOrder());
  setQuietly(raw_, path->isOrder() ? 0 : lambda);
  setQuietly(normalised_, path->isOrder() ? 0 : path->normalised(lambda));
  setQuietly(share_, 100 * path->share(lambda));
  QString text =
      inWords(session_.kind(), tr("%L1 {samples} kept, %L2 discarded.")).arg(kept).arg(path->faces() - kept);
  if (source_.isCut()) text += ' ' + tr("One cut, known at this lambda alone.");
  if (source_.isOrder())
    text += ' ' +
            inWords(session_.kind(), tr("An order of the {samples}: any share can be kept, and no lambda is "
                                        "in it."));
  kept_->setText(text);
}

}  // namespace discern::ui

#include "ui/widgets/point_preset.h"

#include "core/jobs/evaluate.h"
#include "ui/language/words.h"
#include "ui/widgets/form_fields.h"

namespace discern::ui {
namespace {

constexpr int kRecommended = -1, kOwn = -2;

// What a preset of evaluate says of the point: it is read as the job reads it.
analysis::OperatingPoint at(analysis::OperatingPoint point, const Preset& preset) {
  const auto& fields = jobs::evaluateFields();
  jobs::EvaluateOptions options;
  fields.apply(options, preset);
  for (const auto& [field, text] : preset.values) {
    if (field == "threshold") point.threshold = options.threshold;
    if (field == "lengths") point.lengths = options.lengths;
    if (field == "rescale" && options.rescales.size() == 1) {
      point.rescale = options.rescales.front();
      point.weights.clear();  // those would weigh in its place
    }
  }
  return point;
}

// A threshold belongs to a set and its scores: there is none that is right for all.
analysis::OperatingPoint recommended(analysis::OperatingPoint point) {
  const analysis::OperatingPoint usual;
  point.lengths = usual.lengths;
  point.rescale = usual.rescale;
  return point;
}

}  // namespace

PointPreset::PointPreset(Session& session, QWidget* parent) : QComboBox(parent), session_(session) {
  setObjectName("pointPreset");
  setAccessibleName(tr("Preset"));
  setSizeAdjustPolicy(QComboBox::AdjustToContents);
  addItem(tr("recommended"), kRecommended);
  setItemData(0, tr("Features of length 1, weights rescaled where it helps; the threshold stays"),
              Qt::ToolTipRole);
  const auto& presets = formPresets("evaluate");
  QString all = tr("What the operating point is set to as a whole: the recommended way, or a paper's");
  for (std::size_t i = 0; i < presets.size(); ++i) {
    addItem(engineText(presets[i].name), int(i));
    setItemData(count() - 1,
                presetText(presets[i],
                           onlyFields(jobs::evaluateFields().list(), {"threshold", "lengths", "rescale"})),
                Qt::ToolTipRole);
    all += "\n\n" + itemText(count() - 1) + ": " + itemData(count() - 1, Qt::ToolTipRole).toString();
  }
  addItem(tr("your own"), kOwn);
  setToolTip(all);
  connect(this, &QComboBox::activated, this, &PointPreset::use);
  for (auto signal : {&Session::projectChanged, &Session::pointChanged})
    connect(&session_, signal, this, &PointPreset::follow);
  follow();
}

void PointPreset::use(int entry) {
  const int preset = itemData(entry).toInt();
  if (preset >= 0)
    session_.setPoint(at(session_.point(), formPresets("evaluate")[std::size_t(preset)]));
  else if (preset == kRecommended)
    session_.setPoint(recommended(session_.point()));
  follow();
}

void PointPreset::follow() {
  setEnabled(session_.isOpen());
  const auto& point = session_.point();
  const auto& presets = formPresets("evaluate");
  int used = point == recommended(point) ? kRecommended : kOwn;
  for (std::size_t i = 0; i < presets.size(); ++i)
    if (point == at(point, presets[i])) used = int(i);
  setCurrentIndex(findData(used));
}

}  // namespace discern::ui

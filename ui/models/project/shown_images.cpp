#include "ui/models/project/shown_images.h"

#include <array>
#include <utility>

#include "core/analysis/settings.h"
#include "core/project/project.h"

namespace discern::ui {
namespace {

constexpr std::array<const char*, 3> kNames = {"both", "originals", "copies"};

}  // namespace

ShownImages& ShownImages::of(Session& session) {
  if (auto* found = session.findChild<ShownImages*>()) return *found;
  return *new ShownImages(session);
}

ShownImages::ShownImages(Session& session) : QObject(&session), session_(session) {
  connect(&session, &Session::projectChanged, this, &ShownImages::read);
  read();
}

void ShownImages::read() {
  Shown stored = Shown::Both;
  if (session_.isOpen()) {
    try {
      const auto name = session_.project().setting(analysis::settings::kShownImages).value_or("both");
      for (std::size_t i = 0; i < kNames.size(); ++i)
        if (name == kNames[i]) stored = static_cast<Shown>(i);
    } catch (const std::exception&) {
      // A busy database: everything is shown.
    }
  }
  if (std::exchange(now_, stored) != stored) emit changed();
}

bool ShownImages::shows(int sample) const {
  const auto& samples = session_.snapshot()->samples;
  return sample < 0 || sample >= static_cast<int>(samples.size()) ||
         ui::shows(now_, samples[static_cast<std::size_t>(sample)]);
}

std::vector<int> ShownImages::shownOf(std::vector<int> samples) const {
  std::erase_if(samples, [this](int sample) { return !shows(sample); });
  return samples;
}

void ShownImages::set(Shown which) {
  if (which == now_) return;
  now_ = which;
  if (session_.isOpen()) {
    try {
      project::Project::open(session_.folder().toStdString(), project::Project::Mode::Read)
          .putSetting(analysis::settings::kShownImages, kNames[static_cast<std::size_t>(which)]);
    } catch (const std::exception&) {
      // A folder that may only be read still can be looked at.
    }
  }
  emit changed();
}

}  // namespace discern::ui

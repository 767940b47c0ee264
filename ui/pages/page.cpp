#include "ui/pages/page.h"

#include "ui/models/project/session.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {

void Page::catchUp() {
  for (auto* work : findChildren<WhenSeen*>()) work->catchUp();
}

void Page::showInInspector(int sample) {
  session_.select({sample}, sample);
  emit pageRequested("Inspector");
}

}  // namespace discern::ui

#include "ui/pages/page.h"

#include "ui/models/project/session.h"

namespace discern::ui {

void Page::showInInspector(int sample) {
  session_.select({sample}, sample);
  emit pageRequested("Inspector");
}

}  // namespace discern::ui

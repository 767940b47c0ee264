#include "ui/pages/page.h"

#include <QCoreApplication>

#include "ui/models/project/session.h"
#include "ui/widgets/keep_words.h"
#include "ui/widgets/when_seen.h"

namespace discern::ui {

QString Page::shownTitle() const {
  return QCoreApplication::translate(metaObject()->className(), title().toUtf8().constData());
}

void Page::catchUp() {
  for (auto* work : findChildren<WhenSeen*>()) work->catchUp();
}

void Page::showInInspector(int sample) {
  session_.select({sample}, sample);
  emit pageRequested("Inspector");
}

QString Page::words(const QString& text) const { return inWords(session_.kind(), text); }

void Page::showEvent(QShowEvent* event) {
  if (!wordsKept_) keepWords(session_, this);
  wordsKept_ = true;
  setProperty("oneLegend", true);  // plot_hand.cpp
  QWidget::showEvent(event);
}

}  // namespace discern::ui

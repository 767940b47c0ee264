// A walk as a person goes it: the ten worst images of somebody are left out, the match is seen to change, two
// are taken back, and the lists are exported. Every click and key chord counts.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class WalkTest : public ::testing::Test {
 protected:
  WalkTest() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    window_.runner().setCommand({DISCERN_PROGRAM});
    project_ = folder_.filePath("p.discern");
    testing::PlantedOptions options;
    options.identities = 4;
    options.images = 24;
    options.pictures = true;
    testing::makePlantedProject(project_.toStdString(), options);
    window_.resize(1280, 800);
    window_.show();
    window_.openProject(project_);
    settle();
  }
  void settle() { EXPECT_TRUE(window_.waitSettled()); }
  void clickPage(const QString& title) {
    auto* list = window_.findChild<QListWidget*>("navigation");
    const auto found = list->findItems(title, Qt::MatchExactly);
    ASSERT_EQ(found.size(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(found[0]).center());
    ++acts_;
    settle();
  }
  void clickImage(GalleryView& gallery, int position, Qt::KeyboardModifiers modifiers = {}) {
    gallery.scrollTo(position);
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, modifiers, gallery.itemRect(position).center());
    ++acts_;
  }
  void press(QWidget& widget, Qt::Key key) {
    testing::activate(window_);
    QTest::keyClick(&widget, key);
    ++acts_;
    settle();
  }
  QString match() {
    auto* table = child<QTableWidget>(*window_.page("Template"), "templateMatch");
    return table->item(0, 1)->text() + "/" + table->item(0, 2)->text();
  }
  QStringList lines(const QString& name) {
    QFile file(project_ + "/exports/" + name);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
  }

  QTemporaryDir folder_;
  QString project_;
  Settings settings_;
  MainWindow window_;
  int acts_ = 0;
};

TEST_F(WalkTest, TenWorstImagesAreLeftOutTwoTakenBackAndTheListExported) {
  clickPage("Template");
  const QString before = match();
  // Whose the worst template is, as its page's heading or the tooltip of an image says.
  const QString shown = window_.page("Template")->findChild<QComboBox*>("templateName")->currentText();
  QString who;
  for (const auto& group : window_.session().protocol()->templates)
    if (QString::fromStdString(group.name) == shown) {
      const auto& snapshot = *window_.session().snapshot();
      const int identity = snapshot.who.identity[std::size_t(group.samples.front())];
      who = QString::fromStdString(snapshot.identities[std::size_t(identity)].name);
    }

  clickPage("Data");
  auto& gallery = *window_.page("Data")->findChild<GalleryView*>();
  auto* filter = window_.page("Data")->findChild<QLineEdit*>();
  QTest::mouseClick(filter, Qt::LeftButton);
  ++acts_;
  QTest::keyClicks(filter, "identity:\"" + who + "\"");
  settle();
  ASSERT_EQ(gallery.itemCount(), 24) << who.toStdString() << ", lowest score first";
  clickImage(gallery, 0);
  clickImage(gallery, 9, Qt::ShiftModifier);
  ASSERT_EQ(window_.session().selection().size(), 10U);
  const auto worst = gallery.sections()[0].samples;
  press(gallery, Qt::Key_X);
  for (int i = 0; i < 10; ++i)
    EXPECT_NE(window_.session().snapshot()->samples[std::size_t(worst[std::size_t(i)])].leftOut,
              project::LeftOut::Nothing);

  clickPage("Template");
  const QString after = match();
  EXPECT_NE(after, before);

  clickPage("Data");
  clickImage(gallery, 8);
  clickImage(gallery, 9, Qt::ShiftModifier);
  press(gallery, Qt::Key_B);

  auto* menu = [&]() -> QMenu* {
    for (QAction* entry : window_.menuBar()->actions())
      if (entry->text().remove('&') == "Jobs") return entry->menu();
    return nullptr;
  }();
  ASSERT_NE(menu, nullptr);
  ++acts_;  // the menu
  QTimer poll;
  QObject::connect(&poll, &QTimer::timeout, &poll, [&] {
    auto* dialog = qobject_cast<JobDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr) return;
    poll.stop();
    EXPECT_TRUE(dialog->form().text("what").contains("lists"));
    QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
    ++acts_;
  });
  poll.start(5);
  for (QAction* entry : menu->actions())
    if (entry->text().remove('&') == "Export kept images…") {
      entry->trigger();
      ++acts_;
    }
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return !window_.runner().jobs().empty() && window_.runner().jobs().back().isOver(); }, kWait));
  EXPECT_EQ(window_.runner().jobs().back().state, Job::State::Done)
      << window_.runner().jobs().back().error.toStdString();

  const auto& samples = window_.session().snapshot()->samples;
  const auto has = [&](const QStringList& list, int sample) {
    return list.contains(QString::fromStdString(samples[std::size_t(sample)].image.file));
  };
  const QStringList removed = lines("removed.txt"), kept = lines("kept.txt");
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(has(removed, worst[std::size_t(i)])) << i;
  for (int i = 10; i < 24; ++i) {
    const auto sample = worst[std::size_t(i)];
    const bool stays = window_.session().scores()->score[std::size_t(sample)] > window_.session().threshold();
    EXPECT_EQ(has(kept, sample), stays) << i;
  }
  std::printf("%d clicks and keys\n", acts_);
  EXPECT_LE(acts_, 15);
}

}  // namespace
}  // namespace discern::ui

// Walks as a person goes them: the ten worst images of somebody are left out, the match is seen to change,
// two are taken back, and the lists are exported; and all the way from a folder of photographs to that and a
// report. Every click and key chord counts.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <functional>

#include "tests/ui/child.h"
#include "tests/ui/planted_project.h"
#include "ui/main_window.h"
#include "ui/pages/import_dialog.h"
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
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    window_.runner().setCommand({DISCERN_PROGRAM});
    project_ = folder_.filePath("p.discern");
    window_.resize(1280, 800);
    window_.show();
  }
  void openPlanted() {
    testing::PlantedOptions options;
    options.identities = 4;
    options.images = 24;
    options.pictures = true;
    testing::makePlantedProject(project_.toStdString(), options);
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
  // What a dialog of this type is answered with, once it is open.
  template <typename Dialog>
  void answer(std::function<bool(Dialog&)> act) {
    auto* poll = new QTimer(&window_);
    QObject::connect(poll, &QTimer::timeout, poll, [poll, act = std::move(act)] {
      auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
      if (dialog != nullptr && act(*dialog)) poll->deleteLater();
    });
    poll->start(5);
  }
  void click(QPushButton& button) {
    QTest::mouseClick(&button, Qt::LeftButton);
    ++acts_;
  }
  bool saveAs(QFileDialog& dialog) {
    auto* buttons = dialog.findChild<QDialogButtonBox*>();
    auto* save = buttons == nullptr ? nullptr : buttons->button(QDialogButtonBox::Save);
    if (save == nullptr || !save->isEnabled()) return false;
    click(*save);
    return true;
  }
  bool start(JobDialog& dialog) {
    click(*dialog.startButton());
    return true;
  }
  void chooseFromMenu(const QString& menu, const QString& entry) {
    for (QAction* top : window_.menuBar()->actions()) {
      if (top->text().remove('&') != menu) continue;
      ++acts_;
      for (QAction* action : top->menu()->actions())
        if (action->text().remove('&') == entry) {
          ++acts_;
          return action->trigger();
        }
    }
    ADD_FAILURE() << menu.toStdString() << " has no " << entry.toStdString();
  }
  // Until every job is over; all went well.
  void waitForJobs(std::size_t count) {
    const auto& jobs = window_.runner().jobs();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return jobs.size() >= count && std::ranges::all_of(jobs, &Job::isOver); }, kWait));
    for (const Job& job : jobs)
      EXPECT_EQ(job.state, Job::State::Done) << job.name.toStdString() << ": " << job.error.toStdString();
    settle();
  }
  // Of whom the template is that the Template page shows first, the worst one.
  QString whoseTemplate() {
    const QString shown = window_.page("Template")->findChild<QComboBox*>("templateName")->currentText();
    const auto& snapshot = *window_.session().snapshot();
    for (const auto& group : window_.session().protocol()->templates)
      if (QString::fromStdString(group.name) == shown) {
        const int identity = snapshot.who.identity[std::size_t(group.samples.front())];
        return QString::fromStdString(snapshot.identities[std::size_t(identity)].name);
      }
    ADD_FAILURE() << "no template is called " << shown.toStdString();
    return {};
  }
  // Leaves out the worst `count` images of somebody; gives all of them, the worst first.
  std::vector<int> leaveOutWorst(const QString& who, int count) {
    auto& gallery = *window_.page("Data")->findChild<GalleryView*>();
    auto* filter = window_.page("Data")->findChild<QLineEdit*>();
    QTest::mouseClick(filter, Qt::LeftButton);
    ++acts_;
    QTest::keyClicks(filter, "identity:\"" + who + "\"");
    settle();
    clickImage(gallery, 0);
    clickImage(gallery, count - 1, Qt::ShiftModifier);
    EXPECT_EQ(window_.session().selection().size(), std::size_t(count));
    const auto worst = gallery.sections()[0].samples;
    press(gallery, Qt::Key_X);
    for (int i = 0; i < count; ++i)
      EXPECT_NE(window_.session().snapshot()->samples[std::size_t(worst[std::size_t(i)])].leftOut,
                project::LeftOut::Nothing);
    return worst;
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
  openPlanted();
  clickPage("Template");
  const QString before = match(), who = whoseTemplate();
  clickPage("Data");
  auto& gallery = *window_.page("Data")->findChild<GalleryView*>();
  const auto worst = leaveOutWorst(who, 10);
  ASSERT_EQ(worst.size(), 24U) << who.toStdString() << ", lowest score first";

  clickPage("Template");
  const QString after = match();
  EXPECT_NE(after, before);

  clickPage("Data");
  clickImage(gallery, 8);
  clickImage(gallery, 9, Qt::ShiftModifier);
  press(gallery, Qt::Key_B);

  answer<JobDialog>([this](JobDialog& dialog) {
    EXPECT_TRUE(dialog.form().text("what").contains("lists"));
    return start(dialog);
  });
  chooseFromMenu("Jobs", "Export kept images…");
  waitForJobs(1);

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

TEST_F(WalkTest, FromAFolderOfPhotographsToACleanedSetAndItsReport) {
  const QString rendered = folder_.filePath("rendered.discern"), faces = folder_.filePath("faces");
  ASSERT_EQ(QProcess::execute(DISCERN_PROGRAM, {"import", rendered, "synthetic-faces", "--name", "set",
                                                "--count", "6", "--images", "14", "--seed", "3"}),
            0);
  ASSERT_TRUE(QDir().rename(rendered + "/images/set", faces));
  QElapsedTimer clock;
  clock.start();

  // Dropped onto the empty window; where the project goes is proposed.
  answer<ImportDialog>([this](ImportDialog& dialog) {
    auto* import = child<QPushButton>(dialog, "import");
    if (dialog.isPreviewing() || !import->isEnabled()) return false;
    EXPECT_EQ(dialog.understood()->identities, 6);
    auto* role = child<QComboBox>(dialog, "role");
    role->setCurrentIndex(role->findText("test"));
    ++acts_;
    answer<QFileDialog>([this](QFileDialog& where) { return saveAs(where); });
    click(*import);
    return true;
  });
  QMimeData dropped;
  dropped.setUrls({QUrl::fromLocalFile(faces)});
  QDropEvent drop({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, {});
  QApplication::sendEvent(&window_, &drop);
  ++acts_;
  waitForJobs(1);
  ASSERT_TRUE(window_.session().isOpen());
  project_ = window_.session().folder();
  EXPECT_EQ(project_, faces + ".discern");

  // What the window says comes next.
  answer<JobDialog>([this](JobDialog& dialog) {
    dialog.form().setValue("model", "demo");
    ++acts_;
    return start(dialog);
  });
  auto* offered = child<QPushButton>(window_, "offer");
  ASSERT_TRUE(offered->isVisible()) << window_.message().toStdString();
  click(*offered);
  waitForJobs(3);
  answer<JobDialog>([this](JobDialog& dialog) { return start(dialog); });
  chooseFromMenu("Jobs", "Make a protocol…");
  waitForJobs(4);

  clickPage("Template");
  const QString before = match(), who = whoseTemplate();
  clickPage("Data");
  leaveOutWorst(who, 3);
  clickPage("Template");
  EXPECT_NE(match(), before) << who.toStdString();

  answer<JobDialog>([this](JobDialog& dialog) { return start(dialog); });
  chooseFromMenu("Jobs", "Export kept images…");
  waitForJobs(window_.runner().jobs().size() + 1);
  EXPECT_EQ(lines("removed.txt").size(), 3);
  EXPECT_EQ(lines("kept.txt").size(), 6 * 14 - 3);

  clickPage("Report");
  const QString report = folder_.filePath("report.html");
  auto* format = child<QComboBox>(*window_.page("Report"), "reportFormat");
  for (int i = 0; i < format->count(); ++i)
    if (format->itemData(i).toStringList() == QStringList{"html"}) format->setCurrentIndex(i);
  ++acts_;
  answer<QFileDialog>([this, report](QFileDialog& where) {
    child<QLineEdit>(where, "fileNameEdit")->setText(report);
    return saveAs(where);
  });
  click(*child<QPushButton>(*window_.page("Report"), "saveReport"));
  QFile html(report);
  ASSERT_TRUE(html.open(QIODevice::ReadOnly));
  const QString text = QString::fromUtf8(html.readAll());
  EXPECT_TRUE(text.contains(who)) << "the worst template's identity";
  EXPECT_TRUE(text.contains("left out")) << "the decision";
  std::printf("%d clicks and keys, %.1f minutes\n", acts_, static_cast<double>(clock.elapsed()) / 60e3);
}

}  // namespace
}  // namespace discern::ui

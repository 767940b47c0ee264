// The same toys in the window: its lists, its forms and a page of somebody else's.
#include <gtest/gtest.h>

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/analysis/what_if.h"
#include "core/catalog/heads.h"
#include "core/catalog/networks.h"
#include "core/data/score_methods.h"
#include "tests/extension/toys.h"
#include "tests/ui/pages.h"
#include "ui/charts/line_chart.h"
#include "ui/main_window.h"
#include "ui/models/images/neighbours.h"
#include "ui/models/project/project_report.h"
#include "ui/pages/import_dialog.h"
#include "ui/pages/pages.h"
#include "ui/widgets/duplicates_panel.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

// One file and one line: no header, no icon of its own.
class ToyPage : public Page {
 public:
  explicit ToyPage(Session& session) : Page(session), chart_(new LineChart("toy-chart")) {
    (new QVBoxLayout(this))->addWidget(chart_);
    LineSeries series;
    series.name = "toy";
    series.points = {{0, 1}, {1, 2}};
    chart_->setSeries({series});
  }
  QString title() const override { return "Toy"; }
  std::vector<Chart*> charts() override { return {chart_}; }

 private:
  LineChart* chart_;
};

Page* makeToyPage(const PageTools& tools) { return new ToyPage(tools.session); }

class WindowExtension : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    datasets::registerFormat(toys::format());
    catalog::networks().add({.name = "toy-recogniser", .help = "the mean colour"});
    catalog::networks().add({.name = "toy-ddnet", .kind = "ddnet", .help = "the mean colour's worth"});
    catalog::heads().add({.name = "toy-head", .help = "twice the cosine"});
    data::scoreMethods().add({.name = "toy-score", .help = "the place in its identity"});
    aggregation::registerMethod(toys::lastOne());
    imaging::registerGroupKind(toys::clipKind());
    registerPage(makeToyPage);
  }

  WindowExtension() : settings_(folder_.filePath("settings.ini")), window_(settings_) {
    testing::makePlantedProject(folder_.filePath("p.discern").toStdString());
    window_.openProject(folder_.filePath("p.discern"));
    window_.show();
  }
  static bool offers(const QComboBox* combo, const QString& name, const QString& help) {
    return combo->findText(name) >= 0 &&
           (combo->toolTip().contains(help) ||
            combo->itemData(combo->findText(name), Qt::ToolTipRole).toString().contains(help));
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(WindowExtension, TheImportDialogOffersAFormatAndAsksForItsOptions) {
  ImportDialog dialog({"true"}, "/tmp/p.discern");
  dialog.show();
  auto* format = child<QComboBox>(dialog, "format");
  EXPECT_TRUE(offers(format, "toy-format", "toy.txt"));
  EXPECT_FALSE(child<QLineEdit>(dialog, "toy-format-prefix")->isVisible());
  format->setCurrentText("toy-format");
  EXPECT_TRUE(child<QLineEdit>(dialog, "toy-format-prefix")->isVisible());
  EXPECT_TRUE(child<QLineEdit>(dialog, "toy-format-prefix")->toolTip().contains("goes before every name"));
}

TEST_F(WindowExtension, TheTrainingFormsOfferNetworksAndAHead) {
  auto* tabs = child<QTabWidget>(*window_.page("Training"), "trainingKinds");
  QComboBox *ddnet = nullptr, *base = nullptr;
  for (QComboBox* combo : tabs->findChildren<QComboBox*>("architecture"))
    (combo->findText("ddnet-r18") >= 0 ? ddnet : base) = combo;
  ASSERT_TRUE(ddnet != nullptr && base != nullptr);
  EXPECT_TRUE(offers(ddnet, "toy-ddnet", "the mean colour's worth"));
  EXPECT_LT(ddnet->findText("toy-recogniser"), 0);
  EXPECT_TRUE(offers(base, "toy-recogniser", "the mean colour"));
  EXPECT_LT(base->findText("vggface"), 0) << "its weights are published, it is not trained here";
  EXPECT_TRUE(offers(child<QComboBox>(*tabs, "head"), "toy-head", "twice the cosine"));
}

TEST_F(WindowExtension, TheScoreDialogOffersAMethod) {
  bool asked = false;
  QTimer::singleShot(0, &window_, [&] {
    auto* dialog = window_.findChild<JobDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* method = child<QComboBox>(*dialog, "method");
    EXPECT_TRUE(offers(method, "toy-score", "the place in its identity"));
    EXPECT_GE(method->findText("detector"), 0);
    EXPECT_LT(method->findText("ddnet"), 0) << "a network tells that";
    asked = true;
    dialog->reject();
  });
  window_.requestJob("score", {});
  EXPECT_TRUE(asked);
}

TEST_F(WindowExtension, TheInspectorTriesAnAggregation) {
  data::Matrix features(4, 2);
  const float rows[4][2] = {{1, 0}, {0, 1}, {2, 0}, {0, 3}};
  for (int r = 0; r < 4; ++r) std::copy(rows[r], rows[r] + 2, features.row(r).begin());
  analysis::TemplateSources sources;
  sources.features = features.view();
  const auto result = analysis::whatIf(sources, {}, 1, {0, 1}, {2}, {3});
  const auto row = std::find_if(result.rows.begin(), result.rows.end(),
                                [](const analysis::WhatIfRow& r) { return r.aggregation == "toy-last"; });
  ASSERT_NE(row, result.rows.end());
  EXPECT_NEAR(row->with.own, 0, 1e-6) << "the last of the template is the outlier";
  EXPECT_NEAR(row->without.own, 1, 1e-6);
}

TEST_F(WindowExtension, APageIsListedShownPicturedAndExported) {
  EXPECT_EQ(window_.pageTitles().back(), "Toy");
  EXPECT_EQ(window_.pageTitles().size(), 15);
  window_.showPage("Toy");
  EXPECT_TRUE(window_.page("Toy")->isVisible());
  QStringList shortcuts;
  bool inMenu = false;
  for (const QAction* action : window_.findChildren<QAction*>()) {
    inMenu |= action->text() == "Toy" && !action->icon().isNull();
    if (!action->shortcut().isEmpty()) shortcuts << action->shortcut().toString();
  }
  EXPECT_TRUE(inMenu);
  EXPECT_EQ(shortcuts.removeDuplicates(), 0) << "the eleventh page takes nobody's shortcut";
  ASSERT_TRUE(window_.waitSettled());
  window_.exportCharts(folder_.filePath("charts"));
  for (const char* ending : {"png", "svg", "pdf", "csv"})
    EXPECT_TRUE(QFile::exists(folder_.filePath("charts/toy-chart.") + ending)) << ending;
  EXPECT_TRUE(window_.saveScreenshots(folder_.filePath("pictures"), {900, 600})
                  .contains(folder_.filePath("pictures/toy.png")));
}

// A project of another kind: its words on every page, its pictures in their own form, and back again.
TEST_F(WindowExtension, AKindOfSamplesBringsItsWordsAndPictures) {
  toys::writeClips(folder_.filePath("clips").toStdString(), 3);
  const std::string clips = folder_.filePath("clips.discern").toStdString();
  {
    auto dataset = toys::loadList(folder_.filePath("clips/clips.txt").toStdString(), {});
    dataset.name = "clips";
    dataset.kind = "toy-clip";
    project::Project::create(clips).addDataset(dataset, project::Role::Train);
  }
  const auto saysOf = [&](const char* name) {
    window_.showPage(name);
    EXPECT_TRUE(window_.waitSettled());
    QStringList texts;
    for (const QWidget* widget : window_.page(name)->findChildren<QWidget*>()) {
      for (const char* property : {"text", "title", "toolTip", "accessibleName", "placeholderText"})
        texts << widget->property(property).toString();
      if (const auto* combo = qobject_cast<const QComboBox*>(widget))
        for (int i = 0; i < combo->count(); ++i) texts << combo->itemText(i);
    }
    const QString all = texts.join('\n');
    EXPECT_FALSE(all.contains("{")) << name << ": a place without its word\n" << all.toStdString();
    return all;
  };
  const std::vector<std::tuple<const char*, QString, QString>> expected = {
      {"Data", "Filter images", "Filter clips"},
      {"Data", "Find an identity", "Find a class"},
      {"Data", "Size of the faces", "Size of the actions"},
      {"Data", "Template", "Video"},
      {"Scores", "Most telling images of their identity", "Most telling clips of their class"},
      {"Inspector", "The face as the base model sees it", "The action as the base model sees it"},
      {"Threshold", "a template never loses its best image", "a video never loses its best clip"},
      {"Trade-off", "ms is for one template", "ms is for one video"},
      {"Selection", "which images are worth learning from", "which clips are worth learning from"},
      {"Selection", "Images kept", "Clips kept"},
      {"Selection", "Inside each identity", "Inside each class"},
      {"Distil", "How many of the faces are kept", "How many of the actions are kept"},
      {"Distil", "ms / face", "ms / action"}};
  for (const auto& [page, face, clip] : expected) {
    const QString text = saysOf(page);
    EXPECT_TRUE(text.contains(face)) << page << ": " << face.toStdString() << "\n" << text.toStdString();
    EXPECT_FALSE(text.contains(clip)) << page << ": " << clip.toStdString();
  }
  window_.openProject(QString::fromStdString(clips));
  for (const auto& [page, face, clip] : expected) {
    const QString text = saysOf(page);
    EXPECT_TRUE(text.contains(clip)) << page << ": " << clip.toStdString() << "\n" << text.toStdString();
    EXPECT_FALSE(text.contains(face)) << page << ": " << face.toStdString();
  }
  EXPECT_TRUE(saysOf("Evaluation").contains("which videos are compared"));
  EXPECT_TRUE(saysOf("Training").contains("Score the clips first"));
  EXPECT_TRUE(saysOf("Selection").contains("Import the clips") ||
              saysOf("Selection").contains("look at the clips"));
  EXPECT_TRUE(saysOf("Distil").contains("No students of such clips"));
  EXPECT_EQ(child<QTabWidget>(*window_.page("Selection"), "selectionTabs")->tabText(0), "Discarded clips");
  auto* corner = child<QToolButton>(window_, "operatingPoint");
  EXPECT_EQ(child<QComboBox>(*corner->menu(), "pointFeatures")->toolTip(), "What videos are made of.");
  EXPECT_TRUE(child<QComboBox>(*corner->menu(), "pointWeights")->toolTip().contains("the clips which stay"));
  EXPECT_EQ(child<QComboBox>(window_, "featureTable")->toolTip(), "The features videos are made of");
  ImportDialog import({"true"}, QString::fromStdString(clips), nullptr, window_.session().kind());
  EXPECT_EQ(import.windowTitle(), "Import clips");
  DuplicatesPanel duplicates;
  duplicates.setDuplicates({Duplicate()}, window_.session().kind());
  EXPECT_TRUE(child<QLabel>(duplicates, "sectionHeading")->text().startsWith("Probably one class"));
  saysOf("Report");
  const auto report = projectReport({QString::fromStdString(clips),
                                     [&] {
                                       Session session;
                                       session.open(QString::fromStdString(clips));
                                       return session.snapshot();
                                     }(),
                                     {}});
  EXPECT_TRUE(report.sections[1].tables.front().columns.contains("Clips"));
  EXPECT_TRUE(report.sections[1].tables.front().columns.contains("Classes"));

  Session session;
  session.open(QString::fromStdString(clips));
  auto& thumbnails = ThumbnailLoader::of(session);
  QSignalSpy ready(&thumbnails, &ThumbnailLoader::ready);
  QPixmap picture = thumbnails.thumbnail(0);
  if (picture.isNull()) {
    ASSERT_TRUE(ready.wait(kWait));
    picture = thumbnails.thumbnail(0);
  }
  EXPECT_EQ(picture.size(), QSize(64, 128)) << "upright, one frame";
  EXPECT_EQ(qRed(picture.toImage().pixel(32, 64)), toys::brightness(0, 2)) << "the one in the middle";

  window_.openProject(folder_.filePath("p.discern"));
  EXPECT_TRUE(saysOf("Data").contains("Filter images"));
}

}  // namespace
}  // namespace discern::ui

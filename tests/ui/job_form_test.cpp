// Forms that are built from the fields of jobs: nothing of a job is forgotten, and nothing wrong is asked
// for.
#include "ui/widgets/job_form.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>

#include "core/jobs/jobs.h"
#include "core/jobs/visit.h"
#include "tests/core/jobs/other_text.h"
#include "tests/ui/child.h"
#include "ui/widgets/form_fields.h"

namespace discern::ui {
namespace {

using testing::child;

struct Options {
  std::string name, teacher, which = "b";
  bool loud = false;
  double rate = 0.025;
  int count = 3;
  double maybe = std::numeric_limits<double>::quiet_NaN();
};

std::vector<JobField> fields() {
  using O = Options;
  Fields<O> f;
  f.add("name", &O::name, "Name", "A name").whenEmpty("none");
  f.add("loo", &O::loud, "Leave out", "Leave it out");
  f.add("rate", &O::rate, "Rate", "A rate").above(0).atMost(1);
  f.add("which", &O::which, "Which", "One of them").oneOf([] {
    return std::vector<FieldChoice>{{"a", "The first"}, {"b", "The second"}};
  });
  f.add("count", &O::count, "Count", "How many").within(1, 10).expert();
  f.add("maybe", &O::maybe, "Maybe", "A number, or none").atMost(0).whenEmpty("none").expert();
  f.add("teacher", &O::teacher, "Teacher", "A head")
      .from(FieldSource::Heads)
      .whenEmpty("none")
      .orOther()
      .expert();
  return f.list();
}

TEST(JobFormTest, EmptyTextsFlagsThatAreOffAndUnchangedAdvancedOptionsAreLeftOut) {
  JobForm form(fields());
  EXPECT_EQ(form.options(), (QStringList{"--rate", "0.025", "--which", "b"}));
  EXPECT_TRUE(form.changedOptions().isEmpty());
  form.setValue("loo", true);
  form.setValue("name", "x y");
  form.setValue("count", 4);
  form.setChoices("which", {"b", "c"});
  EXPECT_EQ(form.options(),
            (QStringList{"--name", "x y", "--loo", "--rate", "0.025", "--which", "b", "--count", "4"}));
  EXPECT_EQ(form.changedOptions(), (QStringList{"--name", "x y", "--loo", "--count", "4"}));
}

TEST(JobFormTest, APresetPutsItsFieldsInAndFollowsThem) {
  JobForm form(formFields("distil"));
  form.addPresets(formPresets("distil"));
  auto* preset = child<QComboBox>(form, "preset");
  EXPECT_EQ(preset->currentText(), "recommended");
  const auto choose = [&](const QString& text) {
    preset->setCurrentText(text);
    emit preset->activated(preset->currentIndex());
  };
  choose("paper");
  EXPECT_EQ(form.text("target"), "as-is");
  EXPECT_EQ(form.value("regression-weight").toDouble(), 1);
  EXPECT_TRUE(form.value("no-flip").toBool());
  EXPECT_TRUE(form.options().contains("--no-pool"));
  EXPECT_EQ(preset->currentText(), "paper");
  form.setValue("target", "raw");
  EXPECT_EQ(preset->currentText(), "your own");
  choose("recommended");
  EXPECT_TRUE(form.changedOptions().isEmpty()) << form.changedOptions().join(' ').toStdString();
  EXPECT_EQ(preset->currentText(), "recommended");
  form.setValue("epochs", 3);  // no preset speaks of it
  EXPECT_EQ(preset->currentText(), "recommended");
}

TEST(JobFormTest, APresetSaysWhatItChangesAndStaysWithItsProject) {
  JobForm form(formFields("distil"));
  form.addPresets(formPresets("distil"));
  auto* preset = child<QComboBox>(form, "preset");
  for (const auto& [field, value] : formPresets("distil").front().values) {
    const JobField* described = findField(form.fields(), field);
    if (described == nullptr) continue;
    const QString line = QString::fromStdString(described->label) + " = ";
    EXPECT_TRUE(preset->toolTip().contains('\n' + line)) << preset->toolTip().toStdString();
    EXPECT_TRUE(preset->itemData(1, Qt::ToolTipRole).toString().contains(line)) << line.toStdString();
  }
  EXPECT_TRUE(preset->toolTip().contains("No mirror = yes")) << preset->toolTip().toStdString();
  form.setValue("epochs", 3);
  preset->setCurrentText("paper");
  emit preset->activated(preset->currentIndex());
  EXPECT_EQ(form.keptValues(), R"({"epochs":"3"})") << "what a person typed is kept, a preset is chosen anew";
  form.forgetPreset();  // another project
  EXPECT_EQ(preset->currentText(), "recommended");
  EXPECT_EQ(form.changedOptions(), (QStringList{"--epochs", "3"}));
  form.setValue("target", "raw");
  form.forgetPreset();
  EXPECT_EQ(form.text("target"), "raw") << "one's own stays";
}

TEST(JobFormTest, TheSameChoicesLeaveWhatIsTypedAlone) {
  JobForm form(fields());
  form.setChoices("teacher", {"a", "b"});
  QLineEdit* line = child<QComboBox>(form, "teacher")->lineEdit();
  EXPECT_EQ(line->text(), "");
  line->setText("a,b");
  line->setCursorPosition(1);
  form.setChoices("teacher", {"a", "b"});
  EXPECT_EQ(line->cursorPosition(), 1);
  form.setChoices("teacher", {"a", "b", "c"});
  EXPECT_EQ(line->text(), "a,b");
  EXPECT_EQ(line->cursorPosition(), 1);
}

TEST(JobFormTest, AdvancedFieldsStandBehindMoreOptions) {
  JobForm form(fields());
  form.show();
  auto* count = child<QSpinBox>(form, "count");
  EXPECT_FALSE(count->isVisible());
  child<QToolButton>(form, "moreOptions")->click();
  EXPECT_TRUE(count->isVisible());
}

TEST(JobFormTest, WhatIsWrongIsMarkedUntilSomethingChanges) {
  JobForm form(fields());
  form.show();
  EXPECT_TRUE(form.check());
  auto* maybe = child<QLineEdit>(form, "maybe");
  maybe->setText("2");
  EXPECT_FALSE(form.check());
  EXPECT_EQ(form.problem(), "maybe 2: is at most 0");
  EXPECT_TRUE(maybe->property("wrong").toBool());
  EXPECT_TRUE(maybe->isVisible());  // though it stands behind "More options"
  maybe->setText("-2");
  EXPECT_TRUE(form.problem().isEmpty());
  EXPECT_FALSE(maybe->property("wrong").toBool());
  EXPECT_TRUE(form.check());
  form.mark("name", "name x: is taken");  // as the engine says it
  EXPECT_TRUE(child<QLineEdit>(form, "name")->property("wrong").toBool());
  form.setValue("loo", true);
  EXPECT_TRUE(form.problem().isEmpty());
}

TEST(JobFormTest, ADialogWithAWrongFieldStaysOpen) {
  JobDialog dialog("Title", "Explanation", "Start", fields());
  QSignalSpy accepted(&dialog, &QDialog::accepted);
  dialog.form().setValue("maybe", "much");
  dialog.accept();
  EXPECT_EQ(accepted.count(), 0);
  dialog.form().setValue("maybe", "");
  dialog.accept();
  EXPECT_EQ(accepted.count(), 1);
}

TEST(JobFormTest, ARunThatWasAskedForAlikeIsKnownAlsoFromAVersionWithFewerOptions) {
  JobForm form(fields());
  const std::string older = R"({"name": "", "loo": "false", "rate": "0.0250", "which": "b"})";
  EXPECT_TRUE(form.agreesWith(older));
  form.setValue("count", 5);
  EXPECT_FALSE(form.agreesWith(older));
}

// --- every job

TEST(JobFields, AreAllInAFormOrHiddenByIntent) {
  for (const Hidden& hidden : hiddenByIntent()) {  // no list outlives what it lists
    SCOPED_TRACE(std::string(hidden.job) + " " + hidden.field);
    const auto& jobs = jobs::allJobs();
    const auto job = std::ranges::find(jobs, hidden.job, &jobs::Job::name);
    ASSERT_NE(job, jobs.end());
    EXPECT_TRUE(std::string(hidden.field) == "*" || findField(job->fields, hidden.field));
    EXPECT_GT(std::string(hidden.why).size(), 5U);
  }
  int shown = 0;
  for (const jobs::Job& job : jobs::allJobs()) {
    const std::vector<JobField> asked = formFields(job.name);
    JobForm form(asked);
    for (const JobField& field : asked) {
      SCOPED_TRACE(job.name + " " + field.name);
      ++shown;
      const QString name = QString::fromStdString(field.name);
      QWidget* editor = form.findChild<QWidget*>(name);
      ASSERT_NE(editor, nullptr);
      EXPECT_FALSE(editor->toolTip().isEmpty());
      if (field.source == FieldSource::Nothing) {  // else what the project has is chosen from
        EXPECT_EQ(form.text(name).toStdString(), field.fallback);
      }
    }
  }
  EXPECT_GT(shown, 90);
}

TEST(JobFields, AFormTellsTheEngineWhatWasChosenInIt) {
  for (const jobs::Job& job : jobs::allJobs())
    for (const JobField& field : formFields(job.name)) {
      if (field.source != FieldSource::Nothing && !field.open)
        continue;  // nothing to choose without a project
      SCOPED_TRACE(job.name + " " + field.name);
      JobForm form({field});
      const QString name = QString::fromStdString(field.name);
      const std::string text = test::otherText(field);
      form.setValue(name, field.kind == FieldKind::Flag ? QVariant(text == "true")
                                                        : QVariant(QString::fromStdString(text)));
      QStringList words = {spellingOf(field)};
      if (field.kind != FieldKind::Flag) words << QString::fromStdString(text);
      EXPECT_EQ(form.changedOptions(), words);
    }
}

TEST(JobFields, ANumberOutOfRangeIsRefusedInTheSameWords) {
  int refused = 0;
  for (const jobs::Job& job : jobs::allJobs())
    for (const JobField& field : formFields(job.name)) {
      const auto text = test::outside(field);
      if (!text) continue;
      SCOPED_TRACE(job.name + " " + field.name);
      JobForm form({field});
      const QString name = QString::fromStdString(field.name);
      form.setValue(name, QString::fromStdString(*text));
      if (form.text(name).toStdString() != *text) continue;  // its editor does not take it at all
      EXPECT_FALSE(form.check());
      EXPECT_EQ(form.problem().toStdString(), fieldWords(field.name) + " " + *text + ": " + rangeText(field));
      ++refused;
    }
  EXPECT_GT(refused, 2);  // lists, and numbers that may be empty
}

TEST(JobFields, AFileIsFoundWithTheFileDialog) {
  int files = 0;
  for (const jobs::Job& job : jobs::allJobs())
    for (const JobField& field : formFields(job.name)) {
      if (field.kind != FieldKind::File || field.positional) continue;
      SCOPED_TRACE(job.name + " " + field.name);
      ++files;
      EXPECT_FALSE(fileFilter(field).isEmpty());
      JobForm form({field});
      auto* browse = child<QToolButton>(form, "browse");
      EXPECT_TRUE(browse->accessibleName().contains(QString::fromStdString(field.label)));
    }
  EXPECT_GE(files, 5) << "extract's model and recipe, import's detector and landmarks, train-ddnet's teacher";
  JobForm form({*findField(formFields("extract"), "model")});
  form.show();
  child<QToolButton>(form, "browse")->click();
  auto* dialog = form.findChild<QFileDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->nameFilters().front().contains("*.onnx *.pt *.pth *.safetensors"));
  emit dialog->fileSelected("/models/arcface.onnx");
  EXPECT_EQ(form.options(), (QStringList{"--model", "/models/arcface.onnx"}));
  dialog->reject();
}

TEST(JobFormTest, AWarningGivesWayToWhatIsWrongAndCanBeTakenBack) {
  JobForm form(fields());
  form.show();
  form.warn("name", "name is taken");
  EXPECT_EQ(form.problem(), "name is taken");
  form.warn("name", "");
  EXPECT_EQ(form.problem(), "");
  form.mark("rate", "rate: is above 0");
  form.warn("name", "name is taken");
  EXPECT_EQ(form.problem(), "rate: is above 0");
  form.warn("name", "");
  EXPECT_EQ(form.problem(), "rate: is above 0");
}

TEST(JobFields, WhatTheWindowCouldNotAskIsAskedNow) {
  const auto methods = findField(formFields("score"), "method")->choices();
  EXPECT_TRUE(
      std::ranges::any_of(methods, [](const FieldChoice& method) { return method.name == "detector"; }));
  EXPECT_NE(findField(formFields("train-base"), "margin"), nullptr);
  for (const char* name :
       {"target", "learning-rate", "init-learning-rate", "regression-weight", "identity-dims",
        "perturbations", "validation", "no-flip", "no-pool", "min-images", "protocols"})
    EXPECT_NE(findField(formFields("distil"), name), nullptr) << name;
}

}  // namespace
}  // namespace discern::ui

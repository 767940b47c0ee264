// That every text of the window can be translated, and that its translations are whole.
#include "ui/language/language.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "tests/ui/engine_words.h"
#include "tests/ui/translations.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/numbers.h"

namespace discern::ui {
namespace {

using testing::Message;

const QString kSources = QStringLiteral(DISCERN_SOURCE_DIR);

QString textOf(const QString& file) {
  QFile source(file);
  EXPECT_TRUE(source.open(QIODevice::ReadOnly)) << file.toStdString();
  return QString::fromUtf8(source.readAll());
}

// Literals with words in them that are handed to what a person sees, without a tr() between.
QStringList untranslated(const QString& code) {
  static const QRegularExpression call(
      R"re((?<!settings_\.)\b(?:set(?:Text|Title|Titles|ToolTip|WindowTitle|PlaceholderText|AccessibleName|StatusTip|EmptyText|Texts|Heading|LabelText|InformativeText|ColumnTitle|TabText|ItemText|HeaderLabels|HorizontalHeaderLabels)|add(?:Action|Menu|Tab|Item|Items|Row)|showMessage|sectionHeading|new\s+Q(?:Label|PushButton|CheckBox|RadioButton|GroupBox|DockWidget|Action|Menu|TableWidgetItem))\s*\(\s*\{?\s*(?:Q(?:String|StringLiteral|Latin1String)\(\s*)?"((?:[^"\\]|\\.)*)"|\.title\s*=\s*"((?:[^"\\]|\\.)*)")re");
  static const QRegularExpression places("%L?\\d|\\{\\w+\\}|\\\\.|<[^>]*>"), word("[A-Za-z]{2,}");
  QStringList found;
  for (auto it = call.globalMatch(code); it.hasNext();) {
    const auto match = it.next();
    const QString text = match.captured(1) + match.captured(2);
    if (QString(text).remove(places).contains(word)) found << text;
  }
  return found;
}

TEST(Language, TheScanFindsWhatCannotBeTranslated) {
  EXPECT_EQ(untranslated(R"(label->setText("Ready"); box = new QGroupBox("Costs");)"),
            (QStringList{"Ready", "Costs"}));
  EXPECT_EQ(untranslated(
                R"(chart->setXAxis({.title = "rank", .log = false}); x->setToolTip(QString("%1 of it"));)"),
            (QStringList{"rank", "%1 of it"}));
  EXPECT_EQ(
      untranslated(R"(label->setText(tr("Ready")); w->setText("–"); w->setText(QString("%1 %2").arg(a));)"),
      QStringList());
}

TEST(Language, EveryTextOfTheWindowCanBeTranslated) {
  // Names that are the same in every language.
  const QStringList allowed = {"HTML", "ui"};
  int files = 0;
  QDirIterator it(kSources + "/ui", {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories);
  while (it.hasNext()) {
    const QString file = it.next();
    ++files;
    for (const QString& text : untranslated(textOf(file)))
      EXPECT_TRUE(allowed.contains(text))
          << file.toStdString() << ": \"" << text.toStdString() << "\" goes through tr() or Words::tr()";
  }
  EXPECT_GT(files, 150);
}

QStringList placesOf(const QString& text) {
  static const QRegularExpression place("%L?(\\d)|%n");
  QStringList places;
  for (auto it = place.globalMatch(text); it.hasNext();) places << it.next().captured(0);
  places.sort();
  places.removeDuplicates();
  return places;
}

TEST(Language, GermanIsWhole) {
  const std::vector<Message> messages = testing::messagesOf(testing::germanFile());
  EXPECT_GT(messages.size(), 1000U);
  for (const Message& message : messages) {
    EXPECT_TRUE(message.finished && !message.translation.isEmpty())
        << message.context.toStdString() << ": " << message.source.toStdString();
    if (message.translation.isEmpty()) continue;
    EXPECT_EQ(placesOf(message.translation), placesOf(message.source)) << message.translation.toStdString();
    EXPECT_EQ(message.translation.count('\n'), message.source.count('\n'))
        << message.translation.toStdString();
    // What begins or ends with a space or a line is put behind or before something else.
    EXPECT_EQ(message.translation.front().isSpace(), message.source.front().isSpace())
        << message.source.toStdString();
    EXPECT_EQ(message.translation.back().isSpace(), message.source.back().isSpace())
        << message.source.toStdString();
    EXPECT_EQ(message.translation.contains('\''), false) << message.translation.toStdString() << ": „ and “";
    // Places are those of inWords.
    static const QRegularExpression place("\\{([^}]*)\\}");
    for (auto it = place.globalMatch(message.translation); it.hasNext();) {
      QString name = it.next().captured(1).toLower();
      if (name.endsWith("+n")) name.chop(2);
      if (name.startsWith("a ")) name = name.mid(2);
      EXPECT_TRUE((QStringList{"sample", "samples", "subject", "subjects", "group", "groups", "identity",
                               "identities"})
                      .contains(name))
          << message.translation.toStdString();
    }
  }
}

QSet<QString> keysOf(const std::vector<Message>& messages) {
  QSet<QString> keys;
  for (const Message& message : messages)
    keys << message.context + ": " + message.source +
                (message.comment.isEmpty() ? "" : " (" + message.comment + ")");
  return keys;
}

TEST(Language, GermanHasEveryText) {
  const QString lupdate = DISCERN_LUPDATE;
  if (!QFile::exists(lupdate)) GTEST_SKIP() << "lupdate (qt6-l10n-tools) is not installed";
  const QTemporaryDir folder;
  const QString file = folder.filePath("now.ts");
  QProcess process;
  process.setWorkingDirectory(kSources);
  process.start(lupdate, {"-I", ".", "-locations", "none", "-silent", "ui",
                          "resources/translations/engine_words.cpp", "-ts", file});
  ASSERT_TRUE(process.waitForFinished(300'000));
  const QSet<QString> now = keysOf(testing::messagesOf(file)),
                      german = keysOf(testing::messagesOf(testing::germanFile()));
  for (const QString& key : now - german)
    ADD_FAILURE() << "without German (CONTRIBUTING.md): " << key.toStdString();
  for (const QString& key : german - now) ADD_FAILURE() << "no longer in the program: " << key.toStdString();
}

// Fields, registries and enumerations of the engine: what lupdate sees of them is this file.
TEST(Language, TheEnginesWordsAreListed) {
  const QString file = kSources + "/resources/translations/engine_words.cpp";
  QString wanted =
      "// What the engine describes, for lupdate: DISCERN_WRITE=1 ui_language_test writes it, the test "
      "compares it.\n// clang-format off\n";
  for (std::string text : testing::engineWords()) {
    QString line = QString::fromStdString(text);
    line.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    wanted += "QT_TRANSLATE_NOOP(\"engine\", \"" + line + "\")\n";
  }
  if (qEnvironmentVariableIsSet("DISCERN_WRITE")) {
    QFile out(file);
    ASSERT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(wanted.toUtf8());
  } else {
    EXPECT_EQ(textOf(file).toStdString(), wanted.toStdString());
  }
}

TEST(Language, HelpIsThereInGermanToo) {
  const QDir english(kSources + "/resources/help"), german(kSources + "/resources/help/de");
  for (const QString& name : english.entryList({"*.md"}))
    EXPECT_TRUE(german.exists(name)) << name.toStdString();
  EXPECT_EQ(textOf(english.filePath("glossary.md")).count("\n## "),
            textOf(german.filePath("glossary.md")).count("\n## "));
}

TEST(Language, IsChosenByItsCode) {
  EXPECT_EQ(resolvedLanguage("de"), "de");
  EXPECT_EQ(resolvedLanguage("en"), "en");
  EXPECT_TRUE(languages().contains(resolvedLanguage("system")));
  EXPECT_EQ(languageName("de"), "Deutsch");
  try {
    resolvedLanguage("klingon");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "There is no language 'klingon'; choose en, de or system.");
  }
}

TEST(Language, NumbersAreWrittenAsItSays) {
  EXPECT_EQ(numberText(-0.0314), "−0.031");
  EXPECT_EQ(signedText(0.0001), "0.000");
  QLocale::setDefault(QLocale("de_DE"));
  EXPECT_EQ(numberText(0.412), "0,412");
  EXPECT_EQ(signedText(-0.0001), "0,000");
  NumberSpin spin;
  spin.setRange(-1e6, 1e6);
  spin.setValue(12345.5);
  EXPECT_EQ(spin.text(), "12345,5");
  spin.findChild<QLineEdit*>()->setText("0.25");  // a point is understood, too
  spin.interpretText();
  EXPECT_EQ(spin.value(), 0.25);
  EXPECT_EQ(spin.text(), "0,25");
  QLocale::setDefault(QLocale::c());
}

}  // namespace
}  // namespace discern::ui

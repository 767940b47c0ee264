// discern-workbench: the window, and the same window without a display for pictures and charts.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QLocale>
#include <QSize>
#include <QTimer>
#include <cerrno>
#include <cstdio>
#include <optional>

#include "core/base/error.h"
#include "ui/language/language.h"
#include "ui/main_window.h"
#include "ui/models/project/session.h"
#include "ui/pages/report/report_files.h"
#include "ui/theme.h"

namespace {

using discern::Error;
using discern::ui::Job;
using discern::ui::MainWindow;
using discern::ui::Settings;

constexpr int kBadInput = 1, kUsage = 2;

struct Arguments {
  QString project, screenshots, exportFolder, recipe, page, language;
  QStringList reports;
  QSize size{1280, 800};
  std::optional<discern::ui::Theme> theme;
  bool quitWhenDone = false, faces = false;

  bool headless() const { return !screenshots.isEmpty() || !exportFolder.isEmpty() || !reports.isEmpty(); }
};

QSize parseSize(const QString& text) {
  const QStringList parts = text.split('x');
  const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
  if (parts.size() != 2 || size.width() < 320 || size.height() < 240)
    discern::fail("--size {}: WIDTHxHEIGHT of at least 320x240 was expected, such as 1280x800.",
                  text.toStdString());
  return size;
}

// Parsed before there is an application: without a display there can be none, but --help still answers.
Arguments parse(QCommandLineParser& parser, const QStringList& words) {
  parser.setApplicationDescription(
      "The workbench of Discern: which images make or break recognition, and what can be dropped.");
  parser.addPositionalArgument("project", "Project folder (NAME.discern); with --run it is made if missing.",
                               "[project]");
  parser.addOptions(
      {{"run", "Starts the steps of <recipe> in the window at once.", "recipe"},
       {"page", "Shows this page first.", "name"},
       {"quit-when-done", "Closes when every job has ended; the exit code is 1 when one failed."},
       {"screenshots", "Writes a PNG of every page into <folder> and ends.", "folder"},
       {"export", "Writes every chart (PNG, SVG, PDF, CSV) and the report into <folder> and ends.", "folder"},
       {"report", "Writes the report into <file> (.html or .pdf; may be given again) and ends.", "file"},
       {"faces", "Pictures of the worst and best templates in --report."},
       {"size", "Of the window for --screenshots; default 1280x800.", "WxH"},
       {"theme", "light, dark or system; default: as chosen in the window.", "theme"},
       {"language",
        "en, de or system; default: as chosen in the window, and English for what is written without one "
        "(--screenshots, --export, --report).",
        "code"},
       {{"h", "help"}, "Shows this help."},
       {{"v", "version"}, "Shows the version."}});
  if (!parser.parse(words))
    discern::fail("{} See discern-workbench --help.", parser.errorText().toStdString());
  Arguments arguments;
  arguments.project = parser.positionalArguments().value(0);
  arguments.screenshots = parser.value("screenshots");
  arguments.exportFolder = parser.value("export");
  arguments.reports = parser.values("report");
  arguments.faces = parser.isSet("faces");
  arguments.recipe = parser.value("run");
  arguments.page = parser.value("page");
  arguments.quitWhenDone = parser.isSet("quit-when-done");
  if (parser.isSet("size")) arguments.size = parseSize(parser.value("size"));
  if (parser.isSet("language")) arguments.language = discern::ui::resolvedLanguage(parser.value("language"));
  if (parser.isSet("theme")) arguments.theme = discern::ui::parseTheme(parser.value("theme"));
  if (parser.positionalArguments().size() > 1)
    discern::fail("One project at a time: '{}' is one too many.",
                  parser.positionalArguments()[1].toStdString());
  if (arguments.project.isEmpty() &&
      (!arguments.recipe.isEmpty() || !arguments.exportFolder.isEmpty() || !arguments.reports.isEmpty()))
    discern::fail(
        "--run, --export and --report need a project: discern-workbench PROJECT.discern --run RECIPE.toml.");
  return arguments;
}

// Whether a window can be opened as the environment says: Qt aborts where it cannot, so that a child tries.
bool hasDisplay(int argc, char** argv) {
  const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
  if (platform == "offscreen" || platform == "minimal") return true;
  if (platform.isEmpty() && qEnvironmentVariableIsEmpty("DISPLAY") &&
      qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
    return false;
  const pid_t child = ::fork();
  if (child < 0) return true;  // Qt will say it
  if (child == 0) {
    constexpr unsigned kPatience = 20;  // seconds, for a server that never answers
    ::alarm(kPatience);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(1);
    const QGuiApplication trial(argc, argv);
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Without a window: nothing of a report depends on what one shows.
int runReport(const Arguments& arguments) {
  discern::ui::Session session;
  session.open(arguments.project);
  discern::ui::writeReport(session, arguments.reports, {.faces = arguments.faces});
  for (const QString& file : arguments.reports) std::printf("%s\n", qPrintable(file));
  return 0;
}

int runHeadless(MainWindow& window, const Arguments& arguments) {
  if (!window.waitSettled())
    discern::fail("The pages were not ready after a minute; is a job writing to this project?");
  if (!arguments.exportFolder.isEmpty()) {
    const int charts = window.exportCharts(arguments.exportFolder);
    std::printf("%d charts in %s\n", charts, qPrintable(arguments.exportFolder));
  }
  if (!arguments.screenshots.isEmpty()) {
    const auto files = window.saveScreenshots(arguments.screenshots, arguments.size);
    std::printf("%d pictures in %s\n", static_cast<int>(files.size()), qPrintable(arguments.screenshots));
  }
  return 0;
}

int exitCode(const MainWindow& window) {
  for (const Job& job : const_cast<MainWindow&>(window).runner().jobs()) {
    if (job.state != Job::State::Failed) continue;
    std::fprintf(stderr, "discern-workbench: %s: %s\n", qPrintable(job.name), qPrintable(job.error));
    return kBadInput;
  }
  return 0;
}

QString languageOf(const Arguments& arguments) {
  if (!arguments.language.isEmpty()) return arguments.language;
  try {
    return discern::ui::resolvedLanguage(Settings().language());
  } catch (const Error&) {  // of another version
    return discern::ui::resolvedLanguage(discern::ui::kSystemLanguage);
  }
}

int runWindow(QApplication& application, const Arguments& arguments) {
  // Files are the same whatever desktop and person prefer, unless a language is asked for.
  if (arguments.headless() && arguments.language.isEmpty())
    QLocale::setDefault(QLocale::c());
  else
    discern::ui::speak(languageOf(arguments));
  if (!arguments.reports.isEmpty()) return runReport(arguments);
  Settings settings;
  discern::ui::applyTheme(application, arguments.theme.value_or(settings.theme()));
  MainWindow window(settings);
  const bool waits = !arguments.headless() && arguments.recipe.isEmpty() && arguments.page.isEmpty();
  if (waits) window.show();  // before a large project is read
  if (!arguments.project.isEmpty() && waits)
    window.openProjectSoon(arguments.project);
  else if (!arguments.project.isEmpty())
    window.openProject(arguments.project, !arguments.recipe.isEmpty());
  if (!arguments.page.isEmpty()) window.showPage(arguments.page);
  if (!arguments.recipe.isEmpty()) window.runRecipe(arguments.recipe);
  const bool pictures = arguments.headless();
  if (pictures && arguments.recipe.isEmpty()) return runHeadless(window, arguments);
  if (!pictures) window.show();
  if (pictures || arguments.quitWhenDone)
    QObject::connect(&window.runner(), &discern::ui::JobRunner::idle, &application, &QApplication::quit,
                     Qt::QueuedConnection);
  const int code = application.exec();
  if (code != 0 || !(pictures || arguments.quitWhenDone)) return code;
  if (const int failed = exitCode(window); failed != 0 || !pictures) return failed;
  window.session().reload();
  return runHeadless(window, arguments);
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication::setApplicationName("discern-workbench");
  QCoreApplication::setApplicationVersion(DISCERN_VERSION);
  QGuiApplication::setDesktopFileName("org.discern.Workbench");
  QStringList words;
  for (int i = 0; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
  QCommandLineParser parser;
  try {
    const Arguments arguments = parse(parser, words);
    if (parser.isSet("help") || parser.isSet("version")) {
      const QString text = parser.isSet("help")
                               ? parser.helpText().replace("<executable_name>", "discern-workbench")
                               : QString("discern-workbench %1\n").arg(DISCERN_VERSION);
      std::fputs(qPrintable(text), stdout);
      return 0;
    }
    // Pictures need no display, whether one is named or not.
    if (arguments.headless() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
      qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!hasDisplay(argc, argv)) {
      std::fputs(
          "discern-workbench: there is no display, or it does not answer (DISPLAY, WAYLAND_DISPLAY, "
          "QT_QPA_PLATFORM); set QT_QPA_PLATFORM=offscreen to run without one, or write the pages as "
          "pictures "
          "with --screenshots FOLDER.\n",
          stderr);
      return kUsage;
    }
    QApplication application(argc, argv);
    return runWindow(application, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "discern-workbench: %s\n", error.what());
    return kBadInput;
  }
}

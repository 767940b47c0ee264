// The real window on a large project, driven by clicks, keys and the wheel: what a person waits for, and what
// blocks the window's thread. window_benchmark FOLDER [--images N] [--identities M] [--templates T] [--map K]
// makes FOLDER where there is none. Exits with 1 where a figure was missed, by the clock: on a machine that
// nobody else uses.
#include <fmt/format.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QCommandLineParser>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>

#include "core/base/error.h"
#include "tests/benchmarks/big_project.h"
#include "tests/benchmarks/watchdog.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/main_window.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/live/threshold_worker.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/page.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::benchmarks {
namespace {

using namespace discern::ui;
using Clock = std::chrono::steady_clock;
constexpr double kPatience = 15e3;  // ms
constexpr double kMostMegabytes = 2500;

double cpuNow() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double allCpuNow() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double since(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

double peakMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

// Lets the application paint whatever it wants to, until nothing is left to do.
void turn(int ms = 5) {
  QCoreApplication::processEvents(QEventLoop::AllEvents, ms);
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

// Counts paint events of one widget.
class Paints : public QObject {
 public:
  explicit Paints(QWidget& widget) : widget_(widget) { widget_.installEventFilter(this); }
  ~Paints() override { widget_.removeEventFilter(this); }
  int count = 0;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) ++count;
    return QObject::eventFilter(watched, event);
  }

 private:
  QWidget& widget_;
};

class Drive {
 public:
  explicit Drive(MainWindow& window) : window_(window) {
    fmt::print("{:<44} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "step (ms)", "wall", "window's", "all cores'",
               "figure", "block");
  }

  // `act` as a person does it, then until `done`.
  void step(const std::string& label, double figure, const std::function<void()>& act,
            const std::function<bool()>& done) {
    watchdog_.doing(label);
    const auto from = Clock::now();
    const double cpu = cpuNow(), all = allCpuNow();
    act();
    turn();
    while (!done() && since(from) < kPatience) {
      ::usleep(500);
      turn();
    }
    print(label, since(from), cpuNow() - cpu, figure, done(), allCpuNow() - all);
    watchdog_.doing("after " + label);
  }
  void print(const std::string& label, double wall, double cpu, double figure, bool done = true,
             double all = 0) {
    ::usleep(15000);
    turn();
    const bool met = done && (figure <= 0 || wall <= figure);
    if (!met) missed_.push_back(label);
    fmt::print("{:<44} {:9.1f} {:9.1f} {:>9} {:>9} {:9.1f}{}\n", label, wall, cpu,
               all > 0 ? fmt::format("{:.1f}", all) : "", figure > 0 ? fmt::format("{:g}", figure) : "",
               watchdog_.longest(),
               !done ? "  (not done)"
               : met ? ""
                     : "  (missed)");
    std::fflush(stdout);
  }
  void settle(const std::string& label, Page& page) {
    step(
        label, 0, [] {}, [&] { return page.settled(); });
  }
  Page& page(const char* title) { return *window_.page(title); }
  Watchdog& watchdog() { return watchdog_; }
  // Prints and says whether every figure was met.
  bool summarise() {
    const double peak = peakMegabytes();
    fmt::print("{:<44} {:9.0f} {:>29g}\n", "peak resident memory, MB", peak, kMostMegabytes);
    if (peak > kMostMegabytes) missed_.push_back("peak resident memory");
    const auto blocks = watchdog_.blocks();
    fmt::print("\nblocks of more than {} ms (wall, own time):\n", Watchdog::kLongest);
    for (const auto& block : blocks) {
      fmt::print("{:9.0f} {:9.0f}  {}\n", block.wall, block.cpu, block.during);
      for (const auto& where : block.where) fmt::print("                       {}\n", where);
    }
    if (!blocks.empty()) missed_.push_back("blocks of the window's thread");
    fmt::print("\n{}\n", missed_.empty() ? "every figure was met"
                                         : "missed: " + fmt::format("{}", fmt::join(missed_, "; ")));
    return missed_.empty();
  }

  void openPage(const QString& title) {
    auto* list = window_.findChild<QListWidget*>("navigation");
    const int row = static_cast<int>(window_.pageTitles().indexOf(title));
    Page& page = *window_.page(title);
    Paints paints(page);
    step(
        "page " + title.toStdString(), 500,
        [&] {
          QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                            list->visualItemRect(list->item(row)).center());
        },
        [&] { return page.isVisible() && paints.count > 0; });
    settle("   until all is there", page);
  }

  // Frames of `widget` while the wheel turns: from each notch to its paint.
  void scroll(const std::string& label, QWidget& viewport, int notches) {
    Paints paints(viewport);
    std::vector<double> wall, own;
    watchdog_.doing(label);
    for (int i = 0; i < notches; ++i) {
      const auto from = Clock::now();
      const double cpu = cpuNow();
      const int before = paints.count;
      const QPointF at(viewport.width() / 2.0, viewport.height() / 2.0);
      QWheelEvent wheel(at, viewport.mapToGlobal(at), {}, {0, i % 97 == 96 ? 12000 : -360}, Qt::NoButton, {},
                        Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(&viewport, &wheel);
      while (paints.count == before && since(from) < 200) turn(1);
      wall.push_back(since(from));
      own.push_back(cpuNow() - cpu);
      while (since(from) < 16) {
        turn(1);
        ::usleep(300);
      }
    }
    for (const auto& [name, share, figure] :
         {std::tuple{"p50", 0.5, 0.0}, std::tuple{"p99", 0.99, 33.0}, std::tuple{"max", 1.0, 0.0}})
      print(fmt::format("{}, frame {}", label, name), quantile(wall, share), quantile(own, share), figure);
  }

  // Each step of a slider to the answer; the median and the worst.
  void slide(const std::string& label, double figure, QAbstractSlider& slider, int steps,
             const std::function<bool()>& done) {
    std::vector<double> wall, own;
    watchdog_.doing(label);
    for (int i = 0; i < steps; ++i) {
      const auto from = Clock::now();
      const double cpu = cpuNow();
      const int value = slider.value();
      QTest::keyClick(&slider, i < steps / 2 ? Qt::Key_PageUp : Qt::Key_Right);
      turn();
      if (slider.value() == value) {
        fmt::print("   the slider does not move from {}\n", value);
        return;
      }
      while (!done() && since(from) < 2000) {
        ::usleep(200);
        turn(2);
      }
      wall.push_back(since(from));
      own.push_back(cpuNow() - cpu);
    }
    print(label + ", median", quantile(wall, 0.5), quantile(own, 0.5), figure);
    print(label + ", worst", quantile(wall, 1), quantile(own, 1), 0);
  }

 private:
  MainWindow& window_;
  Watchdog watchdog_;
  std::vector<std::string> missed_;
};

void choose(QComboBox& combo, int index) {
  combo.setFocus();
  combo.setCurrentIndex(index);
  emit combo.activated(index);
}

void driveData(MainWindow& window, Drive& drive) {
  Page& page = drive.page("Data");
  auto* gallery = page.findChild<GalleryView*>();
  auto* filter = page.findChild<QLineEdit*>("filter");
  drive.scroll("gallery scroll", *gallery->viewport(), 400);
  drive.settle("   thumbnails until quiet", page);
  const auto shown = [&](int before) { return [=] { return gallery->itemCount() != before; }; };
  drive.step(
      "filter: score<0.3", 200, [&] { filter->setFocus(), QTest::keyClicks(filter, "score<0.3"); },
      shown(gallery->itemCount()));
  drive.settle("   thumbnails until quiet", page);
  drive.step(
      "filter: cleared", 200,
      [&] {
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(filter, Qt::Key_Delete);
      },
      shown(gallery->itemCount()));
  drive.step(
      "filter: a word", 200, [&] { QTest::keyClicks(filter, "00123"); }, shown(gallery->itemCount()));
  drive.step(
      "filter: cleared again", 200, [&] { filter->clear(); }, shown(gallery->itemCount()));
  const auto order = [&] {
    return gallery->sections().empty() ? std::vector<int>{} : gallery->sections().front().samples;
  };
  for (const auto& [name, index] :
       {std::pair{"sort: hardest", 4}, std::pair{"sort: file", 6}, std::pair{"sort: score", 0}}) {
    const auto* before = gallery->sections().empty() ? nullptr : gallery->sections().front().samples.data();
    auto* sort = page.findChild<QComboBox*>("sort");
    drive.step(
        name, 200, [&] { choose(*sort, index); },
        [&] { return gallery->sections().front().samples.data() != before; });
  }
  static_cast<void>(order);
  auto* group = page.findChild<QComboBox*>("group");
  for (const auto& [name, index] :
       {std::pair{"group: none", 2}, std::pair{"group: template", 1}, std::pair{"group: identity", 0}}) {
    const auto* before = gallery->sections().data();
    drive.step(
        name, 200, [&] { choose(*group, index); }, [&] { return gallery->sections().data() != before; });
  }
  auto* asTable = page.findChild<QToolButton*>("asTable");
  drive.step(
      "as a table", 200, [&] { QTest::mouseClick(asTable, Qt::LeftButton); },
      [&] { return page.findChild<QAbstractItemView*>("samples")->model()->rowCount() > 0; });
  drive.settle("   thumbnails until quiet", page);
  drive.step(
      "as a gallery", 200, [&] { QTest::mouseClick(asTable, Qt::LeftButton); },
      [&] { return gallery->isVisible(); });
  auto* identities = page.findChild<QAbstractItemView*>("identities");
  const QRect row = identities->visualRect(identities->model()->index(3, 0));
  int all = gallery->itemCount();
  drive.step(
      "one identity chosen", 200,
      [&] { QTest::mouseClick(identities->viewport(), Qt::LeftButton, {}, row.center()); }, shown(all));
  drive.step(
      "its choice undone", 200, [&] { identities->clearSelection(); }, shown(gallery->itemCount()));
  auto* find = page.findChild<QLineEdit*>("identityFilter");
  all = identities->model()->rowCount();
  drive.step(
      "an identity looked for", 200, [&] { QTest::keyClicks(find, "123"); },
      [&] { return identities->model()->rowCount() != all; });
  drive.step(
      "no longer", 200, [&] { find->clear(); }, [&] { return identities->model()->rowCount() == all; });
  drive.step(
      "all chosen (Ctrl+A)", 200,
      [&] { gallery->setFocus(), QTest::keyClick(gallery, Qt::Key_A, Qt::ControlModifier); },
      [&] { return static_cast<int>(window.session().selection().size()) == gallery->itemCount(); });
  drive.step(
      "none chosen", 200, [&] { window.session().select({}); }, [] { return true; });
}

void driveDecision(MainWindow& window, Drive& drive) {
  Page& page = drive.page("Data");
  auto* gallery = page.findChild<GalleryView*>();
  auto* filter = page.findChild<QLineEdit*>("filter");
  const int all = gallery->itemCount();
  drive.step(
      "filter: 1,000 images", 200, [&] { QTest::keyClicks(filter, "\"person 0010\""); },
      [&] { return gallery->itemCount() != all; });
  drive.step(
      "fifty people chosen", 0,
      [&] {
        std::vector<int> samples;
        for (const auto& section : gallery->sections())
          for (const int sample : section.samples)
            if (samples.size() < 1000) samples.push_back(sample);
        for (int sample = 0; samples.size() < 1000; ++sample) samples.push_back(sample);
        window.session().select(samples);
      },
      [] { return true; });
  const auto left = [&](project::LeftOut wanted) {
    return [&, wanted] {
      const auto snapshot = window.session().snapshot();
      const int sample = window.session().selection().front();
      return snapshot->samples[static_cast<std::size_t>(sample)].leftOut == wanted &&
             &TableSource::of(window.session()).table()->snapshot() == snapshot.get();
    };
  };
  drive.step(
      "1,000 images left out (X)", 0, [&] { QTest::keyClick(gallery, Qt::Key_X); },
      left(project::LeftOut::Templates));
  drive.settle("   until all is there", page);
  drive.step(
      "that undone (Ctrl+Z)", 0, [&] { QTest::keyClick(gallery, Qt::Key_Z, Qt::ControlModifier); },
      left(project::LeftOut::Nothing));
  drive.settle("   until all is there", page);
  drive.step(
      "filter cleared", 200, [&] { filter->clear(), window.session().select({}); },
      [&] { return gallery->itemCount() == all; });
}

void driveScores(MainWindow& window, Drive& drive) {
  drive.openPage("Scores");
  Page& page = drive.page("Scores");
  auto* heatmap = page.findChild<HeatmapChart*>();
  auto* colour = page.findChild<QComboBox*>("colourBy");
  const auto first = [&] { return heatmap->rows().front().values; };
  auto before = first();
  drive.step(
      "heat map recoloured", 200, [&] { choose(*colour, 1); }, [&] { return first() != before; });
  auto* rowsOf = page.findChild<QComboBox*>("rowsOf");
  const QString name = heatmap->rows().front().name;
  drive.step(
      "rows: identities", 200, [&] { choose(*rowsOf, 1); },
      [&] { return heatmap->rows().front().name != name; });
  drive.step(
      "rows: templates", 200, [&] { choose(*rowsOf, 0); },
      [&] { return heatmap->rows().front().name == name; });
  auto* order = page.findChild<QComboBox*>("rowOrder");
  const QString top = heatmap->rows().front().name;
  drive.step(
      "rows sorted by name", 200, [&] { choose(*order, order->count() - 1); },
      [&] { return heatmap->rows().front().name != top; });
  static_cast<void>(window);
}

void driveSelection(MainWindow& window, Drive& drive) {
  drive.openPage("Selection");
  Page& page = drive.page("Selection");
  auto* slider = page.findChild<QAbstractSlider*>("lambdaSlider");
  auto& source = SelectionSource::of(window.session());
  slider->setFocus();
  ScatterChart* map = nullptr;
  for (auto* chart : page.findChildren<ScatterChart*>())
    if (chart->name() == "selection-map") map = chart;
  Paints paints(*map);
  int before = paints.count;
  drive.slide("lambda step", 50, *slider, 20, [&] {
    const bool done = paints.count > before;
    if (done) before = paints.count;
    return done;
  });
  drive.settle("   until all is there", page);
  auto* colour = page.findChild<QComboBox*>("mapColour");
  for (const QString& key :
       {QString("scores:dscore"), QString("point"), QString("role"), QString("identity")}) {
    before = paints.count;
    const auto coloured = [&] {
      const ScatterData& data = map->data();
      return key == "identity"        ? !data.categories.empty()
             : key == "scores:dscore" ? !data.values.empty()
                                      : !data.styles.empty();
    };
    drive.step(
        "map recoloured: " + key.toStdString(), 200, [&] { choose(*colour, colour->findData(key)); },
        [&] { return coloured() && paints.count > before; });
  }
  const auto drag = [&] {
    const QRect box =
        map->rect().adjusted(map->width() / 3, map->height() / 3, -map->width() / 3, -map->height() / 3);
    QTest::mousePress(map, Qt::LeftButton, {}, box.topLeft());
    for (const QPoint& to : {box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft()})
      QTest::mouseMove(map, to);
    QTest::mouseRelease(map, Qt::LeftButton, {}, box.topLeft());
  };
  drive.step("lasso on the map", 200, drag, [&] { return !window.session().selection().empty(); });
  fmt::print("   {} chosen of {} on the map\n", window.session().selection().size(),
             source.layout() ? source.layout()->samples.size() : 0);
  drive.settle("   until all is there", page);
  window.session().select({});
}

void driveThreshold(MainWindow& window, Drive& drive, const std::string& protocol, double figure) {
  Page& page = drive.page("Threshold");
  auto* slider = page.findChild<QAbstractSlider*>("thresholdSlider");
  auto* worker = page.findChild<ThresholdWorker*>();
  int answers = 0;
  const auto counting = QObject::connect(worker, &ThresholdWorker::answered, worker, [&](const auto& point) {
    if (point.threshold == window.session().threshold()) ++answers;
  });
  drive.step(
      "protocol " + protocol + " taken up", 0,
      [&] { window.session().setProtocolName(QString::fromStdString(protocol)); },
      [&] { return answers > 0; });
  slider->setFocus();
  int seen = answers;
  drive.slide("threshold step, " + protocol, figure, *slider, 20, [&] {
    const bool done = answers > seen;
    if (done) seen = answers;
    return done;
  });
  QObject::disconnect(counting);
}

bool drive(MainWindow& window, const QString& folder) {
  Drive drive(window);
  Page& data = drive.page("Data");
  auto* gallery = data.findChild<GalleryView*>();
  drive.step(
      "open to usable", 3000, [&] { window.openProjectSoon(folder); },
      [&] { return gallery->itemCount() > 0; });
  drive.settle("   until all is there", data);
  window.session().setProtocolName("many");
  driveData(window, drive);
  driveDecision(window, drive);
  driveScores(window, drive);
  drive.openPage("Template");
  drive.openPage("Inspector");
  drive.openPage("Threshold");
  driveThreshold(window, drive, "few", 50);
  driveThreshold(window, drive, "many", 150);
  drive.openPage("Trade-off");
  driveSelection(window, drive);
  for (const QString& title : window.pageTitles()) drive.openPage(title);
  drive.openPage("Data");
  return drive.summarise();
}

int run(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0].starts_with("--")) {
    fmt::print("window_benchmark FOLDER [--images N] [--identities M] [--templates T] [--map K]\n");
    return 2;
  }
  BigOptions options;
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    const int value = std::stoi(words[i + 1]);
    if (words[i] == "--images") options.images = value;
    if (words[i] == "--identities") options.identities = value;
    if (words[i] == "--templates") options.templates = value;
    if (words[i] == "--map") options.onMap = value;
  }
  if (!project::Project::isProject(words[0])) {
    // In another process, so that its memory is not counted.
    const pid_t child = ::fork();
    if (child == 0) {
      makeBigProject(words[0], options);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) fail("{}: could not be made", words[0]);
  }
  QApplication application(argc, argv);
  QApplication::setOrganizationName("discern-test");
  QApplication::setApplicationName("discern-test");
  QTemporaryDir settingsFolder;
  Settings settings(settingsFolder.filePath("settings.ini"));
  MainWindow window(settings);
  window.resize(1600, 1000);
  window.show();
  while (!QTest::qWaitForWindowExposed(&window)) turn();
  return drive(window, QString::fromStdString(words[0])) ? 0 : 1;
}

}  // namespace
}  // namespace discern::benchmarks

int main(int argc, char** argv) {
  try {
    return discern::benchmarks::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

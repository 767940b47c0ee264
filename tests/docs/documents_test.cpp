// The documents do what they say: their commands run, the options that they name exist, their links lead
// somewhere.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>
#include <regex>
#include <set>

#include "core/base/rng.h"
#include "core/data/npy.h"
#include "tests/app/frigate_library.h"
#include "tests/core/detection/toy_detector.h"
#include "tests/docs/markdown.h"

namespace discern {
namespace {
namespace fs = std::filesystem;

const fs::path kRoot = DISCERN_SOURCE_DIR;

fs::path scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::temp_directory_path() / ("discern_documents_" + std::to_string(::getpid()));
    fs::create_directories(path / "home");
    return path;
  }();
  return folder;
}

struct Ran {
  int exit = -1;
  std::string said;
};

// As a reader types it: in `folder`, with discern in PATH and the small set of this test at home.
Ran shell(const fs::path& folder, const std::string& line) {
  const fs::path script = scratch() / "line.sh", log = scratch() / "log";
  std::ofstream(script) << "cd '" << folder.string() << "'\nexport HOME='" << (scratch() / "home").string()
                        << "'\nexport PATH='" << fs::path(DISCERN_PROGRAM).parent_path().string()
                        << "':\"$PATH\"\n"
                        << line << "\n";
  const int status = std::system(fmt::format("sh -e '{}' >'{}' 2>&1", script.string(), log.string()).c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000, test::readPage(log).text};
}

// What somebody's own pipeline left of ~/faces: ~/embeddings.npy with ~/embeddings.txt, and quality scores.
void putNumbers() {
  const fs::path home = scratch() / "home";
  std::vector<fs::path> images;
  for (const auto& entry : fs::recursive_directory_iterator(home / "faces"))
    if (entry.is_regular_file()) images.push_back(entry.path());
  std::ranges::sort(images);
  data::Matrix features(std::ssize(images), 16);
  std::ofstream list(home / "embeddings.txt"), ofiq(home / "ofiq.csv"), uncertainty(home / "uncertainty.txt");
  ofiq << "Filename;UnifiedQualityScore;Sharpness;UnifiedQualityScore.scalar;Sharpness.scalar;"
          "assessment_time_in_ms;\n";
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::string person = images[i].parent_path().filename().string();
    const std::string name = person + "/" + images[i].filename().string();
    Rng who(mixSeed(1, person)), image(mixSeed(2, name));
    for (float& value : features.row(static_cast<std::int64_t>(i)))
      value = static_cast<float>(who.normal() + 0.5 * image.normal());
    list << "/data/faces/" << name << "\n";
    ofiq << name << ";20.5;0.5;" << 40 + i % 50 << ";" << 90 - i % 40 << ";512;\n";
    uncertainty << name << " " << 0.01 * static_cast<double>(1 + i % 9) << "\n";
  }
  data::saveNpy(home / "embeddings.npy", features.view());
}

// What the documents take for granted: ~/faces, a folder a person, with one under two names; ~/visitors,
// other people; ~/clips, of Frigate; ~/recogniser.onnx; raw ~/photographs, ~/videos and ~/detector.onnx;
// numbers of
// ~/faces.
void makeHome() {
  const fs::path home = scratch() / "home";
  ASSERT_EQ(shell(scratch(),
                  "discern import rendered.discern synthetic-faces --name people --count 10 --images 6 "
                  "--seed 3")
                .exit,
            0);
  std::vector<fs::path> people;
  for (const auto& entry : fs::directory_iterator(scratch() / "rendered.discern/images/people"))
    if (entry.is_directory()) people.push_back(entry.path());
  std::ranges::sort(people);
  ASSERT_EQ(people.size(), 10U);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::string name = i == 0 ? "anna" : i == 1 ? "ben" : people[i].filename().string();
    fs::create_directories(home / (i < 5 ? "faces" : "visitors"));
    fs::copy(people[i], home / (i < 5 ? "faces" : "visitors") / name, fs::copy_options::recursive);
  }
  test::makeFrigateLibrary(scratch() / "rendered.discern/images/people", home, 1, 3);
  fs::create_directories(home / "faces/anna_b");
  for (const char* image : {"003.jpg", "004.jpg", "005.jpg"})
    fs::rename(home / "faces/anna" / image, home / "faces/anna_b" / image);
  fs::copy(kRoot / "tests/golden/tiny_face.onnx", home / "recogniser.onnx");
  // ~/photographs: of two people, with what ~/detector.onnx takes for a face at another place in each.
  test::writeToyDetector(home / "detector.onnx");
  for (int i = 0; i < 8; ++i) {
    const fs::path person = home / "photographs" / (i < 4 ? "clara" : "david");
    fs::create_directories(person);
    cv::Mat photograph = test::toyPhotograph();
    cv::randu(photograph, 0, 60);
    test::plantLarge(photograph, 16 * (i % 3), 16 * (i / 3));
    cv::imwrite((person / fmt::format("{}.png", i)).string(), photograph);
  }
  // ~/videos: two of each of two people, with such a face wandering through them.
  for (int i = 0; i < 4; ++i) {
    const fs::path person = home / "videos" / (i < 2 ? "erik" : "fay");
    fs::create_directories(person);
    cv::VideoWriter video((person / fmt::format("door-{}.avi", i)).string(), cv::CAP_FFMPEG,
                          cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 25, {test::kToySide, test::kToySide});
    for (int frame = 0; frame < 50; ++frame) {
      cv::Mat picture = test::toyPhotograph();
      cv::randu(picture, 0, 30 * (1 + i / 2));
      test::plantLarge(picture, 16 * (frame / 25 + i % 2), 16);
      video.write(picture);
    }
  }
  putNumbers();
}

// Runs the lines in `folder`, windows left out; returns how many were run.
int runLines(const fs::path& folder, const std::vector<std::string>& lines) {
  int ran = 0;
  for (const auto& line : lines) {
    if (line.starts_with("discern-workbench")) continue;
    const Ran result = shell(folder, line);
    EXPECT_EQ(result.exit, 0) << "$ " << line << "\n" << result.said;
    if (result.exit != 0) break;  // the rest stands on it
    ++ran;
  }
  return ran;
}

// A folder with my.discern as the README's own-data lines leave it.
const fs::path& ownData() {
  static const fs::path folder = [] {
    const fs::path path = scratch() / "own";
    fs::create_directories(path);
    makeHome();
    const auto lines = test::shellLines(test::readPage(kRoot / "README.md"), "## Your own data");
    EXPECT_EQ(runLines(path, lines), 4);  // and the window
    EXPECT_EQ(lines.size(), 5U);
    return path;
  }();
  return folder;
}

class Documents : public testing::Test {
 protected:
  static void TearDownTestSuite() { fs::remove_all(scratch()); }
};

TEST_F(Documents, OwnDataOfTheReadmeRuns) {
  EXPECT_TRUE(fs::exists(ownData() / "my.discern/project.sqlite"));
}

// Every page starts from there.
void runPage(const std::string& name) {
  const fs::path folder = scratch() / name;
  fs::create_directories(folder);
  fs::copy(ownData() / "my.discern", folder / "my.discern", fs::copy_options::recursive);
  const auto lines = test::shellLines(test::readPage(kRoot / "docs/how-to" / (name + ".md")));
  EXPECT_GE(lines.size(), 4U);
  EXPECT_EQ(runLines(folder, lines), static_cast<int>(lines.size()));
}

TEST_F(Documents, FromRawPhotographsRuns) { runPage("from-raw-photographs"); }
TEST_F(Documents, FromVideosRuns) { runPage("from-videos"); }
TEST_F(Documents, FindTheImageRuns) { runPage("find-the-image-that-spoils-a-template"); }
TEST_F(Documents, ChooseAThresholdRuns) { runPage("choose-a-threshold"); }
TEST_F(Documents, CleanAFrigateLibraryRuns) { runPage("clean-a-frigate-library"); }
TEST_F(Documents, CleanATrainingSetRuns) { runPage("clean-a-training-set"); }
TEST_F(Documents, NumbersOfYourOwnRuns) { runPage("numbers-of-your-own"); }
TEST_F(Documents, ShipASmallerRecogniserRuns) { runPage("ship-a-smaller-recogniser"); }
TEST_F(Documents, TrainOnManyDevicesRuns) { runPage("train-on-many-devices"); }
TEST_F(Documents, LookAfterAProjectRuns) { runPage("look-after-a-project"); }

TEST_F(Documents, EveryHowToPageIsRunAndInTheReadme) {
  const std::string readme = test::readPage(kRoot / "README.md").text;
  const std::set<std::string> run = {
      "choose-a-threshold.md",        "clean-a-frigate-library.md",
      "clean-a-training-set.md",      "find-the-image-that-spoils-a-template.md",
      "from-raw-photographs.md",      "from-videos.md",
      "look-after-a-project.md",      "numbers-of-your-own.md",
      "ship-a-smaller-recogniser.md", "train-on-many-devices.md"};
  std::set<std::string> there;
  for (const auto& entry : fs::directory_iterator(kRoot / "docs/how-to")) {
    const std::string name = entry.path().filename().string();
    there.insert(name);
    EXPECT_NE(readme.find("docs/how-to/" + name), std::string::npos) << name;
  }
  EXPECT_EQ(there, run);
}

// Lines of "  name   what it does" below "Subcommands:".
std::vector<std::string> commandsOf(const std::string& help) {
  std::vector<std::string> commands;
  static const std::regex row("\n  ([a-z-]+) ");
  const std::string rest = help.substr(std::min(help.size(), help.find("\nSubcommands:")));
  for (std::sregex_iterator it(rest.begin(), rest.end(), row), end; it != end; ++it)
    commands.push_back((*it)[1]);
  return commands;
}

std::set<std::string> optionsIn(const std::string& help) {
  std::set<std::string> options;
  static const std::regex option("--[a-z][a-z-]*");
  for (std::sregex_iterator it(help.begin(), help.end(), option), end; it != end; ++it)
    options.insert(it->str());
  return options;
}

TEST_F(Documents, CommandsAndOptionsThatAreNamedExist) {
  const std::string top = shell(scratch(), "discern --help").said;
  const auto commands = commandsOf(top);
  ASSERT_GT(commands.size(), 15U) << top;
  std::map<std::string, std::set<std::string>> helps;
  const auto optionsOf = [&](const std::string& command) -> const std::set<std::string>& {
    auto& options = helps[command];
    if (options.empty()) options = optionsIn(shell(scratch(), "discern " + command + " --help").said);
    return options;
  };
  const auto ofAll = optionsIn(top);
  const auto isOfSome = [&](const std::string& option) {
    for (const auto& [command, options] : helps)
      if (options.contains(option)) return true;
    return std::ranges::any_of(commands, [&](const auto& c) { return optionsOf(c).contains(option); });
  };
  int named = 0;
  for (const auto& page : test::documents())
    for (const auto& mention : test::mentions(page, commands))
      for (const auto& option : mention.options) {
        ++named;
        EXPECT_TRUE(
            ofAll.contains(option) ||
            (mention.command.empty() ? isOfSome(option) : optionsOf(mention.command).contains(option)))
            << fs::relative(page.file, kRoot) << " names " << option << " of '" << mention.command << "'";
      }
  EXPECT_GT(named, 60);
}

TEST_F(Documents, TheCommandLinesPageListsEveryCommand) {
  const std::string page = test::readPage(kRoot / "docs/command-line.md").text;
  for (const auto& command : commandsOf(shell(scratch(), "discern --help").said))
    EXPECT_NE(page.find("`" + command + "`"), std::string::npos) << command;
}

TEST_F(Documents, ThePapersPageCountsItsRows) {
  const std::string page = test::readPage(kRoot / "docs/papers.md").text;
  static const std::regex row(R"re(\n\| (\d+) \|[^|\n]*\| (\w+) \|)re");
  std::map<std::string, int> count;
  int rows = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), row), end; it != end; ++it) {
    EXPECT_EQ(std::stoi((*it)[1]), ++rows);
    ++count[(*it)[2]];
  }
  const std::string told = std::regex_replace(page, std::regex("\n"), " ");
  EXPECT_NE(told.find(fmt::format("Of {} items {} are done, {} both, {} different and {} missing", rows,
                                  count["done"], count["both"], count["different"], count["missing"])),
            std::string::npos)
      << rows << " rows, " << count["done"] << " done, " << count["both"] << " both, " << count["different"]
      << " different, " << count["missing"] << " missing";
}

TEST_F(Documents, LinksLeadSomewhere) {
  int followed = 0;
  for (const auto& page : test::documents())
    for (const auto& link : test::links(page)) {
      ++followed;
      const auto hash = link.find('#');
      const fs::path target =
          hash == 0 ? page.file : page.file.parent_path() / link.substr(0, std::min(hash, link.size()));
      EXPECT_TRUE(fs::exists(target)) << page.file << ": " << link;
      if (hash == std::string::npos || !fs::exists(target)) continue;
      const auto there = test::anchors(test::readPage(target));
      EXPECT_NE(std::ranges::find(there, link.substr(hash + 1)), there.end()) << page.file << ": " << link;
    }
  EXPECT_GT(followed, 30);
}

// First column of a query's rows.
std::vector<std::string> column(sqlite3* db, const std::string& sql) {
  std::vector<std::string> values;
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  while (sqlite3_step(statement) == SQLITE_ROW)
    values.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  sqlite3_finalize(statement);
  return values;
}

TEST_F(Documents, TheProjectFormatsPageNamesEveryTableColumnAndSetting) {
  const std::string page = test::readPage(kRoot / "docs/project-format.md").text;
  const auto says = [&](const std::string& word) {
    return std::regex_search(page, std::regex("\\b" + word + "\\b"));
  };
  sqlite3* db = nullptr;
  ASSERT_EQ(
      sqlite3_open_v2((ownData() / "my.discern/project.sqlite").c_str(), &db, SQLITE_OPEN_READONLY, nullptr),
      SQLITE_OK);
  const auto tables =
      column(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  EXPECT_GT(tables.size(), 15U);
  for (const auto& table : tables) {
    const auto at = page.find("**" + table + "**");
    ASSERT_NE(at, std::string::npos) << table;
    const std::string from = page.substr(at, page.find("\n\n**", at) - at);  // to the next table
    for (const auto& name : column(db, "SELECT name FROM pragma_table_info('" + table + "')"))
      EXPECT_TRUE(std::regex_search(from, std::regex("\\b" + name + "\\b"))) << table << "." << name;
  }
  const std::string version = column(db, "PRAGMA user_version").at(0);
  EXPECT_NE(page.find("\n| " + version + " | "), std::string::npos) << "no line of the change log";
  for (const auto& key : column(db, "SELECT key FROM settings"))
    EXPECT_TRUE(says(key.substr(0, key.find('/')))) << key;
  sqlite3_close(db);
}

// The reading of Markdown itself, which lets nothing pass unseen.
TEST(Markdown, CommandsOptionsAndBlocksAreSeen) {
  const test::Page page{
      "x.md",
      "# A\n\n```sh\ndiscern import p \\\n  ~/faces --role train\ndiscern score p # --not\n```\n\n"
      "Say `discern select p --lambdas -1,-2`, `--swap-labels 0.1`, `predict\n--model head` or "
      "`cmake --preset dev`.\n\n    $bin/discern --json sweep p --far=1e-2 | grep --colour x\n\n"
      "## B c, d\n\n```sh\ndiscern info p\n```\n[t](#b-c-d)\n"};
  EXPECT_EQ(test::shellLines(page), (std::vector<std::string>{"discern import p   ~/faces --role train",
                                                              "discern score p # --not", "discern info p"}));
  EXPECT_EQ(test::shellLines(page, "## B c, d"), std::vector<std::string>{"discern info p"});
  const auto found = test::mentions(page, {"import", "score", "select", "predict", "sweep", "info"});
  std::vector<std::string> said;
  for (const auto& mention : found) {
    std::string text = mention.command;
    for (const auto& option : mention.options) text += " " + option;
    said.push_back(text);
  }
  EXPECT_EQ(said, (std::vector<std::string>{"import --role", "score", "sweep --far", "info",
                                            "select --lambdas", " --swap-labels", "predict --model"}));
  EXPECT_EQ(test::links(page), std::vector<std::string>{"#b-c-d"});
  EXPECT_EQ(test::anchors(page), (std::vector<std::string>{"a", "b-c-d"}));
}

}  // namespace
}  // namespace discern

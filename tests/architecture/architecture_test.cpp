// Who may include whom. The table is the house's plan: a
// folder not named here may include only core/base and itself.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {
namespace fs = std::filesystem;
using Folders = std::set<std::string>;

const Folders kCore = {"core/catalog",   "core/data",        "core/imaging",          "core/networks",
                       "core/training",  "core/features",    "core/discriminability", "core/selection",
                       "core/embedding", "core/aggregation", "core/evaluation",       "core/sweep",
                       "core/project",   "core/analysis",    "core/results",          "core/jobs"};

const std::map<std::string, Folders> kAllowed = {
    {"core/data", {}},
    {"core/catalog", {}},
    {"core/networks", {"core/catalog", "core/data"}},
    {"core/imaging", {"core/data"}},
    {"core/onnx", {}},
    {"core/detection", {"core/data", "core/imaging", "core/onnx"}},
    {"core/training", {"core/catalog", "core/networks", "core/data", "core/imaging", "core/aggregation"}},
    {"core/features", {"core/catalog", "core/networks", "core/data", "core/imaging", "core/onnx"}},
    {"core/discriminability", {"core/data"}},
    {"core/selection", {"core/data"}},
    {"core/embedding", {"core/data"}},
    {"core/aggregation", {"core/data"}},
    {"core/evaluation", {"core/data"}},
    {"core/sweep", {"core/data", "core/aggregation", "core/evaluation"}},
    {"core/project", {"core/data"}},
    {"core/analysis",
     {"core/data", "core/aggregation", "core/evaluation", "core/sweep", "core/selection", "core/project"}},
    {"core/results", {"core/data", "core/analysis", "core/evaluation", "core/sweep", "core/project"}},
    // Of datasets the formats that can be imported. Of detection, training and
    // discriminability the options alone.
    {"core/jobs",
     {"core/catalog", "core/data", "core/detection", "core/training", "core/discriminability",
      "core/embedding", "core/selection", "core/aggregation", "core/evaluation", "core/sweep", "core/project",
      "datasets", "datasets/rendering"}},
    {"core/runs",
     {"core/data", "core/analysis", "core/evaluation", "core/project", "core/results", "core/jobs"}},
    {"core/pipeline", kCore},
    {"datasets/rendering", {"core/data"}},
    {"datasets", {"core/data", "core/imaging", "datasets/rendering"}},
    {"ui",
     {"core/data", "core/imaging", "core/selection", "core/aggregation", "core/evaluation", "core/sweep",
      "core/project", "core/analysis", "core/results", "core/jobs", "core/runs", "datasets"}},
    {"app",
     {"ui",
      "core/catalog",
      "core/results",
      "core/jobs",
      "core/runs",
      "core/pipeline",
      "core/analysis",
      "datasets",
      "datasets/rendering",
      "core/project",
      "core/data",
      "core/imaging",
      "core/detection",
      "core/aggregation",
      "core/evaluation",
      "core/sweep",
      "core/discriminability",
      "core/networks",
      "core/training",
      "core/features",
      "core/selection"}},
};
// Inside the window.
const std::map<std::string, Folders> kInsideUi = {
    {"ui/language", {}},
    {"ui/models", {"ui/jobs", "ui/language"}},
    {"ui/jobs", {"ui/language"}},
    {"ui/settings", {}},
    {"ui/charts", {"ui/language"}},
    {"ui/widgets", {"ui/models", "ui/charts", "ui/language"}},
    {"ui/pages", {"ui/widgets", "ui/charts", "ui/models", "ui/jobs", "ui/settings", "ui/language"}},
    {"ui/window",
     {"ui/pages", "ui/widgets", "ui/charts", "ui/models", "ui/jobs", "ui/settings", "ui/language"}},
};
const Folders kTorchMayBeIn = {"core/networks", "core/training", "core/features", "core/discriminability",
                               "core/pipeline"};

std::string folderOf(const std::string& path) {
  const auto first = path.find('/');
  const std::string top = path.substr(0, first);
  if (path.starts_with("datasets/rendering/")) return "datasets/rendering";
  if (top != "core" || first == std::string::npos) return top;
  return path.substr(0, path.find('/', first + 1));
}

std::string insideUi(const std::string& path) {
  const auto second = path.find('/', 3);
  return second == std::string::npos ? "ui" : path.substr(0, second);
}

struct Include {
  std::string from, what;
};

std::vector<Include> allIncludes() {
  const fs::path root = DISCERN_SOURCE_DIR;
  static const std::regex line(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<Include> includes;
  for (const char* top : {"core", "datasets", "ui", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream in(entry.path());
      std::smatch match;
      for (std::string text; std::getline(in, text);)
        if (std::regex_search(text, match, line))
          includes.push_back({fs::relative(entry.path(), root).string(), match[1]});
    }
  return includes;
}

bool isOurs(const std::string& what) {
  return what.starts_with("core/") || what.starts_with("datasets/") || what.starts_with("ui/") ||
         what.starts_with("app/") || what.starts_with("tests/");
}

TEST(Architecture, FoldersIncludeOnlyWhatThePlanAllows) {
  const auto includes = allIncludes();
  ASSERT_GT(includes.size(), 200U);  // the scan found the tree
  for (const auto& [from, what] : includes) {
    if (!isOurs(what)) continue;
    const std::string source = folderOf(from);
    const std::string target = folderOf(what);
    if (source == target || target == "core/base") continue;
    const auto allowed = kAllowed.find(source);
    EXPECT_TRUE(allowed != kAllowed.end() && allowed->second.contains(target))
        << from << " includes " << what;
  }
}

TEST(Architecture, InsideTheWindowModelsKnowNoWidgetsAndPagesNoPages) {
  for (const auto& [from, what] : allIncludes()) {
    if (!from.starts_with("ui/") || !what.starts_with("ui/")) continue;
    const std::string source = insideUi(from);
    const std::string target = insideUi(what);
    const auto allowed = kInsideUi.find(source);
    if (allowed == kInsideUi.end() || source == target) continue;
    EXPECT_TRUE(allowed->second.contains(target)) << from << " includes " << what;
  }
}

TEST(Architecture, QtStaysInTheWindow) {
  static const std::regex qt("^Q[A-Z]");
  for (const auto& [from, what] : allIncludes())
    if (std::regex_search(what, qt)) {
      EXPECT_TRUE(from.starts_with("ui/") || from == "app/workbench_main.cpp")
          << from << " includes " << what;
    }
}

TEST(Architecture, LibTorchStaysBehindItsFolders) {
  for (const auto& [from, what] : allIncludes()) {
    if (!what.starts_with("torch/") && !what.starts_with("ATen/") && !what.starts_with("c10/")) continue;
    const std::string folder = folderOf(from);
    EXPECT_TRUE(kTorchMayBeIn.contains(folder)) << from << " includes " << what;
    if (from.ends_with(".h")) {
      EXPECT_TRUE(folder == "core/networks" || folder == "core/training" ||
                  from.starts_with("core/features/internal/") || from.starts_with("core/features/onnx/") ||
                  folder == "core/discriminability")
          << from << " is a public header and includes " << what;
    }
  }
}

// A named pipe hangs whoever opens it by name, and JSON from outside may be nested without ground: what opens
// files and parses for everybody stands in core/base, and few have a reason to do without.
TEST(Architecture, FilesAreOpenedAndJsonIsParsedInOnePlace) {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"ifstream",
       {"core/features/internal/confine.cpp", "core/pipeline/model_cost.cpp",  // of /proc
        "core/data/csv.h"}},                                                   // after a look at its kind
      {"fopen(", {}},
      {" ::open(", {"core/base/files.cpp", "core/data/npy.cpp", "core/project/lock.cpp"}},
      {"parse_file(", {}},
      {"imread(", {}},
      {"json::parse(", {"core/base/json.cpp"}}};
  const fs::path root = DISCERN_SOURCE_DIR;
  int files = 0;
  for (const char* top : {"core", "datasets", "ui", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      const std::string name = fs::relative(entry.path(), root).string();
      std::ifstream in(entry.path());
      ++files;
      for (std::string text; std::getline(in, text);)
        for (const auto& [word, where] : allowed) {
          const bool isFound = text.find(word) != std::string::npos;
          // A job's own result or options, which it has just written.
          const bool isOwn = word == "json::parse(" && (text.find("toJson(") != std::string::npos ||
                                                        text.find("(optionsJson)") != std::string::npos ||
                                                        text.find("(extra)") != std::string::npos);
          EXPECT_TRUE(!isFound || isOwn || where.contains(name)) << name << ": " << text;
        }
    }
  EXPECT_GT(files, 200);
}

// A job or a page that loads faces, or asks for a kind by its name, would be wrong for every other kind.
TEST(Architecture, SamplesAreLoadedByTheirKind) {
  const std::map<std::string, std::set<std::string>> allowed = {
      {"loadFace(", {"core/imaging/image.h", "core/imaging/image.cpp", "core/imaging/kinds/face.cpp"}},
      {"alignFace(", {"core/imaging/image.h", "core/imaging/image.cpp"}},
      // Detection looks at photographs, in which there are faces.
      {"loadImage",
       {"core/imaging/image.h", "core/imaging/image.cpp", "core/detection/photographs.cpp",
        "core/detection/unaligned.cpp", "app/faces.cpp"}},
      {"kind().name", {}},
      {"kind.name", {"core/imaging/sample.cpp"}}};
  const fs::path root = DISCERN_SOURCE_DIR;
  int found = 0;
  for (const char* top : {"core", "datasets", "ui", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      const std::string name = fs::relative(entry.path(), root).string();
      std::ifstream in(entry.path());
      for (std::string text; std::getline(in, text);)
        for (const auto& [word, where] : allowed) {
          if (text.find(word) == std::string::npos) continue;
          ++found;
          const bool ofAKind = word == "loadImage" && name.starts_with("core/imaging/kinds/");
          EXPECT_TRUE(where.contains(name) || ofAKind) << name << ": " << text;
        }
    }
  EXPECT_GT(found, 5);
}

TEST(Architecture, JobsReadOptionsAloneOfWhatLinksLibTorch) {
  for (const auto& [from, what] : allIncludes())
    if (from.starts_with("core/jobs/") &&
        (what.starts_with("core/training/") || what.starts_with("core/discriminability/"))) {
      EXPECT_TRUE(what == "core/training/options.h" || what == "core/training/aggregator_options.h" ||
                  what == "core/discriminability/dscore.h")
          << from << " includes " << what;
    }
}

// An error of the engine names a field in words; how it is spelled, and what a command is called, is the
// front end's: the window has neither.
TEST(Architecture, TheEngineSpeaksNoCommandLine) {
  const fs::path root = DISCERN_SOURCE_DIR;
  static const std::regex literal(R"re("(?:[^"\\]|\\.)*")re"),
      spelled(R"(--[a-z]|'discern |\(discern [a-z])");
  ASSERT_TRUE(std::regex_search(std::string(R"("give --size 3")"), spelled));
  int literals = 0;
  for (const char* top : {"core", "datasets"})
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream in(entry.path());
      int number = 0;
      for (std::string text; std::getline(in, text);) {
        ++number;
        if (const auto comment = text.find("// "); comment != std::string::npos && text.find('"') > comment)
          text.resize(comment);
        for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it, ++literals)
          EXPECT_FALSE(std::regex_search(it->str(), spelled))
              << entry.path().string() << ":" << number << ": " << it->str();
      }
    }
  EXPECT_GT(literals, 1000);  // the scan found the tree
}

TEST(Architecture, NothingIncludesTests) {
  for (const auto& [from, what] : allIncludes())
    EXPECT_FALSE(what.starts_with("tests/")) << from << " includes " << what;
}

// The table's short name of a room: "data" is core/data.
std::string roomNamed(const std::string& name) {
  for (const std::string parent : {"core/", "datasets/"})
    if (fs::is_directory(fs::path(DISCERN_SOURCE_DIR) / (parent + name))) return parent + name;
  return name;
}

// Rows of docs/architecture.md: | `core/x` | what it is | data, imaging |
TEST(Architecture, TheDocumentSaysTheSame) {
  static const std::regex row(R"(^\| `([a-z/]+)` \| [^|]+ \| ([a-z, -]+) \|$)");
  static const std::regex word("[a-z]+");
  std::map<std::string, Folders> said;
  std::ifstream in(fs::path(DISCERN_SOURCE_DIR) / "docs/architecture.md");
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (!std::regex_match(line, match, row)) continue;
    const std::string list = match[2];
    Folders& folders = said[match[1]];
    for (std::sregex_iterator it(list.begin(), list.end(), word), end; it != end; ++it)
      folders.insert(roomNamed(it->str()));
  }
  auto allowed = kAllowed;
  allowed["core/base"] = {};
  EXPECT_EQ(said, allowed);
}

}  // namespace

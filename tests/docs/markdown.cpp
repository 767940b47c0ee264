#include "tests/docs/markdown.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace discern::test {
namespace fs = std::filesystem;
namespace {

bool isFence(const std::string& line) { return line.starts_with("```"); }
bool isIndented(const std::string& line) { return line.starts_with("    "); }

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Code lines, and the code spans of the rest, which may go on over the end of a line.
std::vector<std::string> codeOf(const Page& page) {
  std::vector<std::string> code;
  std::string prose;
  bool fenced = false, indented = false, blank = true;
  for (const auto& line : linesOf(page.text)) {
    if (isFence(line)) {
      fenced = !fenced;
      continue;
    }
    indented = isIndented(line) && (indented || blank);  // else it belongs to the paragraph or list above
    blank = line.empty();
    if (!fenced && !indented) {
      prose += line + "\n";
    } else if (!code.empty() && code.back().ends_with('\\')) {
      code.back().back() = ' ';
      code.back() += line;
    } else {
      code.push_back(line.substr(0, line.find(" # ")));
    }
  }
  static const std::regex span("`([^`]+)`");
  for (std::sregex_iterator it(prose.begin(), prose.end(), span), end; it != end; ++it)
    code.push_back((*it)[1]);
  return code;
}

std::vector<std::string> wordsOf(const std::string& code) {
  std::istringstream in(code);
  return {std::istream_iterator<std::string>(in), {}};
}

// "--mode" of "--mode", "--mode=sc" and "--mode,"; empty: no option.
std::string optionOf(const std::string& word) {
  static const std::regex option("--[a-z][a-z-]*");
  std::smatch match;
  const bool found = std::regex_search(word, match, option) && match.position(0) == 0;
  return found ? match.str(0) : "";
}

std::string anchorOf(std::string heading) {
  std::string anchor;
  for (const char c : heading) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

}  // namespace

Page readPage(const fs::path& file) {
  std::ifstream in(file);
  return {file, {std::istreambuf_iterator<char>(in), {}}};
}

std::vector<Page> documents() {
  const fs::path root = DISCERN_SOURCE_DIR;
  std::vector<fs::path> files = {root / "README.md", root / "CHANGELOG.md", root / "CONTRIBUTING.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Page> pages;
  for (const auto& file : files) pages.push_back(readPage(file));
  return pages;
}

std::vector<std::string> shellLines(const Page& page, const std::string& heading) {
  std::vector<std::string> commands;
  bool here = heading.empty(), shell = false, continues = false;
  const std::string level = heading.substr(0, heading.find(' ') + 1);
  for (const auto& line : linesOf(page.text)) {
    if (!shell && !heading.empty() && line.starts_with(level)) here = line == heading;
    if (isFence(line)) {
      shell = here && line == "```sh";
      continue;
    }
    if (!shell || line.empty()) continue;
    const bool more = line.ends_with('\\');
    const std::string part = more ? line.substr(0, line.size() - 1) : line;
    if (continues)
      commands.back() += part;
    else
      commands.push_back(part);
    continues = more;
  }
  return commands;
}

std::vector<Mention> mentions(const Page& page, const std::vector<std::string>& commands) {
  const auto isCommand = [&](const std::string& word) {
    return std::ranges::find(commands, word) != commands.end();
  };
  std::vector<Mention> found;
  for (const auto& code : codeOf(page)) {
    const auto words = wordsOf(code);
    Mention mention;
    std::size_t at = 0;
    // Whatever starts it: "$ discern", "$bin/discern", "build/release/bin/discern", "Q=1 discern".
    for (std::size_t i = 0; i < words.size(); ++i)
      if (fs::path(words[i]).filename() == "discern") at = i + 1;
    while (at > 0 && at < words.size() && words[at] == "--json") ++at;
    if (at < words.size() && isCommand(words[at]) && (at > 0 || words.size() > 1)) {
      mention.command = words[at++];
    } else if (at > 0 || words.empty() || optionOf(words[0]).empty()) {
      continue;  // another program's, or no command line at all
    }
    for (; at < words.size() && words[at] != "|" && words[at] != "&&"; ++at)
      if (const auto option = optionOf(words[at]); !option.empty()) mention.options.push_back(option);
    if (!mention.command.empty() || !mention.options.empty()) found.push_back(mention);
  }
  return found;
}

std::vector<std::string> links(const Page& page) {
  std::vector<std::string> targets;
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  for (std::sregex_iterator it(page.text.begin(), page.text.end(), link), end; it != end; ++it)
    if (const std::string target = (*it)[1]; !target.starts_with("http")) targets.push_back(target);
  return targets;
}

std::vector<std::string> anchors(const Page& page) {
  std::vector<std::string> found;
  bool fenced = false;
  for (const auto& line : linesOf(page.text)) {
    if (isFence(line)) fenced = !fenced;
    const auto level = line.find_first_not_of('#');
    if (!fenced && level != 0 && level != std::string::npos && line[level] == ' ')
      found.push_back(anchorOf(line.substr(level + 1)));
  }
  return found;
}

}  // namespace discern::test

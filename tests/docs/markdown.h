// What the documents' tests read of a Markdown file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern::test {

struct Page {
  std::filesystem::path file;
  std::string text;
};
// README.md, CHANGELOG.md, CONTRIBUTING.md and everything under docs/.
std::vector<Page> documents();
Page readPage(const std::filesystem::path& file);

// Lines of the ```sh blocks, from `heading` to the next of its level (empty: of the whole page); a line that
// ends with a backslash goes on with the next.
std::vector<std::string> shellLines(const Page& page, const std::string& heading = "");

// One `discern COMMAND` or lone option as a document names it: in a code span, a fenced or an indented line.
struct Mention {
  std::string command;  // empty: options alone, of whatever command
  std::vector<std::string> options;
};
std::vector<Mention> mentions(const Page& page, const std::vector<std::string>& commands);

// Targets of [text](target) and ![text](target), web addresses left out.
std::vector<std::string> links(const Page& page);
// As GitHub makes them: "## Error versus discard" is #error-versus-discard.
std::vector<std::string> anchors(const Page& page);

}  // namespace discern::test

#include "core/features/internal/torch_code.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/features/internal/torch_operators.h"

namespace discern::features {
namespace {

// Of parentheses and of blanks: LibTorch's parser calls itself for each level.
constexpr std::size_t kDeepest = 500;

struct Token {
  enum class Kind : std::uint8_t { Name, Text, Other } kind;
  std::string_view text;  // of a Text what is between the quotes
  bool first = false;     // on its line
  bool is(std::string_view what) const { return kind != Kind::Text && text == what; }
  bool isName() const { return kind == Kind::Name; }
};

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

class Tokens {
 public:
  Tokens(std::string_view source, const std::string& where) : source_(source), where_(where) {}

  std::vector<Token> all() {
    std::vector<Token> tokens;
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '\n') {
        first_ = true;
        blanks_ = 0;
        ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        if (first_ && ++blanks_ > kDeepest) fail("{} is nested deeper than any network's", where_);
        ++at_;
      } else if (c == '#') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else {
        tokens.push_back(next());
      }
    }
    return tokens;
  }

 private:
  Token next() {
    const bool first = std::exchange(first_, false);
    const std::size_t start = at_;
    const char c = source_[at_];
    if (c == '"' || c == '\'') return {Token::Kind::Text, text(c), first};
    if (static_cast<unsigned char>(c) > 126 || static_cast<unsigned char>(c) < 32 || c == '\\')
      fail("{} holds a character that LibTorch does not write", where_);
    if (!isLetter(c)) {
      // Of a number all of it, so that no exponent is taken for a name.
      do ++at_;
      while (isDigit(c) && at_ < source_.size() &&
             (isLetter(source_[at_]) || isDigit(source_[at_]) || source_[at_] == '.'));
      return {Token::Kind::Other, source_.substr(start, at_ - start), first};
    }
    while (at_ < source_.size() && (isLetter(source_[at_]) || isDigit(source_[at_]))) ++at_;
    return {Token::Kind::Name, source_.substr(start, at_ - start), first};
  }

  // A text in single or threefold quotes; a backslash takes the next character along.
  std::string_view text(char quote) {
    const std::string threefold(3, quote);
    const std::size_t width = source_.substr(at_, 3) == threefold ? 3 : 1;
    const std::string_view end = std::string_view(threefold).substr(0, width);
    const std::size_t start = at_ += width;
    while (at_ < source_.size() && source_.substr(at_, width) != end) {
      if (source_[at_] == '\n' && width == 1) break;
      at_ += source_[at_] == '\\' ? 2 : 1;
    }
    if (at_ >= source_.size() || source_[at_] != quote) fail("{} has a text without an end", where_);
    const auto inside = source_.substr(start, at_ - start);
    at_ += width;
    return inside;
  }

  std::string_view source_;
  const std::string& where_;
  std::size_t at_ = 0, blanks_ = 0;
  bool first_ = true;
};

using Names = std::set<std::string, std::less<>>;

Names words(const char* list) {
  std::istringstream in(list);
  return {std::istream_iterator<std::string>(in), {}};
}

class Checker {
 public:
  Checker(const std::string& archive, const IsOperator& isOperator)
      : archive_(archive), where_(archive + ": its code"), isOperator_(isOperator) {}

  void run(const std::map<std::string, std::string>& sources) {
    std::vector<std::vector<Token>> files;
    for (const auto& [file, source] : sources) files.push_back(Tokens(source, where_).all());
    for (const auto& tokens : files) declare(tokens);
    for (const auto& tokens : files) check(tokens);
  }

 private:
  [[noreturn]] void refuse(std::string_view what) const {
    fail(
        "{}: its code uses {}, which is not among the operators that a recogniser needs, so it is not run; "
        "export the network alone with torch.jit.trace",
        archive_, what.substr(0, 100));
  }

  // Attributes (NAME : type) and methods (def NAME) of the archive's own classes.
  void declare(const std::vector<Token>& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      const bool attribute = tokens[i].isName() && tokens[i].first && tokens[i + 1].is(":");
      const bool method = tokens[i].is("def") && tokens[i + 1].isName();
      if (!attribute && !method) continue;
      const std::string name(tokens[attribute ? i : i + 1].text);
      // `x.name` would mean the operator for another kind of x.
      if (!isAllowed(name) && isOperator_(name)) refuse("the name " + name);
      declared_.insert(name);
    }
  }

  bool isAllowed(std::string_view name) const {
    return operators_.contains(name) ||
           (name.ends_with('_') && operators_.contains(name.substr(0, name.size() - 1)));
  }

  void check(const std::vector<Token>& tokens) const {
    static const Token none{Token::Kind::Other, "", false};
    std::vector<bool> brackets;  // open ones; whether getattr's
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      const Token& before = i > 0 ? tokens[i - 1] : none;
      if (token.is("(") || token.is("[") || token.is("{")) {
        if (brackets.size() >= kDeepest) fail("{} is nested deeper than any network's", where_);
        brackets.push_back(token.is("(") && before.is("getattr"));
      } else if (token.is(")") || token.is("]") || token.is("}")) {
        if (!brackets.empty()) brackets.pop_back();
      } else if (token.kind == Token::Kind::Text) {
        // LibTorch writes getattr for attributes whose names are numbers.
        if (!brackets.empty() && brackets.back() && (token.text.empty() || !isDigit(token.text[0])))
          refuse("getattr with a name");
      } else if (token.isName() && before.is(".")) {
        if (!isAllowed(token.text) && !declared_.contains(token.text)) refuse("." + std::string(token.text));
      } else if (token.isName()) {
        i += 2 * checkFirst(tokens, i);
      }
    }
  }

  // _0, _1, ...: LibTorch puts a function of the archive in one of these to call it several times.
  static bool isTemporary(std::string_view name) {
    return name.size() > 1 && name[0] == '_' && std::ranges::all_of(name.substr(1), isDigit);
  }

  // The names behind the one at `i`, with a dot before each, at most so many.
  static std::vector<std::string_view> chain(const std::vector<Token>& tokens, std::size_t i,
                                             std::size_t most) {
    std::vector<std::string_view> names;
    for (std::size_t k = i + 1; names.size() < most && k + 1 < tokens.size(); k += 2) {
      if (!tokens[k].is(".") || !tokens[k + 1].isName()) break;
      names.push_back(tokens[k + 1].text);
    }
    return names;
  }

  // A name that follows no dot: the start of torch.x, ops.x.y, __torch__.x.y... or CONSTANTS.c0, of which it
  // returns how many names belong to it; a call; a variable.
  std::size_t checkFirst(const std::vector<Token>& tokens, std::size_t i) const {
    const auto name = tokens[i].text;
    const bool called = i + 1 < tokens.size() && tokens[i + 1].is("(");
    if (name == "torch" || name == "CONSTANTS") {
      const auto names = chain(tokens, i, 1);
      if (names.empty() || (name == "torch" && !isAllowed(names[0])))
        refuse(fmt::format("{}.{}", name, names.empty() ? "" : names[0]));
      return 1;
    }
    if (name == "ops") {
      const auto names = chain(tokens, i, 2);
      std::string full;
      for (const auto& part : names) full.append(full.empty() ? "" : ".").append(part);
      if (!others_.contains(full)) refuse("ops." + full);
      return 2;
    }
    if (name == "__torch__") {
      const auto names = chain(tokens, i, tokens.size());
      if (names.empty() || std::ranges::find(names, "classes") != names.end())
        refuse("__torch__.torch.classes");
      return names.size();
    }
    if (name == "getattr" && !called) refuse(name);
    const bool declares = i > 0 && (tokens[i - 1].is("def") || tokens[i - 1].is("class"));
    if (called && !declares && !calls_.contains(name) && !isTemporary(name)) refuse(std::string(name) + "()");
    return 0;
  }

  const std::string archive_, where_;
  const IsOperator& isOperator_;
  const Names operators_ = words(kTensorOperators), others_ = words(kOtherOperators),
              calls_ = words(kPlainCalls);
  Names declared_;
};

}  // namespace

void checkTorchCode(const std::map<std::string, std::string>& sources, const std::string& archive,
                    const IsOperator& isOperator) {
  Checker(archive, isOperator).run(sources);
}

}  // namespace discern::features

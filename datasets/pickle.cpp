#include "datasets/pickle.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/base/error.h"

namespace discern::datasets::pickle {
namespace {

enum Callable { kReconstruct, kNdarray, kDtype, kEncode, kFromBuffer, kScalar, kByteArray };
struct Accepted {
  std::string_view module, name;
  Callable callable;
};
// Data, not code: none of these has an effect beyond making an array or some bytes.
constexpr std::array<Accepted, 11> kAccepted{{
    {"numpy.core.multiarray", "_reconstruct", kReconstruct},
    {"numpy._core.multiarray", "_reconstruct", kReconstruct},
    {"numpy.core.numeric", "_frombuffer", kFromBuffer},
    {"numpy._core.numeric", "_frombuffer", kFromBuffer},
    {"numpy", "ndarray", kNdarray},
    {"numpy", "dtype", kDtype},
    {"numpy.core.multiarray", "scalar", kScalar},
    {"numpy._core.multiarray", "scalar", kScalar},
    {"_codecs", "encode", kEncode},
    {"builtins", "bytearray", kByteArray},
    {"__builtin__", "bytearray", kByteArray},
}};

// Far beyond any real file; bounds the memory that a hostile one can ask for.
constexpr std::size_t kMostValues = 2'000'000;
constexpr std::size_t kMostInTables = 20'000'000;  // a dozen for each of a million images
constexpr std::size_t kMostArguments = 8;
constexpr int kMark = -1;

// A little-endian number of NumPy's type; nothing when there is none of that type.
std::optional<double> numberOf(std::string_view bytes, char type, int width) {
  if (bytes.size() != static_cast<std::size_t>(width) || width < 1 || width > 8) return std::nullopt;
  std::uint64_t bits = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
    bits = bits << 8 | static_cast<unsigned char>(*byte);
  if (type == 'f' && width == 2) {
    const int exponent = static_cast<int>(bits >> 10 & 0x1F);
    const auto fraction = static_cast<double>(bits & 0x3FF);
    const double size = exponent == 0    ? std::ldexp(fraction, -24)
                        : exponent == 31 ? (fraction == 0 ? HUGE_VAL : std::nan(""))
                                         : std::ldexp(fraction + 0x400, exponent - 25);
    return (bits & 0x8000) != 0 ? -size : size;
  }
  if (type == 'f' && width == 4) return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  if (type == 'f' && width == 8) return std::bit_cast<double>(bits);
  if (type == 'b' || type == 'u') return static_cast<double>(bits);
  if (type != 'i') return std::nullopt;
  const int unused = 64 - 8 * width;
  return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
}

double numberIn(const Value& value) {
  return value.kind == Kind::Real ? value.real : static_cast<double>(value.number);
}

// What an opcode that is not accepted would have made, in words.
std::string_view meaningOf(unsigned char opcode) {
  switch (opcode) {
    case '}':
    case 'd':
    case 's':
    case 'u':
      return "it holds a dictionary";
    case 0x8f:
    case 0x90:
    case 0x91:
      return "it holds a set";
    case 'i':
    case 'o':
    case 0x81:
    case 0x92:
      return "it makes objects of a class";
    case 'P':
    case 'Q':
    case 0x82:
    case 0x83:
    case 0x84:
    case 0x97:
      return "it refers to something outside of the file";
    default:
      return "it is not the pickle of anything known, or damaged";
  }
}

class Machine {
 public:
  Machine(std::string_view text, const std::string& name, const Reading& reading)
      : text_(text), name_(name), reading_(reading) {}

  Document run() {
    while (!step(static_cast<unsigned char>(take(1)[0]))) {
    }
    document_.root = pop();
    return std::move(document_);
  }

 private:
  template <typename... Args>
  [[noreturn]] void bad(fmt::format_string<Args...> format, Args&&... args) const {
    fail("{}: {} (at byte {}); {} was expected", name_, fmt::format(format, std::forward<Args>(args)...), at_,
         reading_.expected);
  }

  std::string_view take(std::uint64_t length) {
    if (length > text_.size() - at_) bad("the pickle is cut off");
    const auto part = text_.substr(at_, length);
    at_ += length;
    return part;
  }

  std::uint64_t little(int width) {
    const auto bytes = take(static_cast<std::uint64_t>(width));
    std::uint64_t value = 0;
    for (int i = width - 1; i >= 0; --i)
      value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return value;
  }

  std::uint64_t bigEndian() {
    std::uint64_t value = 0;
    for (const char byte : take(8)) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
  }

  std::string_view line() {
    const auto end = text_.find('\n', at_);
    if (end == std::string_view::npos) bad("the pickle is cut off");
    const auto part = text_.substr(at_, end - at_);
    at_ = end + 1;
    return part;
  }

  int add(Value value) {
    if (document_.values.size() >= (reading_.dictionaries ? kMostInTables : kMostValues))
      bad("it holds too many objects");
    document_.values.push_back(std::move(value));
    return static_cast<int>(document_.values.size()) - 1;
  }
  void push(Value value) { stack_.push_back(add(std::move(value))); }
  void pushNumber(Kind kind, std::int64_t number) {
    Value value;
    value.kind = kind;
    value.number = number;
    push(std::move(value));
  }
  void pushReal(double number) {
    Value value;
    const bool isWhole = number == std::floor(number) && std::abs(number) < 1e15;
    value.kind = isWhole ? Kind::Int : Kind::Real;
    value.real = number;
    value.number = isWhole ? static_cast<std::int64_t>(number) : 0;
    push(std::move(value));
  }
  void pushData(Kind kind, std::uint64_t length) {
    Value value;
    value.kind = kind;
    value.offset = static_cast<std::int64_t>(at_);
    value.length = static_cast<std::int64_t>(take(length).size());
    push(std::move(value));
  }
  void pushItems(Kind kind, std::vector<int> items) {
    Value value;
    value.kind = kind;
    value.items = std::move(items);
    push(std::move(value));
  }

  int pop() {
    if (stack_.empty() || stack_.back() == kMark) bad("its stack is empty");
    const int top = stack_.back();
    stack_.pop_back();
    return top;
  }
  int top() const {
    if (stack_.empty() || stack_.back() == kMark) bad("its stack is empty");
    return stack_.back();
  }
  std::vector<int> popToMark() {
    const auto mark = std::find(stack_.rbegin(), stack_.rend(), kMark);
    if (mark == stack_.rend()) bad("a mark is missing");
    std::vector<int> items(mark.base(), stack_.end());
    stack_.erase(mark.base() - 1, stack_.end());
    return items;
  }
  std::vector<int> popSome(int count) {
    std::vector<int> items(static_cast<std::size_t>(count));
    for (auto item = items.rbegin(); item != items.rend(); ++item) *item = pop();
    return items;
  }
  void extend(const std::vector<int>& items) {
    const int list = top();
    if (value(list).kind != Kind::List) bad("something is appended to what is no list");
    if (reading_.numbers && keepNumbers(value(list), items)) return;
    for (const double number : std::exchange(value(list).numbers, {})) {  // something else follows them
      pushReal(number);
      value(list).items.push_back(pop());
    }
    value(list).items.insert(value(list).items.end(), items.begin(), items.end());
  }
  // Of numbers that were just made and that nothing else can know; their values go.
  bool keepNumbers(Value& list, const std::vector<int>& items) {
    const auto all = std::ssize(document_.values);
    if (!list.items.empty() || items.empty() || items.front() != all - std::ssize(items) ||
        items.front() < known_)
      return false;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Value& item = value(items[i]);
      if (items[i] != items.front() + static_cast<int>(i)) return false;
      if (item.kind != Kind::Int && item.kind != Kind::Real) return false;
    }
    for (const int item : items) list.numbers.push_back(numberIn(value(item)));
    document_.values.resize(static_cast<std::size_t>(items.front()));
    return true;
  }
  void fillDict(const std::vector<int>& items) {
    Value& dict = value(top());
    if (dict.kind != Kind::Dict || items.size() % 2 != 0) bad("entries are put into what is no dictionary");
    dict.items.insert(dict.items.end(), items.begin(), items.end());
  }

  Value& value(int index) { return document_.values[static_cast<std::size_t>(index)]; }
  std::string_view textOf(const Value& v) const {
    return text_.substr(static_cast<std::size_t>(v.offset), static_cast<std::size_t>(v.length));
  }
  bool isString(const Value& v) const { return v.kind == Kind::Text || v.kind == Kind::Bytes; }

  void remember(std::uint64_t key) {
    memo_[key] = top();
    known_ = std::max(known_, top() + 1);
  }
  void recall(std::uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) bad("it refers to object {}, which is not there", key);
    stack_.push_back(found->second);
  }
  std::uint64_t numberLine() {
    const auto text = line();
    std::uint64_t key = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), key);
    if (code != std::errc() || end != text.data() + text.size()) bad("'{}' is not a number", text);
    return key;
  }

  void pushGlobal(std::string_view module, std::string_view name) {
    for (const Accepted& accepted : kAccepted)
      if (accepted.module == module && accepted.name == name)
        return pushNumber(Kind::Global, accepted.callable);
    // A library's own objects are no attack, only nothing that an image set needs.
    const std::string_view package = module.substr(0, module.find('.'));
    if (package == "numpy" || package == "torch" || package == "PIL" || package == "pandas" ||
        package == "mxnet")
      bad("it holds objects of {} ({}.{}), which are not read, so the file is refused; make them plain bytes "
          "and booleans in Python",
          package, module.substr(0, 80), name.substr(0, 80));
    fail(
        "{}: asks Python to use {}.{} (at byte {}), which image data never needs, so the file is refused; it "
        "may be malicious, get it from a source you trust",
        name_, module.substr(0, 80), name.substr(0, 80), at_);
  }

  void startProtocol() {
    if (const auto protocol = little(1); protocol > 5) bad("protocol {} is not known", protocol);
  }
  void namedGlobal() {
    const auto module = line();
    pushGlobal(module, line());
  }
  void stackGlobal() {
    const Value &name = value(pop()), &module = value(pop());
    if (!isString(name) || !isString(module)) bad("a global has no name");
    pushGlobal(textOf(module), textOf(name));
  }

  std::int64_t integerLine();
  double realLine();
  std::int64_t longInteger();
  void makeType(std::string_view code);
  void makeScalar(int type, int data);
  void encode(int text, int encoding);
  void reduce();
  void build();
  void fillArray(Value& array, int type, int data);
  bool stepData(unsigned char opcode);
  bool stepDictionary(unsigned char opcode);
  bool step(unsigned char opcode);

  std::string_view text_;
  const std::string& name_;
  const Reading& reading_;
  int known_ = 0;  // values before this one are remembered
  std::size_t at_ = 0;
  Document document_;
  std::vector<int> stack_;
  std::unordered_map<std::uint64_t, int> memo_;
};

void Machine::fillArray(Value& array, int type, int data) {
  const Value &element = document_.at(type), &bytes = document_.at(data);
  array.type = element.kind == Kind::Type ? element.type : '\0';
  array.width = element.width;
  if (array.type == 'O' && bytes.kind == Kind::List) {  // of Python objects: a list in all but name
    array.kind = Kind::List;
    array.items = bytes.items;
    return;
  }
  if (bytes.kind != Kind::Bytes && bytes.kind != Kind::Encoded)
    bad("an array holds something other than bytes");
  if (array.type == '\0') bad("an array is of a type that is neither bytes (uint8) nor numbers nor booleans");
  array.items = {data};
}

// "u1", "|b1", "<f4", "i8", "S7000", "O8": a byte order may stand in front.
void Machine::makeType(std::string_view code) {
  const bool isSwapped = code.starts_with('>');
  if (isSwapped || code.starts_with('<') || code.starts_with('|') || code.starts_with('='))
    code.remove_prefix(1);
  Value type;
  type.kind = Kind::Type;
  int width = 0;
  const bool isKnown = !code.empty() && std::string_view("biufSO").find(code[0]) != std::string_view::npos;
  if (isKnown && code.size() > 1) {
    const auto [end, failure] = std::from_chars(code.data() + 1, code.data() + code.size(), width);
    if (failure != std::errc() || end != code.data() + code.size()) width = 0;
  }
  if (isKnown && (width > 0 || code[0] == 'S') && !(isSwapped && width > 1)) {
    type.type = code[0];
    type.width = width;
  }
  push(std::move(type));
}

void Machine::makeScalar(int type, int data) {
  const Value element = value(type), bytes = value(data);
  if (element.kind != Kind::Type || (bytes.kind != Kind::Bytes && bytes.kind != Kind::Encoded))
    bad("a number of NumPy's is not one");
  if (element.type == 'S') return push(bytes);
  const auto number = numberOf(textOf(bytes), element.type, element.width);
  if (!number || bytes.kind != Kind::Bytes) bad("a number of NumPy's is of a type that is not read");
  if (element.type == 'b') return pushNumber(Kind::Bool, *number != 0);
  pushReal(*number);
}

// How Python 3 writes bytes in the protocols 0 to 2.
void Machine::encode(int from, int by) {
  Value bytes = value(from);
  const Value& encoding = value(by);
  if (bytes.kind != Kind::Text || encoding.kind != Kind::Text ||
      (textOf(encoding) != "latin1" && textOf(encoding) != "latin-1"))
    bad("text is encoded as something other than latin1");
  const auto text = textOf(bytes);
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
  bytes.kind = plain ? Kind::Bytes : Kind::Encoded;
  push(std::move(bytes));
}

void Machine::reduce() {
  const int tuple = pop(), function = pop();
  if (value(tuple).items.size() > kMostArguments) bad("a function is given too many arguments");
  const Value arguments = value(tuple), callable = value(function);  // copies: pushing moves the values
  if (callable.kind != Kind::Global || arguments.kind != Kind::Tuple)
    bad("something is called that is no function");
  const auto argument = [&](std::size_t i) -> int {
    if (i >= arguments.items.size()) bad("an argument is missing");
    return arguments.items[i];
  };
  switch (static_cast<Callable>(callable.number)) {
    case kReconstruct:
      pushItems(Kind::Array, {});
      return;
    case kDtype: {
      const Value& code = value(argument(0));
      return makeType(isString(code) ? textOf(code) : std::string_view());
    }
    case kScalar:
      return makeScalar(argument(0), argument(1));
    case kByteArray: {
      if (arguments.items.size() == 2) return encode(argument(0), argument(1));
      Value nothing;
      nothing.kind = Kind::Bytes;
      const Value bytes = arguments.items.empty() ? nothing : value(argument(0));
      if (bytes.kind != Kind::Bytes && bytes.kind != Kind::Encoded)
        bad("a bytearray is made of something other than bytes");
      return push(bytes);
    }
    case kEncode:
      return encode(argument(0), argument(1));
    case kFromBuffer: {
      Value array;
      array.kind = Kind::Array;
      fillArray(array, argument(1), argument(0));
      push(std::move(array));
      return;
    }
    case kNdarray:
      bad("numpy.ndarray is called directly");
  }
}

// An array's state is (version, shape, dtype, is Fortran, bytes); a dtype's begins with a version and the
// byte order.
void Machine::build() {
  const Value& state = value(pop());
  Value& object = value(top());
  if (object.kind == Kind::Type) {
    const bool isSwapped = state.kind == Kind::Tuple && state.items.size() > 1 &&
                           isString(value(state.items[1])) && textOf(value(state.items[1])) == ">";
    if (isSwapped && object.width > 1) object.type = '\0';
    return;
  }
  if (object.kind != Kind::Array || state.kind != Kind::Tuple || state.items.size() != 5)
    bad("an object is built that is no array");
  fillArray(object, state.items[2], state.items[4]);
}

std::int64_t Machine::integerLine() {
  const auto text = line();
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size())
    bad("'{}' is not an integer", text.substr(0, 20));
  return number;
}

double Machine::realLine() {
  const auto text = line();
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size())
    bad("'{}' is not a number", text.substr(0, 20));
  return number;
}

// Two's complement, least significant byte first.
std::int64_t Machine::longInteger() {
  const auto bytes = take(little(1));
  if (bytes.size() > 8) bad("an integer is too long");
  std::uint64_t number = !bytes.empty() && (bytes.back() & 0x80) ? ~0ULL : 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
    number = number << 8 | static_cast<unsigned char>(*byte);
  return static_cast<std::int64_t>(number);
}

// clang-format off

// Opcodes that put one piece of data on the stack.
bool Machine::stepData(unsigned char opcode) {
  switch (opcode) {
    case 'N': pushNumber(Kind::None, 0); return true;
    case 0x88: pushNumber(Kind::Bool, 1); return true;
    case 0x89: pushNumber(Kind::Bool, 0); return true;
    case 'K': pushNumber(Kind::Int, static_cast<std::int64_t>(little(1))); return true;
    case 'M': pushNumber(Kind::Int, static_cast<std::int64_t>(little(2))); return true;
    case 'J': pushNumber(Kind::Int, static_cast<std::int32_t>(little(4))); return true;
    case 'F': pushReal(realLine()); return true;
    case 'G': pushReal(std::bit_cast<double>(bigEndian())); return true;
    case 'I': pushNumber(Kind::Int, integerLine()); return true;  // I00 and I01: how protocol 1 spells booleans
    case 0x8a: pushNumber(Kind::Int, longInteger()); return true;
    case 'C': case 'U': pushData(Kind::Bytes, little(1)); return true;
    case 'B': case 'T': pushData(Kind::Bytes, little(4)); return true;
    case 0x8e: case 0x96: pushData(Kind::Bytes, little(8)); return true;
    case 0x8c: pushData(Kind::Text, little(1)); return true;
    case 'X': pushData(Kind::Text, little(4)); return true;
    case 0x8d: pushData(Kind::Text, little(8)); return true;
    case ']': pushItems(Kind::List, {}); return true;
    case ')': pushItems(Kind::Tuple, {}); return true;
    case 'l': pushItems(Kind::List, popToMark()); return true;
    case 't': pushItems(Kind::Tuple, popToMark()); return true;
    case 0x85: case 0x86: case 0x87: pushItems(Kind::Tuple, popSome(opcode - 0x84)); return true;
    default: return false;
  }
}

bool Machine::stepDictionary(unsigned char opcode) {
  switch (opcode) {
    case '}': pushItems(Kind::Dict, {}); return true;
    case 'd': {
      const auto items = popToMark();
      pushItems(Kind::Dict, {});
      fillDict(items);
      return true;
    }
    case 's': fillDict(popSome(2)); return true;
    case 'u': fillDict(popToMark()); return true;
    default: return false;
  }
}

// True at the end of the pickle.
bool Machine::step(unsigned char opcode) {
  if (stepData(opcode)) return false;
  if (reading_.dictionaries && stepDictionary(opcode)) return false;
  switch (opcode) {
    case '.': return true;
    case 0x80: startProtocol(); return false;
    case 0x95: little(8); return false;  // a frame is only a hint for reading ahead
    case '(': stack_.push_back(kMark); return false;
    case '0': pop(); return false;
    case '1': popToMark(); return false;
    case 'a': extend({pop()}); return false;
    case 'e': extend(popToMark()); return false;
    case 'p': remember(numberLine()); return false;
    case 'q': remember(little(1)); return false;
    case 'r': remember(little(4)); return false;
    case 0x94: remember(memo_.size()); return false;
    case 'g': recall(numberLine()); return false;
    case 'h': recall(little(1)); return false;
    case 'j': recall(little(4)); return false;
    case 'c': namedGlobal(); return false;
    case 0x93: stackGlobal(); return false;
    case 'R': reduce(); return false;
    case 'b': build(); return false;
    case 'S': case 'V':
      bad("it is of protocol 0, which stores images as escaped text; save it again in Python with "
          "pickle.dump(data, file, protocol=4)");
    default: bad("{} (opcode 0x{:02x})", meaningOf(opcode), opcode);
  }
}

// clang-format on

}  // namespace

const Value* Document::bytesOf(int index) const {
  const Value* value = &at(index);
  if (value->kind == Kind::Array && value->items.size() == 1 && value->width == 1 && value->type != 'f')
    value = &at(value->items[0]);
  return value->kind == Kind::Bytes || value->kind == Kind::Encoded ? value : nullptr;
}

namespace {
std::vector<double> listed(const Document& document, const Value& list) {
  std::vector<double> numbers = list.numbers;
  for (const int item : list.items) {
    const Value& value = document.at(item);
    if (value.kind != Kind::Int && value.kind != Kind::Real) return {};
    numbers.push_back(numberIn(value));
  }
  return numbers;
}
}  // namespace

std::vector<double> numbersOf(std::string_view pickle, const Document& document, int index) {
  const Value& array = document.at(index);
  if (array.kind == Kind::List || array.kind == Kind::Tuple) return listed(document, array);
  std::vector<double> numbers;
  if (array.kind != Kind::Array || array.items.size() != 1 || array.width < 1 || array.width > 8) return {};
  const Value& bytes = document.at(array.items[0]);
  if (bytes.kind != Kind::Bytes) return {};
  const auto width = static_cast<std::size_t>(array.width);
  auto text = pickle.substr(static_cast<std::size_t>(bytes.offset), static_cast<std::size_t>(bytes.length));
  for (; text.size() >= width; text.remove_prefix(width)) {
    const auto number = numberOf(text.substr(0, width), array.type, array.width);
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

Document parse(std::string_view pickle, const std::string& name, const Reading& reading) {
  if (pickle.empty()) fail("{}: is empty (zero bytes); {} was expected", name, reading.expected);
  return Machine(pickle, name, reading).run();
}

std::string decodeLatin1(std::string_view utf8, const std::string& where) {
  std::string bytes;
  bytes.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x80) {
      bytes += utf8[i];
      continue;
    }
    if ((c != 0xC2 && c != 0xC3) || i + 1 >= utf8.size())
      fail(
          "{}: its text holds a character beyond Latin-1, so it does not stand for an image; save it again "
          "in Python with "
          "pickle.dump(data, file, protocol=4)",
          where);
    bytes += static_cast<char>((c & 0x03) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3F));
  }
  return bytes;
}

}  // namespace discern::datasets::pickle

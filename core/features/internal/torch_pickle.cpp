#include "core/features/internal/torch_pickle.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"

namespace discern::features {
namespace {

// Far beyond any network's.
constexpr std::size_t kMostValues = 1'000'000;
constexpr int kDeepest = 1000;
constexpr int kMark = -1;
constexpr std::int64_t kLargest = std::int64_t{1} << 48;

struct StorageType {
  std::string_view name;
  std::int64_t bytes;
};
constexpr std::array<StorageType, 10> kStorages = {{{"DoubleStorage", 8},
                                                    {"FloatStorage", 4},
                                                    {"HalfStorage", 2},
                                                    {"BFloat16Storage", 2},
                                                    {"LongStorage", 8},
                                                    {"IntStorage", 4},
                                                    {"ShortStorage", 2},
                                                    {"CharStorage", 1},
                                                    {"ByteStorage", 1},
                                                    {"BoolStorage", 1}}};

enum class Kind : std::uint8_t { Other, Int, Text, Tuple, Global, StorageType, Storage };
struct Value {
  Kind kind = Kind::Other;
  int depth = 0;
  std::int64_t number = 0;   // Int; bytes a value of a StorageType; values of a Storage
  std::string_view text{};   // Text; name of a Global
  std::vector<int> items{};  // Tuple
};

class Reader {
 public:
  Reader(std::string_view text, const std::string& where,
         const std::function<std::uint64_t(const std::string&)>& recordBytes)
      : text_(text), where_(where), recordBytes_(recordBytes) {}

  void run() {
    while (!step(static_cast<unsigned char>(take(1)[0]))) {
    }
  }

 private:
  template <typename... Args>
  [[noreturn]] void bad(fmt::format_string<Args...> format, Args&&... args) const {
    fail("{} {}; save the network again with torch.jit.trace(model, image).save(...)", where_,
         fmt::format(format, std::forward<Args>(args)...));
  }

  std::string_view take(std::uint64_t length) {
    if (length > text_.size() - at_) bad("is cut off");
    const auto part = text_.substr(at_, length);
    at_ += length;
    return part;
  }
  std::int64_t little(int width) {
    const auto bytes = take(static_cast<std::uint64_t>(width));
    std::uint64_t value = 0;
    for (int i = width - 1; i >= 0; --i)
      value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return static_cast<std::int64_t>(value);
  }
  std::string_view line() {
    const auto end = text_.find('\n', at_);
    if (end == std::string_view::npos) bad("is cut off");
    const auto part = text_.substr(at_, end - at_);
    at_ = end + 1;
    return part;
  }

  void push(Value value) {
    if (values_.size() >= kMostValues) bad("holds more than {} values", kMostValues);
    if (value.depth > kDeepest) bad("is nested deeper than {} levels", kDeepest);
    values_.push_back(std::move(value));
    stack_.push_back(static_cast<int>(values_.size()) - 1);
  }
  void pushInt(std::int64_t number) { push({.kind = Kind::Int, .number = number}); }
  int pop() {
    if (stack_.empty() || stack_.back() == kMark) bad("is damaged (its stack is empty)");
    const int top = stack_.back();
    stack_.pop_back();
    return top;
  }
  Value& top() {
    if (stack_.empty() || stack_.back() == kMark) bad("is damaged (its stack is empty)");
    return values_[static_cast<std::size_t>(stack_.back())];
  }
  std::vector<int> popToMark() {
    const auto mark = std::find(stack_.rbegin(), stack_.rend(), kMark);
    if (mark == stack_.rend()) bad("is damaged (a mark is missing)");
    std::vector<int> items(mark.base(), stack_.end());
    stack_.erase(mark.base() - 1, stack_.end());
    return items;
  }
  const Value& at(int index) const { return values_[static_cast<std::size_t>(index)]; }
  int depthOf(const std::vector<int>& items) const {
    int depth = 0;
    for (const int item : items) depth = std::max(depth, at(item).depth);
    return depth + 1;
  }
  void pushTuple(std::vector<int> items) {
    const int depth = depthOf(items);
    push({.kind = Kind::Tuple, .depth = depth, .items = std::move(items)});
  }
  // The object below the items takes them in.
  void addTo(const std::vector<int>& items) {
    Value& object = top();
    object.depth = std::max(object.depth, depthOf(items));
    if (object.depth > kDeepest) bad("is nested deeper than {} levels", kDeepest);
  }
  void recall(std::int64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) bad("is damaged (object {} is not there)", key);
    stack_.push_back(found->second);
  }
  void remember(std::int64_t key) {
    top();
    memo_[key] = stack_.back();
  }

  void pushGlobal(std::string_view module, std::string_view name);
  void pushStorage();
  void reduce();
  void checkTensor(const std::vector<int>& arguments) const;
  std::vector<std::int64_t> numbers(int index) const;
  bool step(unsigned char opcode);

  std::string_view text_;
  const std::string& where_;
  const std::function<std::uint64_t(const std::string&)>& recordBytes_;
  std::size_t at_ = 0;
  std::vector<Value> values_;
  std::vector<int> stack_;
  std::unordered_map<std::int64_t, int> memo_;
};

void Reader::pushGlobal(std::string_view module, std::string_view name) {
  const auto isOneOf = [&](auto... names) { return ((name == names) || ...); };
  const bool ours = module.starts_with("__torch__") && !module.starts_with("__torch__.torch.classes");
  const bool container =
      module == "torch.jit._pickle" && isOneOf("build_intlist", "build_tensorlist", "build_doublelist",
                                               "build_boollist", "build_complexlist", "restore_type_tag");
  if (ours || container || (module == "torch._utils" && name == "_rebuild_tensor_v2") ||
      (module == "collections" && name == "OrderedDict") || (module == "torch" && name == "device"))
    return push({.kind = Kind::Global, .text = name});
  const auto storage = std::ranges::find(kStorages, name, &StorageType::name);
  if (module == "torch" && storage != kStorages.end())
    return push({.kind = Kind::StorageType, .number = storage->bytes});
  const bool quantised = module.find("quantized") != std::string_view::npos || name.starts_with("Q") ||
                         name == "_rebuild_qtensor";
  fail("{} asks for {}.{}, which is not among what a recogniser needs; {}", where_, module.substr(0, 80),
       name.substr(0, 80),
       quantised ? "quantised networks are not read, export it in float32"
                 : "export the network alone with torch.jit.trace");
}

// ("storage", type, key, device, how many values)
void Reader::pushStorage() {
  const Value tuple = at(pop());
  const auto item = [&](std::size_t i) -> const Value& { return at(tuple.items[i]); };
  if (tuple.kind != Kind::Tuple || tuple.items.size() != 5 || item(1).kind != Kind::StorageType ||
      item(2).kind != Kind::Text || item(4).kind != Kind::Int)
    bad("is damaged (values of a tensor without type or size)");
  const std::int64_t count = item(4).number;
  const auto bytes = recordBytes_(std::string(item(2).text));
  if (count < 0 || count > kLargest || static_cast<std::uint64_t>(count * item(1).number) > bytes)
    bad("says that a tensor has {} values, its record has {} bytes", count, bytes);
  push({.kind = Kind::Storage, .number = count});
}

std::vector<std::int64_t> Reader::numbers(int index) const {
  const Value& tuple = at(index);
  std::vector<std::int64_t> numbers;
  for (const int item : tuple.items) {
    const Value& value = at(item);
    if (value.kind != Kind::Int || value.number < 0 || value.number > kLargest)
      bad("has a tensor of an impossible shape");
    numbers.push_back(value.number);
  }
  if (tuple.kind != Kind::Tuple) bad("has a tensor without a shape");
  return numbers;
}

// (storage, offset, sizes, strides, ...): LibTorch believes them.
void Reader::checkTensor(const std::vector<int>& arguments) const {
  if (arguments.size() < 4 || at(arguments[0]).kind != Kind::Storage || at(arguments[1]).kind != Kind::Int)
    bad("has a tensor without values");
  const std::int64_t room = at(arguments[0]).number, offset = at(arguments[1]).number;
  const auto sizes = numbers(arguments[2]), strides = numbers(arguments[3]);
  if (sizes.size() != strides.size() || offset < 0 || offset > room)
    bad("has a tensor of an impossible shape");
  if (std::ranges::find(sizes, 0) != sizes.end()) return;
  std::int64_t last = offset;
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    if (strides[d] > 0 && sizes[d] - 1 > (room - last) / strides[d])
      bad("has a tensor that reaches beyond its values");
    last += (sizes[d] - 1) * strides[d];
  }
  if (last >= room) bad("has a tensor that reaches beyond its values");
}

void Reader::reduce() {
  const int tuple = pop(), callable = pop();
  if (at(tuple).kind != Kind::Tuple || at(callable).kind != Kind::Global)
    bad("is damaged (something is called that is no function)");
  if (at(callable).text == "_rebuild_tensor_v2") checkTensor(at(tuple).items);
  push({.depth = at(tuple).depth});
}

// clang-format off
// True at the end of the pickle. These are the opcodes that LibTorch writes.
bool Reader::step(unsigned char opcode) {
  switch (opcode) {
    case '.': return true;
    case 0x80: if (take(1)[0] != 2) bad("is of another protocol than 2"); return false;
    case 'N': case 0x88: case 0x89: push({}); return false;
    case 'K': pushInt(little(1)); return false;
    case 'M': pushInt(little(2)); return false;
    case 'J': pushInt(static_cast<std::int32_t>(little(4))); return false;
    case 0x8a: if (take(1)[0] != 8) bad("holds an integer that is too long"); pushInt(little(8)); return false;
    case 'G': take(8); push({}); return false;
    case 'X': push({.kind = Kind::Text, .text = take(static_cast<std::uint64_t>(little(4)))}); return false;
    case ']': case '}': push({.depth = 1}); return false;
    case ')': pushTuple({}); return false;
    case 't': pushTuple(popToMark()); return false;
    case 0x85: { const int a = pop(); pushTuple({a}); return false; }
    case 0x86: { const int b = pop(), a = pop(); pushTuple({a, b}); return false; }
    case 0x87: { const int c = pop(), b = pop(), a = pop(); pushTuple({a, b, c}); return false; }
    case '(': stack_.push_back(kMark); return false;
    case 'a': addTo({pop()}); return false;
    case 'e': case 'u': addTo(popToMark()); return false;
    case 's': { const int value = pop(), key = pop(); addTo({key, value}); return false; }
    case 'q': remember(little(1)); return false;
    case 'r': remember(little(4)); return false;
    case 'h': recall(little(1)); return false;
    case 'j': recall(little(4)); return false;
    case 'c': { const auto module = line(); pushGlobal(module, line()); return false; }
    case 'Q': pushStorage(); return false;
    case 'R': reduce(); return false;
    case 0x81: { const int arguments = pop(); pop(); push({.depth = at(arguments).depth}); return false; }
    case 'b': addTo({pop()}); return false;
    default: bad("has the opcode 0x{:02x}, which LibTorch does not write", opcode);
  }
}
// clang-format on

}  // namespace

void checkTorchPickle(std::string_view pickle, const std::string& where,
                      const std::function<std::uint64_t(const std::string& key)>& recordBytes) {
  Reader(pickle, where, recordBytes).run();
}

}  // namespace discern::features

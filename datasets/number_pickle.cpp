// Python pickles of features and scores: a dictionary from path to numbers, a list of pairs of both, or, as
// DeepFace keeps them, a list of dictionaries with a path and an embedding each.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/number_readers.h"
#include "datasets/pickle.h"

namespace discern::datasets {
namespace {
using pickle::Kind;
using pickle::Value;

struct Pickle {
  std::string name, bytes;
  pickle::Document document;
  std::vector<int> values;  // of each row, its numbers

  std::string textOf(int index) const {
    const Value& value = document.at(index);
    const auto raw =
        bytes.substr(static_cast<std::size_t>(value.offset), static_cast<std::size_t>(value.length));
    return value.kind == Kind::Encoded ? pickle::decodeLatin1(raw, name) : raw;
  }
  bool isText(int index) const {
    const Kind kind = document.at(index).kind;
    return kind == Kind::Text || kind == Kind::Bytes || kind == Kind::Encoded;
  }
  bool isNumber(int index) const {
    const Kind kind = document.at(index).kind;
    return kind == Kind::Int || kind == Kind::Real;
  }
  // Numbers in a row, without decoding them; -1: it is no row of numbers.
  std::int64_t widthOf(int index) const {
    const Value& value = document.at(index);
    if (isNumber(index)) return 1;
    if (value.kind == Kind::List || value.kind == Kind::Tuple)
      return std::ranges::all_of(value.items, [&](int item) { return isNumber(item); })
                 ? std::ssize(value.items) + std::ssize(value.numbers)
                 : -1;
    if (value.kind != Kind::Array || value.items.size() != 1 || value.width < 1) return -1;
    const Value& inside = document.at(value.items[0]);
    if (inside.kind != Kind::Bytes || value.type == 'S' || value.type == 'O') return -1;
    return inside.length % value.width == 0 ? inside.length / value.width : -1;
  }
  void read(std::int64_t row, float* to, std::int64_t cols) const {
    const int index = values[static_cast<std::size_t>(row)];
    if (isNumber(index)) {
      const Value& value = document.at(index);
      *to = static_cast<float>(value.kind == Kind::Real ? value.real : static_cast<double>(value.number));
      return;
    }
    const auto numbers = pickle::numbersOf(bytes, document, index);
    if (std::ssize(numbers) != cols)
      fail("{}: row {} holds an array of a type that is not read; float16, float32 or float64 was expected",
           name, row + 1);
    std::ranges::transform(numbers, to, [](double v) { return static_cast<float>(v); });
  }
};

[[noreturn]] void failShape(const Pickle& of, std::size_t row, const char* what) {
  fail(
      "{}: entry {} {}; a dictionary from path to numbers, a list of (path, numbers), or a list of "
      "dictionaries "
      "with 'identity' and 'embedding' was expected",
      of.name, row + 1, what);
}

// In a dictionary the value under one of some names; -1: none.
int under(const Pickle& of, const Value& dict, const std::vector<std::string_view>& names) {
  for (const auto name : names)
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
      if (of.isText(dict.items[i]) && of.textOf(dict.items[i]) == name) return dict.items[i + 1];
  return -1;
}

void addRow(Pickle& of, int path, int numbers, std::vector<std::string>& paths) {
  if (path < 0 || !of.isText(path)) failShape(of, paths.size(), "has no path");
  if (numbers < 0 || of.widthOf(numbers) < 0) failShape(of, paths.size(), "has no numbers");
  paths.push_back(of.textOf(path));
  of.values.push_back(numbers);
}

// Paths; fills `values`.
std::vector<std::string> entries(Pickle& of) {
  static const std::vector<std::string_view> kNumbers{"embedding", "embeddings", "feature", "features",
                                                      "score"};
  static const std::vector<std::string_view> kPaths{"path",  "file",     "filename",
                                                    "image", "img_path", "identity"};
  std::vector<std::string> paths;
  const Value root = of.document.at(of.document.root);
  if (root.kind == Kind::Dict) {
    for (std::size_t i = 0; i + 1 < root.items.size(); i += 2)
      addRow(of, root.items[i], root.items[i + 1], paths);
    return paths;
  }
  if ((root.kind != Kind::List && root.kind != Kind::Tuple) || !root.numbers.empty())
    failShape(of, 0, "is no such entry");
  for (const int item : root.items) {
    const Value& entry = of.document.at(item);
    if (entry.kind == Kind::Dict)
      addRow(of, under(of, entry, kPaths), under(of, entry, kNumbers), paths);
    else if ((entry.kind == Kind::List || entry.kind == Kind::Tuple) && entry.items.size() == 2)
      addRow(of, entry.items[0], entry.items[1], paths);
    else
      failShape(of, paths.size(), "is none");
  }
  return paths;
}

}  // namespace

data::NumberRows readPickleRows(const NumberSource& source, Wanted wanted) {
  auto all = std::make_shared<Pickle>();
  all->name = source.file;
  all->bytes = readFile(source.file);
  all->document =
      pickle::parse(all->bytes, source.file,
                    {.expected = "a pickle of paths and numbers", .dictionaries = true, .numbers = true});
  data::NumberRows rows;
  rows.source = source.file;
  rows.paths = entries(*all);
  rows.rows = std::ssize(rows.paths);
  if (rows.rows == 0) fail("{}: is an empty pickle; paths and numbers were expected", source.file);
  rows.cols = all->widthOf(all->values.front());
  for (std::size_t i = 0; i < all->values.size(); ++i)
    if (const auto width = all->widthOf(all->values[i]); width != rows.cols)
      fail("{}: entry {} ({}) has {} numbers, the first has {}", source.file, i + 1, rows.paths[i], width,
           rows.cols);
  if (wanted == Wanted::Score && rows.cols != 1)
    fail("{}: has {} numbers a path; one score was expected", source.file, rows.cols);
  rows.read = [all, cols = rows.cols](std::int64_t first, std::int64_t count, float* to) {
    for (std::int64_t i = 0; i < count; ++i) all->read(first + i, to + i * cols, cols);
  };
  return rows;
}

}  // namespace discern::datasets

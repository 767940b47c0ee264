// Reads the data inside a Python pickle without running anything: enough for InsightFace's .bin files, and no
// more.
//
// Accepted: protocols 1 to 5; None, booleans, integers, floating-point numbers, bytes, byte arrays, Python-2
// strings, text, lists, tuples, where they are asked for dictionaries; NumPy's numbers and byte strings, its
// arrays with one byte an element, of numbers, and of objects. Every other opcode and every other global
// (which is how a pickle runs code) throws Error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace discern::datasets::pickle {

enum class Kind : std::uint8_t {
  None,
  Bool,
  Int,
  Real,
  Bytes,
  Text,
  Encoded,
  List,
  Tuple,
  Global,
  Array,
  Type,
  Dict
};

// Bytes are not copied: they are [offset, offset + length) of the pickle.
// Encoded are bytes that Python 3 wrote as Latin-1 text in UTF-8 (protocols
// 0 to 2), whose bytes in the file are therefore not those of the image.
struct Value {
  Kind kind = Kind::None;
  char type = 0;            // Type, and Array: NumPy's letter: b, i, u, f, S or O
  int width = 0;            // Type, and Array: bytes of an element
  double real = 0;          // Real: not a whole number, or too large for one
  std::int64_t number = 0;  // Bool, Int, Global; a whole floating-point number is an Int
  std::int64_t offset = 0;  // Bytes, Text, Encoded
  std::int64_t length = 0;
  std::vector<int>
      items;  // List, Tuple: indices into Document::values. Array: its bytes. Dict: key, value, key ..
  std::vector<double> numbers = {};  // List: its elements in place of items (Reading::numbers)
};

struct Document {
  std::vector<Value> values;
  int root = -1;

  const Value& at(int index) const { return values[static_cast<std::size_t>(index)]; }
  // The Bytes or Encoded behind a value (an array with one byte an element is looked into); null when it is
  // neither.
  const Value* bytesOf(int index) const;
};

// The elements of an array of numbers, or of a list of nothing else, whose bytes are in `pickle`; empty for
// anything else.
std::vector<double> numbersOf(std::string_view pickle, const Document& document, int index);

// What is asked of a pickle beyond the images that most are read for.
struct Reading {
  const char* expected =
      "a pickle of (images, issame), as InsightFace writes it,";  // in messages: ... was expected
  bool dictionaries = false;
  bool numbers = false;  // a list of many numbers keeps them as numbers, a tenth of the memory
};

// `name` is for the message.
Document parse(std::string_view pickle, const std::string& name, const Reading& reading = {});

// The bytes that an Encoded value stood for. `where` is for the message.
std::string decodeLatin1(std::string_view utf8, const std::string& where);

}  // namespace discern::datasets::pickle

#include "datasets/mat_file.h"

#include <matio.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::datasets {
namespace {

constexpr std::size_t kMost = 50'000'000;  // elements of a variable

struct FreeVariable {
  void operator()(matvar_t* variable) const { Mat_VarFree(variable); }
};
using Variable = std::unique_ptr<matvar_t, FreeVariable>;

// Number of elements; nothing sound has more than kMost.
std::size_t countOf(const matvar_t& variable, const std::string& where) {
  std::size_t count = 1;
  for (int d = 0; d < variable.rank; ++d) {
    const std::size_t extent = variable.dims[d];
    if (extent > 0 && count > kMost / extent) fail("{} claims more elements than such a list has", where);
    count *= extent;
  }
  if (count > kMost) fail("{} claims more elements than such a list has", where);
  return count;
}

Variable read(mat_t* file, const std::string& name, const std::string& path) {
  Variable variable(Mat_VarRead(file, name.c_str()));
  if (!variable) fail("{}: has no variable '{}' that can be read", path, name);
  return variable;
}

// Whether the bytes that were read are as many as its elements need.
bool isWhole(const matvar_t& variable, std::size_t count, std::size_t bytes) {
  return count == 0 || (variable.data != nullptr && variable.nbytes / bytes >= count);
}

std::string textOf(const matvar_t& cell, const std::string& where) {
  const std::size_t count = countOf(cell, where);
  if (cell.class_type != MAT_C_CHAR) fail("{} is no text", where);
  std::string text;
  switch (cell.data_type) {
    case MAT_T_UINT8:
    case MAT_T_INT8:
    case MAT_T_UTF8:
      if (!isWhole(cell, count, 1)) fail("{} is damaged", where);
      if (count > 0) text.assign(static_cast<const char*>(cell.data), count);
      return text;
    case MAT_T_UINT16:
    case MAT_T_UTF16:
      if (!isWhole(cell, count, 2)) fail("{} is damaged", where);
      for (std::size_t i = 0; i < count; ++i) {
        const auto unit = static_cast<const std::uint16_t*>(cell.data)[i];
        if (unit > 127) fail("{} has a character beyond ASCII; names of files were expected", where);
        text += static_cast<char>(unit);
      }
      return text;
    default:
      fail("{} is a text of a kind that is not known", where);
  }
}

template <class T>
std::vector<std::int64_t> wholesOf(const matvar_t& variable, std::size_t count, const std::string& where) {
  if (!isWhole(variable, count, sizeof(T))) fail("{} is damaged", where);
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<double>(static_cast<const T*>(variable.data)[i]);
    if (!(std::abs(value) <= 1e15) || value != std::floor(value))
      fail("{}: number {} is {}; a whole number was expected", where, i + 1, value);
    numbers.push_back(static_cast<std::int64_t>(value));
  }
  return numbers;
}

// Walks a file of version 5 before libmatio reads it, which makes room for whatever a variable claims: every
// element has to lie inside of the one around it, and hold as many bytes as the dimensions of its array need.
class Honesty {
 public:
  explicit Honesty(std::string file) : file_(std::move(file)) {}

  void checkElements(std::string_view bytes, int depth) const {
    if (depth > 6) fail("{}: its variables lie in each other too deep; plain lists were expected", file_);
    while (!bytes.empty()) {
      const Element element = take(bytes);
      if (element.type == kCompressed) {
        const std::string inflated = inflate(element.body);
        checkElements(inflated, depth + 1);
      } else if (element.type == kMatrix && !element.body.empty()) {
        checkMatrix(element.body, depth);
      }
    }
  }

 private:
  static constexpr std::uint32_t kMatrix = 14, kCompressed = 15;
  static constexpr std::uint32_t kCell = 1, kChar = 4, kDouble = 6, kLastNumber = 15;
  static constexpr std::size_t kMostInflated = std::size_t{256} << 20;

  struct Element {
    std::uint32_t type = 0;
    std::string_view body;
  };
  static std::uint32_t number(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
  }
  [[noreturn]] void failDamaged() const { fail("{}: is damaged, or no list of names and numbers", file_); }

  // The first element, which leaves `bytes`: a tag and its data, or both in eight bytes.
  Element take(std::string_view& bytes) const {
    if (bytes.size() < 8) failDamaged();
    Element element{number(bytes, 0), {}};
    std::size_t whole = 8;
    if (const std::uint32_t small = element.type >> 16; small > 0) {
      if (small > 4) failDamaged();
      element.type &= 0xFFFF;
      element.body = bytes.substr(4, small);
    } else {
      const std::size_t size = number(bytes, 4);
      if (size > bytes.size() - 8) failDamaged();
      element.body = bytes.substr(8, size);
      whole += element.type == kCompressed ? size : (size + 7) / 8 * 8;
    }
    bytes.remove_prefix(std::min(whole, bytes.size()));
    return element;
  }

  void checkMatrix(std::string_view body, int depth) const {
    const Element flags = take(body), dims = take(body);
    if (flags.body.size() != 8 || dims.body.size() < 8 || dims.body.size() % 4 != 0) failDamaged();
    const std::uint32_t kind = number(flags.body, 0) & 0xFF;
    take(body);  // the name
    std::uint64_t count = 1;
    for (std::size_t d = 0; d < dims.body.size(); d += 4) {
      count *= number(dims.body, d);
      if (count > body.size()) failDamaged();
    }
    if (kind == kCell) {
      if (count > body.size() / 8) failDamaged();
      checkElements(body, depth + 1);
    } else if (kind != kChar && (kind < kDouble || kind > kLastNumber)) {
      fail("{}: holds a variable that is neither text, numbers nor cells of them; save the lists alone",
           file_);
    }
  }

  std::string inflate(std::string_view packed) const {
    std::string bytes(std::min(kMostInflated, packed.size() * 1100 + 64), '\0');
    auto size = static_cast<uLongf>(bytes.size());
    if (::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                     reinterpret_cast<const Bytef*>(packed.data()),
                     static_cast<uLong>(packed.size())) != Z_OK)
      failDamaged();
    bytes.resize(size);
    return bytes;
  }

  std::string file_;
};

// Version 5 (also called 6 and 7) of a little-endian machine is what MATLAB and SciPy write unless told
// otherwise.
void requireHonest(const std::filesystem::path& file) {
  constexpr std::size_t kHeader = 128;
  const std::string bytes = readFile(file);
  if (bytes.size() < kHeader || bytes.compare(124, 4, std::string("\0\1IM", 4)) != 0)
    fail("{}: is no MATLAB file of version 5 to 7; save it with -v7", file.string());
  Honesty(file.string()).checkElements(std::string_view(bytes).substr(kHeader), 0);
}

}  // namespace

MatFile::MatFile(std::filesystem::path file) : file_(std::move(file)) {
  requireHonest(file_);
  mat_t* opened = Mat_Open(file_.c_str(), MAT_ACC_RDONLY);
  if (!opened) fail("{}: is no MATLAB file that can be read", file_.string());
  open_ = std::shared_ptr<void>(opened, [](void* mat) { Mat_Close(static_cast<mat_t*>(mat)); });
}

std::vector<std::string> MatFile::texts(const std::string& variable) const {
  const Variable list = read(static_cast<mat_t*>(open_.get()), variable, file_.string());
  const std::string where = fmt::format("{}: '{}'", file_.string(), variable);
  if (list->class_type != MAT_C_CELL) fail("{} is no cell array of texts", where);
  const std::size_t count = countOf(*list, where);
  if (!isWhole(*list, count, sizeof(matvar_t*))) fail("{} is damaged", where);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    const matvar_t* cell = static_cast<matvar_t**>(list->data)[i];
    const std::string which = fmt::format("{}, cell {},", where, i + 1);
    if (!cell) fail("{} is empty; a text was expected", which);
    texts.push_back(textOf(*cell, which));
  }
  return texts;
}

namespace {
std::vector<std::int64_t> numbersOf(const matvar_t& list, const std::string& where) {
  const std::size_t count = countOf(list, where);
  if (list.isComplex) fail("{} is complex; whole numbers were expected", where);
  switch (list.class_type) {
    case MAT_C_DOUBLE:
      return wholesOf<double>(list, count, where);
    case MAT_C_SINGLE:
      return wholesOf<float>(list, count, where);
    case MAT_C_INT64:
      return wholesOf<std::int64_t>(list, count, where);
    case MAT_C_UINT64:
      return wholesOf<std::uint64_t>(list, count, where);
    case MAT_C_INT32:
      return wholesOf<std::int32_t>(list, count, where);
    case MAT_C_UINT32:
      return wholesOf<std::uint32_t>(list, count, where);
    case MAT_C_INT16:
      return wholesOf<std::int16_t>(list, count, where);
    case MAT_C_UINT16:
      return wholesOf<std::uint16_t>(list, count, where);
    case MAT_C_INT8:
      return wholesOf<std::int8_t>(list, count, where);
    case MAT_C_UINT8:
      return wholesOf<std::uint8_t>(list, count, where);
    default:
      fail("{} is no list of numbers", where);
  }
}
}  // namespace

std::vector<std::int64_t> MatFile::wholes(const std::string& variable) const {
  const Variable list = read(static_cast<mat_t*>(open_.get()), variable, file_.string());
  return numbersOf(*list, fmt::format("{}: '{}'", file_.string(), variable));
}

std::vector<std::vector<std::int64_t>> MatFile::columns(const std::string& variable,
                                                        std::size_t count) const {
  const Variable table = read(static_cast<mat_t*>(open_.get()), variable, file_.string());
  const std::string where = fmt::format("{}: '{}'", file_.string(), variable);
  const auto numbers = numbersOf(*table, where);
  if (table->rank != 2 || table->dims[1] != count)
    fail("{} is {} x {}; {} columns were expected", where, table->rank > 0 ? table->dims[0] : 0,
         table->rank > 1 ? table->dims[1] : 0, count);
  std::vector<std::vector<std::int64_t>> columns(count);
  const std::size_t rows = count == 0 ? 0 : numbers.size() / count;
  for (std::size_t c = 0; c < count; ++c)
    columns[c].assign(numbers.begin() + static_cast<std::ptrdiff_t>(c * rows),
                      numbers.begin() + static_cast<std::ptrdiff_t>((c + 1) * rows));
  return columns;
}

void writeMatrix(const std::filesystem::path& file, const std::string& variable,
                 const std::vector<std::vector<std::int32_t>>& columns) {
  std::vector<std::int32_t> values;
  for (const auto& column : columns) values.insert(values.end(), column.begin(), column.end());
  std::array<std::size_t, 2> dims = {columns.empty() ? 0 : columns[0].size(), columns.size()};
  // A text of its own, for libmatio's has the date in it.
  mat_t* const mat = Mat_CreateVer(file.c_str(), "MATLAB 5.0 MAT-file, by Discern", MAT_FT_MAT5);
  if (!mat) fail("{} cannot be written; check that the disk has room.", file.string());
  const Variable table(
      Mat_VarCreate(variable.c_str(), MAT_C_INT32, MAT_T_INT32, 2, dims.data(), values.data(), 0));
  const bool written = table && Mat_VarWrite(mat, table.get(), MAT_COMPRESSION_NONE) == 0;
  if (Mat_Close(mat) != 0 || !written)
    fail("{} cannot be written; check that the disk has room.", file.string());
}

}  // namespace discern::datasets

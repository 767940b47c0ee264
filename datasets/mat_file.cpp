#include "datasets/mat_file.h"

#include <matio.h>

#include <cmath>

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

}  // namespace

MatFile::MatFile(std::filesystem::path file) : file_(std::move(file)) {
  requirePlainFile(file_);
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

std::vector<std::int64_t> MatFile::wholes(const std::string& variable) const {
  const Variable list = read(static_cast<mat_t*>(open_.get()), variable, file_.string());
  const std::string where = fmt::format("{}: '{}'", file_.string(), variable);
  const std::size_t count = countOf(*list, where);
  if (list->isComplex) fail("{} is complex; whole numbers were expected", where);
  switch (list->class_type) {
    case MAT_C_DOUBLE:
      return wholesOf<double>(*list, count, where);
    case MAT_C_SINGLE:
      return wholesOf<float>(*list, count, where);
    case MAT_C_INT64:
      return wholesOf<std::int64_t>(*list, count, where);
    case MAT_C_UINT64:
      return wholesOf<std::uint64_t>(*list, count, where);
    case MAT_C_INT32:
      return wholesOf<std::int32_t>(*list, count, where);
    case MAT_C_UINT32:
      return wholesOf<std::uint32_t>(*list, count, where);
    case MAT_C_INT16:
      return wholesOf<std::int16_t>(*list, count, where);
    case MAT_C_UINT16:
      return wholesOf<std::uint16_t>(*list, count, where);
    case MAT_C_INT8:
      return wholesOf<std::int8_t>(*list, count, where);
    case MAT_C_UINT8:
      return wholesOf<std::uint8_t>(*list, count, where);
    default:
      fail("{} is no list of numbers", where);
  }
}

}  // namespace discern::datasets

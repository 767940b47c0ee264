#include "core/data/npy_rows.h"

#include <sys/mman.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {
namespace {

template <class T>
T loaded(const char* bytes) {
  T value{};
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

float ofHalf(const char* bytes) {
  const auto bits = loaded<std::uint16_t>(bytes);
  const int exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
  const float sign = (bits & 0x8000) != 0 ? -1.0F : 1.0F;
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  if (exponent < 31) return sign * std::ldexp(static_cast<float>(fraction | 0x400), exponent - 25);
  return fraction == 0 ? sign * std::numeric_limits<float>::infinity()
                       : std::numeric_limits<float>::quiet_NaN();
}

// `count` elements that are `step` bytes apart become floats that are `stride` apart.
template <class Convert>
void spread(const char* from, std::int64_t step, std::int64_t count, float* to, std::int64_t stride,
            const Convert& convert) {
  for (std::int64_t i = 0; i < count; ++i) to[i * stride] = convert(from + i * step);
}

void convert(const std::string& type, const char* from, std::int64_t step, std::int64_t count, float* to,
             std::int64_t stride) {
  if (type == "<f4")
    spread(from, step, count, to, stride, loaded<float>);
  else if (type == "<f2")
    spread(from, step, count, to, stride, ofHalf);
  else if (type == "<f8")
    spread(from, step, count, to, stride,
           [](const char* b) { return static_cast<float>(loaded<double>(b)); });
  else if (type == "<i4")
    spread(from, step, count, to, stride,
           [](const char* b) { return static_cast<float>(loaded<std::int32_t>(b)); });
  else
    spread(from, step, count, to, stride,
           [](const char* b) { return static_cast<float>(loaded<std::int64_t>(b)); });
}

}  // namespace

// Where the values are: on the disk in C order, or in memory.
struct NpyRows::Storage {
  std::string name;
  std::optional<PlainFile> file;
  std::int64_t offset = 0;  // of the values in it
  std::string bytes;
  const char* values = nullptr;  // in memory, or mapped
  void* mapped = nullptr;
  std::size_t length = 0;

  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;
  ~Storage() {
    if (mapped != nullptr) ::munmap(mapped, length);
  }
};

void NpyRows::take(const std::string& where, const NpyHeader& header) {
  if (!isNumberType(header.type))
    fail("{} holds {}; float16, float32, float64, int32 or int64, little-endian, was expected", where,
         toString(header));
  if (header.shape.empty() || header.shape.size() > 2)
    fail("{} holds {}; rows of numbers (two dimensions) or a number each (one) were expected", where,
         toString(header));
  type_ = header.type;
  width_ = bytesOfType(type_);
  rows_ = header.shape[0];
  cols_ = header.shape.size() > 1 ? header.shape[1] : 1;
  fortran_ = header.fortran && rows_ > 1 && cols_ > 1;
}

NpyRows::NpyRows(const std::filesystem::path& file) {
  auto storage = std::make_shared<Storage>();
  storage->name = file.string();
  storage->file.emplace(file);
  const NpyHeader header = parseNpyHeader(file.string(), readStart(file, kLongestNpyHeader));
  take(file.string(), header);
  const std::int64_t bytes = storage->file->size() - static_cast<std::int64_t>(header.offset);
  // Of 12 digits each: their product may not fit, so one is divided by the other.
  const bool fits = rows_ == 0 || cols_ == 0 ? bytes == 0
                                             : bytes % width_ == 0 && bytes / width_ % rows_ == 0 &&
                                                   bytes / width_ / rows_ == cols_;
  if (!fits)
    fail("{}: is truncated or too long, {} were expected; copy it again", file.string(), toString(header));
  storage->offset = static_cast<std::int64_t>(header.offset);
  if (fortran_) {
    storage->length = static_cast<std::size_t>(storage->file->size());
    void* const base =
        ::mmap(nullptr, storage->length, PROT_READ, MAP_SHARED, storage->file->descriptor(), 0);
    if (base == MAP_FAILED)
      fail("{}: cannot be mapped into memory ({})", file.string(), std::strerror(errno));
    storage->mapped = base;
    storage->values = static_cast<const char*>(base) + header.offset;
  }
  storage_ = std::move(storage);
}

NpyRows::NpyRows(const std::string& where, NpzArray array) {
  take(where, {.type = array.type, .shape = array.shape, .fortran = array.fortran});
  auto storage = std::make_shared<Storage>();
  storage->name = where;
  storage->bytes = std::move(array.bytes);
  storage->values = storage->bytes.data();
  storage_ = std::move(storage);
}

void NpyRows::read(std::int64_t first, std::int64_t count, float* to) const {
  if (first < 0 || count < 0 || first > rows_ || count > rows_ - first)
    throw std::logic_error("rows that an array has not are asked of it");
  if (count == 0 || cols_ == 0) return;
  if (fortran_) {
    for (std::int64_t c = 0; c < cols_; ++c)
      convert(type_, storage_->values + (c * rows_ + first) * width_, width_, count, to + c, cols_);
    return;
  }
  const std::int64_t begin = first * cols_ * width_, values = count * cols_;
  if (storage_->values != nullptr) return convert(type_, storage_->values + begin, width_, values, to, 1);
  const auto bytes = static_cast<std::size_t>(values * width_);
  std::vector<char> room(type_ == "<f4" ? 0 : bytes);
  char* const raw = room.empty() ? reinterpret_cast<char*>(to) : room.data();
  if (storage_->file->read(storage_->offset + begin, raw, bytes) != bytes)
    fail("{}: became shorter while it was read; run again", storage_->name);
  if (!room.empty()) convert(type_, raw, width_, values, to, 1);
}

}  // namespace discern::data

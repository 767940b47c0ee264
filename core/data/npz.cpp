#include "core/data/npz.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::data {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k32 = 0xFFFFFFFF;

struct ZipEntry {
  std::string name;
  int method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0, size = 0, header = 0;  // bytes; place of the local header
};

// Little-endian numbers out of a string, checked.
class Bytes {
 public:
  Bytes(const fs::path& file, std::string bytes) : file_(file), bytes_(std::move(bytes)) {}

  std::uint64_t number(std::uint64_t at, int width) const {
    if (at + static_cast<std::uint64_t>(width) > bytes_.size()) cutOff();
    std::uint64_t value = 0;
    for (int i = width - 1; i >= 0; --i)
      value = value << 8 | static_cast<unsigned char>(bytes_[at + static_cast<std::uint64_t>(i)]);
    return value;
  }
  std::string text(std::uint64_t at, std::uint64_t length) const {
    if (at + length > bytes_.size()) cutOff();
    return bytes_.substr(at, length);
  }
  std::uint64_t size() const { return bytes_.size(); }
  std::string_view view() const { return bytes_; }

 private:
  [[noreturn]] void cutOff() const {
    fail("{}: the file is cut off or no .npz of arrays; save it again with numpy.savez", file_.string());
  }

  const fs::path& file_;
  std::string bytes_;
};

Bytes part(const fs::path& file, std::uint64_t at, std::uint64_t length) {
  return {file, readFile(file, static_cast<std::int64_t>(at), static_cast<std::int64_t>(length))};
}

// The table of contents stands at the end, behind it its own place and size (APPNOTE.TXT, 4.3.16; 4.3.14 when
// the numbers are too large for it).
Bytes readDirectory(const fs::path& file, std::uint64_t fileSize, std::uint64_t& entries) {
  constexpr std::uint64_t kEnd = 22, kLocator = 20;
  const std::uint64_t tailSize = std::min<std::uint64_t>(fileSize, kEnd + 0xFFFF + kLocator);
  const Bytes tail = part(file, fileSize - tailSize, tailSize);
  const auto at = tail.view().rfind("PK\5\6");
  if (at == std::string_view::npos)
    fail("{}: the file is cut off or no .npz of arrays; save it again with numpy.savez", file.string());
  entries = tail.number(at + 10, 2);
  std::uint64_t size = tail.number(at + 12, 4), place = tail.number(at + 16, 4);
  if ((entries == 0xFFFF || size == k32 || place == k32) && at >= kLocator &&
      tail.text(at - kLocator, 4) == "PK\6\7") {
    const Bytes end = part(file, tail.number(at - kLocator + 8, 8), 56);
    entries = end.number(32, 8);
    size = end.number(40, 8);
    place = end.number(48, 8);
  }
  if (place > fileSize || size > fileSize - place)
    fail("{}: the file is cut off; copy it again, or save it again with numpy.savez", file.string());
  return part(file, place, size);
}

std::vector<ZipEntry> readEntries(const fs::path& file) {
  std::uint64_t count = 0;
  const auto fileSize = static_cast<std::uint64_t>(fs::file_size(file));
  const Bytes directory = readDirectory(file, fileSize, count);
  std::vector<ZipEntry> entries;
  std::uint64_t at = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (directory.text(at, 4) != "PK\1\2") fail("{}: the zip's table of contents is damaged", file.string());
    const auto nameLength = directory.number(at + 28, 2), extraLength = directory.number(at + 30, 2);
    ZipEntry entry;
    entry.name = directory.text(at + 46, nameLength);
    entry.method = static_cast<int>(directory.number(at + 10, 2));
    entry.crc = static_cast<std::uint32_t>(directory.number(at + 16, 4));
    entry.packed = directory.number(at + 20, 4);
    entry.size = directory.number(at + 24, 4);
    entry.header = directory.number(at + 42, 4);
    // Of the zip64 field there is only what did not fit, in this order.
    for (std::uint64_t e = at + 46 + nameLength; e + 4 <= at + 46 + nameLength + extraLength;
         e += 4 + directory.number(e + 2, 2)) {
      if (directory.number(e, 2) != 1) continue;
      std::uint64_t value = e + 4;
      for (auto* field : {&entry.size, &entry.packed, &entry.header})
        if (*field == k32) {
          *field = directory.number(value, 8);
          value += 8;
        }
    }
    if ((directory.number(at + 8, 2) & 1) != 0)
      fail("{}: the array {} is encrypted", file.string(), entry.name);
    if (entry.header > fileSize || entry.packed > fileSize)
      fail("{}: the array {} is cut off; copy the file again", file.string(), entry.name);
    entries.push_back(entry);
    at += 46 + nameLength + extraLength + directory.number(at + 32, 2);
  }
  return entries;
}

std::string inflated(const fs::path& file, const ZipEntry& entry, std::string packed) {
  // Deflate cannot do better than 1032 : 1, so a larger claim is a lie, found before memory is asked for.
  if (entry.size / 1032 > entry.packed + 1)
    fail("{}: the array {} claims an impossible size; the file is damaged", file.string(), entry.name);
  std::string bytes(entry.size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) fail("{}: zlib could not be started", file.string());
  // zlib counts in 32 bits.
  int status = Z_OK;
  std::uint64_t in = 0, out = 0;
  constexpr std::uint64_t kStep = 1 << 30;
  while (status == Z_OK) {
    stream.next_in = reinterpret_cast<Bytef*>(packed.data() + in);
    stream.avail_in = static_cast<uInt>(std::min(kStep, packed.size() - in));
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + out);
    stream.avail_out = static_cast<uInt>(std::min(kStep, bytes.size() - out));
    const auto inBefore = stream.avail_in, outBefore = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    in += inBefore - stream.avail_in;
    out += outBefore - stream.avail_out;
    if (status == Z_OK && inBefore == stream.avail_in && outBefore == stream.avail_out) status = Z_BUF_ERROR;
  }
  inflateEnd(&stream);
  if (status != Z_STREAM_END || out != bytes.size())
    fail("{}: the array {} is damaged or cut off; copy the file again", file.string(), entry.name);
  return bytes;
}

std::string contentsOf(const fs::path& file, const ZipEntry& entry) {
  const Bytes header = part(file, entry.header, 30);
  if (header.text(0, 4) != "PK\3\4")
    fail("{}: the array {} is not where the zip's table says; the file is damaged", file.string(),
         entry.name);
  auto bytes = part(file, entry.header + 30 + header.number(26, 2) + header.number(28, 2), entry.packed)
                   .text(0, entry.packed);
  if (entry.method == 8)
    bytes = inflated(file, entry, std::move(bytes));
  else if (entry.method != 0)
    fail("{}: the array {} is packed by method {}; numpy stores or deflates", file.string(), entry.name,
         entry.method);
  auto crc = crc32_z(0, nullptr, 0);
  crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  if (bytes.size() != entry.size || static_cast<std::uint32_t>(crc) != entry.crc)
    fail("{}: the checksum of the array {} does not match; the file is damaged, copy it again", file.string(),
         entry.name);
  return bytes;
}

// Python's text of an array, read with regular expressions, which go as deep as it is long.
constexpr std::size_t kLongestHeader = 4096;

std::string typeOf(const std::string& where, const std::string& header) {
  static constexpr std::array<std::string_view, 5> kKnown = {"<f2", "<f4", "<f8", "<i4", "<i8"};
  static const std::regex descr(R"('descr':\s*'([^']*)')");
  std::smatch match;
  if (!std::regex_search(header, match, descr)) fail("{} has no type; the file is damaged", where);
  if (std::ranges::find(kKnown, match[1].str()) == kKnown.end())
    fail("{} has the type {}; float16, float32, float64, int32 or int64 was expected", where, match[1].str());
  return match[1];
}

std::vector<std::int64_t> shapeOf(const std::string& where, const std::string& header) {
  static const std::regex shape(R"('shape':\s*\(([0-9, ]*)\))");
  static const std::regex number("[0-9]{1,12}");
  std::smatch match;
  if (!std::regex_search(header, match, shape)) fail("{} has no shape; the file is damaged", where);
  const std::string list = match[1];
  std::vector<std::int64_t> sizes;
  for (std::sregex_iterator at(list.begin(), list.end(), number), end; at != end; ++at)
    sizes.push_back(std::stoll(at->str()));
  return sizes;
}

NpzArray arrayOf(const std::string& where, const std::string& bytes) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
  if (bytes.size() < 12 || bytes.compare(0, 6, "\x93NUMPY") != 0) fail("{} is no NumPy array", where);
  const bool v1 = byte(6) == 1;
  const std::size_t start = v1 ? 10 : 12;
  const std::size_t length =
      v1 ? byte(8) | byte(9) << 8 : byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
  if (length > bytes.size() - start) fail("{} has a header that is cut off", where);
  if (length > kLongestHeader)
    fail("{} has a header of {} bytes, at most {} were expected; the file is damaged", where, length,
         kLongestHeader);
  const std::string header = bytes.substr(start, length);
  NpzArray array{.type = typeOf(where, header), .shape = shapeOf(where, header)};
  array.fortran = header.find("'fortran_order': True") != std::string::npos;
  const std::uint64_t room =
      (bytes.size() - start - length) / static_cast<std::uint64_t>(array.elementBytes());
  std::uint64_t count = std::ranges::find(array.shape, 0) == array.shape.end() ? 1 : 0;
  for (const auto size : array.shape) {
    if (count > 0 &&
        count > room / static_cast<std::uint64_t>(size)) {  // before it is too large for its type
      count = room + 1;
      break;
    }
    count *= static_cast<std::uint64_t>(size);
  }
  if (count != room) fail("{} holds {} values, its shape says otherwise", where, room);
  array.bytes = bytes.substr(start + length, room * static_cast<std::uint64_t>(array.elementBytes()));
  return array;
}

}  // namespace

int NpzArray::elementBytes() const { return type.back() - '0'; }

std::map<std::string, NpzArray> readNpz(const fs::path& file) {
  if (!fs::is_regular_file(file)) fail("{}: no such file", file.string());
  if (readFile(file, 0, 2) != "PK")
    fail("{}: no .npz (a zip of arrays); save the tensors with numpy.savez", file.string());
  std::map<std::string, NpzArray> arrays;
  for (const auto& entry : readEntries(file)) {
    if (!entry.name.ends_with(".npy"))
      fail("{}: it holds {}, which is no array; a .npz written by numpy.savez was expected", file.string(),
           entry.name);
    const std::string name = entry.name.substr(0, entry.name.size() - 4);
    arrays[name] = arrayOf(fmt::format("{}: the array {}", file.string(), name), contentsOf(file, entry));
  }
  return arrays;
}

}  // namespace discern::data

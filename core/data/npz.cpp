#include "core/data/npz.h"

#include <zlib.h>

#include <algorithm>
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
  std::string take() && { return std::move(bytes_); }
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
  auto bytes =
      part(file, entry.header + 30 + header.number(26, 2) + header.number(28, 2), entry.packed).take();
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

// The first bytes of an array, as many as its header can have.
std::string startOf(const fs::path& file, const ZipEntry& entry) {
  constexpr std::uint64_t kRoom = 64 << 10;  // packed, more than such a header needs
  const Bytes header = part(file, entry.header, 30);
  const std::uint64_t at = entry.header + 30 + header.number(26, 2) + header.number(28, 2);
  const std::uint64_t length = std::min(entry.packed, kRoom);
  std::string packed = part(file, at, length).text(0, length);
  if (entry.method != 8) return packed;
  std::string bytes(std::min<std::uint64_t>(kLongestNpyHeader, entry.size), '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) fail("{}: zlib could not be started", file.string());
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  inflate(&stream, Z_SYNC_FLUSH);
  bytes.resize(bytes.size() - stream.avail_out);
  inflateEnd(&stream);
  return bytes;
}

NpzArray arrayOf(const std::string& where, std::string bytes, bool withTexts) {
  const NpyHeader header = parseNpyHeader(where, bytes);
  if (!isNumberType(header.type) && !(withTexts && isTextType(header.type)))
    fail("{} has the type {}; float16, float32, float64, int32 or int64{} was expected", where, header.type,
         withTexts ? ", or text that is no Python object," : "");
  NpzArray array{.type = header.type, .shape = header.shape, .fortran = header.fortran};
  const std::uint64_t room =
      (bytes.size() - header.offset) / static_cast<std::uint64_t>(array.elementBytes());
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
  bytes.resize(header.offset + room * static_cast<std::uint64_t>(array.elementBytes()));
  bytes.erase(0, header.offset);
  array.bytes = std::move(bytes);
  return array;
}

std::vector<ZipEntry> arraysIn(const fs::path& file) {
  if (!fs::is_regular_file(file)) fail("{}: no such file", file.string());
  if (readFile(file, 0, 2) != "PK")
    fail("{}: no .npz (a zip of arrays); save the tensors with numpy.savez", file.string());
  auto entries = readEntries(file);
  for (auto& entry : entries) {
    if (!entry.name.ends_with(".npy"))
      fail("{}: it holds {}, which is no array; a .npz written by numpy.savez was expected", file.string(),
           entry.name);
    entry.name.resize(entry.name.size() - 4);
  }
  return entries;
}

std::string placeOf(const fs::path& file, const ZipEntry& entry) {
  return fmt::format("{}: the array {}", file.string(), entry.name);
}

// Code points beyond Unicode become nothing.
void appendUtf8(std::string& text, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x110000) {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

int NpzArray::elementBytes() const { return bytesOfType(type); }

std::map<std::string, NpzArray> readNpz(const fs::path& file) {
  std::map<std::string, NpzArray> arrays;
  for (const auto& entry : arraysIn(file))
    arrays[entry.name] = arrayOf(placeOf(file, entry), contentsOf(file, entry), false);
  return arrays;
}

std::map<std::string, NpyHeader> listNpz(const fs::path& file) {
  std::map<std::string, NpyHeader> headers;
  for (const auto& entry : arraysIn(file))
    headers[entry.name] = parseNpyHeader(placeOf(file, entry), startOf(file, entry));
  return headers;
}

NpzArray readNpzArray(const fs::path& file, const std::string& name) {
  for (const auto& entry : arraysIn(file))
    if (entry.name == name) return arrayOf(placeOf(file, entry), contentsOf(file, entry), true);
  fail("{}: holds no array called {}", file.string(), name);
}

std::vector<std::string> textsOf(const NpzArray& array) {
  const auto width = static_cast<std::size_t>(array.elementBytes());
  std::vector<std::string> texts;
  texts.reserve(array.bytes.size() / width);
  for (std::size_t at = 0; at + width <= array.bytes.size(); at += width) {
    const std::string_view element = std::string_view(array.bytes).substr(at, width);
    std::string text;
    if (array.type[1] == 'S') {
      text = element;
    } else {
      for (std::size_t i = 0; i < width; i += 4) {
        std::uint32_t code = 0;
        for (std::size_t b = 4; b-- > 0;) code = code << 8 | static_cast<unsigned char>(element[i + b]);
        appendUtf8(text, code);
      }
    }
    while (text.ends_with('\0')) text.pop_back();
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace discern::data

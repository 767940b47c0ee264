#include "datasets/tar.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kBlock = 512;
constexpr std::int64_t kMostExtended = 1 << 20;  // bytes of a long name or of pax records
constexpr std::int64_t kMostSize = std::numeric_limits<std::int64_t>::max() / 4;

class FileSource : public TarSource {
 public:
  explicit FileSource(const fs::path& file) : file_(file) {}
  std::size_t read(std::int64_t offset, char* to, std::size_t length) override {
    if (offset >= file_.size()) return 0;
    at_ = offset;
    return file_.read(offset, to, length);
  }
  std::int64_t position() const override { return at_; }

 private:
  PlainFile file_;
  std::int64_t at_ = 0;
};

// A gzip file from its beginning to its end; several packed parts one behind the other are one, as for gzip.
class Gunzip {
 public:
  explicit Gunzip(const fs::path& file) : path_(file), file_(file), in_(1 << 16, '\0') {
    if (inflateInit2(&stream_, MAX_WBITS + 16) != Z_OK) fail("{}: zlib could not be started", file.string());
  }
  ~Gunzip() { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // The next bytes; fewer than `length` only at the end.
  std::size_t next(char* to, std::size_t length) {
    std::size_t got = 0;
    while (got < length && !ended_) {
      if (stream_.avail_in == 0) refill();
      if (ended_) break;
      const auto room = static_cast<uInt>(std::min<std::size_t>(length - got, 1U << 30));
      stream_.next_out = reinterpret_cast<Bytef*>(to + got);
      stream_.avail_out = room;
      const int status = inflate(&stream_, Z_NO_FLUSH);
      got += room - stream_.avail_out;
      inPart_ = stream_.total_in >= 10;  // of a header
      if (status == Z_STREAM_END) {
        inflateReset(&stream_);
        inPart_ = false;
        parts_ = true;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        // What stands behind a whole part and is none itself is padding, for gzip too.
        if (!parts_ || stream_.total_out > 0)
          fail("{}: is damaged (it cannot be unpacked); get it again", path_.string());
        ended_ = true;
      }
    }
    return got;
  }
  std::int64_t position() const { return at_; }

 private:
  void refill() {
    const std::size_t count = file_.read(at_, in_.data(), in_.size());
    at_ += static_cast<std::int64_t>(count);
    stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
    stream_.avail_in = static_cast<uInt>(count);
    if (count > 0) return;
    if (inPart_ || !parts_) fail("{}: is cut off (its packed data end early); get it again", path_.string());
    ended_ = true;
  }

  fs::path path_;
  PlainFile file_;
  std::string in_;
  z_stream stream_{};
  std::int64_t at_ = 0;
  bool inPart_ = false, parts_ = false, ended_ = false;
};

class GzipSource : public TarSource {
 public:
  explicit GzipSource(const fs::path& file) : gunzip_(file) {}
  std::size_t read(std::int64_t offset, char* to, std::size_t length) override {
    std::array<char, 1 << 14> passed{};
    while (at_ < offset) {
      const auto step = static_cast<std::size_t>(std::min<std::int64_t>(offset - at_, passed.size()));
      const std::size_t got = gunzip_.next(passed.data(), step);
      at_ += static_cast<std::int64_t>(got);
      if (got < step) return 0;
    }
    const std::size_t got = gunzip_.next(to, length);
    at_ += static_cast<std::int64_t>(got);
    return got;
  }
  std::int64_t position() const override { return gunzip_.position(); }

 private:
  Gunzip gunzip_;
  std::int64_t at_ = 0;  // in what is unpacked
};

std::string_view textOf(const char* field, std::size_t length) {
  return {field, static_cast<std::size_t>(std::find(field, field + length, '\0') - field)};
}

// Octal digits between blanks, or, with the first bit set, a binary number (GNU).
std::optional<std::int64_t> numberOf(const char* field, std::size_t length) {
  if ((static_cast<unsigned char>(field[0]) & 0x80) != 0) {
    std::uint64_t value = static_cast<unsigned char>(field[0]) & 0x7F;
    for (std::size_t i = 1; i < length; ++i) {
      if (value > static_cast<std::uint64_t>(kMostSize) >> 8) return std::nullopt;
      value = value << 8 | static_cast<unsigned char>(field[i]);
    }
    return static_cast<std::int64_t>(value);
  }
  std::string_view text = textOf(field, length);
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty()) return 0;
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
  if (code != std::errc() || end != text.data() + text.size() || value < 0 || value > kMostSize)
    return std::nullopt;
  return value;
}

// The sum of all bytes, those of the sum itself as blanks; old writers took bytes for signed.
bool hasItsChecksum(const char* block) {
  const auto stated = numberOf(block + 148, 8);
  std::int64_t plain = 0, withSign = 0;
  for (int i = 0; i < kBlock; ++i) {
    const char byte = i >= 148 && i < 156 ? ' ' : block[i];
    plain += static_cast<unsigned char>(byte);
    withSign += static_cast<signed char>(byte);
  }
  return stated && (*stated == plain || *stated == withSign);
}

std::int64_t padded(std::int64_t size) { return (size + kBlock - 1) / kBlock * kBlock; }

}  // namespace

struct TarReader::Header {
  std::array<char, kBlock> block{};
  std::int64_t at = 0, size = 0;
  char type = '0';

  std::string name() const {
    std::string name(textOf(block.data(), 100));
    const std::string_view prefix = textOf(block.data() + 345, 155);
    if (std::memcmp(block.data() + 257, "ustar\0", 6) == 0 && !prefix.empty())
      name = std::string(prefix) + "/" + name;
    return name;
  }
};

struct TarReader::Extended {
  std::optional<std::string> name;
  std::optional<std::int64_t> size;
  bool sparse = false;
};

std::unique_ptr<TarSource> openTar(const fs::path& file) { return std::make_unique<FileSource>(file); }
std::unique_ptr<TarSource> openTarGz(const fs::path& file) { return std::make_unique<GzipSource>(file); }

void unpackGzip(const fs::path& file, const fs::path& to, const std::function<void(std::int64_t)>& step) {
  Gunzip gunzip(file);
  AtomicFile whole(to);
  std::ofstream out(whole.temporary(), std::ios::binary);
  if (!out) fail("{}: cannot be written; check the folder's permissions", to.string());
  std::string bytes(1 << 18, '\0');
  std::int64_t told = 0;
  for (std::size_t got = bytes.size(); got == bytes.size();) {
    got = gunzip.next(bytes.data(), bytes.size());
    if (!out.write(bytes.data(), static_cast<std::streamsize>(got)))
      fail("{}: could not be written to the end; is the disk full?", to.string());
    step(gunzip.position() - told);
    told = gunzip.position();
  }
  out.close();
  if (!out) fail("{}: could not be written to the end; is the disk full?", to.string());
  whole.commit();
}

bool TarReader::stop(std::string why) {
  problem_ = std::move(why);
  return false;
}

bool TarReader::readHeader(Header& header) {
  header.at = at_;
  const std::size_t got = source_.read(at_, header.block.data(), kBlock);
  if (got == 0)
    return stop(
        fmt::format("ends at byte {} without the empty block of an archive's end; it may be cut off", at_));
  if (got < kBlock) return stop(fmt::format("is cut off inside the header at byte {}", at_));
  if (std::ranges::all_of(header.block, [](char c) { return c == '\0'; })) return false;
  if (!hasItsChecksum(header.block.data()))
    return stop(
        fmt::format("is damaged: there is no sound header at byte {}; what is behind it was not read", at_));
  const auto size = numberOf(header.block.data() + 124, 12);
  if (!size) return stop(fmt::format("is damaged: the header at byte {} states no size", at_));
  header.size = *size;
  header.type = header.block[156];
  at_ += kBlock;
  return true;
}

// False where the contents are not there to the last byte.
bool TarReader::readStart(const Header& header, std::string& start) {
  start.resize(static_cast<std::size_t>(std::min(header.size, TarMember::kStart)));
  bool whole = start.empty() || source_.read(at_, start.data(), start.size()) == start.size();
  char last = 0;
  if (header.size > TarMember::kStart) whole = whole && source_.read(at_ + header.size - 1, &last, 1) == 1;
  if (whole) return true;
  return stop(fmt::format("is cut off: the member at byte {} claims {} bytes, which are not all there",
                          header.at, header.size));
}

// "27 path=a/b.jpg\n": a length that counts itself, a key and a value.
bool TarReader::readExtended(const Header& header, Extended& extended) {
  if (header.size > kMostExtended)
    return stop(
        fmt::format("is damaged: the extended header at byte {} claims {} bytes", header.at, header.size));
  std::string text(static_cast<std::size_t>(header.size), '\0');
  if (source_.read(at_, text.data(), text.size()) < text.size())
    return stop(fmt::format("is cut off inside the extended header at byte {}", header.at));
  at_ += padded(header.size);
  if (header.type == 'L') {
    extended.name = std::string(textOf(text.data(), text.size()));
    return true;
  }
  if (header.type != 'x' && header.type != 'X') return true;  // of a link's target, or of all members
  for (std::string_view rest = text; !rest.empty() && rest.front() != '\0';) {
    std::size_t length = 0;
    const auto [digits, code] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
    const auto used = static_cast<std::size_t>(digits - rest.data());
    if (code != std::errc() || length > rest.size() || length < used + 3 || rest[used] != ' ' ||
        rest[length - 1] != '\n')
      return stop(fmt::format("is damaged: the extended header at byte {} makes no sense", header.at));
    const std::string_view record = rest.substr(used + 1, length - used - 2);
    rest.remove_prefix(length);
    const auto equals = std::min(record.find('='), record.size() - 1);
    const std::string_view key = record.substr(0, equals), value = record.substr(equals + 1);
    if (key == "path") extended.name = std::string(value);
    if (key.starts_with("GNU.sparse.")) extended.sparse = true;
    if (key != "size") continue;
    std::int64_t size = 0;
    const auto [end, sized] = std::from_chars(value.data(), value.data() + value.size(), size);
    if (sized != std::errc() || end != value.data() + value.size() || size < 0 || size > kMostSize)
      return stop(fmt::format("is damaged: the extended header at byte {} states no size", header.at));
    extended.size = size;
  }
  return true;
}

// An old GNU sparse file has more blocks of its map before its contents.
void TarReader::skipSparseMap(const char* block) {
  std::array<char, kBlock> more{};
  for (bool goesOn = block[482] != '\0'; goesOn; goesOn = more[504] != '\0') {
    if (source_.read(at_, more.data(), kBlock) < kBlock) return;
    at_ += kBlock;
  }
}

bool TarReader::next(TarMember& member) {
  if (!problem_.empty()) return false;
  Extended extended;
  Header header;
  while (readHeader(header)) {
    if (std::strchr("LKxXg", header.type) != nullptr && header.type != '\0') {
      if (!readExtended(header, extended)) return false;
      continue;
    }
    std::string name = extended.name.value_or(header.name());
    if (extended.size) header.size = *extended.size;
    const bool sparse = extended.sparse || header.type == 'S';
    extended = {};
    if (header.type >= '1' && header.type <= '6') {  // links, devices, folders, pipes: no contents
      others_ += header.type == '5' ? 0 : 1;
      continue;
    }
    if (header.type == 'S') skipSparseMap(header.block.data());
    if (!readStart(header, member.start)) return false;
    const std::int64_t offset = at_;
    at_ += padded(header.size);
    const bool plain = header.type == '0' || header.type == '\0' || header.type == '7';
    if (!plain || sparse) {
      ++others_;
    } else if (!name.ends_with('/')) {
      member.name = std::move(name);
      member.offset = offset;
      member.size = header.size;
      return true;
    }
  }
  return false;
}

}  // namespace discern::datasets

// Tar archives, read one member after the other: USTAR, GNU (long names, large sizes) and pax headers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/files.h"

namespace discern::datasets {

// Bytes that can be read at growing places: of a file, or of what gzip packed.
class TarSource {
 public:
  virtual ~TarSource() = default;
  // How many of `length` bytes there are from `offset`, which never goes back. Throws Error.
  virtual std::size_t read(std::int64_t offset, char* to, std::size_t length) = 0;
  // How much of the file on the disk was looked at, for a progress.
  virtual std::int64_t position() const = 0;
};

// Throws Error as PlainFile.
std::unique_ptr<TarSource> openTar(const std::filesystem::path& file);
// Of a .tar.gz, unpacked while it is read. read() throws Error that names the file when it is damaged.
std::unique_ptr<TarSource> openTarGz(const std::filesystem::path& file);
// Writes the tar that is packed in `file` to `to`, whole or not at all. `step` is told how many bytes of
// `file` were read and may throw. Throws Error: damaged, or the disk is full.
void unpackGzip(const std::filesystem::path& file, const std::filesystem::path& to,
                const std::function<void(std::int64_t)>& step);

// A plain file of the archive.
struct TarMember {
  std::string name;
  std::int64_t offset = 0, size = 0;  // of its contents
  std::string start;                  // the first kStart bytes of them, or all
  static constexpr std::int64_t kStart = 4096;
};

class TarReader {
 public:
  explicit TarReader(TarSource& source) : source_(source) {}

  // The next plain file; folders are passed over. False at the end, or where the archive is damaged.
  bool next(TarMember& member);
  // Why the archive ends early, with the byte; empty: it does not.
  const std::string& problem() const { return problem_; }
  // Members that are no plain files (links, sparse files, devices) and were passed over.
  std::int64_t others() const { return others_; }

 private:
  struct Header;
  struct Extended;  // what headers say of the member behind them

  bool readHeader(Header& header);
  bool readExtended(const Header& header, Extended& extended);
  bool readStart(const Header& header, std::string& start);
  void skipSparseMap(const char* block);
  bool stop(std::string why);

  TarSource& source_;
  std::int64_t at_ = 0;  // of the next header
  std::int64_t others_ = 0;
  std::string problem_;
};

}  // namespace discern::datasets

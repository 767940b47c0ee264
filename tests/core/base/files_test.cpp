#include "core/base/files.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "tests/core/base/special_files.h"

namespace discern {
namespace {
namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() { fs::create_directories(folder_); }
  ~Files() override { fs::remove_all(folder_); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  const fs::path folder_ = fs::path(::testing::TempDir()) / "discern_files";
  const fs::path file_ = folder_ / "some.txt";
};

TEST_F(Files, WritesAndReadsBack) {
  const std::string bytes("a\0b\r\nc", 6);
  writeFileAtomically(file_, bytes);
  EXPECT_EQ(readFile(file_), bytes);
  EXPECT_EQ(readFile(file_, 2, 3), bytes.substr(2, 3));
  EXPECT_EQ(readFile(file_, 4), "\nc");
  EXPECT_EQ(readFile(file_, 6), "");
  EXPECT_EQ(readStart(file_, 3), bytes.substr(0, 3));
  EXPECT_EQ(readStart(file_, 100), bytes);
  writeFileAtomically(file_, "");
  EXPECT_EQ(readFile(file_), "");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, ReadingBeyondTheEndOrNothingIsAnErrorThatNamesTheFile) {
  writeFileAtomically(file_, "12345");
  EXPECT_THROW(readFile(file_, 3, 3), Error);
  EXPECT_THROW(readFile(file_, 6), Error);
  EXPECT_THROW(readFile(file_, -1, 2), Error);
  EXPECT_THROW(readFile(folder_), Error);
  try {
    readFile(folder_ / "gone.txt");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("gone.txt"), std::string::npos);
  }
}

TEST_F(Files, APlaceThatNoFileReachesIsNoOverflow) {
  constexpr auto kFarthest = std::numeric_limits<std::int64_t>::max();
  writeFileAtomically(file_, "12345");
  EXPECT_THROW(readFile(file_, kFarthest, 5), Error);
  EXPECT_THROW(readFile(file_, 5, kFarthest), Error);
  EXPECT_THROW(readFile(file_, kFarthest, kFarthest), Error);
  EXPECT_THROW(readFile(file_, std::numeric_limits<std::int64_t>::min()), Error);
}

TEST_F(Files, OnlyPlainFilesAreOpened) {
  const test::Alarm alarm;
  test::makePipe(folder_ / "pipe");
  fs::create_symlink("/dev/zero", folder_ / "endless");
  fs::create_symlink("pipe", folder_ / "link");
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{AF_UNIX, {}};
  const std::string place = (folder_ / "socket").string();
  ASSERT_LT(place.size(), sizeof address.sun_path);
  place.copy(address.sun_path, place.size());
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const std::pair<const char*, const char*> kinds[] = {{"pipe", "a named pipe"},
                                                       {"link", "a named pipe"},
                                                       {"endless", "a device"},
                                                       {"socket", "a socket"},
                                                       {".", "a folder"}};
  for (const auto& [name, kind] : kinds) {
    const fs::path file = folder_ / name;
    const auto refuses = [&](const auto& action) {
      try {
        action();
        ADD_FAILURE() << file << " was taken";
      } catch (const Error& e) {
        EXPECT_EQ(std::string(e.what()),
                  file.string() + ": is " + kind + "; a plain file was expected, give the path of one");
      }
    };
    refuses([&] { readFile(file); });
    refuses([&] { readFile(file, 0, 0); });
    refuses([&] { hashOfFile(file); });
    refuses([&] { requirePlainFile(file); });
    refuses([&] { PlainFile(file, PlainFile::Mode::ReadWrite); });
  }
  ::close(socket);
  writeFileAtomically(file_, "12345");
  fs::create_symlink(file_, folder_ / "to plain");
  EXPECT_EQ(readFile(folder_ / "to plain"), "12345");  // a link is as good as what it leads to
  EXPECT_NO_THROW(requirePlainFile(folder_ / "to plain"));
  EXPECT_THROW(requirePlainFile(folder_ / "gone"), Error);
}

TEST_F(Files, TheHashIsOfTheContentsAlone) {
  const auto hashed = [&](const std::string& contents) {
    writeFileAtomically(file_, contents);
    return hashOfFile(file_);
  };
  const std::string nineteen = "0123456789abcdefghi";
  const auto hash = hashed(nineteen);
  writeFileAtomically(folder_ / "other.txt", nineteen);
  EXPECT_EQ(hashOfFile(folder_ / "other.txt"), hash);
  for (std::size_t i = 0; i < nineteen.size(); ++i) {  // every byte counts, those of the last, short word too
    std::string changed = nineteen;
    changed[i] ^= 1;
    EXPECT_NE(hashed(changed), hash) << i;
  }
  EXPECT_NE(hashed("89abcdef01234567ghi"), hash);  // so does their order
  EXPECT_NE(hashed(nineteen + '\0'), hash);        // and their number
  EXPECT_NE(hashed(""), hashed(std::string(1, '\0')));
  EXPECT_THROW(hashOfFile(folder_ / "gone.txt"), Error);
}

TEST_F(Files, AnUncommittedFileLeavesTheOldOneAndNoTrace) {
  writeFileAtomically(file_, "old");
  {
    AtomicFile next(file_);
    std::ofstream(next.temporary()) << "half of the n";
    EXPECT_EQ(readFile(file_), "old");
    EXPECT_EQ(entries(), 2U);
  }
  EXPECT_EQ(readFile(file_), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, CommitReplacesTheOldOne) {
  writeFileAtomically(file_, "old");
  AtomicFile next(file_);
  std::ofstream(next.temporary()) << "new";
  next.commit();
  EXPECT_EQ(readFile(file_), "new");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, WritingWhereItIsImpossibleIsAnError) {
  EXPECT_THROW(writeFileAtomically(folder_ / "no" / "such" / "folder.txt", "x"), Error);
  EXPECT_THROW(AtomicFile(file_).commit(), Error);  // nothing was written
  EXPECT_EQ(entries(), 0U);
  fs::create_directories(folder_ / "a folder" / "inside");
  EXPECT_THROW(writeFileAtomically(folder_ / "a folder", "x"), Error);
  EXPECT_EQ(entries(), 1U);
}

}  // namespace
}  // namespace discern

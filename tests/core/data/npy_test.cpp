#include "core/data/npy.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/core/base/special_files.h"

namespace discern::data {
namespace {
namespace fs = std::filesystem;

// What numpy.save writes: version, dictionary padded with blanks to 64 bytes, a newline, the values.
std::string npy(const std::string& dictionary, const std::string& values, char version = 1) {
  std::string header = dictionary;
  const std::size_t prefix = version == 1 ? 10 : 12;
  header.append(63 - (prefix + header.size()) % 64, ' ');
  header += '\n';
  std::string text = "\x93NUMPY";
  text += version;
  text += '\0';
  for (std::size_t i = 0; i < prefix - 8; ++i) text += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  return text + header + values;
}

std::string floats(const std::vector<float>& values) {
  std::string bytes(values.size() * 4, '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

class Npy : public ::testing::Test {
 protected:
  ~Npy() override { fs::remove(file_); }
  std::string messageOf(const std::string& bytes) {
    writeFileAtomically(file_, bytes);
    try {
      loadNpy(file_);
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("discern_array.npy"), std::string::npos);
      return e.what();
    }
    return "loaded";
  }
  const fs::path file_ = fs::path(::testing::TempDir()) / "discern_array.npy";
  const std::string shape23_ = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
};

TEST_F(Npy, ReadsWhatNumPyWrites) {
  for (const char version : {1, 2}) {
    writeFileAtomically(file_, npy(shape23_, floats({1, 2, 3, 4, 5, 6.5F}), version));
    const Matrix m = loadNpy(file_);
    EXPECT_EQ(m.rows, 2);
    EXPECT_EQ(m.cols, 3);
    EXPECT_EQ(m.values, (std::vector<float>{1, 2, 3, 4, 5, 6.5F}));
  }
}

TEST_F(Npy, OneDimensionIsOneColumn) {
  writeFileAtomically(file_,
                      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", floats({1, 2, 3, 4})));
  const Matrix m = loadNpy(file_);
  EXPECT_EQ(m.rows, 4);
  EXPECT_EQ(m.cols, 1);
  EXPECT_EQ(m.row(3)[0], 4);
}

TEST_F(Npy, WritesWhatNumPyWould) {
  Matrix m(2, 3);
  m.values = {1, 2, 3, 4, 5, 6};
  saveNpy(file_, m.view());
  EXPECT_EQ(readFile(file_), npy(shape23_, floats(m.values)));
}

TEST_F(Npy, NumPyAgrees) {
  if (std::system("/usr/bin/python3 -c 'import numpy' 2>/dev/null") != 0)
    GTEST_SKIP() << "needs Python with NumPy";
  Matrix m(2, 3);
  m.values = {1, 2, 3, 4, 5, 6};
  saveNpy(file_, m.view());
  const std::string script =
      "import numpy, sys; p = sys.argv[1]; a = numpy.load(p); "
      "assert a.shape == (2, 3) and a.dtype == numpy.float32 and a[1, 0] == 4; "
      "numpy.save(p, (a * 2).astype(numpy.float32))";
  ASSERT_EQ(std::system(("/usr/bin/python3 -c '" + script + "' " + file_.string()).c_str()), 0);
  EXPECT_EQ(loadNpy(file_).values, (std::vector<float>{2, 4, 6, 8, 10, 12}));
}

TEST_F(Npy, RefusesWhatItCannotRead) {
  const std::string good = npy(shape23_, floats({1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(messageOf(good), "loaded");
  EXPECT_NE(messageOf(good.substr(0, good.size() - 1)).find("truncated"), std::string::npos);
  EXPECT_NE(messageOf(good.substr(0, 40)).find("cut off"), std::string::npos);
  EXPECT_NE(messageOf("").find("empty"), std::string::npos);
  EXPECT_NE(messageOf("PK\3\4 this is a .npz").find("not a NumPy array"), std::string::npos);
  EXPECT_NE(
      messageOf(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", std::string(48, '\0')))
          .find("float32"),
      std::string::npos);
  EXPECT_NE(
      messageOf(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", std::string(24, '\0')))
          .find("Fortran"),
      std::string::npos);
  EXPECT_NE(
      messageOf(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }", std::string(24, '\0')))
          .find("dimension"),
      std::string::npos);
  EXPECT_THROW(loadNpy(file_.parent_path() / "discern_gone.npy"), Error);
}

TEST_F(Npy, RefusesAHostileHeader) {
  const auto shaped = [](const std::string& shape) {
    return "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
  };
  const std::string values(64, '\0');
  const auto message = [&](const std::string& shape, char version = 1) {
    return messageOf(npy(shaped(shape), values, version));
  };
  EXPECT_EQ(message("4, 4"), "loaded");
  EXPECT_EQ(message("4, 4,"), "loaded");
  const std::string digits(1 << 20, '1');
  EXPECT_NE(message(digits + ", 4", 2).find("1048"), std::string::npos);  // says how long it is
  EXPECT_NE(message("4" + std::string(1 << 20, ' ') + ", 4", 2), "loaded");
  EXPECT_NE(message(fmt::format("{:1>5000}, 4", "")).find("absurd shape"), std::string::npos);
  // Products of these are 16 again, modulo 2^64.
  for (const char* shape : {"4611686018427387905, 16", "1152921504606846977, 16", "-4, -4", "4 4", "4", ", 4",
                            "4,, 4", "4, 4, 1", "0x4, 4", "4.0, 4", "999999999999999, 999999999999999"})
    EXPECT_NE(message(shape), "loaded") << shape;
  EXPECT_NE(message("999999999999999, 0"), "loaded");  // rows of nothing, but 64 bytes
}

TEST_F(Npy, IsAsLongAsItsHeaderSays) {
  const std::string good = npy(shape23_, floats({1, 2, 3, 4, 5, 6}));
  for (const int extra : {1, 4, 12, 4096})
    EXPECT_NE(messageOf(good + std::string(static_cast<std::size_t>(extra), '\0')).find("too long"),
              std::string::npos)
        << extra;
  for (const int missing : {1, 4, 12, 24})
    EXPECT_NE(messageOf(good.substr(0, good.size() - static_cast<std::size_t>(missing))).find("truncated"),
              std::string::npos)
        << missing;
  // A float that begins anywhere cannot be read through a pointer.
  std::string shifted = npy(shape23_, floats({1, 2, 3, 4, 5, 6}));
  shifted.insert(shifted.find('\n'), " ");
  ++shifted[8];
  EXPECT_NE(messageOf(shifted).find("multiple of four"), std::string::npos);
}

TEST_F(Npy, ANamedPipeIsNotWaitedFor) {
  const test::Alarm alarm;
  test::makePipe(file_);
  EXPECT_THROW(loadNpy(file_), Error);
  EXPECT_THROW(MappedNpy(file_, MappedNpy::Mode::ReadWrite), Error);
  EXPECT_THROW(MappedNpy(file_.parent_path()), Error);
}

TEST_F(Npy, MappedRowsArePersistentAndUnwrittenOnesRecognisable) {
  {
    MappedNpy mapped = MappedNpy::create(file_, 3, 2);
    mapped.row(1)[0] = 5;
    mapped.row(1)[1] = 6;
    mapped.flush();
  }
  const Matrix m = loadNpy(file_);
  EXPECT_TRUE(std::isnan(m.row(0)[0]));
  EXPECT_TRUE(std::isnan(m.row(2)[1]));
  EXPECT_EQ(m.row(1)[0], 5);
  {
    MappedNpy again(file_, MappedNpy::Mode::ReadWrite);
    MappedNpy moved = std::move(again);
    moved.row(2)[1] = 9;
  }
  const MappedNpy read(file_);
  EXPECT_EQ(read.view().rows, 3);
  EXPECT_EQ(read.view().row(1)[1], 6);
  EXPECT_EQ(read.view().row(2)[1], 9);
}

TEST_F(Npy, AFileThatIsMadeAnewStaysWholeForWhoHasItMapped) {
  constexpr std::int64_t kRows = 100'000;  // many pages
  {
    MappedNpy first = MappedNpy::create(file_, kRows, 1);
    first.row(kRows - 1)[0] = 7;
  }
  const MappedNpy old(file_);
  const MappedNpy fresh = MappedNpy::create(file_, 1, 1);
  EXPECT_EQ(old.view().row(kRows - 1)[0], 7);
  EXPECT_TRUE(std::isnan(fresh.view().row(0)[0]));
  EXPECT_EQ(loadNpy(file_).rows, 1);
}

// Read to memory it is whole or an Error, and never the end of the program.
TEST_F(Npy, LoadingAFileThatIsCutShortMeanwhileIsAnError) {
  saveNpy(file_, Matrix(200'000, 1).view());
  const auto size = fs::file_size(file_);
  std::atomic<bool> done = false;
  std::thread other([&] {
    while (!done) {
      fs::resize_file(file_, size / 2);
      fs::resize_file(file_, size);
    }
  });
  for (int i = 0; i < 300; ++i) {
    try {
      EXPECT_EQ(loadNpy(file_).rows, 200'000);
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("truncated"), std::string::npos) << e.what();
    }
  }
  done = true;
  other.join();
  fs::resize_file(file_, size / 2);
  EXPECT_THROW(loadNpy(file_), Error);
}

TEST_F(Npy, EmptyArraysRoundTrip) {
  saveNpy(file_, Matrix(0, 512).view());
  const Matrix m = loadNpy(file_);
  EXPECT_EQ(m.rows, 0);
  EXPECT_EQ(m.cols, 512);
}

}  // namespace
}  // namespace discern::data

#include <zlib.h>

#include <set>
#include <stop_token>

#include "core/imaging/image.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/tar_writer.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;
using test::TarWriter;

std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  deflateEnd(&stream);
  return packed.substr(0, stream.total_out);
}

class WebDataset : public DatasetTest {
 protected:
  // "identity: pixel values"
  static Lines pixels(const data::Dataset& dataset) {
    Lines lines(dataset.identities.begin(), dataset.identities.end());
    for (auto& line : lines) line += ":";
    for (const auto& s : dataset.samples)
      lines.at(static_cast<std::size_t>(s.identity)) +=
          " " + std::to_string(imaging::loadImage(s.image).at<cv::Vec3b>(0, 0)[0]);
    return lines;
  }
  LoadOptions unpacking(bool dryRun = false) const {
    LoadOptions options;
    options.unpackTo = root_ / "unpacked";
    options.dryRun = dryRun;
    return options;
  }
};

TEST_F(WebDataset, ShardsAreOneSetAndImagesStayInThem) {
  write("set/faces-0000.tar", TarWriter().sample("0001", 1, "3").sample("0002", 2, "12\n").whole());
  write("set/faces-0001.tar", TarWriter().sample("0003", 3, " 3 ").whole());
  write("set/index.json", "{}");
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "webdataset");
  EXPECT_EQ(pixels(dataset), (Lines{"3: 1 3", "12: 2"}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  EXPECT_EQ(dataset.samples[0].image.file, (root_ / "set/faces-0000.tar").string());
  EXPECT_EQ(dataset.samples[0].image.offset, 512);
  EXPECT_EQ(dataset.samples[0].image.length, 12);
  EXPECT_EQ(pixels(import("set/faces-0001.tar")), Lines{"3: 3"});
  EXPECT_EQ(pixels(import("set", "auto", {.identities = {"12"}})), Lines{"12: 2"});
}

TEST_F(WebDataset, WhatPythonWritesIsReadInEachOfItsFormats) {
  for (const char* kind : {"ustar", "gnu", "pax"}) {
    SCOPED_TRACE(kind);
    const auto file = fs::path(DISCERN_SOURCE_DIR) / "tests/golden" / fmt::format("tiny_{}.tar", kind);
    Progress progress;
    const auto dataset = load(file, "auto", {}, progress);
    EXPECT_EQ(pixels(dataset), (Lines{"7: 1 3", "12: 2"}));
    ASSERT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
    EXPECT_NE(dataset.problems[0].what.find("2 members that are no plain files"), std::string::npos);
  }
}

TEST_F(WebDataset, TheKeyEndsAtTheFirstDotOfTheFilesNameAndFoldersAreKept) {
  TarWriter w;
  w.add("a.b/1.seg.png", "mask").sample("a.b/1", 1, "x").add("a.b/1.json", "{}");
  w.sample("c/1", 2, "y");                         // another folder, another sample
  w.add("._c", "mac").add("c/.hidden.jpg", "no");  // nobody's
  w.add("d/README", "text");
  write("s.tar", w.whole());
  const auto dataset = import("s.tar");
  EXPECT_EQ(pixels(dataset), (Lines{"x: 1", "y: 2"}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
}

TEST_F(WebDataset, SamplesThatCannotBeUsedAreNamed) {
  const std::string image = std::string("P5 1 1 255\n") + '\x09';
  TarWriter w;
  w.sample("ok", 1, "p").sample("ok2", 2, "q");
  w.add("alone.jpg", image);
  w.add("blank.jpg", image).add("blank.cls", " \n");
  w.add("long.jpg", image).add("long.cls", std::string(300, 'x'));
  w.add("two.jpg", image).add("two.cls", "p").add("two.cls", "q");
  w.add("text.jpg", "no image").add("text.cls", "p");
  w.add("none.jpg", "").add("none.cls", "p");
  w.add("both.jpg", "P5 1 1 255\nx").add("both.png", image).add("both.cls", "p");
  w.add("apart.jpg", image).add("between.txt", "x").add("apart.cls", "p");
  write("s.tar", w.whole());
  const auto dataset = import("s.tar");
  EXPECT_EQ(pixels(dataset), (Lines{"p: 1 120", "q: 2"}));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: alone.jpg", "no alone.cls")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "s.tar: blank.jpg", "blank"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: long.jpg", "short line"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: two.jpg", "2 classes"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: text.jpg", "no known image"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: none.jpg", "zero bytes"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: both", "the first was taken"));
  EXPECT_TRUE(hasProblem(dataset, "s.tar: apart.jpg", "no apart.cls"));
  EXPECT_EQ(dataset.problems.size(), 8U) << listProblems(dataset);
}

TEST_F(WebDataset, AnotherEndingMaySayWhoItIs) {
  write("s.tar", TarWriter().add("1.jpg", "P5 1 1 255\nx").add("1.txt", "anna").sample("2", 2, "9").whole());
  LoadOptions options;
  options.extra = {{"label", "txt"}};
  EXPECT_EQ(pixels(import("s.tar", "auto", options)), Lines{"anna: 120"});
  options.extra = {{"label", "jpg"}};
  EXPECT_NE(errorOf("s.tar", "auto", options).find("option label"), std::string::npos);
}

// Each kind of damage, and what is read in front of it.
TEST_F(WebDataset, DamagedShardsKeepWhatIsInFrontOfTheDamage) {
  const std::string two = TarWriter().sample("1", 1, "p").sample("2", 2, "q").bytes;
  const std::string third = TarWriter().sample("3", 3, "p").bytes, end(1024, '\0');
  const auto expect = [&](const std::string& bytes, const std::string& why) {
    write("s.tar", bytes);
    const auto dataset = import("s.tar");
    EXPECT_EQ(pixels(dataset), (Lines{"p: 1", "q: 2"})) << why;
    EXPECT_TRUE(hasProblem(dataset, "s.tar", why)) << why << ":\n" << listProblems(dataset);
  };
  expect(two, "ends at byte 4096 without the empty block");
  expect(two + third.substr(0, 300), "cut off inside the header at byte 4096");
  expect(two + third.substr(0, 520), "cut off: the member at byte 4096 claims 12 bytes");
  std::string wrong = third;
  wrong[0] = 'x';
  expect(two + wrong + end, "no sound header at byte 4096");
  expect(two + TarWriter::header("3.jpg", 0, '0', "77777777777") + end, "claims 8589934591 bytes");
  std::string huge = "\x80" + std::string(11, '\0');
  huge[4] = '\x7f';
  expect(two + TarWriter::header("3.jpg", 0, '0', huge) + end, "header at byte 4096 states no size");
  huge[4] = '\x01';
  expect(two + TarWriter::header("3.jpg", 0, '0', huge) + end, "which are not all there");
  expect(two + TarWriter::header("3.jpg", 0, '0', "-0000000010") + end, "states no size");
  expect(two + TarWriter::header("x", 1 << 30, 'x') + end, "extended header at byte 4096 claims");
  expect(two + TarWriter().add("x", "99999 path=a\n", 'x').bytes + end, "makes no sense");
  expect(two + TarWriter().add("x", "12 size=abc\n", 'x').bytes + end, "states no size");
  expect(two + TarWriter::header("x", 700, 'L') + std::string(100, 'a'),
         "cut off inside the extended header");
}

TEST_F(WebDataset, LinksAndSparseFilesAreCountedAndGnuNumbersAreRead) {
  TarWriter w;
  w.sample("1", 1, "p");
  w.bytes += TarWriter::header("2.jpg", 12, '2');  // a link has no contents, whatever its size says
  w.sample("3", 3, "q");
  std::string sparse = TarWriter::header("4.jpg", 512, 'S', "", "ustar  ");
  w.bytes += sparse + std::string(512, 'x');
  std::string binary = "\x80" + std::string(11, '\0');
  binary[11] = '\x0c';
  w.bytes += TarWriter::header("5.jpg", 0, '0', binary) + "P5 1 1 255\n\x05" + std::string(500, '\0');
  w.add("5.cls", "p");
  w.add("g", "20 comment=global\n..", 'g').sample("6", 6, "q");
  write("s.tar", w.whole());
  const auto dataset = import("s.tar");
  EXPECT_EQ(pixels(dataset), (Lines{"p: 1 5", "q: 3 6"})) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "s.tar", "2 members that are no plain files")) << listProblems(dataset);
}

TEST_F(WebDataset, AShardThatCannotBeReadLeavesTheOthers) {
  write("set/a.tar", TarWriter().sample("1", 1, "p").sample("2", 2, "q").whole());
  write("set/b.tar", "no archive at all, but longer than a header" + std::string(600, 'x'));
  write("set/c.tar", "");
  fs::create_symlink("/dev/zero", root_ / "set/d.tar");
  const auto dataset = import("set");
  EXPECT_EQ(pixels(dataset), (Lines{"p: 1", "q: 2"}));
  EXPECT_TRUE(hasProblem(dataset, "set/b.tar", "no sound header at byte 0")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set/c.tar", "ends at byte 0"));
  EXPECT_TRUE(hasProblem(dataset, "set/d.tar", "is a device"));
  EXPECT_NE(errorOf("set/b.tar").find("holds no usable image"), std::string::npos) << errorOf("set/b.tar");
  EXPECT_NE(errorOf("set", "webdataset", {.identities = {"z"}}).find("no identity matches"),
            std::string::npos);
}

TEST_F(WebDataset, ArchivesBesideFoldersOfImagesMakeNoWebDataset) {
  writeImage("set/anna/1.png");
  writeImage("set/ben/1.png");
  write("set/download.tar.gz", "whatever");
  EXPECT_EQ(import("set").format, "folder");
  fs::create_directories(root_ / "empty");
  EXPECT_NE(errorOf("empty", "webdataset").find("holds no .tar"), std::string::npos);
}

TEST_F(WebDataset, PackedShardsAreUnpackedOnce) {
  const std::string tar = TarWriter().sample("1", 1, "p").sample("2", 2, "q").whole();
  write("set/a.tar.gz", gzipped(tar));
  write("set/b.TGZ", gzipped(TarWriter().sample("3", 3, "p").whole()));
  write("set/c.tar", TarWriter().sample("4", 4, "q").whole());
  EXPECT_NE(errorOf("set").find("cannot be read in place"), std::string::npos) << errorOf("set");
  const auto dataset = import("set", "auto", unpacking());
  EXPECT_EQ(pixels(dataset), (Lines{"p: 1 3", "q: 2 4"}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  EXPECT_EQ(readFile(root_ / "unpacked/a.tar"), tar);
  EXPECT_EQ(dataset.samples[0].image.file, (root_ / "unpacked/a.tar").string());
  // As long as the packed one is the same, the unpacked one is taken as it is.
  const auto time = fs::last_write_time(root_ / "unpacked/a.tar");
  write("unpacked/a.tar", TarWriter().sample("1", 7, "p").whole());
  fs::last_write_time(root_ / "unpacked/a.tar", time);
  EXPECT_EQ(pixels(import("set", "auto", unpacking())), (Lines{"p: 7 3", "q: 4"}));
  fs::last_write_time(root_ / "set/a.tar.gz", time + std::chrono::seconds(5));
  EXPECT_EQ(pixels(import("set", "auto", unpacking())), (Lines{"p: 1 3", "q: 2 4"}));
}

TEST_F(WebDataset, ADryRunOfPackedShardsWritesNothing) {
  write("set/a.tar.gz", gzipped(TarWriter().sample("1", 1, "p").sample("2", 2, "q").whole()));
  const auto dataset = import("set", "auto", unpacking(true));
  EXPECT_EQ(dataset.samples.size(), 2U);
  EXPECT_EQ(dataset.identities, (Lines{"p", "q"}));
  EXPECT_FALSE(fs::exists(root_ / "unpacked"));
}

TEST_F(WebDataset, PythonsGzipIsReadAndThePlainShardGoesFirst) {
  const auto golden = fs::path(DISCERN_SOURCE_DIR) / "tests/golden";
  fs::create_directories(root_ / "set");
  fs::copy(golden / "tiny_pax.tar.gz", root_ / "set/tiny_pax.tar.gz");
  EXPECT_EQ(pixels(import("set", "auto", unpacking())), (Lines{"7: 1 3", "12: 2"}));
  EXPECT_EQ(readFile(root_ / "unpacked/tiny_pax.tar"), readFile(golden / "tiny_pax.tar"));
  fs::copy(golden / "tiny_ustar.tar", root_ / "set/tiny_pax.tar");
  const auto both = import("set", "auto", unpacking());
  EXPECT_EQ(both.samples.size(), 3U);
  EXPECT_TRUE(hasProblem(both, "set/tiny_pax.tar.gz", "unpacked")) << listProblems(both);
}

TEST_F(WebDataset, DamagedPackedShardsLeaveNothingBehind) {
  const std::string packed = gzipped(TarWriter().sample("1", 1, "p").sample("2", 2, "q").whole());
  write("set/a.tar.gz", packed.substr(0, packed.size() / 2));
  EXPECT_NE(errorOf("set", "auto", unpacking()).find("is cut off"), std::string::npos)
      << errorOf("set", "auto", unpacking());
  write("set/b.tar.gz", "no gzip at all");
  write("set/c.tar.gz", packed + gzipped("") + std::string(100, '\0'));  // padding, as tape drives leave it
  const auto dataset = import("set", "auto", unpacking());
  EXPECT_EQ(pixels(dataset), (Lines{"p: 1", "q: 2"}));
  EXPECT_TRUE(hasProblem(dataset, "set/a.tar.gz", "is cut off")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set/b.tar.gz", "is damaged")) << listProblems(dataset);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(root_ / "unpacked"))
    left.insert(entry.path().filename().string());
  EXPECT_EQ(left, std::set<std::string>{"c.tar"});
}

TEST_F(WebDataset, UnpackingStopsWhenItIsAsked) {
  std::string noise(3 << 20, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i * 31 >> 7);
  write("a.tar.gz", gzipped(TarWriter().sample("1", 1, "p").add("1.bin", noise).whole()));
  std::stop_source stop;
  stop.request_stop();
  Progress progress({}, stop.get_token());
  EXPECT_THROW(load(root_ / "a.tar.gz", "auto", unpacking(), progress), Cancelled);
  EXPECT_TRUE(!fs::exists(root_ / "unpacked") || fs::is_empty(root_ / "unpacked"));
}

}  // namespace
}  // namespace discern::datasets

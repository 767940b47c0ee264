// Whatever the bytes of a container: a data set or an Error, nothing else.
#include <algorithm>

#include "core/base/rng.h"
#include "datasets/pickle.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/pickle_samples.h"

namespace discern::datasets {
namespace {

std::string damaged(std::string bytes, Rng& rng) {
  for (auto edits = 1 + rng.below(4); edits > 0 && !bytes.empty(); --edits) {
    const auto at = static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(bytes.size())));
    switch (rng.below(5)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ 1 << rng.below(8));
        break;
      case 1:
        bytes[at] = static_cast<char>(rng.chance(0.3) ? 0xFF : rng.below(256));
        break;
      case 2:
        bytes.erase(at, static_cast<std::size_t>(1 + rng.below(8)));
        break;
      case 3:
        bytes.insert(
            at, bytes.substr(static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(bytes.size()))),
                             static_cast<std::size_t>(1 + rng.below(20))));
        break;
      default:
        bytes.resize(at);
    }
  }
  return bytes;
}

TEST(PickleFuzz, IsReadOrRefused) {
  int read = 0, refused = 0;
  for (const auto& sample : {samples::kPython2, samples::kProtocol1, samples::kProtocol2, samples::kProtocol4,
                             samples::kArrays2, samples::kArrays4, samples::kArrays5, samples::kAttack4}) {
    for (std::uint64_t i = 0; i < 1500; ++i) {
      Rng rng(mixSeed(i, sample));
      const std::string input = damaged(sample, rng);
      try {
        const auto document = pickle::parse(input, "x");
        ASSERT_GE(document.root, 0);
        for (std::size_t v = 0; v < document.values.size(); ++v) {
          if (const auto* bytes = document.bytesOf(static_cast<int>(v))) {
            ASSERT_GE(bytes->offset, 0);
            ASSERT_LE(static_cast<std::size_t>(bytes->offset + bytes->length), input.size());
          }
          for (const int item : document.values[v].items) {
            ASSERT_GE(item, 0);
            ASSERT_LT(static_cast<std::size_t>(item), document.values.size());
          }
        }
        ++read;
      } catch (const Error&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(read, 500);
  EXPECT_GT(refused, 2000);
}

class FileFuzz : public DatasetTest {
 protected:
  void expectDataOrError(const std::string& path, const std::string& format,
                         const LoadOptions& options = {}) {
    try {
      const auto dataset = import(path, format, options);
      ASSERT_FALSE(dataset.samples.empty());
      for (const auto& s : dataset.samples) {
        const auto size = static_cast<std::int64_t>(std::filesystem::file_size(s.image.file));
        ASSERT_GE(s.image.offset, 0);
        ASSERT_LE(s.image.offset + s.image.length, size);
        ASSERT_LT(static_cast<std::size_t>(s.identity), dataset.identities.size());
      }
      ++loaded_;
    } catch (const Error&) {
      ++refused_;
    }
  }
  int loaded_ = 0, refused_ = 0;
};

TEST_F(FileFuzz, BinFiles) {
  for (std::uint64_t i = 0; i < 200; ++i) {
    Rng rng(i);
    write("x.bin", damaged(i % 2 ? samples::kProtocol4 : samples::kArrays4, rng));
    expectDataOrError("x.bin", "bin");
  }
  EXPECT_GT(loaded_, 5);
  EXPECT_GT(refused_, 40);
}

TEST_F(FileFuzz, RecordFiles) {
  std::string rec, idx;
  for (std::uint32_t key = 0; key < 4; ++key) {
    const bool header = key == 0;
    const std::string image = header ? "" : "P5 1 1 255\nx";
    const auto u32 = [](std::uint32_t v) { return std::string(reinterpret_cast<const char*>(&v), 4); };
    idx += std::to_string(key) + "\t" + std::to_string(rec.size()) + "\n";
    const std::string labels = header ? u32(0x40800000) + u32(0x40A00000) : "";  // 4, 5
    rec += u32(0xced7230a) + u32(static_cast<std::uint32_t>(24 + labels.size() + image.size())) +
           u32(header ? 2 : 0) + u32(0x3F800000) + std::string(16, '\0') + labels + image;
  }
  for (std::uint64_t i = 0; i < 300; ++i) {
    Rng rng(i);
    write("train.rec", i % 4 != 0 ? damaged(rec, rng) : rec);
    write("train.idx", i % 4 != 1 ? damaged(idx, rng) : idx);
    expectDataOrError("", "rec");
  }
  EXPECT_GT(loaded_, 20);
  EXPECT_GT(refused_, 40);
}

TEST_F(FileFuzz, TarFiles) {
  const auto golden = std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden";
  const std::string plain = readFile(golden / "tiny_gnu.tar"), packed = readFile(golden / "tiny_pax.tar.gz");
  LoadOptions options;
  options.unpackTo = root_ / "unpacked";
  for (std::uint64_t i = 0; i < 300; ++i) {
    Rng rng(i);
    write("x.tar", damaged(plain.substr(0, 11 * 512), rng));  // what is behind is padding
    expectDataOrError("x.tar", "webdataset");
    write("y.tar.gz", damaged(packed, rng));
    expectDataOrError("y.tar.gz", "webdataset", options);
  }
  EXPECT_GT(loaded_, 100);
  EXPECT_GT(refused_, 100);
}

TEST_F(FileFuzz, Tables) {
  writeImage("a/a_0001.png");
  writeImage("a/a_0002.png");
  writeImage("b/b_0001.png");
  const std::string pairs = "1\t1\na\t1\t2\na\t1\tb\t1\n";
  const std::string table =
      "template,identity,path,x,y,width,height\n1,a,a/a_0001.png,1,2,3,4\n2,b,b/b_0001.png,1,1,1,1\n";
  for (std::uint64_t i = 0; i < 200; ++i) {
    Rng rng(i);
    write("pairs.txt", damaged(pairs, rng));
    expectDataOrError("", "lfw");
    write("table.csv", damaged(table, rng));
    expectDataOrError("table.csv", "templates");
    write("groups.csv", damaged("group,identity,path\ng,a,a/a_0001.png\n", rng));
    expectDataOrError("", "folder");
  }
  EXPECT_GT(loaded_, 20);
  EXPECT_GT(refused_, 40);
}

TEST_F(FileFuzz, TablesOfFaces) {
  writeImage("u/gallery_images/0001/0001_0.png");
  writeImage("u/validation_images/v.png");
  writeImage("m/a/a_1.png");
  writeImage("s/001_frontal.png");
  writeImage("s/surveillance_cameras_distance_1/cam_1/001_cam1_1.png");
  const std::string gallery =
      "FILE,SUBJECT_ID,REYE_X,REYE_Y,LEYE_X,LEYE_Y,NOSE_X,NOSE_Y,RMOUTH_X,RMOUTH_Y,LMOUTH_X,LMOUTH_Y\n"
      "0001_0.png,1,1,1,4,1,3,3,1,4,4,4\n";
  const std::string validation =
      "FACE_ID,FILE,SUBJECT_ID,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT\n5,v.png,2,1,1,3,3\n6,v.png,-1,1,1,3,3\n";
  std::string faces = "c0", row = "4,a/a_1.png,1,1,1,1,3,3,0,0,0";
  for (int i = 1; i < 76; ++i) faces += ",c" + std::to_string(i);
  for (int i = 11; i < 76; ++i) row += i % 3 == 1 ? ",0.9" : ",2";
  for (std::uint64_t i = 0; i < 150; ++i) {
    Rng rng(i);
    write("u/gallery.csv", i % 3 != 0 ? damaged(gallery, rng) : gallery);
    write("u/validation.csv", i % 3 != 1 ? damaged(validation, rng) : validation);
    write("u/exclude_gallery_validation.txt", damaged("6\n7\n", rng));
    expectDataOrError("u", "uccs");
    write("m/m_ultraface.csv", damaged(faces + "\n" + row + "\n", rng));
    expectDataOrError("m", "umdfaces");
    write("points.csv",
          damaged("path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n001_cam1_1.png,1,1,4,1,3,3,1,4,4,4\n", rng));
    expectDataOrError("s", "scface", {.extra = {{"landmarks", (root_ / "points.csv").string()}}});
  }
  EXPECT_GT(loaded_, 15);
  EXPECT_GT(refused_, 100);
}

}  // namespace
}  // namespace discern::datasets

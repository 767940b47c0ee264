// The sets that recognisers are trained on: VGGFace2, IMDb-Face, MS-Celeb-1M.
#include <nlohmann/json.hpp>

#include "tests/core/imaging/encoded_images.h"
#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class VggFace2 : public DatasetTest {
 protected:
  VggFace2() {
    for (const char* file :
         {"train/n000002/0001_01.jpg", "train/n000002/0002_01.jpg", "test/n000001/0001_01.jpg"})
      writeImage(fs::path("set") / file, 60, 60);
    write("set/bb_landmark/loose_bb_train.csv", boxes_);
    write("set/bb_landmark/loose_landmark_train.csv", points_);
    write("set/meta/identity_meta.csv",
          "Class_ID, Name, Sample_Num, Flag, Gender\nn000001, \"14th_Dalai_Lama\", 424, 0, m\n");
  }
  const std::string boxes_ =
      "NAME_ID,X,Y,W,H\n\"n000002/0001_01\",16,14,22,32\n\"n000002/0002_01\",7,8,9,10\n";
  const std::string points_ =
      "NAME_ID,P1X,P1Y,P2X,P2Y,P3X,P3Y,P4X,P4Y,P5X,P5Y\n\"n000002/"
      "0001_01\",20.5,20,30,20,25,25,21,30,29,30\n";
};

TEST_F(VggFace2, FoldersRectanglesLandmarksAndNames) {
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "vggface2");
  EXPECT_EQ(describe(dataset), (std::vector<std::string>{"n000002: 0001_01.jpg 0002_01.jpg",
                                                         "n000001 14th_Dalai_Lama: 0001_01.jpg"}));
  EXPECT_EQ(dataset.samples[0].image.crop, (data::Rect{16, 14, 22, 32}));
  ASSERT_TRUE(dataset.samples[0].image.landmarks);
  EXPECT_FLOAT_EQ((*dataset.samples[0].image.landmarks)[0].x, 20.5F);
  EXPECT_FALSE(dataset.samples[1].image.landmarks);
  EXPECT_EQ(nlohmann::json::parse(dataset.samples[2].nuisance).at("set"), "test");
  EXPECT_TRUE(hasProblem(dataset, "set", "1 images have neither rectangle nor landmarks"))
      << listProblems(dataset);
  EXPECT_EQ(import("set", "auto", {.extra = {{"set", "train"}}}).samples.size(), 2U);
  const auto train = import("set/train");
  EXPECT_EQ(train.format, "vggface2");
  EXPECT_EQ(train.samples[1].image.crop, (data::Rect{7, 8, 9, 10}));
  EXPECT_TRUE(
      contains(errorOf("set", "auto", {.extra = {{"set", "both"}}}), "of the set that option set names"));
}

TEST_F(VggFace2, MalformedTablesAreNamedByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/bb_landmark/loose_bb_train.csv", text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
  };
  expectError(boxes_ + "\"n000002/0001_01\",1,2,3\n", "loose_bb_train.csv:4: 4 columns");
  expectError(boxes_ + "\"n000002/0001_01\",1,2,3,4\n",
              "loose_bb_train.csv:4: n000002/0001_01 is listed twice");
  expectError(boxes_ + "\"n000002/0009_01\",1,,3,4\n", "loose_bb_train.csv:4: column Y is ''");
  expectError("NAME,X,Y,W,H\n", "no column named 'NAME_ID'");
  write("set/bb_landmark/loose_bb_train.csv",
        "\xEF\xBB\xBF"
        "NAME_ID,X,Y,W,H\r\n\"n000002/0009_01\",1,2,3,4\r\n");
  EXPECT_TRUE(hasProblem(import("set"), "set/bb_landmark/loose_bb_train.csv", "1 of its rows name an image"));
  write("set/meta/identity_meta.csv", "Class_ID,Name\nn000001,A\nn000001,B\n");
  EXPECT_TRUE(contains(errorOf("set"), "identity_meta.csv:3: the class n000001 is listed twice"));
}

class ImdbFace : public DatasetTest {
 protected:
  ImdbFace() {
    writeImage("set/images/nm0000001/a.jpg", 50, 40);
    writeImage("set/images/nm0000001/b.jpg", 50, 40);
    writeImage("set/images/nm0000002/c.jpg", 50, 40);
    write("set/IMDb-Face.csv", table_);
  }
  const std::string table_ =
      "name,index,image,rect,height width,url\nFred_Astaire,nm0000001,a.jpg,10 5 30 35,40 50,https://x/a\n"
      "Fred_Astaire,nm0000001,b.jpg,1 2 11 12,40 50,https://x/b\nL_Bacall,nm0000002,c.jpg,1 2 11 12,40 "
      "50,https://x/c\n";
};

TEST_F(ImdbFace, FacesOfDownloadedPhotographs) {
  for (const char* path : {"set", "set/IMDb-Face.csv"}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "imdb-face");
    EXPECT_EQ(describe(dataset),
              (std::vector<std::string>{"nm0000001 Fred_Astaire: a.jpg b.jpg", "nm0000002 L_Bacall: c.jpg"}));
    EXPECT_EQ(dataset.samples[0].image.crop, (data::Rect{10, 5, 20, 30}));
  }
  fs::rename(root_ / "set/images/nm0000001", root_ / "set/Fred_Astaire");  // one by name
  fs::remove(root_ / "set/images/nm0000002/c.jpg");                        // one whose URL is dead
  const auto dataset = import("set");
  EXPECT_EQ(dataset.samples.size(), 2U);
  EXPECT_TRUE(hasProblem(dataset, "set/IMDb-Face.csv:4", "c.jpg: cannot be read")) << listProblems(dataset);
}

TEST_F(ImdbFace, MalformedTablesAreNamedByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("set/IMDb-Face.csv", text);
    EXPECT_TRUE(contains(errorOf("set"), part)) << errorOf("set");
  };
  expectError(table_ + "A,nm3,d.jpg,1 2 3,40 50,u\n", "IMDb-Face.csv:5: column rect is '1 2 3'; 4 numbers");
  expectError(table_ + "A,nm3,d.jpg,1 2 3 x,40 50,u\n", "column rect is '1 2 3 x'");
  expectError(table_ + "A,nm3,,1 2 3 4,40 50,u\n", "IMDb-Face.csv:5: column image is ''");
  expectError(table_ + "A,../nm3,d.jpg,1 2 3 4,40 50,u\n", "column index is '../nm3'");
  expectError(table_ + "A,nm3\n", "IMDb-Face.csv:5: 2 columns were found, but the header has 6");
  expectError("name,index,image,url\n", "no column named 'rect'");
}

std::string base64(const std::string& bytes) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : letters[bits >> (18 - 6 * k) & 63];
  }
  return text;
}

class MsCeleb : public DatasetTest {
 protected:
  MsCeleb() {
    options_.unpackTo = root_ / "unpacked";
    write("faces.tsv",
          row("m.01", 1, "FaceId-0", a_) + row("m.01", 2, "FaceId-0", b_) + row("m.02", 1, "FaceId-1", a_));
  }
  static std::string row(const std::string& mid, int rank, const std::string& face,
                         const std::string& bytes) {
    return fmt::format("{}\t{}\thttp://x/\"a\thttp://y\t{}\tAAAA\t{}\n", mid, rank, face, base64(bytes));
  }
  const std::string a_ = "P5 3 2 255\n012345", b_ = "P5 2 2 255\n0123";
  LoadOptions options_;
};

TEST_F(MsCeleb, FacesAreUnpackedOnceAndReadInPlace) {
  const auto dataset = import("faces.tsv", "auto", options_);
  EXPECT_EQ(dataset.format, "ms-celeb");
  EXPECT_EQ(dataset.identities, (std::vector<std::string>{"m.01", "m.02"}));
  ASSERT_EQ(dataset.samples.size(), 3U);
  const std::string bytes = readFile(root_ / "unpacked/faces.faces");
  EXPECT_EQ(bytes, a_ + b_ + a_);
  const auto& second = dataset.samples[1].image;
  EXPECT_EQ(bytes.substr(static_cast<std::size_t>(second.offset), static_cast<std::size_t>(second.length)),
            b_);
  EXPECT_TRUE(contains(errorOf("faces.tsv"), "a face in base64 cannot be read in place"));
  // A list takes some of them, with the labels of its own, from the same file.
  write("clean.txt", "7 m.01/2-FaceId-0.jpg\n7 m.02/1-FaceId-1.jpg\n7 m.03/1-FaceId-1.jpg\n");
  options_.extra = {{"list", (root_ / "clean.txt").string()}};
  const auto clean = import("faces.tsv", "auto", options_);
  EXPECT_EQ(clean.identities, std::vector<std::string>{"7"});
  EXPECT_EQ(clean.samples.at(0).image.offset, second.offset);
  EXPECT_TRUE(hasProblem(clean, "faces.tsv", "lacks 1 of the 3 faces of the cleaned list"));
  EXPECT_EQ(readFile(root_ / "unpacked/faces.faces"), bytes);
}

TEST_F(MsCeleb, FoldersWithACleanedList) {
  writeImage("imgs/m.01/1-FaceId-0.jpg");
  write("clean.txt", "m.01/1-FaceId-0.jpg 12\r\nm.01/2-FaceId-0.jpg 12\r\n");
  EXPECT_TRUE(contains(errorOf("imgs", "ms-celeb"), "of folders a cleaned list was expected"));
  const LoadOptions options{.extra = {{"list", (root_ / "clean.txt").string()}}};
  const auto dataset = import("imgs", "ms-celeb", options);
  EXPECT_EQ(dataset.identities, std::vector<std::string>{"12"});
  EXPECT_EQ(dataset.samples.size(), 1U);
  for (const auto& [text, part] :
       {std::pair{"m.01/1-FaceId-0.jpg\n", "clean.txt:1: 1 columns were found"},
        std::pair{"a 1\n", "clean.txt:1: 'a 1' was found, but an image and a label"},
        std::pair{"m/1.jpg 1\nm/1.jpg 2\n", "clean.txt:2: m/1.jpg is listed twice"},
        std::pair{"", "is empty"}}) {
    write("clean.txt", text);
    EXPECT_TRUE(contains(errorOf("imgs", "ms-celeb", options), part)) << errorOf("imgs", "ms-celeb", options);
  }
}

TEST_F(MsCeleb, MalformedLinesAreNamed) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write("faces.tsv", row("m.01", 1, "FaceId-0", a_) + text);
    EXPECT_TRUE(contains(errorOf("faces.tsv", "auto", options_), part))
        << errorOf("faces.tsv", "auto", options_);
  };
  expectError("m.01\t1\tFaceId-0\n", "faces.tsv:2: 3 columns were found, but 7 were expected");
  expectError(row("m.01", 1, "FaceId-0", b_), "faces.tsv:2: m.01/1-FaceId-0.jpg is listed twice");
  expectError(row("m.01", 1, "", b_), "faces.tsv:2: a MID, a rank or a face's name is blank");
  write("faces.tsv",
        row("m.01", 1, "FaceId-0", a_) + "m.01\t2\t\t\tF\t\t!!\r\n" + row("m.01", 3, "F", "no image"));
  const auto dataset = import("faces.tsv", "auto", options_);
  EXPECT_EQ(dataset.samples.size(), 1U);
  EXPECT_TRUE(hasProblem(dataset, "faces.tsv:2", "no base64")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "faces.tsv:3", "no known image"));
  EXPECT_TRUE(hasProblem(dataset, "faces.tsv", "2 of its faces are damaged"));
}

}  // namespace
}  // namespace discern::datasets

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class TemplateCsv : public DatasetTest {
 protected:
  TemplateCsv() {
    for (const char* file : {"img/1.png", "img/2.png", "img/3.png"}) writeImage(file);
  }
};

TEST_F(TemplateCsv, TemplatesShareImages) {
  write("table.csv",
        "Template,identity,path\n"
        "t1,anna,img/1.png\n"
        "t1,anna,img/2.png\n"
        "t2,anna,img/2.png\n"
        "t3,ben,img/3.png\n"
        ",ben,img/../img/1.png\n");
  const auto dataset = import("table.csv");
  EXPECT_EQ(dataset.format, "templates");
  EXPECT_EQ(dataset.name, "table");
  ASSERT_EQ(dataset.samples.size(), 4U);
  EXPECT_EQ(dataset.samples[0].image.file, (root_ / "img/1.png").string());
  const auto& templates = dataset.protocols.at(0).templates;
  ASSERT_EQ(templates.size(), 3U);
  EXPECT_EQ(templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(templates[1].samples, std::vector<int>{1});
  EXPECT_EQ(templates[2].identity, 1);
  EXPECT_TRUE(hasProblem(dataset, "img/1.png", "under anna and under ben")) << listProblems(dataset);
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
}

TEST_F(TemplateCsv, LandmarksMediaAndCrops) {
  write("table.csv",
        "path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5,template,identity,media,x,y,width,height\n"
        "img/1.png,1,2,3,4,5,6,7,8,9,10.5,t1,anna,clip 7,,,,\n"
        "img/2.png,,,,,,,,,,,t1,anna,,-1,2,3,4\n"
        "img/3.png,,,,,,,,,,,t2,ben,,,,,\n");
  const auto dataset = import("table.csv", "auto", {.crop = data::Rect{0, 0, 2, 2}});
  ASSERT_EQ(dataset.samples.size(), 3U);
  const auto& first = dataset.samples[0];
  ASSERT_TRUE(first.image.landmarks.has_value());
  EXPECT_EQ((*first.image.landmarks)[4].y, 10.5F);
  EXPECT_EQ((*first.image.landmarks)[1].x, 3);
  EXPECT_FALSE(first.image.crop.has_value());
  EXPECT_EQ(first.media, "clip 7");
  EXPECT_EQ(dataset.samples[1].image.crop->x, -1);
  EXPECT_EQ(dataset.samples[1].image.crop->width, 3);
  EXPECT_EQ(dataset.samples[2].image.crop->width, 2);  // the one for all
}

TEST_F(TemplateCsv, DetectorScoresAreKept) {
  write("table.csv",
        "template,identity,path,detector_score\nt1,anna,img/1.png,0.875\nt1,anna,img/2.png,\nt2,ben,img/"
        "3.png,1\n");
  const auto dataset = import("table.csv");
  ASSERT_EQ(dataset.samples.size(), 3U);
  EXPECT_EQ(dataset.samples[0].nuisance, R"({"detector_score":0.875})");
  EXPECT_EQ(dataset.samples[1].nuisance, "");
  write("bad.csv", "template,identity,path,detector_score\nt1,anna,img/1.png,good\n");
  EXPECT_TRUE(contains(errorOf("bad.csv", "templates"), "bad.csv:2: detector_score is 'good'"));
}

TEST_F(TemplateCsv, PairsComeFromASecondTable) {
  write("table.csv",
        "template,identity,path\nt1,anna,img/1.png\nt2,anna,img/2.png\nt3,ben,img/3.png\nt4,ben,gone.png\n");
  write("pairs.csv", "a,b,genuine\nt1,t2,1\nt1,t3,false\nt1,t4,0\nt2,t3,1\n");
  const LoadOptions options{.extra = {{"pairs", (root_ / "pairs.csv").string()}}};
  const auto dataset = import("table.csv", "auto", options);
  const auto& protocol = dataset.protocols.at(0);
  EXPECT_EQ(protocol.folds, 0);
  ASSERT_EQ(protocol.pairs.size(), 3U);
  EXPECT_TRUE(protocol.pairs[0].genuine);
  EXPECT_FALSE(protocol.pairs[1].genuine);
  EXPECT_EQ(protocol.pairs[1].b, 2);
  EXPECT_EQ(protocol.pairs[1].fold, -1);
  EXPECT_TRUE(hasProblem(dataset, "table.csv:5", "cannot be read"));
  EXPECT_TRUE(hasProblem(dataset, "pairs.csv:4", "no usable template 't4'"));
  EXPECT_TRUE(hasProblem(dataset, "pairs.csv:5", "called genuine"));
  EXPECT_EQ(dataset.problems.size(), 3U) << listProblems(dataset);
  write("pairs.csv", "t1,t2,maybe\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "pairs.csv:1"));
  write("pairs.csv", "t1,t2\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "pairs.csv:1: 2 columns"));
  write("pairs.csv", "x,y,1\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "none of its 1 pairs"));
}

TEST_F(TemplateCsv, MalformedTablesAreNamedByLine) {
  const auto expectError = [&](const std::string& table, const std::string& part) {
    write("table.csv", table);
    EXPECT_TRUE(contains(errorOf("table.csv", "templates"), part)) << errorOf("table.csv", "templates");
  };
  expectError("template,identity\nt1,anna\n", "'path'");
  expectError("template,identity,path\nt1,anna\n", "table.csv:2: 2 columns");
  expectError("template,identity,path\nt1,,img/1.png\n", "table.csv:2: the identity is blank");
  expectError("template,identity,path\nt1,anna,img/1.png\nt1,ben,img/2.png\n", "table.csv:3: template 't1'");
  expectError("template,identity,path,x,y,width\nt1,anna,img/1.png,1,1,1\n", "'height' is missing");
  expectError("template,identity,path,x,y,width,height\nt1,anna,img/1.png,1,one,1,1\n", "column y is 'one'");
  expectError("template,identity,path,x,y,width,height\nt1,anna,img/1.png,1,1,0,1\n", "positive");
  for (const char* number : {"nan", "inf", "-inf", "1e300"})
    expectError(fmt::format("template,identity,path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n"
                            "t1,anna,img/1.png,1,2,3,4,5,6,7,8,9,{}\n",
                            number),
                fmt::format("table.csv:2: column y5 is '{}'", number));
  expectError("template,identity,path\nt1,\"anna,img/1.png\n", "table.csv:2");
  expectError("", "is empty");
  expectError("template,identity,path\n", "no usable image");
}

}  // namespace
}  // namespace discern::datasets

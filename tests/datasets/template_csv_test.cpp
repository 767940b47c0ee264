#include "core/data/no_picture.h"
#include "tests/core/imaging/encoded_images.h"
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

TEST_F(TemplateCsv, WithoutPicturesPathsAreNames) {
  write("table.csv", "template,identity,path\nt1,anna,img/gone.png\nt2,anna,/far/x.png\nt3,ben,img/y.png\n");
  write("pairs.csv", "a,b,genuine\nt1,t2,1\nt1,t3,0\n");
  const auto dataset = import("table.csv", "auto",
                              {.extra = {{"pictures", "none"}, {"pairs", (root_ / "pairs.csv").string()}}});
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  ASSERT_EQ(dataset.samples.size(), 3U);
  EXPECT_EQ(dataset.samples[0].image.file, "img/gone.png");
  EXPECT_EQ(dataset.samples[1].image.file, "/far/x.png");
  for (const auto& sample : dataset.samples) EXPECT_FALSE(data::hasPicture(sample.image));
  EXPECT_EQ(dataset.protocols.at(0).pairs.size(), 2U);
  EXPECT_TRUE(
      contains(errorOf("table.csv", "auto", {.extra = {{"pictures", "some"}}}), "option pictures: is some"));
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
  write("pairs.csv", "a,b,genuine,fold\nt1,t2,1,3\nt1,t3,0,1\nt2,t3,0,3\n");
  const auto folded = import("table.csv", "auto", options).protocols.at(0);
  EXPECT_EQ(folded.folds, 2);
  EXPECT_EQ(folded.pairs[0].fold, 1);
  EXPECT_EQ(folded.pairs[1].fold, 0);
  EXPECT_EQ(folded.pairs[2].fold, 1);
  write("pairs.csv", "a,b,genuine,fold\nt1,t2,1,1\nt1,t3,0,1\n");  // one is none
  EXPECT_EQ(import("table.csv", "auto", options).protocols.at(0).folds, 0);
  for (const char* fold : {"", "-1", "1.5", "1e9", "x"}) {
    write("pairs.csv", std::string("a,b,genuine,fold\nt1,t2,1,0\nt1,t3,0,") + fold + "\n");
    EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "pairs.csv:3: fold is")) << fold;
  }
  write("pairs.csv", "t1,t2,maybe\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "pairs.csv:1"));
  write("pairs.csv", "t1,t2\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "pairs.csv:1: 2 columns"));
  write("pairs.csv", "x,y,1\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "none of its 1 pairs"));
}

TEST_F(TemplateCsv, FoldsAndSplitsOfTemplates) {
  const std::string table =
      "template,identity,path,fold,split\n"
      "a,anna,img/1.png,0,gallery\na,anna,img/2.png,0,gallery\nb,anna,img/2.png,0,probes\n"
      "c,ben,img/3.png,4,gallery\nd,ben,img/3.png,4,\n";
  write("table.csv", table);
  write("pairs.csv", "a,b,1\nc,d,1\n");
  const LoadOptions options{.extra = {{"pairs", (root_ / "pairs.csv").string()}}};
  const auto dataset = import("table.csv", "auto", options);
  ASSERT_EQ(dataset.protocols.size(), 3U);
  EXPECT_EQ(dataset.protocols[0].name, "gallery");
  ASSERT_EQ(dataset.protocols[0].templates.size(), 2U);
  EXPECT_EQ(dataset.protocols[0].templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(dataset.protocols[0].templates[1].name, "c");
  EXPECT_TRUE(dataset.protocols[0].pairs.empty());
  EXPECT_EQ(dataset.protocols[1].name, "probes");
  EXPECT_EQ(dataset.protocols[1].templates.size(), 1U);
  const auto& all = dataset.protocols[2];
  EXPECT_EQ(all.templates.size(), 4U);
  EXPECT_EQ(all.folds, 2);
  EXPECT_EQ(all.pairs[0].fold, 0);
  EXPECT_EQ(all.pairs[1].fold, 1);  // numbered without gaps

  write("pairs.csv", "a,b,1\na,c,0\n");
  EXPECT_TRUE(
      contains(errorOf("table.csv", "auto", options), "pairs.csv:2: 'a' and 'c' are of different folds"));
  write("pairs.csv", "a,b,genuine,fold\na,b,1,1\na,c,0,2\n");  // the pairs' own folds count
  EXPECT_EQ(import("table.csv", "auto", options).protocols.back().folds, 2);
  write("table.csv", table + "a,anna,img/3.png,1,gallery\n");
  EXPECT_TRUE(
      contains(errorOf("table.csv"), "table.csv:7: an earlier row puts template 'a' into another fold"));
  write("table.csv", table + "a,anna,img/3.png,0,probes\n");
  EXPECT_TRUE(
      contains(errorOf("table.csv"), "table.csv:7: an earlier row puts template 'a' into another split"));
  write("table.csv", table + "e,anna,img/3.png,one,\n");
  EXPECT_TRUE(contains(errorOf("table.csv"), "table.csv:7: fold is 'one'"));
  write("table.csv", table + "e,anna,img/1.png,,\nf,anna,img/2.png,,\n");
  write("pairs.csv", "a,b,1\ne,f,1\n");
  EXPECT_TRUE(
      contains(errorOf("table.csv", "auto", options), "some of its pairs are in a fold and others in none"));
}

TEST_F(TemplateCsv, TablesAsOtherProgramsWriteThem) {
  for (const char* table :
       {"template;identity;path;x;y;width;height\nt1;anna;img/1.png;1,0;1.4;2;2\nt2;ben;img/2.png;;;;\n",
        "template\tidentity\tpath\tx\ty\twidth\theight\nt1\tanna\timg/1.png\t1.0\t1.4\t2.0\t2\n"
        "t2\tben\timg/2.png\t\t\t\t\n",
        "template, identity, path, x, y, width, height\nt1, anna, img/1.png, 1.0, 1.4, 2, 2\n"
        "t2, ben, img/2.png, , , , \n",
        "Template_ID,SUBJECT_ID,FILENAME,x,y,width,height\nt1,anna,img/1.png,1,1.4,2,2\nt2,ben,img/"
        "2.png,,,,\n"}) {
    write("table.csv", table);
    const auto dataset = import("table.csv");
    EXPECT_EQ(dataset.format, "templates") << table;
    ASSERT_EQ(dataset.samples.size(), 2U) << table;
    EXPECT_EQ(dataset.identities, (std::vector<std::string>{"anna", "ben"})) << table;
    EXPECT_EQ(dataset.samples[0].image.crop, (data::Rect{1, 1, 2, 2})) << table;
    EXPECT_FALSE(dataset.samples[1].image.crop) << table;
  }
}

TEST_F(TemplateCsv, PairsUnderOtherHeadings) {
  write("table.csv", "template,identity,path\nt1,anna,img/1.png\nt2,anna,img/2.png\nt3,ben,img/3.png\n");
  const LoadOptions options{.extra = {{"pairs", (root_ / "pairs.csv").string()}}};
  for (const char* pairs :
       {"template_1,template_2,label\nt1,t2,1\nt1,t3,0\n", "t1;t2;1\nt1;t3;0\n", "t1 t2 1\nt1 t3 0\n",
        "label,first,second\n1,t1,t2\n0,t1,t3\n", "left\tright\tissame\nt1\tt2\tTrue\nt1\tt3\tFalse\n",
        "id,A,B,genuine,score\n7,t1,t2,1,0.5\n8,t1,t3,0,0.1\n",
        "a, b, genuine\nt1, t2, 1.0\nt1, t3, 0.0\n"}) {
    write("pairs.csv", pairs);
    const auto dataset = import("table.csv", "auto", options);
    const auto& protocol = dataset.protocols.at(0);
    ASSERT_EQ(protocol.pairs.size(), 2U) << pairs;
    EXPECT_EQ(protocol.pairs[0].b, 1) << pairs;
    EXPECT_TRUE(protocol.pairs[0].genuine) << pairs;
    EXPECT_EQ(protocol.pairs[1].b, 2) << pairs;
    EXPECT_FALSE(protocol.pairs[1].genuine) << pairs;
    EXPECT_TRUE(dataset.problems.empty()) << pairs << listProblems(dataset);
  }
  write("pairs.csv", "what,who,when,label\nt1,t2,now,1\n");
  EXPECT_TRUE(contains(errorOf("table.csv", "auto", options), "call them a and b"));
}

TEST_F(TemplateCsv, PlacesThatCannotBeThoseOfAFaceAreListed) {
  writeImage("big/1.png", 112, 112);
  const auto row = [](const std::string& points) {
    return "template,identity,path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\nt1,anna,big/1.png," + points +
           "\nt2,ben,big/1.png,38,52,74,52,56,72,42,92,71,92\n";
  };
  const auto problemsOf = [&](const std::string& points) {
    write("table.csv", row(points));
    return import("table.csv");
  };
  EXPECT_FALSE(hasProblem(problemsOf("38,52,74,52,56,72,42,92,71,92"), "", "landmark"));
  EXPECT_TRUE(hasProblem(problemsOf("74,52,38,52,56,72,42,92,71,92"), "table.csv:2", "its eyes are swapped"));
  EXPECT_TRUE(hasProblem(problemsOf("38,52,74,52,56,72,71,92,42,92"), "table.csv:2", "corners of its mouth"));
  EXPECT_TRUE(hasProblem(problemsOf("74,52,38,52,56,72,71,92,42,92"), "table.csv:2", "left and right"));
  EXPECT_TRUE(
      hasProblem(problemsOf("38,52,74,52,56,72,42,192,71,92"), "table.csv:2", "(42.0, 192.0) is outside"));
  EXPECT_TRUE(hasProblem(problemsOf("9,9,9,9,9,9,9,9,9,9"), "table.csv:2", "on top of each other"));
  EXPECT_TRUE(hasProblem(problemsOf("0.3,0.4,0.6,0.4,0.5,0.6,0.4,0.8,0.6,0.8"), "table.csv:2",
                         "shares of the width"));
  EXPECT_TRUE(hasProblem(problemsOf("9,9,9,9,9,9,9,9,9,9"), "table.csv", "1 of 2 faces"));
  // A head that lies on its side, upside down, or is seen from the side, is one.
  EXPECT_FALSE(hasProblem(problemsOf("60,38,60,74,40,56,20,42,20,71"), "", "landmark"));
  EXPECT_FALSE(hasProblem(problemsOf("74,92,38,92,56,72,70,52,42,52"), "", "landmark"));
  EXPECT_FALSE(hasProblem(problemsOf("50,52,47,53,70,70,50,90,49,91"), "", "landmark"));
  write("crop.csv",
        "template,identity,path,x,y,width,height\nt1,anna,big/1.png,200,0,9,9\nt2,ben,big/1.png,0,0,9,9\n");
  EXPECT_TRUE(hasProblem(import("crop.csv"), "crop.csv:2", "outside of the picture of 112 x 112"));
}

// Places are those of the picture as it is shown: here of 112 x 200 pixels, stored lying down.
TEST_F(TemplateCsv, PlacesInTurnedImagesAreThoseOfTheShownPicture) {
  write("turned.png",
        imaging::testing::withOrientation(".png", cv::Mat(112, 200, CV_8UC3, cv::Scalar(1, 2, 3)), 6));
  write("table.csv",
        "template,identity,path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\nt1,anna,turned.png,38,152,74,152,56,172,42,"
        "192,71,192\n"
        "t2,ben,img/1.png,,,,,,,,,,\n");
  const auto dataset = import("table.csv");
  EXPECT_FALSE(hasProblem(dataset, "table.csv:2", "outside")) << listProblems(dataset);
  // EXIF stands behind the pixels of this PNG, which are few enough for the header's first bytes to hold it.
  EXPECT_TRUE(hasProblem(dataset, "table.csv", "1 faces are in images that EXIF turns"))
      << listProblems(dataset);
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

#include "core/pipeline/select.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/analysis/selection_path.h"
#include "core/base/described.h"
#include "core/base/field_error.h"
#include "core/base/json_text.h"
#include "core/data/csv.h"
#include "core/pipeline/export.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/map.h"
#include "core/pipeline/score.h"
#include "core/selection/methods.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

TEST(Select, StoresThePathOfTheTrainingFacesAndOfNobodyElse) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.addPeople("alone", project::Role::Train, 1, 1);
  scratch.addPeople("test", project::Role::Test, 2, 5);
  scratch.addPeople("pool", project::Role::Pool, 10, 2);
  scratch.putFeatures("made-up", 64, 0.6);
  Progress progress;
  score(*scratch.project, {}, progress);
  SelectOptions options;
  options.lambdas = {0, -0.1, -1, -1e9};
  const auto result = select(*scratch.project, options, progress);
  EXPECT_EQ(result.faces, 55);
  EXPECT_EQ(result.identities, 7);
  EXPECT_EQ(result.neverKept, 1);  // the one who is alone
  EXPECT_EQ(result.centers, 6 + 10);
  EXPECT_EQ(result.scores, "dscore");

  const auto row = scratch.project->selection("selection");
  const Roster roster = readRoster(*scratch.project);
  for (std::size_t i = 0; i < row.enters.size(); ++i) {
    const bool train = roster.part[static_cast<std::size_t>(roster.identity[i])] == data::Part::Train;
    EXPECT_EQ(std::isnan(row.enters[i]), !train) << i;
  }
  for (const auto& point : result.points) {
    EXPECT_EQ(point.kept, std::ranges::count_if(
                              row.enters, [&](double e) { return selection::isKept(e, point.lambda); }));
    EXPECT_DOUBLE_EQ(point.normalised, point.lambda / 16);
    EXPECT_DOUBLE_EQ(point.share, static_cast<double>(point.kept) / 54) << "of those that can be kept";
  }
  EXPECT_EQ(result.points.front().kept, 0);  // lambda 0 keeps nobody
  EXPECT_EQ(result.points.front().emptyIdentities, 6);
  EXPECT_EQ(result.points.back().kept, 54);  // a lambda beyond every breakpoint keeps all that can be kept
  // The noisier a made-up image, the later it enters and the lower its D-score: two papers, one phenomenon.
  EXPECT_GT(result.scoreSpearman, 0.5);
  options.lambdas = {analysis::lambdaForShare(row.enters, 0.6)};
  const auto some = select(*scratch.project, options, progress).points.at(0);
  EXPECT_GT(some.lowScores, some.lowScoresChance + 0.1);
}

TEST(Select, WithoutLambdasThePrintedOnesSpanTheShares) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 20, 20);
  scratch.addPeople("alone", project::Role::Train, 1, 1);  // can never be kept
  scratch.putFeatures("made-up", 64, 0.6);
  Progress progress;
  const auto result = select(*scratch.project, {}, progress);
  const std::vector<double> shares = {0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1};
  for (const double share :
       shares) {  // faces of one identity enter together, and two identities may nearly so
    const auto keepsAbout = [&](const SelectPoint& point) {
      const auto kept = static_cast<double>(point.kept);
      return kept >= share * 400 - 1e-9 && kept <= share * 400 + 40;
    };
    EXPECT_TRUE(std::ranges::any_of(result.points, keepsAbout)) << share;
  }
  for (const auto& point : result.points)
    EXPECT_EQ(std::stod(fmt::format("{:g}", point.lambda)),
              point.lambda);  // what is printed can be given again
  for (std::size_t k = 1; k < result.points.size(); ++k)
    EXPECT_LT(result.points[k].lambda, result.points[k - 1].lambda) << k;
  EXPECT_EQ(result.points.back().kept, 400);
}

TEST(Select, NamesComeInAnyEncoding) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 4, 6);
  scratch.putFeatures("S\xF6hne", 32, 0.6);  // Latin-1
  Progress progress;
  const auto result = nlohmann::json::parse(textOf(toJson(select(*scratch.project, {}, progress))));
  EXPECT_EQ(result["features"], "S\uFFFDhne");
  EXPECT_TRUE(nlohmann::json::accept(scratch.project->selection("selection").options));
}

TEST(Select, TheExportSaysWhatEachBreakpointDrops) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 4, 6);
  scratch.putFeatures("made-up", 32, 0.6);
  Progress progress;
  const auto result = select(*scratch.project, {}, progress);
  const auto folder = scratch.project->folder() / "exports";
  exportNumbers(*scratch.project, folder, progress);
  const auto faces = data::readCsv(folder / "selection-selection.csv");
  ASSERT_EQ(faces.size(), 25U);  // and the header
  const auto points = data::readCsv(folder / "selection-selection-breakpoints.csv");
  ASSERT_EQ(static_cast<std::int64_t>(points.size()) - 1, result.breakpoints);
  std::int64_t dropped = 0;
  for (std::size_t r = 1; r < points.size(); ++r) {
    dropped += std::stoll(points[r].fields[2]);
    EXPECT_EQ(std::stoll(points[r].fields[4]), dropped);
    const double lambda = std::stod(points[r].fields[0]);
    std::int64_t kept = 0, beyond = 0;
    for (std::size_t f = 1; f < faces.size(); ++f) {
      if (faces[f].fields[6] == "never") continue;
      kept += lambda < std::stod(faces[f].fields[6]) ? 1 : 0;
      beyond += lambda <= std::stod(faces[f].fields[6]) ? 1 : 0;
    }
    EXPECT_EQ(beyond, dropped);
    EXPECT_EQ(beyond - kept, std::stoll(points[r].fields[2]));
  }
}

TEST(Export, ASweepHasItsAccuracyAndItsFlops) {
  ScratchProject scratch;
  const auto record = [&](const char* result) {
    scratch.project->finishRun(scratch.project->startRun("sweep", "{}"), "done", result);
  };
  record(
      R"({"curves":[{"name":"average","points":[{"threshold":0.5,"kept":1,"tar":0.25,"accuracy":0.75,"macs":300,"ms":6,"share":1}]}]})");
  record(
      R"({"curves":[{"name":"average","points":[{"threshold":0.5,"kept":1,"tar":0.25,"accuracy":null,"macs":0,"ms":6,"share":null}]}]})");
  for (const char* impostors : {"30", "29"})
    record(fmt::format(R"({{"far":0.1,"impostors":{},"curves":[{{"name":"average","points":)"
                       R"([{{"threshold":0.5,"kept":1,"tar":0.25,"share":1}}]}}]}})",
                       impostors)
               .c_str());
  Progress progress;
  const auto folder = scratch.project->folder() / "exports";
  exportNumbers(*scratch.project, folder, progress);
  const auto fields = [&](int run, std::size_t row) {
    return data::readCsv(folder / fmt::format("sweep-{}.csv", run)).at(row).fields;
  };
  const auto runs = scratch.project->runs();
  using Fields = std::vector<std::string>;
  EXPECT_EQ(fields(runs[0].id, 0),
            (Fields{"aggregation", "threshold", "kept_share", "tar", "accuracy", "macs", "flops",
                    "milliseconds", "compute_share", "far", "impostors", "supported"}));
  EXPECT_EQ(fields(runs[0].id, 1),
            (Fields{"average", "0.5", "1", "0.25", "0.75", "300", "600", "6", "1", "0.001", "", ""}));
  EXPECT_EQ(fields(runs[1].id, 1),
            (Fields{"average", "0.5", "1", "0.25", "", "", "", "6", "", "0.001", "", ""}));
  const auto rateOf = [&](int run) {
    const Fields all = fields(run, 1);
    return Fields(all.end() - 3, all.end());
  };
  EXPECT_EQ(rateOf(runs[2].id), (Fields{"0.1", "30", "true"}));
  EXPECT_EQ(rateOf(runs[3].id), (Fields{"0.1", "29", "false"}));
}

TEST(Select, SwappedLabelsAreDiscardedBeforeCleanFaces) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 20, 20);
  scratch.putFeatures("made-up", 64, 0.4);
  Progress progress;
  SelectOptions options;
  select(*scratch.project, options, progress);
  const auto untouched = scratch.project->selection("selection").enters;
  options.swapLabels = 0.05;
  select(*scratch.project, options, progress);
  options.lambdas = {analysis::lambdaForShare(scratch.project->selection("selection-trial").enters, 0.93)};
  const auto result = select(*scratch.project, options, progress);
  EXPECT_EQ(result.name, "selection-trial");
  EXPECT_EQ(scratch.project->selection("selection").enters, untouched);
  EXPECT_EQ(result.swapped, 20);
  const auto& point = result.points.at(0);
  EXPECT_GT(point.swappedDropped, 0.9);
  EXPECT_LT(point.cleanDropped, 0.05);
  EXPECT_TRUE(std::isnan(point.lowScores));  // the stored scores know nothing of the swap
}

TEST(Select, OneCutFindsThePathsFacesAtItsLambda) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.addPeople("alone", project::Role::Train, 1, 1);
  scratch.addPeople("pool", project::Role::Pool, 10, 2);
  scratch.putFeatures("made-up", 64, 2);  // as noisy as to have pairs of negative cosine
  Progress progress;
  const auto path = select(*scratch.project, {}, progress);
  EXPECT_EQ(path.method, "path");
  EXPECT_GT(path.clampedPairs, 0);
  EXPECT_GE(path.neverKept, 1);
  EXPECT_NE(path.published.find("method path (published: cut)"), std::string::npos) << path.published;
  const auto enters = scratch.project->selection("selection").enters;
  SelectOptions options;
  options.name = "one";
  options.method = "cut";
  EXPECT_THROW(select(*scratch.project, options, progress), Error);  // at which lambda?
  for (const double share : {0.2, 0.5, 0.8}) {
    options.lambda = analysis::lambdaForShare(enters, share) * 1.0001;
    const auto cut = select(*scratch.project, options, progress);
    EXPECT_EQ(cut.neverKept, path.neverKept);
    EXPECT_EQ(cut.pairs, path.pairs);
    EXPECT_EQ(cut.clampedPairs, path.clampedPairs);
    ASSERT_EQ(cut.points.size(), 1U);
    const auto once = scratch.project->selection("one").enters;
    ASSERT_EQ(once.size(), enters.size());
    std::int64_t kept = 0;
    for (std::size_t i = 0; i < once.size(); ++i) {
      EXPECT_EQ(std::isnan(once[i]), std::isnan(enters[i])) << i;
      EXPECT_EQ(selection::isKept(once[i], options.lambda), selection::isKept(enters[i], options.lambda))
          << i;
      kept += selection::isKept(once[i], options.lambda) ? 1 : 0;
    }
    EXPECT_EQ(cut.points.front().kept, kept);
    EXPECT_GT(kept, 0);
    EXPECT_LT(kept, 54);
  }
}

TEST(Select, OneCutIsReadAtItsOwnLambdaAlone) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.putFeatures("made-up", 64, 0.6);
  Progress progress;
  SelectOptions options;
  options.name = "one";
  select(*scratch.project, options, progress);
  const auto path = scratch.project->selection("one");
  EXPECT_TRUE(std::isnan(analysis::cutLambda(path)));
  options.method = "cut";
  options.lambda = analysis::lambdaForShare(path.enters, 0.5) * 1.0001;
  select(*scratch.project, options, progress);
  const auto cut = scratch.project->selection("one");
  EXPECT_EQ(analysis::cutLambda(cut), options.lambda);
  EXPECT_EQ(analysis::SelectionPath(cut, readRoster(*scratch.project)).cutLambda(), options.lambda);
  EXPECT_THROW(analysis::lambdaToReadAt(cut, 2 * options.lambda, "lambda"), FieldError);
  const auto folder = scratch.project->folder() / "exports";
  exportNumbers(*scratch.project, folder, progress);
  EXPECT_TRUE(std::filesystem::exists(folder / "selection-one.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "selection-one-breakpoints.csv"));
}

TEST(Select, RivalsPutTheSameFacesInAnOrderAndKeepAsManyAtAShare) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.addPeople("alone", project::Role::Train, 1, 1);
  scratch.addPeople("test", project::Role::Test, 2, 5);
  scratch.putFeatures("made-up", 64, 0.6);
  Progress progress;
  score(*scratch.project, {}, progress);
  select(*scratch.project, {}, progress);
  const auto path = scratch.project->selection("selection");
  for (const auto& method : selection::methods()) {
    if (!selection::isOrder(method.name)) continue;
    SelectOptions options;
    options.name = options.method = method.name;
    const auto result = select(*scratch.project, options, progress);
    EXPECT_EQ(result.method, method.name);
    EXPECT_EQ(result.faces, 55) << method.name;
    EXPECT_EQ(result.neverKept, 1) << method.name;  // the one who is alone
    EXPECT_NE(result.published.find("method " + method.name), std::string::npos) << result.published;
    const auto row = scratch.project->selection(method.name);
    for (std::size_t i = 0; i < row.enters.size(); ++i) {
      EXPECT_EQ(std::isnan(row.enters[i]), std::isnan(path.enters[i])) << method.name << ' ' << i;
      EXPECT_EQ(std::isinf(row.enters[i]), std::isinf(path.enters[i])) << method.name << ' ' << i;
    }
    ASSERT_EQ(result.points.size(), 10U);
    EXPECT_TRUE(std::isnan(result.points.front().lambda));
    EXPECT_EQ(result.points.front().kept, 3);  // 5 % of 54
    EXPECT_EQ(result.points[6].kept, 44);      // 80 %
    EXPECT_EQ(result.points.back().kept, 54);
    const double beyond = analysis::lambdaForShare(row.enters, 0.8);
    EXPECT_EQ(std::ranges::count_if(row.enters, [&](double e) { return selection::isKept(e, beyond); }), 44);
    EXPECT_TRUE(analysis::isOrder(row));
    EXPECT_TRUE(std::isnan(analysis::cutLambda(row)));
    EXPECT_THROW(analysis::lambdaToReadAt(row, -3, "lambda"), FieldError);
    EXPECT_TRUE(std::isnan(analysis::lambdaToReadAt(row, std::nan(""), "lambda")));
    options.lambda = -3;
    EXPECT_THROW(select(*scratch.project, options, progress), FieldError) << method.name;
    options.lambda = std::nan("");
    options.lambdas = {-1, -2};
    EXPECT_THROW(select(*scratch.project, options, progress), FieldError) << method.name;
  }
  EXPECT_FALSE(analysis::isOrder(path));
}

TEST(Select, LowestDscoresAreDroppedByTheTableThatIsNamed) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.putFeatures("made-up", 64, 0.6);
  Progress progress;
  SelectOptions options;
  options.method = "lowest-dscore-first";
  EXPECT_THROW(select(*scratch.project, options, progress), FieldError);  // which scores?
  score(*scratch.project, {}, progress);
  auto turned = scratch.project->scores("dscore");
  turned.name = "turned";
  for (float& s : turned.score) s = 1 - s;
  scratch.project->putScores(turned);
  for (const char* table : {"dscore", "turned"}) {
    options.scores = table;
    const auto result = select(*scratch.project, options, progress);
    EXPECT_EQ(result.scores, table);
    EXPECT_NEAR(result.scoreSpearman, 1, 1e-9);  // the higher, the earlier
    EXPECT_NEAR(result.points[4].lowScores, 1, 1e-9);
  }
  options.swapLabels = 0.1;  // the scores know the right names
  EXPECT_THROW(select(*scratch.project, options, progress), FieldError);
}

TEST(Select, SaysThatPeopleOfThePoolWereOthersToo) {
  for (const bool pool : {false, true}) {
    ScratchProject scratch;
    scratch.addPeople("train", project::Role::Train, 6, 9);
    if (pool) scratch.addPeople("pool", project::Role::Pool, 10, 2);
    scratch.putFeatures("made-up", 64, 0.6);
    Progress progress;
    SelectOptions options;
    options.method = "cut";
    options.lengths = data::Lengths::Raw;
    options.lambda = -2;
    const auto published = select(*scratch.project, options, progress).published;
    EXPECT_EQ(published == "as published", !pool) << published;
    EXPECT_EQ(published.find("pool") != std::string::npos, pool) << published;
  }
}

TEST(Select, CentroidsOfRawFeaturesAreOtherOnes) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 6, 9);
  scratch.putFeatures("made-up", 16, 0.8);
  Progress progress;
  SelectOptions options;
  options.lengths = data::Lengths::Raw;
  const auto raw = select(*scratch.project, options, progress);
  EXPECT_EQ(raw.lengths, data::Lengths::Raw);
  const auto others = scratch.project->selection("selection").others;
  EXPECT_EQ(select(*scratch.project, {}, progress).lengths, data::Lengths::Unit);
  EXPECT_NE(others, scratch.project->selection("selection").others);
  EXPECT_NE(raw.published.find("method path"), std::string::npos);
  EXPECT_EQ(raw.published.find("lengths"), std::string::npos) << raw.published;
}

TEST(Select, RefusesWhatCannotBeSelected) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 1, 9);
  scratch.putFeatures("made-up", 16, 0.5);
  Progress progress;
  EXPECT_THROW(select(*scratch.project, {}, progress), Error);  // one identity
  scratch.addPeople("more", project::Role::Train, 2, 3);
  EXPECT_THROW(select(*scratch.project, {}, progress), Error);  // features do not cover them yet
  scratch.putFeatures("made-up", 16, 0.5);
  SelectOptions options;
  options.lambdas = {1};
  EXPECT_THROW(select(*scratch.project, options, progress), Error);
  scratch.project->setExcluded({0, 1, 2}, true);
  scratch.addPeople("singles", project::Role::Train, 3, 1);
  scratch.putFeatures("made-up", 16, 0.5);
  try {
    select(*scratch.project, {}, progress);
    FAIL() << "single images were selected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("at least two images"), std::string::npos) << e.what();
  }
  EXPECT_TRUE(scratch.project->selections().empty());
}

TEST(Map, ShowsASampleAndSaysSo) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 5, 12);
  scratch.addPeople("test", project::Role::Test, 2, 5);
  scratch.putFeatures("made-up", 32, 0.3);
  std::string said;
  Progress progress([&](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::Note) said += event.text;
  });
  MapOptions options;
  options.limit = 40;
  options.storeSeconds = 0;
  options.tsne.iterations = 120;
  options.tsne.perplexity = 1e9;
  const auto result = makeMap(*scratch.project, options, progress);
  EXPECT_NE(said.find("perplexity 1e+09: is too large for 40 faces; 13 is used"), std::string::npos) << said;
  EXPECT_EQ(result.faces, 40);
  EXPECT_EQ(result.of, 60);
  EXPECT_NE(said.find("40 of 60"), std::string::npos) << said;
  const auto map = scratch.project->map("tsne");
  std::int64_t placed = 0;
  for (std::int64_t i = 0; i < map.points.rows; ++i) {
    if (!data::isFinite(map.points.row(i))) continue;
    ++placed;
    EXPECT_LT(i, 60);  // test identities are not on it
  }
  EXPECT_EQ(placed, 40);
  const auto made = fromJsonText<results::MapProgress>(map.options, "the map");
  EXPECT_EQ(made.iteration, 120);
  EXPECT_EQ(made.perplexity, 13);  // a third of the others
}

TEST(Map, ShowsTheIdentitiesAndTheKeptFacesThatAreAskedFor) {
  ScratchProject scratch;
  scratch.addPeople("few", project::Role::Train, 3, 5);    // samples 0 to 14
  scratch.addPeople("many", project::Role::Train, 2, 12);  // 15 to 38
  scratch.putFeatures("made-up", 32, 0.3);
  Progress progress;
  MapOptions options;
  options.tsne.iterations = 20;
  const auto facesOf = [&] {
    makeMap(*scratch.project, options, progress);
    const auto map = scratch.project->map("tsne");
    std::vector<int> faces;
    for (int i = 0; i < map.points.rows; ++i)
      if (data::isFinite(map.points.row(i))) faces.push_back(i);
    return faces;
  };
  options.most = 2;
  EXPECT_EQ(facesOf().size(), 24U);
  EXPECT_EQ(facesOf().front(), 15);
  options.most = 1;  // of equally large ones the earlier
  EXPECT_EQ(facesOf().back(), 26);
  options.most = 0;
  options.identities = {"few/few2", "many1"};
  EXPECT_EQ(facesOf().size(), 17U);
  EXPECT_EQ(facesOf()[4], 14);

  select(*scratch.project, {}, progress);
  options.kept = "selection@60%";
  const auto row = scratch.project->selection("selection");
  const double lambda = analysis::lambdaForShare(row.enters, 0.6);
  const auto kept = facesOf();
  EXPECT_GT(kept.size(), 3U);
  EXPECT_LT(kept.size(), 17U);
  for (const int face : kept)
    EXPECT_TRUE(selection::isKept(row.enters[static_cast<std::size_t>(face)], lambda)) << face;

  const auto message = [&] {
    try {
      makeMap(*scratch.project, options, progress);
    } catch (const FieldError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  options.kept = "none@-1";
  EXPECT_NE(message().find("kept none@-1: is neither"), std::string::npos) << message();
  scratch.addPeople("test", project::Role::Test, 1, 5);
  scratch.putFeatures("made-up", 32, 0.3);
  options.kept.clear();
  options.identities = {"test0"};
  EXPECT_NE(message().find("identities test0: has no train image"), std::string::npos) << message();
}

TEST(Map, CancelledHalfWayTheLastLayoutStays) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 5, 12);
  scratch.putFeatures("made-up", 32, 0.3);
  std::stop_source stop;
  Progress progress(
      [&](const ProgressEvent& event) {
        if (event.kind == ProgressEvent::Kind::Progress && event.done > 0) stop.request_stop();
      },
      stop.get_token());
  MapOptions options;
  options.storeSeconds = 0;
  options.tsne.iterations = 100'000;
  options.tsne.reportEvery = 1;
  EXPECT_THROW(makeMap(*scratch.project, options, progress), Cancelled);
  for (const auto& name : scratch.project->maps()) EXPECT_EQ(scratch.project->map(name).points.cols, 2);
}

TEST(Identify, ASearchFindsPeopleAndTurnsStrangersAway) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 12, 6);
  scratch.addPeople("pool", project::Role::Pool, 40, 2);
  scratch.putFeatures("made-up", 64, 0.2);
  Progress progress;
  IdentifyOptions options;
  options.gallery = 2;
  const auto result = identify(*scratch.project, options, progress);
  EXPECT_EQ(result.identities, 12);
  EXPECT_EQ(result.probes, 12 * 4);
  EXPECT_EQ(result.strangers, 80);
  EXPECT_EQ(result.cmc.front(), 1);
  ASSERT_EQ(result.tpir.size(), 2U);
  EXPECT_GT(result.tpir[1].tpir, 0.9);
  EXPECT_FALSE(result.tpir[0].supported);  // 80 strangers say nothing about one in a hundred
  options.gallery = 6;
  EXPECT_THROW(identify(*scratch.project, options, progress), Error);
  options.gallery = 0;
  EXPECT_THROW(identify(*scratch.project, options, progress), FieldError);
}

// A mugshot and a probe each, of six people of whom the first
// two are trained on; features that tell them all apart.
TEST(Identify, BenchmarksDrawTheirSubjectsFromTestIdentitiesOnly) {
  ScratchProject scratch;
  data::Dataset set;
  set.name = "scface";
  for (int who = 0; who < 6; ++who) {
    set.identities.push_back(std::to_string(who));
    for (const char* nuisance : {R"({"camera":0,"distance":0})", R"({"camera":1,"distance":1})"}) {
      data::Sample sample;
      sample.image.file = fmt::format("/none/{}.ppm", set.samples.size());
      sample.identity = who;
      sample.nuisance = nuisance;
      set.samples.push_back(sample);
    }
  }
  scratch.project->addDataset(set, project::Role::Test);
  scratch.project->setRole({0, 1}, project::Role::Train);
  scratch.putFeatures("made-up", 16, 0);
  std::vector<std::string> notes;
  Progress progress([&](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::Note) notes.push_back(event.text);
  });
  IdentifyOptions options;
  options.subjects = 4;
  for (const auto benchmark : {jobs::Benchmark::Scface, jobs::Benchmark::Uccs}) {
    options.benchmark = benchmark;
    options.epochs = 1;
    notes.clear();
    EXPECT_EQ(identify(*scratch.project, options, progress).identities, 4) << nameOf(benchmark);
    const auto says = [](const std::string& note) {
      return note.find("4 test identities; 2 training identities take no part") != std::string::npos;
    };
    EXPECT_EQ(std::ranges::count_if(notes, says), 1) << nameOf(benchmark);
    options.subjects = 5;
    EXPECT_THROW(identify(*scratch.project, options, progress), Error) << nameOf(benchmark);
    options.subjects = 4;
  }
  scratch.project->setRole({2, 3, 4, 5}, project::Role::Train);
  for (const auto benchmark : {jobs::Benchmark::Scface, jobs::Benchmark::Uccs}) {
    options.benchmark = benchmark;
    try {
      identify(*scratch.project, options, progress);
      ADD_FAILURE() << nameOf(benchmark) << " was measured on training identities";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("none of its subjects is a test identity"), std::string::npos)
          << e.what();
    }
  }
}

}  // namespace
}  // namespace discern::pipeline

// The main job through the real program, on rendered faces with planted truth, and how it refuses bad input.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/files.h"
#include "core/evaluation/correlation.h"
#include "core/project/project.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using test::run;

fs::path scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::temp_directory_path() / ("discern_cli_test_" + std::to_string(::getpid()));
    fs::create_directories(path);
    return path;
  }();
  return folder;
}

// One scored project for all tests that only read it: 32
// rendered identities of 20 images, half of them tested.
const std::string& scoredProject() {
  static const std::string path = [] {
    const std::string project = scratch() / "scored.discern";
    const std::vector<std::string> common = {"--images",       "20",   "--bad-share", "0.25",
                                             "--label-errors", "0.02", "--seed",      "5"};
    const auto import = [&](const char* role, const char* first) {
      std::vector<std::string> arguments = {"import",  project, "synthetic-faces",  "--json",
                                            "--name",  role,    "--role",           role,
                                            "--count", "16",    "--first-identity", first};
      arguments.insert(arguments.end(), common.begin(), common.end());
      const auto ran = run(arguments);
      EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
      EXPECT_EQ(ran.event("result")["samples"], 320);
    };
    import("train", "30000");
    import("test", "31000");
    // Others to be confused with: with few identities the hardest
    // negative says more about them than about the image.
    EXPECT_EQ(run({"import", project, "synthetic-faces", "--name", "pool", "--role", "pool", "--count", "150",
                   "--images", "2", "--bad-share", "0", "--label-errors", "0", "--first-identity", "32000",
                   "--seed", "5"})
                  .exit,
              0);
    EXPECT_EQ(run({"extract", project, "--json", "--no-recipe-check"}).exit, 0);
    const auto scored = run({"score", project, "--json"});
    EXPECT_EQ(scored.exit, 0) << scored.out;
    EXPECT_EQ(scored.event("result")["scored"], 640);
    return project;
  }();
  return path;
}

struct Planted {
  std::vector<float> score;
  std::vector<unsigned char> flagged;
};

TEST(Cli, PlantedBadImagesAndLabelErrorsGetLowScores) {
  const auto project = project::Project::open(scoredProject(), project::Project::Mode::Read);
  const auto table = project.scores("dscore");
  Planted blur, occlusion, pose, label;
  std::vector<float> errors;
  std::vector<float> all;
  for (const auto& sample : project.samples()) {
    const json truth = json::parse(sample.nuisance);
    if (table.status[static_cast<std::size_t>(sample.id)] == data::ScoreStatus::NotAsked)
      continue;  // the pool
    const float score = table.score[static_cast<std::size_t>(sample.id)];
    ASSERT_TRUE(std::isfinite(score));
    all.push_back(score);
    const bool wrong = truth.at("label_error");
    if (wrong) errors.push_back(score);
    if (wrong) continue;
    const auto bad = truth.at("bad").get<std::vector<std::string>>();
    for (auto [name, planted] : {std::pair{"blur", &blur}, {"occlusion", &occlusion}, {"pose", &pose}}) {
      const bool has = std::find(bad.begin(), bad.end(), name) != bad.end();
      if (!has && !bad.empty()) continue;  // bad in another way: neither
      planted->score.push_back(score);
      planted->flagged.push_back(has);
    }
  }
  EXPECT_GE(evaluation::separationAuc(blur.score, blur.flagged), 0.9);
  EXPECT_GE(evaluation::separationAuc(occlusion.score, occlusion.flagged), 0.9);
  EXPECT_GE(evaluation::separationAuc(pose.score, pose.flagged), 0.9);
  ASSERT_FALSE(errors.empty());
  std::sort(all.begin(), all.end());
  std::sort(errors.begin(), errors.end());
  const float median = errors[errors.size() / 2];
  const auto below = std::lower_bound(all.begin(), all.end(), median) - all.begin();
  EXPECT_LE(static_cast<double>(below) / static_cast<double>(all.size()), 0.05);  // the lowest percentiles
}

TEST(Cli, TheWholeJobRunsAndReports) {
  const std::string project = scratch() / "whole.discern";
  fs::copy(scoredProject(), project, fs::copy_options::recursive);
  const auto made = run({"protocol", project, "--json", "--name", "p", "--size", "4", "--degraded", "0.5",
                         "--templates-per-identity", "6"});
  ASSERT_EQ(made.exit, 0) << made.out;
  EXPECT_EQ(made.event("result")["templates"], 96);
  EXPECT_EQ(made.event("result")["copies"], 192);
  const auto early = run({"evaluate", project, "--json", "--protocol", "p"});
  EXPECT_EQ(early.exit, 1);  // the copies have no features yet, and that is said
  EXPECT_NE(early.event("error")["message"].get<std::string>().find("extract features again"),
            std::string::npos);
  const auto extracted = run({"extract", project, "--json"});
  ASSERT_EQ(extracted.exit, 0) << extracted.out;
  EXPECT_EQ(extracted.event("result")["images"], 192);
  EXPECT_EQ(extracted.event("result")["skipped"], 640 + 300);
  ASSERT_EQ(run({"score", project, "--json"}).exit, 0);
  const auto trained =
      run({"train-ddnet", project, "--json", "--size", "32", "--epochs", "2", "--batch", "32"});
  ASSERT_EQ(run({"train-ddnet", project, "--size", "32", "--epochs", "1", "--name", "hinted", "--copies", "0",
                 "--augment", "--hint-weight", "0.1"})
                .exit,
            0);
  ASSERT_EQ(trained.exit, 0) << trained.out;
  EXPECT_FALSE(trained.event("metric").is_null());
  ASSERT_EQ(run({"predict", project, "--json"}).exit, 0);
  const auto evaluated =
      run({"evaluate", project, "--json", "--protocol", "p", "--scores", "predicted", "--far", "1e-2,1e-6"});
  ASSERT_EQ(evaluated.exit, 0) << evaluated.out;
  const json result = evaluated.event("result");
  ASSERT_GE(result["aggregations"].size(), 8U);
  EXPECT_EQ(result["aggregations"][0]["name"], "average");
  EXPECT_GT(result["aggregations"][0]["auc"].get<double>(), 0.6);
  EXPECT_TRUE(result["aggregations"][0]["tar"][0]["supported"].get<bool>());
  EXPECT_FALSE(result["aggregations"][0]["tar"][1]["supported"].get<bool>());
  for (const auto& [fmr, text] :
       {std::pair("1e-2", " at FMR 0.01: FNMR "), std::pair("1e-6", " at FMR 1e-06: too few impostors\n")}) {
    const auto told = run({"evaluate", project, "--protocol", "p", "--scores", "predicted", "--bootstraps",
                           "0", "--fmr", fmr})
                          .out;
    EXPECT_NE(told.find(text), std::string::npos) << told;
  }
  const auto swept = run({"sweep", project, "--json", "--protocol", "p", "--scores", "dscore", "--far",
                          "1e-2", "--thresholds", "20"});
  ASSERT_EQ(swept.exit, 0) << swept.out;
  EXPECT_FALSE(swept.event("result")["knee"].is_null());
  const auto said =
      run({"sweep", project, "--protocol", "p", "--scores", "dscore", "--far", "1e-2", "--thresholds", "20"})
          .out;
  EXPECT_NE(said.find(" points below the best\n"), std::string::npos) << said;
  const auto aimed = run({"sweep", project, "--protocol", "p", "--scores", "dscore", "--far", "1e-2",
                          "--thresholds", "5", "--lose-at-most", "100", "--bootstraps", "0"})
                         .out;
  EXPECT_NE(aimed.find("points against the plain mean of every image), "), std::string::npos) << aimed;
  EXPECT_EQ(aimed.find("interval"), std::string::npos) << "nothing was resampled: " << aimed;
  double best = 0, least = 1e9;  // TAR, share of the compute
  const json curves = swept.event("result")["curves"];
  for (const auto& curve : curves)
    for (const auto& p : curve["points"]) best = std::max(best, p["tar"].get<double>());
  for (const auto& curve : curves)
    for (const auto& p : curve["points"])
      if (p["tar"].get<double>() >= best - 0.005) least = std::min(least, p["share"].get<double>());
  const auto line = said.find("cheapest within 0.5 points of the best TAR: ");
  ASSERT_NE(line, std::string::npos) << said;
  EXPECT_NE(said.find(fmt::format(", {:.2f} % of the compute\n", 100 * least), line), std::string::npos)
      << said;
  const auto head = run({"train-head", project, "--json", "--kinds", "gaussian-blur,occlusion"});
  ASSERT_EQ(head.exit, 0) << head.out;
  EXPECT_EQ(head.event("result")["dims"], 256);
  // Of 16 identities of 40 images; by chance it would deviate from 0 by 0.04.
  EXPECT_GT(head.event("result")["validation_spearman"].get<double>(), 0.3);
  ASSERT_EQ(run({"train-ddnet", project, "--size", "32", "--epochs", "1", "--name", "taught", "--copies", "0",
                 "--loss", "ratio", "--teacher", "head"})
                .exit,
            0);
  ASSERT_EQ(run({"predict", project, "--model", "head", "--name", "told"}).exit, 0);
  const auto byHead = run({"evaluate", project, "--json", "--protocol", "p", "--scores", "told",
                           "--percentile", "30", "--bootstraps", "0"});
  ASSERT_EQ(byHead.exit, 0) << byHead.out;
  int ddl = 0;
  const json told = byHead.event("result");
  for (const auto& row : told["aggregations"])
    if (row["name"].get<std::string>().starts_with("ddl")) {
      ++ddl;
      EXPECT_LT(row["kept"].get<double>(), 0.75);
      EXPECT_DOUBLE_EQ(row["macs_share"].get<double>(), 1);  // the recogniser saw every image
    }
  EXPECT_EQ(ddl, 3);
  const fs::path out = scratch() / "exported";
  ASSERT_EQ(run({"export", project, "--out", out, "--numbers-only"}).exit, 0);
  std::ifstream csv(out / "scores.csv");
  EXPECT_EQ(std::count(std::istreambuf_iterator<char>(csv), {}, '\n'), 1 + 640 + 300 + 192);
  EXPECT_TRUE(json::accept(std::ifstream(out / "report.json")));
}

TEST(Cli, InfoListsWhatIsThereInWords) {
  const std::string project = scratch() / "listed.discern";
  project::Project::create(project);
  const auto empty = run({"info", project});
  EXPECT_EQ(empty.out, "nothing is in it yet; import faces with discern import\n");
  fs::remove_all(project);
  ASSERT_EQ(run({"import", project, "synthetic-faces", "--count", "4", "--images", "4", "--seed", "3"}).exit,
            0);
  ASSERT_EQ(run({"extract", project, "--no-recipe-check"}).exit, 0);
  ASSERT_EQ(run({"select", project}).exit, 0);
  ASSERT_EQ(run({"tsne", project, "--iterations", "20"}).exit, 0);
  ASSERT_EQ(run({"role", project, "--set", "synthetic", "--role", "test"}).exit, 0);
  ASSERT_EQ(run({"protocol", project, "--name", "p", "--size", "1"}).exit, 0);
  ASSERT_EQ(run({"evaluate", project, "--bootstraps", "0"}).exit, 0);
  const auto ran = run({"info", project});
  for (const char* line : {"recipe insightface: RGB of 112 px, (pixel - 127.5) / 127.5",
                           "selection 'selection': 16 faces of 4 identities, from features 'demo'",
                           "map 'tsne': 16 faces, of features 'demo'", "evaluation of protocol 'p' (run ",
                           "features 'demo', scores 'none', best AUC "})
    EXPECT_NE(ran.out.find(line), std::string::npos) << line << "\n" << ran.out;
  const auto values = run({"info", project, "--json"}).event("result");
  EXPECT_EQ(values["selections"][0]["identities"], 4);
  EXPECT_EQ(values["maps"][0]["faces"], 16);
  const auto names = project::Project::open(project, project::Project::Mode::Read).identities();
  ASSERT_EQ(run({"merge", project, "--from", names[0].name, "--into", names[1].name}).exit, 0);
  EXPECT_EQ(run({"info", project, "--json"}).event("result")["selections"][0]["identities"],
            3);  // one person
  EXPECT_EQ(values["evaluations"][0]["protocol"], "p");
}

TEST(Cli, AnInterruptedExtractionGoesOnAndEndsTheSame) {
  const std::string project = scratch() / "interrupted.discern";
  ASSERT_EQ(
      run({"import", project, "synthetic-faces", "--count", "20", "--images", "20", "--seed", "3"}).exit, 0);
  const auto call = [&](const std::string& name) {
    return std::vector<std::string>{"extract",           project,   "--json", "--name", name,
                                    "--no-recipe-check", "--batch", "4"};
  };
  const auto straight = run(call("straight"));
  ASSERT_EQ(straight.exit, 0);
  // On a machine that is busy elsewhere it may have ended before it hears of it.
  test::Ran stopped;
  std::string name;
  for (int trial = 0; trial < 20 && stopped.exit != 130; ++trial) {
    name = "twice" + std::to_string(trial);
    stopped = run(call(name), R"("done":[1-9][^}]*"stage":"extracting)");
  }
  ASSERT_EQ(stopped.exit, 130) << stopped.out << stopped.err;
  const auto resumed = run(call(name));
  ASSERT_EQ(resumed.exit, 0) << resumed.out;
  EXPECT_NE(resumed.out.find("Going on after"), std::string::npos) << resumed.out;
  EXPECT_EQ(resumed.event("result")["images"], straight.event("result")["images"]);
  EXPECT_EQ(resumed.event("result")["skipped"], 0);
  const auto p = project::Project::open(project, project::Project::Mode::Read);
  EXPECT_EQ(readFile(p.featureFile("straight")), readFile(p.featureFile(name)));
  std::vector<std::string> status;
  for (const auto& row : p.runs())
    if (row.job == "extract") status.push_back(row.status);
  ASSERT_GE(status.size(), 3U);
  EXPECT_EQ(std::vector(status.end() - 2, status.end()), (std::vector<std::string>{"cancelled", "done"}));
}

TEST(Cli, ARecipeRunsOnceAndIsCheckedBeforeItStarts) {
  const fs::path recipe = scratch() / "recipe.toml";
  const std::string project = scratch() / "recipe.discern";
  std::ofstream(recipe)
      << "[[step]]\njob = \"import\"\nsource = \"synthetic-faces\"\ncount = 3\nimages = 4\n\n[[step]]\njob = "
         "\"extract\"\nno_recipe_check = true\n\n[[step]]\njob = \"cost\"\nbatches = \"1\"\n";
  const auto first = run({"run", recipe, project, "--json"});
  ASSERT_EQ(first.exit, 0) << first.out << first.err;
  EXPECT_FALSE(first.event("result")["steps"][1]["skipped"].get<bool>());
  std::vector<json> steps;
  for (const auto& event : first.events)
    if (event["event"] == "step") steps.push_back(event);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_TRUE(steps[0]["seconds"].is_null()) << "nothing ran here yet";
  EXPECT_TRUE(steps[1]["seconds"].is_number()) << "by the step before it";
  EXPECT_TRUE(steps[1]["after"].is_number());
  EXPECT_EQ(steps[2]["after"], 0) << "it is the last one";
  const auto second = run({"run", recipe, project, "--json"});
  ASSERT_EQ(second.exit, 0);
  EXPECT_TRUE(second.event("result")["steps"][1]["skipped"].get<bool>());

  const std::string nowhere = scratch() / "nowhere.discern";
  const auto elsewhere = run({"run", recipe, nowhere, "--device", "abacus"});
  EXPECT_EQ(elsewhere.exit, 2);
  EXPECT_NE(elsewhere.err.find("abacus"), std::string::npos) << elsewhere.err;
  EXPECT_FALSE(fs::exists(nowhere));
  // The import has no such choice, the extraction has; on a machine with CUDA both steps are done.
  const auto onCuda = run({"run", recipe, nowhere, "--device", "cuda"});
  EXPECT_TRUE(onCuda.exit == 0 || onCuda.err.find("CUDA") != std::string::npos) << onCuda.err;
  EXPECT_TRUE(project::Project::isProject(nowhere));

  std::ofstream(recipe) << "[[step]]\njob = \"import\"\nsource = \"synthetic-faces\"\n\n[[step]]\njob = "
                           "\"extract\"\nmodell = \"demo\"\n";
  const std::string untouched = scratch() / "untouched.discern";
  const auto wrong = run({"run", recipe, untouched});
  EXPECT_EQ(wrong.exit, 1);
  EXPECT_NE(wrong.err.find("modell"), std::string::npos) << wrong.err;
  EXPECT_FALSE(fs::exists(untouched));
}

TEST(Cli, ARecipeDoesAgainWhatAnotherOneReplaced) {
  const std::string project = scratch() / "replaced.discern";
  const auto recipe = [](const std::string& role) {
    const fs::path file = scratch() / (role + ".toml");
    std::ofstream(file) << "[[step]]\njob = \"import\"\nsource = \"synthetic-faces\"\ncount = 3\nimages = "
                           "4\n\n[[step]]\njob = \"role\"\nset = \"synthetic\"\nrole = \""
                        << role << "\"\n";
    return file.string();
  };
  const auto skipped = [&](const std::string& role) {
    const auto ran = run({"run", recipe(role), project, "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
    const json steps = ran.event("result")["steps"];
    return std::vector<bool>{steps[0]["skipped"].get<bool>(), steps[1]["skipped"].get<bool>()};
  };
  EXPECT_EQ(skipped("test"), (std::vector<bool>{false, false}));
  EXPECT_EQ(skipped("test"), (std::vector<bool>{true, true}));
  EXPECT_EQ(skipped("pool"), (std::vector<bool>{true, false}));
  EXPECT_EQ(skipped("test"), (std::vector<bool>{true, false}));
  EXPECT_EQ(project::Project::open(project, project::Project::Mode::Read).identities().at(0).role,
            project::Role::Test);
  EXPECT_EQ(skipped("test"), (std::vector<bool>{true, true}));
}

// A folder of people of one image each.
fs::path people(const std::string& set, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    fs::create_directories(scratch() / set / name);
    cv::imwrite(scratch() / set / name / "1.png", cv::Mat(112, 112, CV_8UC3, cv::Scalar(20, 60, 90)));
  }
  return scratch() / set;
}

TEST(Cli, NamesInAnyEncodingAndWithCommas) {
  const std::string project = scratch() / "names.discern";
  const fs::path folder = people("S\xF6hne", {"Smith, John", "Smith", "M\xFCller"});  // Latin-1
  std::ofstream(folder / "M\xFCller" / "verj\xE4hrt.gif") << "GIF89a";
  const auto imported = run({"import", project + "/", folder, "--json"});
  ASSERT_EQ(imported.exit, 0) << imported.out;
  EXPECT_EQ(imported.event("result")["added"], 3);
  ASSERT_EQ(run({"exclude", project, "--identity", "Smith, John"}).exit, 0);
  ASSERT_EQ(run({"role", project, "--identity", "Smith,M\xFCller", "--role", "pool"}).exit, 0);
  const auto opened = project::Project::open(project, project::Project::Mode::Read);
  for (const auto& row : opened.identities()) {
    EXPECT_EQ(row.excluded, row.name == "Smith, John") << row.name;
    EXPECT_EQ(row.role == project::Role::Pool, row.name != "Smith, John") << row.name;
  }
  for (const auto& row : opened.runs()) {
    EXPECT_EQ(row.status, "done") << row.job;
    EXPECT_TRUE(json::accept(row.options) && json::accept(row.result)) << row.job;
  }
  EXPECT_EQ(run({"info", project, "--json"}).exit, 0);
}

TEST(Cli, AnImportSaysThatItChangesNoRole) {
  const std::string project = scratch() / "roles.discern";
  const fs::path folder = people("two", {"ann", "bob"});
  EXPECT_EQ(run({"import", project, folder}).err.find("discern role"), std::string::npos);
  const auto again = run({"import", project, folder, "--role", "test"});
  EXPECT_EQ(again.exit, 0);
  EXPECT_NE(again.err.find("2 as train"), std::string::npos) << again.err;
  EXPECT_NE(again.err.find("--set \"two\" --role test"), std::string::npos) << again.err;
}

struct BadCall {
  std::string name;
  std::vector<std::string> arguments;
  int exit;
  std::string says;
};

TEST(Cli, BadInputGetsASentenceAndLeavesNothingBehind) {
  const fs::path empty = scratch() / "empty_folder";
  fs::create_directories(empty);
  const fs::path fake = scratch() / "fake.onnx";
  std::ofstream(fake) << "this is no network";
  const std::string fresh = scratch() / "fresh.discern";
  const std::string scored = scoredProject();
  const std::vector<BadCall> calls = {
      {"no command", {}, 2, "subcommand"},
      {"unknown option", {"extract", scored, "--modle", "x"}, 2, "modle"},
      {"mistyped command", {"extrct", scored}, 2, "did you mean extract?"},
      {"no such command", {"frobnicate", scored}, 2, "frobnicate: is no command"},
      {"strength beyond", {"train-head", scored, "--min-strength", "2"}, 2, "--min-strength 2"},
      {"scores of another kind",
       {"predict", scored, "--name", "dscore"},
       1,
       "--name dscore: is a table of dscore scores"},
      {"percentile beyond",
       {"evaluate", scored, "--percentile", "200"},
       2,
       "--percentile 200: lies between 0 and 100"},
      {"mode before training", {"distil", scored, "--mode", "q"}, 2, "--mode q"},
      {"protocol without a name", {"protocol", scored, "--name", ""}, 2, "--name: is empty"},
      {"empty project",
       {"import", "", empty},
       2,
       "project: a project folder, such as my.discern, was expected"},
      {"empty source", {"import", fresh, ""}, 2, "source: is empty"},
      {"format of rendered faces",
       {"import", fresh, "synthetic-faces", "--format", "lfw"},
       1,
       "--format lfw"},
      {"crop of rendered faces",
       {"import", fresh, "synthetic-faces", "--crop", "1,2,3,4"},
       1,
       "--crop 1,2,3,4"},
      {"negative count",
       {"import", fresh, "synthetic-faces", "--count", "-3"},
       2,
       "--count -3: lies between 1 and 100000"},
      {"negative seed", {"import", fresh, "synthetic-faces", "--seed", "-4"}, 2, "--seed"},
      {"too few images",
       {"import", fresh, people("two", {"ann", "bob"}), "--min-images", "-3"},
       2,
       "--min-images -3"},
      {"no such set",
       {"role", scored, "--set", "nope", "--role", "test"},
       1,
       "--set nope: there is no such set in this project; there are train, test, pool"},
      {"no such set to search", {"identify", scored, "--set", "nope"}, 1, "--set nope"},
      {"no such DDNet", {"train-ddnet", scored, "--architecture", "foo"}, 2, "ddnet-full"},
      {"learning backwards", {"train-ddnet", scored, "--learning-rate", "-1"}, 2, "--learning-rate"},
      {"negative warm-up", {"train-ddnet", scored, "--warmup", "-3"}, 2, "--warmup"},
      {"no cosine", {"score", scored, "--nearly-same", "7"}, 2, "--nearly-same"},
      {"no rate", {"evaluate", scored, "--fmr", "-1"}, 2, "--fmr -1"},
      {"no rate to sweep", {"sweep", scored, "--far", "2"}, 2, "--far 2"},
      {"a rate that no impostors support", {"sweep", scored, "--far", "0"}, 2, "above 0 and at most 1"},
      {"the same of a point", {"point", scored, "--far", "0"}, 2, "above 0 and at most 1"},
      {"no project", {"info", scratch() / "nowhere"}, 1, "not a Discern project"},
      {"empty folder", {"import", fresh, empty}, 1, "empty_folder"},
      {"absent source", {"import", fresh, scratch() / "absent"}, 1, "absent"},
      {"bad role", {"import", fresh, "synthetic-faces", "--role", "teacher"}, 2, "train, test or pool"},
      {"rendered with other options",
       {"import", scored, "synthetic-faces", "--name", "train", "--count", "3"},
       1,
       "--name train"},
      {"bad crop", {"import", fresh, empty, "--crop", "1,2,three,4"}, 2, "--crop"},
      {"crop of almost numbers", {"import", fresh, empty, "--crop", "60x,5.9,50abc,50"}, 2, "--crop 60x"},
      {"short crop", {"import", fresh, empty, "--crop", "60,5,50"}, 2, "four whole numbers"},
      {"name outside", {"extract", scored, "--name", "../x"}, 2, "--name ../x"},
      {"name of a folder", {"select", scored, "--name", "a/b"}, 2, "--name a/b"},
      {"name of a set", {"import", fresh, empty, "--name", "a/b"}, 2, "--name a/b"},
      {"not a model", {"extract", scored, "--model", fake}, 1, "fake.onnx"},
      {"absent model", {"extract", scored, "--model", "absent.onnx"}, 1, "absent.onnx"},
      {"unknown recipe", {"extract", scored, "--recipe", "arcfase"}, 1, "arcfase"},
      {"unknown features", {"score", scored, "--features", "none"}, 1, "none"},
      {"unknown method", {"score", scored, "--method", "magic"}, 2, "magic"},
      {"ratio of cosines",
       {"score", scored, "--method", "crfiqa", "--metric", "euclidean"},
       1,
       "--metric euclidean"},
      {"unknown protocol", {"evaluate", scored, "--protocol", "none"}, 1, "protocol"},
      {"bad rate", {"evaluate", scored, "--far", "1e-3,lots"}, 2, "--far lots"},
      {"bad steps", {"train-base", scored, "--steps", "10,later"}, 2, "--steps"},
      {"templates too large", {"protocol", scored, "--size", "500"}, 1, "--size 500"},
      {"unknown identity", {"merge", scored, "--from", "nobody", "--into", "0001"}, 1, "nobody"},
      {"unknown network", {"predict", scored, "--network", "none"}, 1, "--network none: is neither"},
      {"unknown network as it was called", {"predict", scored, "--model", "none"}, 1, "--network none: is"},
      {"unknown network of explain",
       {"explain", scored, "--ddnet=none", "--image", "0"},
       1,
       "--network none: is"},
      {"unknown network of aggregate", {"aggregate", scored, "--ddnet", "none"}, 1, "none"},
      {"unknown network to export",
       {"export-model", scored, "--model", "none", "--out", "n.onnx"},
       1,
       "none: is"},
      {"unknown teacher", {"train-ddnet", scored, "--teacher", "nobody"}, 1, "--teacher nobody: is neither"},
      {"unknown loss", {"train-ddnet", scored, "--loss", "rank"}, 2, "--loss"},
      {"absent recipe file", {"run", "absent.toml", fresh}, 1, "absent.toml"},
  };
  for (const auto& call : calls) {
    const auto ran = run(call.arguments);
    EXPECT_EQ(ran.exit, call.exit) << call.name << ": " << ran.err;
    EXPECT_NE((ran.err + ran.out).find(call.says), std::string::npos) << call.name << ": " << ran.err;
    EXPECT_FALSE(fs::exists(fresh)) << call.name << " left a project behind";
  }
}

TEST(Cli, UnreadableImagesAreCountedAndTheRestGoesOn) {
  const fs::path folder = scratch() / "people";
  for (const char* name : {"ann", "bob", "cas"}) {
    fs::create_directories(folder / name);
    for (int i = 0; i < 3; ++i)
      cv::imwrite(folder / name / (std::to_string(i) + ".png"),
                  cv::Mat(112, 112, CV_8UC3, cv::Scalar(20 * i, 60, 90)));
  }
  // A header that promises an image and a body that breaks the promise.
  const std::string whole = [&] {
    std::ifstream in(folder / "ann" / "0.png", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  std::ofstream(folder / "bob" / "1.png", std::ios::binary) << whole.substr(0, 60);
  const std::string project = scratch() / "unreadable.discern";
  ASSERT_EQ(run({"import", project, folder}).exit, 0);
  const auto ran = run({"extract", project, "--json", "--no-recipe-check"});
  ASSERT_EQ(ran.exit, 0) << ran.out;
  EXPECT_EQ(ran.event("result")["failed"], 1);
  EXPECT_EQ(ran.event("result")["images"], 8);
  const auto info = run({"info", project, "--json"});
  ASSERT_EQ(info.event("result")["unreadable"].size(), 1U);
  EXPECT_NE(info.event("result")["unreadable"][0]["file"].get<std::string>().find("bob/1.png"),
            std::string::npos);
}

// A set is replaced in place, moved and imported again, renamed and removed, as people do it.
TEST(Cli, ASetThatChangesOnTheDiskIsNoticed) {
  const fs::path folder = scratch() / "moving" / "faces", project = scratch() / "moving.discern";
  const auto paint = [&](const fs::path& file, int value) {
    fs::create_directories(file.parent_path());
    cv::imwrite(file, cv::Mat(112, 112, CV_8UC3, cv::Scalar(value, 255 - value, 90)));
  };
  for (const char* name : {"ann", "bob"})
    for (int i = 0; i < 3; ++i)
      paint(folder / name / (std::to_string(i) + ".png"), 20 * i + (*name == 'b' ? 100 : 0));
  paint(folder / "@eaDir" / "0.png", 1);
  const auto imported = run({"import", project, folder, "--json"});
  ASSERT_EQ(imported.exit, 0) << imported.err;
  EXPECT_EQ(imported.event("result")["identities"], 2);
  ASSERT_EQ(run({"extract", project, "--no-recipe-check"}).exit, 0);
  ASSERT_EQ(run({"score", project, "--method", "norm"}).exit, 0);

  const fs::path image = folder / "ann" / "1.png";
  const auto before = fs::last_write_time(image);
  paint(image, 250);
  fs::last_write_time(image, before + std::chrono::seconds(2));
  const auto again = run({"import", project, folder, "--json"});
  EXPECT_NE(again.event("note")["text"].get<std::string>().find("1 image files were replaced"),
            std::string::npos);
  EXPECT_EQ(again.event("result")["added"], 0);
  EXPECT_EQ(run({"info", project, "--json"}).event("result")["stale"].size(), 2U);
  const auto extracted = run({"extract", project, "--json", "--no-recipe-check"});
  EXPECT_EQ(extracted.event("result")["images"], 1);
  ASSERT_EQ(run({"score", project, "--method", "norm"}).exit, 0);
  EXPECT_FALSE(run({"info", project, "--json"}).event("result").contains("stale"));

  const fs::path elsewhere = scratch() / "moving" / "renamed";
  fs::rename(folder, elsewhere);
  const auto refused = run({"import", project, elsewhere, "--name", "faces"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_NE(refused.err.find("discern repoint"), std::string::npos) << refused.err;
  EXPECT_EQ(run({"refresh", project, "--json"}).event("result")["missing"].size(), 6U);
  const auto moved = run({"repoint", project, "--set", "faces", "--to", elsewhere, "--json"});
  EXPECT_EQ(moved.event("result")["files"], 6);
  EXPECT_EQ(run({"extract", project, "--json", "--no-recipe-check"}).event("result")["images"], 0);

  EXPECT_EQ(run({"rename", project, "--kind", "scores", "--name", "norm", "--to", "quality"}).exit, 0);
  const auto used = run({"remove", project, "--kind", "features", "--name", "demo"});
  EXPECT_EQ(used.exit, 1);
  EXPECT_NE(used.err.find("scores 'quality'"), std::string::npos) << used.err;
  EXPECT_EQ(run({"remove", project, "--kind", "scores", "--name", "quality"}).exit, 0);
  EXPECT_EQ(run({"remove", project, "--kind", "set", "--name", "faces"}).exit, 0);
  EXPECT_FALSE(run({"info", project, "--json"}).event("result").contains("sets"));
  EXPECT_EQ(run({"import", project, elsewhere, "--json"}).event("result")["added"], 6);
  const auto copies = run({"import", project, elsewhere, "--name", "copies", "--json"});
  EXPECT_EQ(copies.event("result")["duplicates"], 6);
}

class RemoveScratch : public ::testing::Environment {
 public:
  void TearDown() override { fs::remove_all(scratch()); }
};
const auto* const kRemove = ::testing::AddGlobalTestEnvironment(new RemoveScratch);

}  // namespace
}  // namespace discern

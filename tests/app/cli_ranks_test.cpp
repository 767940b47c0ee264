// Several processes of the real program that train together over loopback, and shards that are merged.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

#include "core/base/files.h"
#include "core/project/project.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using test::Ran;
using test::run;
using Words = std::vector<std::string>;

fs::path scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::temp_directory_path() / ("discern_ranks_test_" + std::to_string(::getpid()));
    fs::create_directories(path);
    return path;
  }();
  return folder;
}

void done(const Words& arguments) {
  const auto ran = run(arguments);
  EXPECT_EQ(ran.exit, 0) << arguments.front() << ": " << ran.out << ran.err;
}

// Eight identities of six images with features, scores and a selection.
const std::string& preparedProject() {
  static const std::string path = [] {
    const std::string project = scratch() / "ranks.discern";
    done({"import", project, "synthetic-faces", "--name", "train", "--count", "8", "--images", "6",
          "--first-identity", "40000", "--seed", "3"});
    done({"extract", project, "--no-recipe-check"});
    done({"score", project});
    done({"select", project});
    return project;
  }();
  return path;
}

// A port of this machine that nobody had a moment ago.
std::string freePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(socket);
  return std::to_string(ntohs(address.sin_port));
}

// Ranks 0, 1, ... of one training, which meet at a port of their own. When rank 0's output matches `at`, rank
// `whom` gets `signal`.
std::vector<Ran> together(const std::vector<Words>& ranks, const std::string& at = "", std::size_t whom = 0,
                          int signal = 0) {
  const std::string port = freePort(), count = std::to_string(ranks.size());
  std::vector<test::Call> calls;
  for (std::size_t k = 0; k < ranks.size(); ++k)
    calls.push_back({ranks[k],
                     {{"RANK", std::to_string(k)},
                      {"WORLD_SIZE", count},
                      {"LOCAL_WORLD_SIZE", count},
                      {"MASTER_ADDR", "127.0.0.1"},
                      {"MASTER_PORT", port}}});
  return test::runTogether(calls, at, whom, signal);
}
std::vector<Ran> byTwo(const Words& words) { return together({words, words}); }

std::vector<std::pair<std::string, double>> metrics(const Ran& ran) {
  std::vector<std::pair<std::string, double>> all;
  for (const auto& event : ran.events)
    if (event["event"] == "metric") all.emplace_back(event["name"], event["value"]);
  return all;
}

// The float32 values of a .safetensors file, by name.
std::map<std::string, std::vector<float>> weights(const fs::path& file) {
  const std::string bytes = readFile(file);
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  std::map<std::string, std::vector<float>> all;
  const json header = json::parse(bytes.substr(8, length));
  for (const auto& [name, tensor] : header.items()) {
    if (name == "__metadata__" || tensor["dtype"] != "F32") continue;
    const auto begin = tensor["data_offsets"][0].get<std::size_t>(),
               end = tensor["data_offsets"][1].get<std::size_t>();
    all[name].resize((end - begin) / sizeof(float));
    std::memcpy(all[name].data(), bytes.data() + 8 + length + begin, end - begin);
  }
  return all;
}

// Two processes of `job` leave what one leaves; returns what it cost nothing to look at besides.
void expectTheSame(const std::string& job, Words arguments, double tolerance) {
  const std::string project = preparedProject();
  const auto named = [&](const std::string& name) {
    Words words = {job, project, "--name", name, "--json"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  };
  const auto alone = run(named(job + "-one"));
  ASSERT_EQ(alone.exit, 0) << alone.out << alone.err;
  // A first stage that the one left would be used again.
  for (const auto& entry : fs::directory_iterator(fs::path(project) / "checkpoints"))
    if (entry.path().filename().string().starts_with("S-16-init")) fs::remove(entry.path());
  const auto two = byTwo(named(job + "-two"));
  ASSERT_EQ(two[0].exit, 0) << two[0].out << two[0].err;
  ASSERT_EQ(two[1].exit, 0) << two[1].out << two[1].err;
  EXPECT_EQ(two[1].out + two[1].err, "");  // the first tells it all
  const auto a = metrics(alone), b = metrics(two[0]);
  ASSERT_EQ(a.size(), b.size());
  EXPECT_GT(a.size(), 2U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].first, b[i].first);
    EXPECT_NEAR(a[i].second, b[i].second, tolerance * (1 + std::abs(a[i].second))) << a[i].first;
  }
  const auto checkpoint = [&](const std::string& which) {
    return weights(fs::path(project) / "checkpoints" / (job + which + ".safetensors"));
  };
  const auto one = checkpoint("-one"), both = checkpoint("-two");
  ASSERT_EQ(one.size(), both.size());
  EXPECT_GT(one.size(), 5U);
  for (const auto& [name, values] : one) {
    double most = 0, scale = 1;
    for (std::size_t i = 0; i < values.size(); ++i) {
      most = std::max(most, std::abs(static_cast<double>(values[i]) - both.at(name)[i]));
      scale = std::max(scale, std::abs(static_cast<double>(values[i])));
    }
    EXPECT_LT(most, tolerance * scale) << name;
  }
  int runs = 0;
  for (const auto& row : project::Project::open(project, project::Project::Mode::Read).runs())
    runs += row.job == job ? 1 : 0;
  EXPECT_EQ(runs, 2);  // one of each name
}

const Words kBase = {"--size",  "32", "--width",         "0.25",  "--dims",           "16", "--epochs", "1",
                     "--batch", "24", "--learning-rate", "0.005", "--triplet-weight", "0.5"};

TEST(CliRanks, TwoProcessesTrainARecogniserAsOneDoes) { expectTheSame("train-base", kBase, 2e-4); }

TEST(CliRanks, TwoProcessesTrainADdnetAsOneDoes) {
  expectTheSame("train-ddnet", {"--size", "32", "--epochs", "2", "--batch", "16", "--learning-rate", "0.005"},
                2e-4);
}

TEST(CliRanks, TwoProcessesTrainAStudentAsOneDoes) {
  expectTheSame("distil",
                {"--init-epochs", "1", "--epochs", "1", "--batch", "16", "--init-learning-rate", "0.005",
                 "--learning-rate", "0.005"},
                2e-4);
}

Words longTraining() {
  return {"train-base", preparedProject(), "--name", "long",     "--size", "32",      "--width",
          "0.25",       "--dims",          "16",     "--epochs", "10",     "--batch", "24",
          "--json"};
}

TEST(CliRanks, AStopOfOneStopsAllAndAKilledOneEndsAll) {
  const Words words = longTraining();
  const fs::path state = fs::path(preparedProject()) / "checkpoints/long.safetensors.state";
  const auto stopped = together({words, words}, "train/loss", 1, SIGINT);
  for (const auto& one : stopped) EXPECT_EQ(one.exit, 130) << one.out << one.err;
  EXPECT_TRUE(fs::exists(state));

  const auto killed = together({words, words}, "train/loss", 1, SIGKILL);
  EXPECT_EQ(killed[1].exit, 1000 + SIGKILL);
  EXPECT_EQ(killed[0].exit, 1) << killed[0].out << killed[0].err;
  EXPECT_EQ(
      killed[0].event("error")["message"],
      "rank 1 of 2 is gone without a word, and with it the training; start all ranks again, which goes on "
      "from what was stored last");
  EXPECT_TRUE(fs::exists(state));

  const auto resumed = byTwo(words);
  EXPECT_EQ(resumed[0].exit, 0) << resumed[0].out << resumed[0].err;
  EXPECT_EQ(resumed[1].exit, 0) << resumed[1].out << resumed[1].err;
  EXPECT_NE(resumed[0].out.find("Going on from epoch"), std::string::npos);
  EXPECT_FALSE(fs::exists(state));
}

TEST(CliRanks, WhatDoesNotFitTogetherIsOneSentence) {
  Words words = longTraining(), other = words;
  other.insert(other.end(), {"--seed", "7"});
  const auto ran = together({words, other});
  for (const auto& one : ran) EXPECT_EQ(one.exit, 1);
  EXPECT_EQ(ran[0].event("error")["message"],
            "rank 1 has other options than rank 0; start all ranks by the same command, on the same project");
  const auto nonsense = test::runTogether({{words, {{"RANK", "2"}, {"WORLD_SIZE", "2"}}}}).front();
  EXPECT_EQ(nonsense.exit, 1);
  EXPECT_EQ(nonsense.event("error")["message"], "RANK is '2', a number from 0 to 1 was expected");
  // An error of the first is everybody's.
  words[1] = scratch() / "none.discern";
  const auto nowhere = byTwo(words);
  EXPECT_EQ(nowhere[0].exit, 1);
  EXPECT_EQ(nowhere[1].exit, 1);
}

}  // namespace
}  // namespace discern

#include "core/training/ranks.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "core/base/error.h"
#include "tests/core/training/some_ranks.h"
#include "tests/message_of.h"

namespace discern::training {
namespace {

using Said = std::vector<std::string>;

TEST(Ranks, SumTheNumbersOfAll) {
  const auto said = withRanks(3, [](Ranks& ranks) {
    const int rank = ranks.rank();
    auto floats = torch::tensor({1.5F, 2.0F * static_cast<float>(rank)});
    ranks.sum(floats);
    EXPECT_TRUE(torch::equal(floats, torch::tensor({4.5F, 6.0F})));
    auto whole = torch::full({2, 2}, std::int64_t{1} << (20 * rank), torch::kInt64);
    ranks.sum(whole);
    EXPECT_TRUE((whole == (1 + (std::int64_t{1} << 20) + (std::int64_t{1} << 40))).all().item<bool>());
    auto weights = torch::full({4}, rank + 7.0);
    ranks.fromFirst(weights);
    EXPECT_TRUE((weights == 7).all().item<bool>());
    EXPECT_FALSE(ranks.fromFirst(!ranks.isFirst()));
    ranks.agree("options", "the same");
    ranks.meet();
  });
  EXPECT_EQ(said, Said(3));
}

TEST(Ranks, TheFirstGoesFirstHoweverLongItTakes) {
  std::atomic<int> made{0};
  const auto said = withRanks(3, [&](Ranks& ranks) {
    ranks.inTurn([&] {
      if (ranks.isFirst()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        made = 1;
      }
      EXPECT_EQ(made, 1);
    });
    ranks.meet();
  });
  EXPECT_EQ(said, Said(3));
}

TEST(Ranks, WhoDisagreesIsNamedByAll) {
  const auto said =
      withRanks(3, [](Ranks& ranks) { ranks.agree("options", ranks.rank() == 1 ? "batch 64" : "batch 32"); });
  for (const auto& one : said)
    EXPECT_EQ(one,
              "rank 1 has other options than rank 0; start all ranks by the same command, on the same "
              "project");
}

TEST(Ranks, OneThatFailsEndsAllWithItsReason) {
  const auto said = withRanks(3, [](Ranks& ranks) {
    if (ranks.rank() == 2) fail("no space is left");
    ranks.meet();
  });
  EXPECT_EQ(said, (Said{"rank 2 of 3 ended: no space is left", "rank 2 of 3 ended: no space is left",
                        "no space is left"}));
}

TEST(Ranks, TheFirstThatFailsEndsAllWithItsReason) {
  const auto said = withRanks(3, [](Ranks& ranks) { ranks.inTurn([&] { fail("no such table"); }); });
  EXPECT_EQ(said,
            (Said{"no such table", "rank 0 of 3 ended: no such table", "rank 0 of 3 ended: no such table"}));
}

TEST(Ranks, OneThatIsStoppedStopsAll) {
  const auto said = withRanks(2, [](Ranks& ranks) {
    if (ranks.rank() == 1) throw Cancelled();
    ranks.meet();
  });
  EXPECT_EQ(said, (Said{Cancelled().what(), Cancelled().what()}));
}

// It returns, and its connections close as a killed process's do.
TEST(Ranks, OneThatIsGoneIsNamed) {
  const auto said = withRanks(3, [](Ranks& ranks) {
    ranks.meet();
    if (ranks.rank() == 1) return;
    for (int k = 0; k < 3; ++k) ranks.meet();
  });
  EXPECT_EQ(said[1], "");
  for (const int k : {0, 2})
    EXPECT_EQ(
        said[static_cast<std::size_t>(k)],
        "rank 1 of 3 is gone without a word, and with it the training; start all ranks again, which goes "
        "on from what was stored last");
}

TEST(Ranks, WhoDoesNotComeIsNamed) {
  const int port = freePort();
  EXPECT_EQ(
      testing::messageOf([&] { Ranks(placeAt(0, 3, port), {}, 0.2); }),
      "rank 1, 2 of 3 did not come to 127.0.0.1:" + std::to_string(port) + " within 0 s; start all of them");
  EXPECT_EQ(testing::messageOf([&] { Ranks(placeAt(1, 3, port), {}, 0.2); }),
            "rank 1 of 3 found no rank 0 at 127.0.0.1:" + std::to_string(port) +
                " (MASTER_ADDR, MASTER_PORT); start rank 0, with the same two variables");
}

TEST(Ranks, APortThatIsTakenIsSaid) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  socklen_t length = sizeof address;
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(::listen(socket, 1), 0);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  const auto said = testing::messageOf([&] { Ranks(placeAt(0, 2, ntohs(address.sin_port)), {}, 0.2); });
  ::close(socket);
  EXPECT_EQ(said,
            "port " + std::to_string(ntohs(address.sin_port)) +
                " (MASTER_PORT) is refused to rank 0: another program has it, or it is reserved; choose "
                "another, such as 29500");
}

TEST(Ranks, TwoOfOneNumberAreSaid) {
  const int port = freePort();
  std::vector<std::string> said(2);
  {
    std::vector<std::jthread> threads;
    for (std::size_t k = 0; k < 2; ++k)
      threads.emplace_back([&, k] {
        if (k == 1) std::this_thread::sleep_for(std::chrono::milliseconds(200));
        said[k] = testing::messageOf([&] { Ranks(placeAt(1, 3, port), {}, 2); });
      });
    const std::string first = testing::messageOf([&] { Ranks(placeAt(0, 3, port), {}, 1); });
    EXPECT_TRUE(first.starts_with("rank 2 of 3 did not come")) << first;
  }
  EXPECT_EQ(said[1], "two processes say that they are rank 1 of 3; give each a RANK of its own");
}

// Either way all end, long before the time to come is over.
TEST(Ranks, OtherNumbersOfRanksAreSaidByAll) {
  for (const int first : {2, 3}) {
    const int second = 5 - first, port = freePort();
    std::string said;
    std::jthread other([&] { said = testing::messageOf([&] { Ranks(placeAt(1, second, port), {}, 60); }); });
    const std::string ofFirst = testing::messageOf([&] { Ranks(placeAt(0, first, port), {}, 60); });
    other.join();
    EXPECT_EQ(said, "rank 1 was told of " + std::to_string(second) + " processes, and rank 0 of " +
                        std::to_string(first) + "; give all the same WORLD_SIZE");
    EXPECT_EQ(ofFirst, "rank 1 of " + std::to_string(first) + " ended: " + said);
  }
}

TEST(Ranks, WaitingForTheOthersCanBeStopped) {
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.request_stop();
  });
  EXPECT_THROW(Ranks(placeAt(0, 2, freePort()), stop.get_token(), 60), Cancelled);
}

}  // namespace
}  // namespace discern::training

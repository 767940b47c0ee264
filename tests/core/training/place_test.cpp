#include "core/training/place.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/message_of.h"

namespace discern::training {
namespace {

using Variables = std::map<std::string, std::string>;

Place of(const Variables& variables) {
  return placeOf([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

std::string complaint(const Variables& variables) {
  return testing::messageOf([&] { of(variables); });
}

TEST(Place, WithoutTheVariablesAProcessIsAlone) {
  EXPECT_TRUE(of({}).isAlone());
  EXPECT_TRUE(of({{"RANK", "0"}, {"WORLD_SIZE", "1"}}).isAlone());
  EXPECT_TRUE(of({{"MASTER_ADDR", "node1"}, {"MASTER_PORT", "1234"}, {"LOCAL_RANK", "3"}}).isAlone());
  // A batch script of SLURM, which is no step of its own allocation.
  EXPECT_TRUE(of({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "8"}}).isAlone());
}

TEST(Place, IsWhatTorchrunAndSrunSay) {
  const Place torchrun = of({{"RANK", "5"},
                             {"WORLD_SIZE", "8"},
                             {"LOCAL_RANK", "1"},
                             {"LOCAL_WORLD_SIZE", "4"},
                             {"MASTER_ADDR", "node1"},
                             {"MASTER_PORT", "1234"}});
  EXPECT_EQ(torchrun.rank, 5);
  EXPECT_EQ(torchrun.ranks, 8);
  EXPECT_EQ(torchrun.local, 1);
  EXPECT_EQ(torchrun.localRanks, 4);
  EXPECT_EQ(torchrun.address, "node1");
  EXPECT_EQ(torchrun.port, 1234);
  EXPECT_FALSE(torchrun.isFirst());

  const Place srun = of({{"SLURM_PROCID", "0"},
                         {"SLURM_NTASKS", "2"},
                         {"SLURM_LOCALID", "0"},
                         {"SLURM_NTASKS_PER_NODE", "2"},
                         {"MASTER_ADDR", "node1"}});
  EXPECT_TRUE(srun.isFirst());
  EXPECT_EQ(srun.ranks, 2);
  EXPECT_EQ(srun.localRanks, 2);
  EXPECT_EQ(srun.port, 29500);

  // A step of two tasks in an allocation of eight a node; and where only the list of nodes is told.
  const auto local = [](const char* name, const std::string& value) {
    return of({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "16"}, {"MASTER_ADDR", "node1"}, {name, value}})
        .localRanks;
  };
  EXPECT_EQ(local("SLURM_NTASKS_PER_NODE", "8"), 8);
  EXPECT_EQ(local("SLURM_NTASKS_PER_NODE", "64"), 16);
  EXPECT_EQ(local("SLURM_TASKS_PER_NODE", "8(x2)"), 8);
  EXPECT_EQ(local("SLURM_TASKS_PER_NODE", "12,4"), 12);
  EXPECT_EQ(local("SLURM_TASKS_PER_NODE", "64"), 16);
  EXPECT_EQ(local("SLURM_LOCALID", "0"), 1) << "nobody says";

  // torchrun listens at its port itself.
  EXPECT_EQ(of({{"RANK", "0"},
                {"WORLD_SIZE", "2"},
                {"MASTER_ADDR", "127.0.0.1"},
                {"MASTER_PORT", "1234"},
                {"TORCHELASTIC_USE_AGENT_STORE", "True"}})
                .port,
            1235);
}

TEST(Place, NonsenseIsNamed) {
  const Variables good = {{"RANK", "1"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "h"}, {"MASTER_PORT", "29500"}};
  EXPECT_EQ(complaint(good), "done");
  const auto with = [&](const char* name, const std::string& value) {
    Variables changed = good;
    changed[name] = value;
    return complaint(changed);
  };
  EXPECT_EQ(with("WORLD_SIZE", "two"), "WORLD_SIZE is 'two', a number from 1 to 65536 was expected");
  EXPECT_EQ(with("WORLD_SIZE", "0"), "WORLD_SIZE is '0', a number from 1 to 65536 was expected");
  EXPECT_EQ(with("WORLD_SIZE", "99999999999999"),
            "WORLD_SIZE is '99999999999999', a number from 1 to 65536 was expected");
  EXPECT_EQ(with("RANK", "2"), "RANK is '2', a number from 0 to 1 was expected");
  EXPECT_EQ(with("RANK", "-1"), "RANK is '-1', a number from 0 to 1 was expected");
  EXPECT_EQ(with("RANK", "1 "), "RANK is '1 ', a number from 0 to 1 was expected");
  EXPECT_EQ(with("LOCAL_RANK", "2"), "LOCAL_RANK is '2', a number from 0 to 1 was expected");
  EXPECT_EQ(with("MASTER_PORT", "70000"), "MASTER_PORT is '70000', a number from 1 to 65535 was expected");
  EXPECT_EQ(with("MASTER_ADDR", ""),
            "MASTER_ADDR is not set; set it, for all 2 processes, to the machine of rank 0");
  EXPECT_EQ(complaint({{"SLURM_PROCID", "0"},
                       {"SLURM_NTASKS", "2"},
                       {"SLURM_TASKS_PER_NODE", "x(2)"},
                       {"MASTER_ADDR", "h"}}),
            "SLURM_TASKS_PER_NODE is 'x', a number from 1 to 65536 was expected");
  EXPECT_EQ(complaint({{"RANK", "0"}}),
            "WORLD_SIZE is not set; start all processes with torchrun or srun, or set it to 1 to 65536");
  EXPECT_EQ(complaint({{"WORLD_SIZE", "2"}}),
            "RANK is not set; start all processes with torchrun or srun, or set it to 0 to 1");
}

}  // namespace
}  // namespace discern::training

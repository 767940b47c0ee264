// Where this process stands among those that train one network together. Free of LibTorch.
#pragma once

#include <functional>
#include <string>

namespace discern::training {

struct Place {
  int rank = 0, ranks = 1;            // 0 .. ranks - 1
  int local = 0, localRanks = 1;      // of those on this machine; 1: not known
  std::string address = "127.0.0.1";  // of rank 0
  int port = 29500;                   // that rank 0 listens at

  bool isAlone() const { return ranks == 1; }
  bool isFirst() const { return rank == 0; }
};

// What torchrun and srun tell the processes that they start: RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE,
// MASTER_ADDR and MASTER_PORT; without RANK, and only where MASTER_ADDR is set (a batch script of SLURM is
// told of its tasks, too, and is none of them), SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID and
// SLURM_NTASKS_PER_NODE or SLURM_TASKS_PER_NODE. None of them: alone. variable(name): its value, null where
// it is not set. Throws Error that names the variable.
Place placeOf(const std::function<const char*(const char* name)>& variable);
// Of this process's environment.
Place placeOfProcess();

}  // namespace discern::training

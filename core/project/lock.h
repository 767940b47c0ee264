// One writing process at a time: an advisory lock that the system drops with the process, whatever ends it.
#pragma once

#include <filesystem>

namespace discern::project {

class ProjectLock {
 public:
  // Throws Error that names the process that holds it.
  explicit ProjectLock(const std::filesystem::path& folder);
  ~ProjectLock();
  ProjectLock(const ProjectLock&) = delete;
  ProjectLock& operator=(const ProjectLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace discern::project

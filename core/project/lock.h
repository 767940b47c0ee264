// One writing process at a time: an advisory lock that the system drops with the process, whatever ends it.
#pragma once

#include <filesystem>
#include <string>

namespace discern::project {

class ProjectLock {
 public:
  // Of what, for the sentence: Error that names the process which holds it.
  explicit ProjectLock(const std::filesystem::path& folder, const std::string& name = "project.lock",
                       const std::string& of = "this project");
  ~ProjectLock();
  ProjectLock(const ProjectLock&) = delete;
  ProjectLock& operator=(const ProjectLock&) = delete;

 private:
  int fd_ = -1;
};

}  // namespace discern::project

// A project in a scratch folder with made-up images (never decoded) and features.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/rng.h"
#include "core/project/project.h"

namespace discern::pipeline {

class ScratchProject {
 public:
  ScratchProject() : folder_(std::filesystem::temp_directory_path() / ("discern_pipeline_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    project = std::make_unique<project::Project>(project::Project::create(folder_));
  }
  ~ScratchProject() {
    project.reset();
    std::filesystem::remove_all(folder_);
  }

  void addPeople(const std::string& set, project::Role role, int people, int images) {
    data::Dataset dataset;
    dataset.name = set;
    for (int p = 0; p < people; ++p) {
      dataset.identities.push_back(set + std::to_string(p));
      for (int i = 0; i < images; ++i) {
        data::Sample sample;
        sample.image.file = "/none/" + set + "/" + std::to_string(p) + "/" + std::to_string(i) + ".jpg";
        sample.identity = p;
        dataset.samples.push_back(sample);
      }
    }
    project->addDataset(dataset, role);
  }

  // Identity direction plus noise; the noise of sample i is noise * (1 + i % 3), so that some images are worse than others.
  void putFeatures(const std::string& name, int dims, double noise) {
    const auto samples = project->samples();
    data::Matrix features(static_cast<std::int64_t>(samples.size()), dims);
    for (const auto& s : samples) {
      Rng who(mixSeed(1, static_cast<std::uint64_t>(s.identity)));
      Rng image(mixSeed(2, static_cast<std::uint64_t>(s.id)));
      for (float& v : features.row(s.id)) v = static_cast<float>(who.normal() + noise * (1 + s.id % 3) * image.normal());
    }
    data::saveNpy(project->featureFile(name), features.view());
    project->putFeatureTable({name, "made-up", "{}", dims, 100, 2.0, ""});
  }

  std::unique_ptr<project::Project> project;

 private:
  std::filesystem::path folder_;
};

}  // namespace discern::pipeline

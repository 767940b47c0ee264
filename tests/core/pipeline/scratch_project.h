// A project in a scratch folder with made-up images (never decoded, or a few pixels of noise) and features.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/project/project.h"

namespace discern::pipeline {

class ScratchProject {
 public:
  ScratchProject()
      : folder_(std::filesystem::temp_directory_path() / ("discern_pipeline_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    project = std::make_unique<project::Project>(project::Project::create(folder_));
  }
  ~ScratchProject() {
    project.reset();
    std::filesystem::remove_all(folder_);
  }

  void addPeople(const std::string& set, project::Role role, int people, int images) {
    project->addDataset(peopleOf(set, people, images, "/none"), role);
  }

  // The same with images that can be read: 16 x 16 pixels of noise.
  void addPictures(const std::string& set, project::Role role, int people, int images) {
    const auto dataset = peopleOf(set, people, images, (folder_ / "images").string());
    for (const auto& sample : dataset.samples) {
      Rng noise(mixSeed(3, sample.image.file.substr(folder_.string().size())));
      std::string pixels(16 * 16 * 3, '\0');
      for (char& value : pixels) value = static_cast<char>(noise.below(256));
      std::filesystem::create_directories(std::filesystem::path(sample.image.file).parent_path());
      std::ofstream(sample.image.file, std::ios::binary) << "P6\n16 16\n255\n" << pixels;
    }
    project->addDataset(dataset, role);
  }

  // `count` degraded copies of each original.
  void addCopies(int count) {
    std::vector<project::SampleRow> copies;
    for (auto row : project->samples()) {
      row.parent = row.id;
      for (int k = 0; k < count; ++k) {
        row.image.degradation = {data::DegradationKind::Noise, 0.5F, static_cast<std::uint64_t>(k)};
        copies.push_back(row);
      }
    }
    project->addCopies(copies);
  }

  // tests/golden/tiny.onnx, whose features start with about `first`, and the recipe that it takes.
  std::string putTinyModel(float first) const {
    const auto file = folder_ / "tiny.onnx";
    std::string bytes = readFile(std::filesystem::path(DISCERN_SOURCE_DIR) / "tests/golden/tiny.onnx");
    const auto bias = bytes.find(std::string("\x42\x01") + "c\x4a\x18");  // the last layer's, six numbers
    bytes.replace(bias + 5, sizeof first, reinterpret_cast<const char*>(&first), sizeof first);
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }
  std::string putTinyRecipe() const {
    const auto file = folder_ / "tiny.toml";
    std::ofstream(file) << "size = 8\n";
    return file.string();
  }

  // Identity direction plus noise; the noise of sample i is noise * (1 + i % 3), so that some images are
  // worse than others.
  void putFeatures(const std::string& name, int dims, double noise) {
    const auto samples = project->samples();
    data::Matrix features(static_cast<std::int64_t>(samples.size()), dims);
    for (const auto& s : samples) {
      Rng who(mixSeed(1, static_cast<std::uint64_t>(s.identity)));
      Rng image(mixSeed(2, static_cast<std::uint64_t>(s.id)));
      for (float& v : features.row(s.id))
        v = static_cast<float>(who.normal() + noise * (1 + s.id % 3) * image.normal());
    }
    data::saveNpy(project->featureFile(name), features.view());
    project->putFeatureTable({name, "made-up", "{}", dims, 100, 2.0, ""});
  }

  std::unique_ptr<project::Project> project;

 private:
  static data::Dataset peopleOf(const std::string& set, int people, int images, const std::string& root) {
    data::Dataset dataset;
    dataset.name = set;
    for (int p = 0; p < people; ++p) {
      dataset.identities.push_back(set + std::to_string(p));
      for (int i = 0; i < images; ++i) {
        data::Sample sample;
        sample.image.file = root + "/" + set + "/" + std::to_string(p) + "/" + std::to_string(i) + ".ppm";
        sample.identity = p;
        dataset.samples.push_back(sample);
      }
    }
    return dataset;
  }

  std::filesystem::path folder_;
};

}  // namespace discern::pipeline

// DDL, figure 3: templates with their images on the axis of a score, as a picture and a table.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::pipeline {

struct AxisFigureOptions {
  std::string protocol, scores;
  int templates = 6;  // those whose scores spread most, one an identity
};
struct AxisTemplate {
  std::string name;
  std::vector<int> samples;  // by ascending score; those without one are left out
  std::vector<float> scores;
};

// The templates that the figure shows, the widest spread first. Throws Error: none has two images with
// scores.
std::vector<AxisTemplate> templatesOnAxis(const project::Project& project, const AxisFigureOptions& options);
// STEM.png and STEM.csv (template,sample,path,score); an image that cannot be read is a frame with a cross.
// Returns both.
std::vector<std::string> drawAxisFigure(const project::Project& project,
                                        const std::vector<AxisTemplate>& templates,
                                        const std::filesystem::path& stem);

}  // namespace discern::pipeline

// Tables that say something of a project's images: marks.csv, metadata, lists of images.
#include "core/analysis/marking.h"
#include "core/analysis/metadata.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/planted.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  static const auto project =
      project::Project::open(fuzz::plantProject(folder.path() / "project"), project::Project::Mode::Read);
  static const auto roster = analysis::readRoster(project);
  const auto text = fuzz::textOf(data, size);
  const auto file = folder.write("list.csv", text);
  const auto count = static_cast<int>(roster.samples.size());
  fuzz::readOrRefuse([&] { analysis::readMarks(project, file); });
  fuzz::readOrRefuse([&] {
    for (const int sample : analysis::listedSamples(project, file))
      if (sample < 0 || sample >= count) __builtin_trap();
  });
  fuzz::readOrRefuse([&] {
    for (const int sample : analysis::samplesOf(project, std::string(text)))
      if (sample < 0 || sample >= count) __builtin_trap();
  });
  fuzz::readOrRefuse([&] {
    for (const auto& column : analysis::labelColumns(file)) {
      const auto labels = analysis::readLabels(roster, file, column);
      if (std::ssize(labels.of) != count) __builtin_trap();
      for (const int label : labels.of)
        if (label < -1 || label >= std::ssize(labels.names)) __builtin_trap();
    }
  });
  return 0;
}

#include "core/jobs/choices.h"

#include "core/project/project.h"

namespace discern::jobs {

std::vector<FieldChoice> recipes() {
  return {{"insightface", ""}, {"sface", ""},   {"crfiqa", ""},  {"magface", ""},
          {"facenet", ""},     {"vggface", ""}, {"vggface2", ""}};
}

std::vector<FieldChoice> scoreMethods() {
  return {{"dscore", "The paper's; the others are there to be compared with it"},
          {"crfiqa", "CR-FIQA's ratio of the same cosines"},
          {"norm", "The length of the feature"},
          {"sharpness", "Of the pixels"},
          {"detector", "What a detector said: column detector_score of a templates CSV"}};
}

std::vector<FieldChoice> publishedArchitectures() {
  return {{"vggface", ""},   {"facenet", ""},   {"vggface2", ""},  {"iresnet18", ""},
          {"iresnet34", ""}, {"iresnet50", ""}, {"iresnet100", ""}};
}

void mustBeFileName(const Field& field, const std::string& text) {
  if (!text.empty()) project::requireFileName(field.name, text);
}

void mustBeNamed(const Field& field, const std::string& text) { project::requireFileName(field.name, text); }

}  // namespace discern::jobs

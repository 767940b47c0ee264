// Which images of a project are kept, and why: by the operating point, or by a selection at one lambda.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/score_table.h"
#include "core/pipeline/inputs.h"
#include "core/project/project.h"

namespace discern::pipeline {

enum class Kept { NotMeant, Stays, Goes };
struct KeptRuling {
  Kept kept = Kept::NotMeant;
  std::string reason;
};

struct KeptImages {
  // One a sample. NotMeant: degraded copies, what was removed, nobody's images, those of other sets.
  std::vector<KeptRuling> rulings;
  // One a sample: a person called it wrong and did not say whom it shows; degraded copies as their original.
  std::vector<unsigned char> wrong;
  std::string rule;                        // in words: "scores dscore > 0.3"
  std::optional<data::ScoreTable> scores;  // of the operating point
  double threshold = 0;        // that an image's score must exceed; of a selection and of `all` -infinity
  std::vector<double> enters;  // of a selection (SelectionRow::enters); else empty
  double lambda = 0;
  int kept = 0, removed = 0;

  bool isKept(int sample) const { return rulings[static_cast<std::size_t>(sample)].kept == Kept::Stays; }
  std::vector<int> samples() const;  // that are kept
};

// rule: "point", "all", or SELECTION, SELECTION@LAMBDA or SELECTION@80%; set: only its images, empty: all. An
// image that cannot be used (excluded, unreadable, without a face), or that a person called wrong without
// moving it to whom it shows, is removed by every rule. By the point, an identity's best image stays where
// none is above the threshold, as DDL keeps one of a template. Throws FieldError about "kept", "set".
KeptImages keptImages(const project::Project& project, const Roster& roster, const std::string& rule,
                      const std::string& set);

// What each identity is called where sets do not matter: SET/NAME where several sets have the name.
std::vector<std::string> plainNames(const std::vector<project::IdentityRow>& identities);
// Whether the file is the image: no part of a container, no frame of a video, no degraded copy.
bool isWholeFile(const data::ImageRef& image);
// "jpg" of encoded bytes; "img" where they are none.
const char* extensionOf(std::string_view encoded);

}  // namespace discern::pipeline

#include "core/data/score_methods.h"

#include "core/data/score_table.h"

namespace discern::data {

Registry<ScoreMethod>& scoreMethods() {
#define SCORE(file, function, ...) ScoreMethod{__VA_ARGS__},
#define TOLD(...) ScoreMethod{__VA_ARGS__},
#define GIVEN(...) ScoreMethod{__VA_ARGS__},
  static Registry<ScoreMethod> registry("score method", {
#include "core/data/score_methods.def"
                                                        });
#undef SCORE
#undef TOLD
#undef GIVEN
  return registry;
}

std::vector<std::string> computedScores() { return scoreMethods().names(isComputed); }

bool isComputed(const ScoreMethod& m) { return !m.told && !m.given; }

const char* commandOf(const ScoreMethod& m) {
  return m.given ? "import-scores" : m.told ? "predict" : "score";
}

std::string needsOf(const ScoreMethod& m) {
  std::string text;
  for (const auto& [needed, what] :
       {std::pair(m.features, "features"), std::pair(m.identities, "identities"),
        std::pair(m.pixels, "pixels"), std::pair(m.detector, "a detector's score")})
    if (needed) text += (text.empty() ? "" : ", ") + std::string(what);
  return text;
}

// A table may name a method that this program does not know: another version made it.
bool needsBaseModel(const std::string& method) {
  const ScoreMethod* known = scoreMethods().seek(method);
  return known && known->features && !known->identities;
}

bool isPrediction(const std::string& method) {
  const ScoreMethod* known = scoreMethods().seek(method);
  return known && known->told;
}

bool isGiven(const std::string& method) {
  const ScoreMethod* known = scoreMethods().seek(method);
  return known && known->given;
}

bool needsIdentities(const std::string& method) {
  const ScoreMethod* known = scoreMethods().seek(method);
  return known && known->identities;
}

}  // namespace discern::data

#include "core/jobs/choices.h"

#include "core/aggregation/methods.h"
#include "core/base/registry.h"
#include "core/catalog/networks.h"
#include "core/data/score_methods.h"
#include "core/project/project.h"
#include "core/selection/methods.h"

namespace discern::jobs {

std::vector<FieldChoice> recipes() {
  return {{"insightface", ""}, {"sface", ""},    {"crfiqa", ""},   {"magface", ""},  {"facenet", ""},
          {"vggface", ""},     {"vggface2", ""}, {"imagenet", ""}, {"kinetics", ""}, {"slowfast", ""}};
}

std::vector<FieldChoice> aggregations() { return choicesOf(aggregation::methods()); }

std::vector<FieldChoice> scoreMethods() { return choicesOf(data::scoreMethods(), data::isComputed); }

std::vector<FieldChoice> selectionMethods() { return choicesOf(selection::methods()); }

std::vector<FieldChoice> importableArchitectures() {
  return choicesOf(catalog::networks(), catalog::isImportable);
}

std::vector<std::string> networksFor(const std::string& kind, const data::Shape& shape) {
  return catalog::networks().names([&](const catalog::NetworkInfo& network) {
    return catalog::isTrainable(network, kind) && network.clips == (shape.frames > 1) &&
           (!network.square || shape.isSquare());
  });
}

void mustBeFileName(const Field& field, const std::string& text) {
  if (!text.empty()) project::requireFileName(field.name, text);
}

void mustBeNamed(const Field& field, const std::string& text) { project::requireFileName(field.name, text); }

}  // namespace discern::jobs

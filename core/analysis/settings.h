// The keys of a project's settings (Project::setting), each with what its value holds.
#pragma once

#include <string>

namespace discern::analysis::settings {

// JSON of an OperatingPoint (operating_point.h).
inline constexpr const char* kOperatingPoint = "operating_point";
// JSON: pairs of identities that are probably one person (pipeline::score).
inline constexpr const char* kProbablySame = "probably_same";
// What the Selection page shows: names of a selection and a map, and a raw lambda.
inline constexpr const char* kSelectionName = "selection/name";
inline constexpr const char* kSelectionMap = "selection/map";
inline constexpr const char* kSelectionLambda = "selection/lambda";
// What the map's dots are coloured by: "identity", "scores:NAME", "point", "own:COLUMN", "table:COLUMN" ...
inline constexpr const char* kMapColour = "selection/colour";
// A CSV of what is known of each image (analysis/metadata.h): its path.
inline constexpr const char* kMetadata = "metadata";

// What galleries, charts and heat maps show: "both", "originals" or "copies" (degraded ones).
inline constexpr const char* kShownImages = "shown_images";

// JSON: the named views of the Data page, [{"name", "filter", "sort", "descending", "group", "table",
// "size"}].
inline constexpr const char* kViews = "views";

// A recipe that was started in the window and has not come to its end; empty: none.
inline constexpr const char* kRecipe = "recipe";

// Hash of the model that a feature table was made by (features::hashOfModel).
inline std::string featureModel(const std::string& features) { return "feature_model/" + features; }
// JSON of an OnlyKept (only_kept.h): of which images alone a feature table was extracted; empty: of all.
inline std::string featuresKept(const std::string& features) { return "feature_kept/" + features; }
// What featureModel held for the features of a score table when it was made; empty: unknown.
inline std::string scoreModel(const std::string& scores) { return "score_model/" + scores; }
// What a network cost when it told a score table: {"macs", "ms"} an image.
inline std::string scoreCost(const std::string& scores) { return "score_cost/" + scores; }
// JSON of the discriminability::ScoreOptions that a D-score table was made with.
inline std::string scoreOptions(const std::string& scores) { return "score_options/" + scores; }

// Read where there is no kOperatingPoint yet: its parts as version 0.1 kept them.
inline constexpr const char* kOldThreshold = "threshold";
inline constexpr const char* kOldScores = "score_table";
inline constexpr const char* kOldFeatures = "feature_table";
inline constexpr const char* kOldProtocol = "protocol";

}  // namespace discern::analysis::settings

// A verification protocol for sets that have none: templates,
// some samples of each degraded, genuine and impostor pairs.
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/image_ref.h"
#include "core/jobs/protocol.h"
#include "core/project/project.h"
#include "core/results/data_results.h"

namespace discern::pipeline {

using jobs::ProtocolOptions;
using results::ProtocolResult;

// Copies become samples of the project, unless it has just such ones already: extract and score or
// predict afterwards. Pairs of templates that share an original image are left out.
ProtocolResult makeProtocol(project::Project& project, const ProtocolOptions& options, Progress& progress);

// Some folds (1-based, as LFW counts them) of a protocol that has folds, as a protocol of its own: to test on
// a part whose identities were kept out of training. Templates without a pair left go too. Throws Error that
// says which folds there are.
data::Protocol someFolds(const data::Protocol& protocol, const std::vector<int>& folds,
                         const std::string& name);

}  // namespace discern::pipeline
